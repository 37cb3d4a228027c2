"""An in-memory assignment as one learner meets it, for the front end's own tests only."""

import itertools
import statistics
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.browser.static.mock_state import Json, Refusal, render

HOUR, DAY = 1.0, 24.0


def hours(count: float) -> str:
    """A moment in so many hours, ISO 8601 in UTC."""
    moment = datetime.now(UTC) + timedelta(hours=count)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def option(ident: str, name: str, explanation: str, points: int) -> Json:
    return {"id": ident, "name": name, "explanation": explanation, "points": points}


def criterion(ident: str, name: str, prompt: str, weight: float, options: list[Json]) -> Json:
    highest = max(each["points"] for each in options)
    return {
        "id": ident,
        "name": name,
        "prompt": prompt,
        "weight": weight,
        "options": options,
        "max_points": highest,
    }


class Assignment:
    """The state behind the operations; a test sets what it needs before the page asks."""

    def __init__(self, activity: Json, works: list[Json], rows: list[Json]) -> None:
        self.activity = activity
        self.viewer: Json = {
            "name": "Noah",
            "hue": 3,
            "role": None,
            "is_preview": False,
            "language": "en",
            "group": None,
        }
        #: works of others that can be had, first come first; each has html, word_count, files, author
        self.works = works
        #: rows of the course team's table
        self.rows = rows
        self.pledged = False
        self.submission: Json | None = None
        self.draft_files: list[Json] = []
        self.given = 0
        #: reviews of the own work: {"scores": .., "comments": .., "overall": ..}
        self.received: list[Json] = []
        self.being_reviewed = 0
        self.settled_at: str | None = None
        self.lease: Json | None = None
        self.staff_grade: float | None = None
        self.uploads: dict[str, Json] = {}
        self.keys: dict[str, Json] = {}
        self.calls: list[tuple[str, Json]] = []
        self._ids = itertools.count(1)

    def new_id(self) -> str:
        return f"{next(self._ids):032x}"

    # --- where the learner stands ---

    def is_past(self, name: str) -> bool:
        at = self.activity[name]
        return at is not None and datetime.fromisoformat(at) <= datetime.now(UTC)

    @property
    def left(self) -> int:
        return max(int(self.activity["to_give"]) - self.given, 0)

    @property
    def is_writable(self) -> bool:
        return not self.viewer["is_preview"]

    def waiting(self) -> Json | None:
        """Why no work can be had; None when one can."""
        activity = self.activity
        if self.left == 0:
            return {"why": "all_given", "at": None}
        if self.is_past("reviews_due") or (self.submission is None and self.is_past("submissions_due")):
            return {"why": "closed", "at": activity["reviews_due"]}
        if self.submission is None:
            return {"why": "submit_first", "at": activity["submissions_due"]}
        if activity["reviews_open"] is not None and not self.is_past("reviews_open"):
            return {"why": "not_open", "at": activity["reviews_open"]}
        if self.lease is None and not self.works:
            return {"why": "none_waiting", "at": None}
        return None

    def may_read(self) -> bool:
        return self.submission is not None and (self.left == 0 or self.is_past("reviews_due"))

    def steps(self) -> list[Json]:
        activity = self.activity
        why = (self.waiting() or {}).get("why")
        submitted = self.submission is not None
        submit = "done" if submitted else "missed" if self.is_past("submissions_due") else "current"
        review = {"all_given": "done", "closed": "missed", None: "current", "none_waiting": "waiting"}.get(
            why, "upcoming"
        )
        read = "upcoming"
        if self.settled_at:
            read = "done"
        elif submit == "missed":
            read = "missed"
        elif self.may_read():
            read = "current" if self.received else "waiting"
        wanted = int(activity["wanted"])
        return [
            {
                "name": "submit",
                "state": submit,
                "done": int(submitted),
                "total": 1,
                "at": self.submission["submitted_at"] if self.submission else activity["submissions_due"],
            },
            {
                "name": "review",
                "state": review,
                "done": self.given,
                "total": activity["to_give"],
                "at": activity["reviews_due"],
            },
            {
                "name": "read",
                "state": read,
                "done": min(len(self.received), wanted),
                "total": wanted,
                "at": self.settled_at,
            },
        ]

    def state(self) -> Json:
        taken = bool(self.received) or self.being_reviewed > 0
        submission = self.submission and {**self.submission, "can_edit": not taken}
        open_for_works = not self.is_past("submissions_due")
        return {
            "viewer": self.viewer,
            "activity": self.activity,
            "steps": self.steps(),
            "mine": {
                "pledged": self.pledged,
                "submission": submission,
                "draft_files": self.draft_files,
                "reviews_given": self.given,
                "reviews_left": self.left,
                "reviews_received": len(self.received),
                "being_reviewed": self.being_reviewed,
                "result": self.result(self.received)
                if self.may_read() and (self.received or self.settled_at)
                else None,
            },
            "review": self.lease,
            "waiting": self.waiting(),
            "can": {
                "submit": self.is_writable and submission is None and open_for_works,
                "edit": self.is_writable and submission is not None and not taken and open_for_works,
                "review": self.is_writable and self.waiting() is None,
                "read_result": self.may_read(),
                "oversee": self.viewer["role"] is not None,
            },
        }

    # --- grades ---

    def points_of(self, criterion_id: str, review: Json) -> tuple[str, int]:
        found = next(each for each in self.activity["criteria"] if each["id"] == criterion_id)
        chosen = next(each for each in found["options"] if each["id"] == review["scores"][criterion_id])
        return chosen["name"], chosen["points"]

    def fraction(self, review: Json) -> float:
        total = 0.0
        for each in self.activity["criteria"]:
            if each["max_points"]:
                total += each["weight"] / 100 * self.points_of(each["id"], review)[1] / each["max_points"]
        return total

    def result(self, reviews: list[Json]) -> Json:
        criteria = []
        grade = 0.0
        for each in self.activity["criteria"]:
            given = [self.points_of(each["id"], review) for review in reviews]
            median = statistics.median(points for _name, points in given) if given else None
            if median is not None and each["max_points"]:
                grade += each["weight"] / 100 * median / each["max_points"]
            said = [
                {
                    "reviewer": str(index + 1),
                    "person": None,
                    "option": name,
                    "points": points,
                    "html": render(reviews[index]["comments"][each["id"]]),
                }
                for index, (name, points) in enumerate(given)
            ]
            criteria.append(
                {"id": each["id"], "points": median, "max_points": each["max_points"], "reviews": said}
            )
        settled = self.staff_grade if self.staff_grade is not None else grade if self.settled_at else None
        possible = self.activity["points_possible"]
        return {
            "grade": settled,
            "points": None if settled is None else settled * possible,
            "points_possible": possible,
            "settled_at": self.settled_at,
            "by": "staff" if self.staff_grade is not None else "peers",
            "reviewer_grades": [self.fraction(review) for review in reviews],
            "criteria": criteria,
            "overall": [
                {"reviewer": str(index + 1), "person": None, "html": render(review["overall"])}
                for index, review in enumerate(reviews)
                if review["overall"]
            ],
        }

    # --- what the server is asked ---

    def answer(self, operation: str, data: Json) -> Json:
        from tests.browser.static.mock_review_operations import OPERATIONS

        self.calls.append((operation, data))
        handler: Callable[[Assignment, Json], Json] | None = OPERATIONS.get(operation)
        if handler is None:
            raise Refusal(404, "not_found", f"There is no operation {operation}.")
        return handler(self, data)

    def counts(self) -> Json:
        wanted = int(self.activity["wanted"])
        received = [0] * (wanted + 1)
        for row in self.rows:
            received[min(row["received"], wanted)] += 1
        return {
            "submissions": len(self.rows),
            "waiting": sum(row["state"] == "waiting" for row in self.rows),
            "settled": sum(row["state"] == "settled" for row in self.rows),
            "needs_team": sum(row["state"] == "needs_team" for row in self.rows),
            "by_received": received,
        }


def words_in(text: str) -> int:
    return len(text.split())
