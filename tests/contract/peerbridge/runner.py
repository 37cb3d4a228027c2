"""Reads the cases of the plugin's functions, sends their steps and compares the answers.

A runner for a Moodle (real or stand-in) gives a `World`; `run_case(case, world)` raises `CaseFailed` with the
step and the place that differs. The format is in README.md beside this module.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

FOLDER = Path(__file__).parent
PLUGIN_PREFIX = "local_peerbridge_"
ITEM: dict[str, Any] = {
    "source": "$source",
    "externalid": "t1",
    "revision": 1,
    "forumid": "$forum:open",
    "userid": "$user:amina",
    "parent": "",
    "subject": "How do I sum a series?",
    "message": "<p>The series does not converge.</p>",
    "messageformat": 1,
    "groupid": -1,
    "timecreated": 1760000000,
    "timemodified": 1760000000,
    "deleted": False,
    "pinned": False,
    "locked": False,
}
UNKNOWN_ID = 999_999_999
STEP_KEYS = {"call", "params", "raw", "times", "parallel", "save", "expect"}


class CaseFailed(AssertionError):
    """A case does not hold: which step, where in the answer, what was wanted and what came."""


class World(Protocol):
    """What a Moodle must offer to run the cases."""

    is_concurrent: bool
    """Whether `call` may be used from several threads at once."""

    def names_for(self, case: "Case") -> Mapping[str, str | int]:
        """Make the forums that the case names, new and empty; ids by name: `source`, `course`, `forum:open`,
        `cm:open`, `user:amina`, `group:red` ...
        """

    def call(self, function: str, fields: Mapping[str, str], *, raw: bool) -> Any:
        """Send one web service call of flat form fields; the decoded JSON, be it an error or not."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file of this folder."""

    name: str
    why: str
    forums: tuple[str, ...]
    steps: tuple[Mapping[str, Any], ...]


def load_cases(folder: Path = FOLDER) -> list[Case]:
    """Every case, by name. Raises ValueError for a file that is not in the format."""
    return [load_case(path) for path in sorted(folder.glob("*.json"))]


def load_case(path: Path) -> Case:
    """One case; its name must be its file's."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["name"] != path.stem:
        raise ValueError(f"{path.name}: the case calls itself {data['name']}")
    for number, step in enumerate(data["steps"], start=1):
        if unknown := set(step) - STEP_KEYS:
            raise ValueError(f"{path.name}, step {number}: unknown keys {sorted(unknown)}")
    return Case(data["name"], data["why"], tuple(data["forums"]), tuple(data["steps"]))


def run_case(case: Case, world: World) -> None:
    """Run every step of a case. Raises CaseFailed at the first that does not hold."""
    names = {**world.names_for(case), "unknown": UNKNOWN_ID}
    saved: dict[str, Any] = {}
    for number, step in enumerate(case.steps, start=1):
        fill = Filler(names, saved)
        answers = send_step(step, world, fill)
        wanted = fill.value(step["expect"])
        try:
            if "parallel" in step:
                match(wanted, answers, where="answers")
            else:
                for answer in answers:
                    match_answer(wanted, answer)
        except CaseFailed as error:
            raise CaseFailed(f"{case.name}, step {number} ({step['call']}): {error}") from None
        if "save" in step:
            saved[step["save"]] = answers[0]


def send_step(step: Mapping[str, Any], world: World, fill: "Filler") -> list[Any]:
    """The answers to a step: one, or as many as `times` or `parallel` asks for."""
    function = str(step["call"])
    fields = form_fields(function, fill.value(with_item(function, step.get("params", {}))))
    raw = bool(step.get("raw", False))
    if "parallel" not in step:
        return [world.call(function, fields, raw=raw) for _ in range(step.get("times", 1))]
    with ThreadPoolExecutor(step["parallel"] if world.is_concurrent else 1) as pool:
        calls = [pool.submit(world.call, function, fields, raw=raw) for _ in range(step["parallel"])]
        return [call.result() for call in calls]


def with_item(function: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with each item laid over the default one."""
    params = dict(params)
    if function == "local_peerbridge_upsert_post" and isinstance(params.get("item"), dict):
        params["item"] = {**ITEM, **params["item"]}
    items = params.get("items")
    if function == "local_peerbridge_upsert_posts" and isinstance(items, list):
        params["items"] = [{**ITEM, **item} if isinstance(item, dict) else item for item in items]
    if function == "local_peerbridge_upsert_posts" and isinstance(items, dict) and "$copies" in items:
        count, item = items["$copies"]
        params["items"] = {"$copies": [count, {**ITEM, **item}]}
    return params


def form_fields(function: str, params: Mapping[str, Any]) -> dict[str, str]:
    """Form fields of a call: JSON text for our functions, Moodle's `a[0][b]` for all others."""
    if function.startswith(PLUGIN_PREFIX):
        return {
            name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
            for name, value in params.items()
        }
    return dict(flatten(params))


