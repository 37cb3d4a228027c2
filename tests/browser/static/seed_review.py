"""The assignment of the interface guide's pictures: measuring g with a pendulum."""

from tests.browser.static.mock_review import DAY, Assignment, criterion, hours, option
from tests.browser.static.mock_state import Json, render

PROMPT = """Measure the acceleration of gravity with what you find at home. Give your result **with its \
uncertainty**, and say what limits it.

- At most one page.
- Your raw measurements belong in it, as a table or a file."""

OTHER = """### Measuring *g* with a thread and a nut

I hung a nut of 12 g on a cotton thread. I measured the length from the knot to the centre of the nut: L = 84.2 cm. \
To limit the effect of my reaction time, I timed ten swings, five times in a row, starting from an angle of about 10°.

| Try | Ten swings |
|---|---|
| 1 | 18.41 s |
| 2 | 18.31 s |
| 3 | 18.43 s |

The mean is 18.41 s, so the period is 1.841 s.

The result is exactly the value of the book, so my measurement is exact. I found an uncertainty of 0.02 s on the \
period, but I do not know how to carry it over to *g*."""

PROTOCOL = criterion(
    "c1",
    "Protocol",
    "Could you repeat the measurement from what is written?",
    30,
    [
        option("o1", "Incomplete", "The measurement could not be repeated.", 0),
        option("o2", "Repeatable", "Material, lengths and number of tries are given.", 2),
        option("o3", "Repeatable and thought through", "The choices that reduce the error are explained.", 3),
    ],
)
UNCERTAINTIES = criterion(
    "c2",
    "Uncertainties",
    "",
    50,
    [
        option("o1", "Absent", "No uncertainty is given.", 0),
        option("o2", "Estimated", "Those of L and T are estimated, without being carried over to g.", 2),
        option("o3", "Propagated", "That of g is computed, and discussed.", 4),
    ],
)
CONCLUSION = criterion(
    "c3",
    "Conclusion",
    "",
    20,
    [
        option("o1", "Stated", "The result is compared with 9.81 without a range.", 0),
        option("o2", "Argued", "The difference is compared with the uncertainty.", 2),
    ],
)

NAMES = [
    "Amina",
    "Tomás",
    "Léa",
    "Yuki",
    "Omar",
    "Jo",
    "Learner 12",
    "أمينة",
    "Maximiliana Wolfeschlegelstein",
]


def said(scores: tuple[str, str, str], comments: tuple[str, str, str], overall: str = "") -> Json:
    names = ("c1", "c2", "c3")
    return {
        "scores": dict(zip(names, scores, strict=True)),
        "comments": dict(zip(names, comments, strict=True)),
        "overall": overall,
    }


REVIEWS = [
    said(
        ("o3", "o3", "o2"),
        (
            "Ten swings, five times: well thought of.",
            "You were one line away. Relative uncertainties add up: once for *L*, twice for *T* because it is squared.",
            "Clear, and honest about its limits.",
        ),
        "I would like to try your thread.",
    ),
    said(
        ("o2", "o2", "o1"),
        (
            "How precise is your ruler?",
            "Un bon accord avec le livre ne dit rien de l’incertitude. Quelle fourchette auriez-vous donnée sans \
connaître 9,81\u202f?",
            "Compare the difference with your uncertainty, not with nothing.",
        ),
    ),
    said(
        ("o3", "o2", "o2"),
        ("I copied this for my own set-up.", "That of *T* is there, that of *g* is missing.", "Well argued."),
    ),
]


def work(author: Json | None = None) -> Json:
    files = [
        {
            "id": "f" * 32,
            "name": "measurements.csv",
            "size": 2_140,
            "content_type": "text/csv",
            "url": f"get_file?file={'f' * 32}",
        }
    ]
    return {"html": render_table(OTHER), "word_count": 121, "files": files, "author": author}


def render_table(source: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(source))


def team_row(index: int) -> Json:
    received = (0, 1, 2, 3, 3, 3, 3)[index % 7]
    state = "settled" if received == 3 and index % 2 else "reviewed" if received == 3 else "waiting"
    return {
        "id": f"{index:032x}",
        "person": {
            "name": NAMES[index] if index < len(NAMES) else f"Learner {index}",
            "kind": "named",
            "role": None,
            "hue": index % 6 + 1,
            "is_me": False,
        },
        "submitted_at": hours(-index * 3 - 2),
        "received": received,
        "being_reviewed": int(received == 1),
        "given": index % 4,
        "grade": 0.62 + index % 30 / 100 if state == "settled" else None,
        "settled_at": hours(-1) if state == "settled" else None,
        "state": state,
        "passed_on": int(index == 1),
    }


def pendulum() -> Assignment:
    activity = {
        "id": "a" * 32,
        "title": "Measuring g with a pendulum",
        "prompt_html": render(PROMPT),
        "criteria": [PROTOCOL, UNCERTAINTIES, CONCLUSION],
        "wanted": 3,
        "to_give": 3,
        "names": "nobody",
        "text_required": True,
        "files": {
            "allowed": True,
            "types": [".pdf", ".png", ".csv"],
            "max_bytes": 10_000_000,
            "max_count": 3,
        },
        "submissions_due": hours(4 * DAY),
        "reviews_open": None,
        "reviews_due": hours(10 * DAY),
        "points_possible": 10,
    }
    return Assignment(activity, [work() for _each in range(3)], [team_row(index) for index in range(47)])


def handed_in(assignment: Assignment) -> Assignment:
    """The own work is in."""
    source = "I hung a **key ring** on a string and timed it with my phone.\n\nMy result is 9.7 ± 0.2 m/s²."
    assignment.pledged = True
    assignment.submission = {
        "id": assignment.new_id(),
        "revision": 1,
        "html": render(source),
        "source": source,
        "files": [],
        "submitted_at": hours(-30),
        "word_count": 21,
    }
    return assignment


def reviewed(assignment: Assignment, *, settled: bool = True) -> Assignment:
    """All reviews given, and those of the own work are in."""
    handed_in(assignment)
    assignment.given = 3
    assignment.received = list(REVIEWS)
    assignment.settled_at = hours(-3) if settled else None
    return assignment
