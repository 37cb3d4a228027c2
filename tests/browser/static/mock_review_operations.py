"""The operations of the mock assignment, one function each: (assignment, request) -> result."""

from typing import Any

from tests.browser.static.mock_review import DAY, Assignment, hours, words_in
from tests.browser.static.mock_state import Json, Refusal, render

PAGE = 20


def open_activity(assignment: Assignment, _data: Json) -> Json:
    return assignment.state()


def pledge(assignment: Assignment, _data: Json) -> Json:
    assignment.pledged = True
    return assignment.state()


def submit(assignment: Assignment, data: Json) -> Json:
    if data["client_key"] in assignment.keys:
        return assignment.state()
    revision = assignment.submission["revision"] if assignment.submission else 0
    if data["revision"] != revision:
        raise Refusal(409, "stale_edit", "This was changed meanwhile.")
    if "forbidden word" in data["body"]:
        raise Refusal(
            400,
            "invalid",
            "Nothing is left of this text once it is cleaned. Write it in other words.",
            "body",
        )
    assignment.keys[data["client_key"]] = data
    assignment.pledged = assignment.pledged or data["pledge"]
    assignment.draft_files = []
    assignment.submission = {
        "id": assignment.new_id(),
        "revision": revision + 1,
        "html": render(data["body"]),
        "source": data["body"],
        "files": [assignment.uploads[file] for file in data["files"]],
        "submitted_at": hours(0),
        "word_count": words_in(data["body"]),
    }
    return assignment.state()


def preview(_assignment: Assignment, data: Json) -> Json:
    return {"html": render(data["body"])}


def upload_file(assignment: Assignment, data: Json) -> Json:
    """data: the name from the address, and the size of the bytes that came."""
    if data["name"] == "false.pdf":
        raise Refusal(400, "invalid", "The file says .pdf, but what is in it is not a PDF.", "content")
    file = {
        "id": assignment.new_id(),
        "name": data["name"],
        "size": data["size"],
        "content_type": "application/pdf",
    }
    file["url"] = f"get_file?file={file['id']}"
    assignment.uploads[file["id"]] = file
    assignment.draft_files.append(file)
    return file


def remove_file(assignment: Assignment, data: Json) -> Json:
    assignment.draft_files = [file for file in assignment.draft_files if file["id"] != data["file"]]
    return {}


def take_review(assignment: Assignment, _data: Json) -> Json:
    if assignment.lease is None and assignment.works and assignment.waiting() is None:
        assignment.lease = {
            "id": assignment.new_id(),
            "taken_at": hours(0),
            "expires_at": hours(DAY),
            "number": assignment.given + 1,
            "submission": assignment.works.pop(0),
            "draft": None,
        }
    return assignment.state()


def held(assignment: Assignment, data: Json) -> Json:
    if assignment.lease is None or assignment.lease["id"] != data["review"]:
        raise Refusal(409, "conflict", "This work is no longer yours: it went to somebody else.")
    return assignment.lease


def save_review(assignment: Assignment, data: Json) -> Json:
    lease = held(assignment, data)
    lease["draft"] = {name: data[name] for name in ("scores", "comments", "overall")} | {
        "saved_at": hours(0),
        "is_of_former": False,
    }
    return {"saved_at": lease["draft"]["saved_at"]}


def checked(assignment: Assignment, data: Json) -> None:
    for each in assignment.activity["criteria"]:
        if each["id"] not in data["scores"]:
            raise Refusal(400, "invalid", f"Choose an option for “{each['name']}”.", f"scores.{each['id']}")
        if len(data["comments"].get(each["id"], "")) < 4:
            field = f"comments.{each['id']}"
            raise Refusal(400, "invalid", "Write at least one sentence for the author.", field)


def send_review(assignment: Assignment, data: Json) -> Json:
    held(assignment, data)
    checked(assignment, data)
    assignment.lease = None
    assignment.given += 1
    return assignment.state()


def skip_review(assignment: Assignment, data: Json) -> Json:
    held(assignment, data)
    assignment.lease = None
    return assignment.state()


def oversee(assignment: Assignment, data: Json) -> Json:
    wanted = data.get("filter", "all")
    rows = [row for row in assignment.rows if wanted in ("all", row["state"])]
    start = int(data.get("cursor") or 0)
    following = str(start + PAGE) if start + PAGE < len(rows) else None
    return {"counts": assignment.counts(), "rows": rows[start : start + PAGE], "next": following}


def row_of(assignment: Assignment, ident: Any) -> Json:
    return next(row for row in assignment.rows if row["id"] == ident)


def read_submission(assignment: Assignment, data: Json) -> Json:
    row = row_of(assignment, data["submission"])
    source = "I measured the swing of a nut on a thread, **ten times**."
    submission = {
        "id": row["id"],
        "revision": 1,
        "html": render(source),
        "source": source,
        "files": [],
        "submitted_at": row["submitted_at"],
        "word_count": words_in(source),
        "can_edit": False,
    }
    result = assignment.result(assignment.received[: row["received"]])
    note = {"reason": "unreadable", "note": "The second page is white.", "taken_at": row["submitted_at"]}
    skips = [{"person": row_of(assignment, f"{3:032x}")["person"], **note}] * row["passed_on"]
    return {"submission": submission, "result": result, "skips": skips}


def staff_review(assignment: Assignment, data: Json) -> Json:
    checked(assignment, data)
    row = row_of(assignment, data["submission"])
    row.update(state="settled", grade=assignment.fraction(data), settled_at=hours(0))
    return {"row": row}


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        open_activity,
        pledge,
        submit,
        preview,
        upload_file,
        remove_file,
        take_review,
        save_review,
        send_review,
        skip_review,
        oversee,
        read_submission,
        staff_review,
    )
}