def flatten(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Moodle's REST notation of nested parameters."""
    if isinstance(value, Mapping | list):
        pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, inner in pairs:
            yield from flatten(inner, f"{prefix}[{key}]" if prefix else str(key))
    else:
        yield prefix, str(int(value)) if isinstance(value, bool) else str(value)


class Filler:
    """Puts the world's ids and saved answers in the place of `$...` values."""

    def __init__(self, names: Mapping[str, str | int], saved: Mapping[str, Any]) -> None:
        self._names = names
        self._saved = saved

    def value(self, template: Any) -> Any:
        """The template with every placeholder filled; matchers of `expect` stay as they are."""
        if isinstance(template, str):
            return self._text(template)
        if isinstance(template, list):
            return [self.value(inner) for inner in template]
        return self._object(template) if isinstance(template, dict) else template

    def _object(self, template: Mapping[str, Any]) -> Any:
        if "$text" in template:
            text, count = template["$text"]
            return text * count
        if "$copies" in template:
            count, inner = template["$copies"]
            return [self.value(numbered(inner, number)) for number in range(1, count + 1)]
        if "$join" in template:
            return "".join(str(part) for part in self.value(template["$join"]))
        if "$hash" in template:
            joined = "\0".join(str(part) for part in self.value(template["$hash"]))
            return hashlib.sha256(joined.encode()).hexdigest()
        return {key: self.value(inner) for key, inner in template.items() if inner != "$omit"}

    def _text(self, text: str) -> Any:
        if text.startswith("$ref:"):
            found: Any = self._saved
            for key in text.removeprefix("$ref:").split("."):
                found = found[int(key)] if isinstance(found, list) else found[key]
            return found
        return self._names.get(text[1:], text) if text.startswith("$") else text


def numbered(template: Any, number: int) -> Any:
    """The template with `$n` in its strings replaced by the number."""
    if isinstance(template, str):
        return template.replace("$n", str(number))
    if isinstance(template, dict):
        return {key: numbered(inner, number) for key, inner in template.items()}
    return template


def match_answer(wanted: Any, answer: Any) -> None:
    """Like `match`; an error of Moodle matches only where an error is wanted."""
    is_error = isinstance(answer, dict) and "exception" in answer
    expects_error = isinstance(wanted, dict) and "errorcode" in wanted
    if is_error and not expects_error:
        raise CaseFailed(f"Moodle refused: {answer}")
    match(wanted, answer, where="answer")


def match(wanted: Any, got: Any, *, where: str) -> None:
    """Raise CaseFailed where `got` differs from what is wanted."""
    if isinstance(wanted, str) and wanted.startswith("$"):
        match_word(wanted, got, where=where)
    elif isinstance(wanted, dict) and "$bag" in wanted:
        match_bag(wanted["$bag"], got, where=where)
    elif isinstance(wanted, dict) and "$length" in wanted:
        check(isinstance(got, list) and len(got) == wanted["$length"], wanted, got, where)
    elif isinstance(wanted, dict):
        check(isinstance(got, dict), wanted, got, where)
        for key, inner in wanted.items():
            if inner == "$absent":
                check(key not in got, inner, got.get(key), f"{where}.{key}")
                continue
            check(key in got, inner, "nothing", f"{where}.{key}")
            match(inner, got[key], where=f"{where}.{key}")
    elif isinstance(wanted, list):
        check(isinstance(got, list) and len(got) == len(wanted), wanted, got, where)
        for index, (inner, item) in enumerate(zip(wanted, got, strict=True)):
            match(inner, item, where=f"{where}.{index}")
    else:
        check(type(wanted) is type(got) and wanted == got, wanted, got, where)


def match_word(wanted: str, got: Any, *, where: str) -> None:
    """`$any`, `$positive`, `$contains:`, `$lacks:`; ValueError for another word, so that a slip is seen."""
    word, _, text = wanted.partition(":")
    tests: dict[str, Callable[[], bool]] = {
        "$any": lambda: True,
        "$positive": lambda: type(got) is int and got > 0,
        "$contains": lambda: isinstance(got, str) and text in got,
        "$lacks": lambda: isinstance(got, str) and text not in got,
    }
    if word not in tests:
        raise ValueError(f"{where}: {wanted} names nothing of this world and is no matcher")
    check(tests[word](), wanted, got, where)


def match_bag(wanted: list[Any], got: Any, *, where: str) -> None:
    """A list in any order: each wanted item takes the first that matches it."""
    check(isinstance(got, list) and len(got) == len(wanted), wanted, got, where)
    left = list(got)
    for inner in wanted:
        for item in left:
            try:
                match(inner, item, where=where)
            except CaseFailed:
                continue
            left.remove(item)
            break
        else:
            raise CaseFailed(f"{where}: nothing matches {inner!r} in {got!r}")


def check(holds: bool, wanted: Any, got: Any, where: str) -> None:
    """Raise CaseFailed unless it holds."""
    if not holds:
        raise CaseFailed(f"{where}: wanted {wanted!r}, got {got!r}")
