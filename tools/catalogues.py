"""The translations: `python -m tools.catalogues check|update`.

update puts every marked string of the sources into the .po files, keeps the translations that are there,
drops what no source asks for any more, and compiles django.po into django.mo (djangojs.po is compiled by the
front end's build). check names each string that is missing, unused or untranslated, each translation that
lost a placeholder, and each .mo file that is not what its .po file compiles to. No gettext programs needed.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fr",)
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "N_", "gettext", "gettext_lazy", "gettext_noop", "ugettext")),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "ungettext"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
SKIPPED = re.compile(r"(^|/)(migrations|node_modules|moodle_plugin|dist)/|\.test\.ts$")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
STRING = r'"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'" + r"|`(?:[^`\\$]|\\.)*`"
SCRIPT_ONE = re.compile(rf"(?<![\w.])(?:_|N_|gettext)\(\s*({STRING})")
SCRIPT_MANY = re.compile(rf"(?<![\w.])ngettext\(\s*({STRING})\s*,\s*({STRING})")
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|(.))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One .po file a language: the strings under `sources`, of the suffixes given."""

    package: str
    domain: str
    sources: str
    suffixes: tuple[str, ...]

    def po_path(self, root: Path, language: str) -> Path:
        return root / self.package / "locale" / language / "LC_MESSAGES" / f"{self.domain}.po"


CATALOGUES = (
    Catalogue("peer_xblock", "django", "peer_xblock", (".py", ".html", ".txt")),
    Catalogue("peer_xblock", "djangojs", "static/src", (".ts",)),
    Catalogue("moodle_bridge", "django", "moodle_bridge", (".py", ".html", ".txt")),
    Catalogue("demo/campus", "django", "demo/campus", (".py", ".html", ".txt")),
    Catalogue("demo/standin", "django", "demo/standin", (".py", ".html", ".txt")),
)


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A marked string. plural and context are "" where it has none; files are relative to the root."""

    text: str
    plural: str = ""
    context: str = ""
    files: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.text, self.context


def sources(catalogue: Catalogue, root: Path) -> list[Path]:
    """The files that may hold strings of the catalogue, in order."""
    found = (path for path in (root / catalogue.sources).rglob("*") if path.suffix in catalogue.suffixes)
    return sorted(path for path in found if not SKIPPED.search(path.relative_to(root).as_posix()))


def messages_in(path: Path) -> Iterator[Message]:
    """The marked strings of one source file, repetitions included."""
    text = path.read_text()
    if path.suffix == ".ts":
        yield from script_messages(text)
        return
    if path.suffix != ".py":
        text = templatize(text, origin=str(path))
    for _line, found, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        first, second = (found, "") if isinstance(found, str) else (found[0], found[1] or "")
        yield Message(first or "", second, context or "")


def script_messages(text: str) -> Iterator[Message]:
    """The strings of TypeScript: literals as the first argument of _() and the first two of ngettext()."""
    for match in SCRIPT_ONE.finditer(text):
        yield Message(unquote(match[1]))
    for match in SCRIPT_MANY.finditer(text):
        yield Message(unquote(match[1]), unquote(match[2]))


def unquote(literal: str) -> str:
    """The value of a JavaScript string literal."""

    def plain(match: re.Match[str]) -> str:
        if code := match[1] or match[2]:
            return chr(int(code, 16))
        return {"n": "\n", "t": "\t"}.get(match[3], match[3])

    return ESCAPE.sub(plain, literal[1:-1])


def collect(catalogue: Catalogue, root: Path) -> list[Message]:
    """Each marked string once, with the files that hold it, in order of text."""
    found: dict[tuple[str, str], Message] = {}
    for path in sources(catalogue, root):
        name = path.relative_to(root).as_posix()
        for message in messages_in(path):
            known = found.get(message.key, message)
            files = tuple(dict.fromkeys((*known.files, name)))
            found[message.key] = replace(known, plural=known.plural or message.plural, files=files)
    return sorted(message for message in found.values() if message.text)


def spaced(translation: str) -> str:
    """French with the spaces that do not break: U+00A0 inside « » and before a colon, U+202F before ?, ! and ;."""
    quoted = translation.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    return re.sub(r" ([?!;])(?=\s|$)", "\u202f\\1", re.sub(r" :(?=\s|$)", "\u00a0:", quoted))


def load(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def key_of(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgid, entry.msgctxt or ""


def merged(old: polib.POFile, messages: Iterable[Message], language: str) -> polib.POFile:
    """The catalogue of exactly these messages, with the translations that `old` has for them."""
    known = {key_of(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Project-Id-Version": "peer-xblock",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for message in messages:
        before = known.get(message.key)
        entry = polib.POEntry(msgid=message.text, occurrences=[(name, "") for name in message.files])
        if message.context:
            entry.msgctxt = message.context
        entry.comment = before.tcomment if before else ""
        if message.plural:
            entry.msgid_plural = message.plural
            kept = before.msgstr_plural if before else {}
            entry.msgstr_plural = {n: spaced(text) for n, text in kept.items()} or {0: "", 1: ""}
        else:
            entry.msgstr = spaced(before.msgstr) if before else ""
        new.append(entry)
    return new


def problems(po: polib.POFile, messages: Iterable[Message]) -> Iterator[str]:
    """One line for each string that is missing, unused, untranslated, badly spaced, or that lost a placeholder."""
    wanted = {message.key: message for message in messages}
    present = {key_of(entry): entry for entry in po if not entry.obsolete}
    for text, _context in wanted.keys() - present.keys():
        yield f"missing: {text!r}"
    for key, entry in present.items():
        if key not in wanted:
            yield f"not in the sources: {entry.msgid!r}"
        elif (entry.msgid_plural or "") != wanted[key].plural:
            yield f"its plural has changed: {entry.msgid!r}"
        else:
            yield from entry_problems(entry)


def entry_problems(entry: polib.POEntry) -> Iterator[str]:
    """Whether one entry is translated, and whether what it is filled with stands in the translation."""
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy or len(translations) < (2 if entry.msgid_plural else 1) or not all(translations):
        yield f"not translated: {entry.msgid!r}"
        return
    allowed = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    for translation in translations:
        found = set(PLACEHOLDER.findall(translation))
        complete = found == allowed if not entry.msgid_plural else found <= allowed
        if not complete:
            yield f"other placeholders: {entry.msgid!r} -> {translation!r}"
        if spaced(translation) != translation:
            yield f"spaces that break (`make messages` mends them): {entry.msgid!r} -> {translation!r}"


def is_compiled(po: polib.POFile, compiled: Path) -> bool:
    """True when the .mo file holds the same translations, whichever program wrote it."""
    if not compiled.exists() or not compiled.stat().st_size:
        return False
    return translations(po) == translations(polib.mofile(str(compiled)))


def translations(
    entries: Iterable[polib.POEntry | polib.MOEntry],
) -> dict[tuple[str, str], str | dict[int, str]]:
    """What each translated string becomes; plural forms by their number."""
    found = {}
    for entry in entries:
        plural = {int(number): text for number, text in entry.msgstr_plural.items()}
        if entry.msgstr or any(plural.values()):
            found[entry.msgid, entry.msgctxt or ""] = plural or entry.msgstr
    return found


def check(root: Path) -> list[str]:
    """Every problem of every catalogue, each with the file it is in."""
    found = []
    for catalogue in CATALOGUES:
        messages = collect(catalogue, root)
        for language in LANGUAGES:
            path = catalogue.po_path(root, language)
            if not messages and not path.exists():
                continue
            po = load(path)
            lines = sorted(problems(po, messages))
            if catalogue.domain == "django" and not is_compiled(po, path.with_suffix(".mo")):
                lines.append("its .mo file says something else: make messages")
            found += [f"{path.relative_to(root)}: {line}" for line in lines]
    return found


def update(root: Path) -> None:
    """Bring every .po file up to its sources, and compile those that Django reads."""
    for catalogue in CATALOGUES:
        messages = collect(catalogue, root)
        for language in LANGUAGES:
            path = catalogue.po_path(root, language)
            if not messages and not path.exists():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            po = merged(load(path), messages, language)
            po.save(str(path))
            if catalogue.domain == "django":
                path.with_suffix(".mo").write_bytes(load(path).to_binary())


def main(arguments: list[str]) -> int:
    """check: 1 when anything is wrong, one line each. update: then the same for what is left to translate."""
    if arguments not in (["check"], ["update"]):
        print("usage: python -m tools.catalogues check|update", file=sys.stderr)
        return 2
    if arguments == ["update"]:
        update(ROOT)
    found = check(ROOT)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
