"""The community of the interface guide's pictures, and a long thread."""

from tests.browser.static.mock_state import Forum

HOUR, DAY = 60, 24 * 60

CODE = """For the exercise I compared hours of sleep and quiz scores for the eight people in my study group. \
The result looks huge:

```python
from scipy.stats import pearsonr

sleep = [5.5, 6, 6.5, 7, 7, 7.5, 8, 8.5]
score = [44, 52, 48, 63, 57, 70, 66, 79]
pearsonr(sleep, score)      # r = 0.94, p < 0.001
```

Without the person who slept least, `r` drops to 0.91. Is that strong evidence, or is eight simply too few to say \
anything?"""

FORMULA = """<p>It is evidence, with a wide margin. What you want is not the <em>p</em>-value but the interval around \
<span class="math inline">r</span>. With Fisher’s transformation:</p>
<div class="math display">z = \\frac{1}{2} \\ln \\frac{1 + r}{1 - r}, \\quad \\sigma_z = \\frac{1}{\\sqrt{n - 3}}</div>
<p>For <code>r = 0.94</code> and <code>n = 8</code> the 95 % interval runs from about <strong>0.70 to 0.99</strong>. \
So: clearly positive, but “strong” and “moderate” are both still possible. And your group chose itself, which no \
interval can repair.</p>"""


def campus(me: str = "Noah", role: str | None = None) -> Forum:
    forum = Forum(me, role)
    for name, hue, kind in (
        ("Amina", 4, None),
        ("Tomás", 2, None),
        ("Inès", 3, "facilitator"),
        ("Noah", 3, None),
        ("Léa", 6, None),
        ("Yuki", 1, None),
        ("Omar", 5, None),
        ("Jo", 2, None),
        ("Learner 12", 5, None),
        ("أمينة", 4, None),
    ):
        forum.person(name, hue, kind)
    forum.person("Blue Heron", 1, kind="anonymous")
    earlier_threads(forum)
    new_threads(forum)
    return forum


def earlier_threads(forum: Forum) -> None:
    start = forum.add_thread(
        "Inès",
        "Start here: how to ask a question that gets answered",
        "Say what you tried.",
        22 * DAY,
        kind="discussion",
        is_pinned=True,
        read_number=14,
    )
    for index in range(14):
        forum.add_post(start["id"], start["opening"], "Jo", f"Thank you, {index}.", 20 * DAY)
    forum.posts[start["opening"]]["votes"] = 31
    survey = forum.add_thread(
        "Omar", "Spearman or Pearson for survey answers from 1 to 5?", "Which one?", 4 * DAY, read_number=9
    )
    answer = forum.add_post(survey["id"], survey["opening"], "Learner 12", "Spearman.", 3 * DAY)
    answer.update(accepted_by="Omar", endorsed_by="Inès", votes=4)
    forum.posts[survey["opening"]]["votes"] = 19
    closed = forum.add_thread(
        "Inès",
        "Week 2 assignment: deadline moved to Sunday",
        "It closes on Sunday.",
        6 * DAY,
        kind="discussion",
        is_closed=True,
        read_number=2,
    )
    forum.add_post(closed["id"], closed["opening"], "Jo", "Thanks.", 6 * DAY)
    mine = forum.add_thread(
        "Noah",
        "Is the mean a good summary of a skewed sample?",
        "Or is the **median** better?",
        5 * DAY,
        read_number=2,
    )
    forum.add_post(mine["id"], mine["opening"], "Yuki", "The median, usually.", 5 * DAY)
    forum.add_post(mine["id"], mine["opening"], "Jo", "Show both.", 5 * DAY)


def new_threads(forum: Forum) -> None:
    quiz = forum.add_thread(
        "Blue Heron",
        "Quiz 3, item 4: why is “reverse causation” not accepted?",
        "Why?",
        15 * HOUR,
        read_number=1,
    )
    forum.add_post(quiz["id"], quiz["opening"], "Jo", "It is about time order.", 14 * HOUR)
    forum.add_post(quiz["id"], quiz["opening"], "Yuki", "Look at the footnote.", 5 * HOUR)
    forum.posts[quiz["opening"]]["votes"] = 7
    forum.add_thread(
        "Léa",
        "Peut-on parler de corrélation quand la relation est une courbe en U\u202f?",
        "Je me demande.",
        20,
        read_number=-1,
    )
    sleep_thread(forum)


def sleep_thread(forum: Forum) -> None:
    thread = forum.add_thread(
        "Amina", "Does a correlation of 0.94 with 8 points mean anything?", CODE, 3 * HOUR, read_number=4
    )
    opening = forum.posts[thread["opening"]]
    opening.update(votes=12, has_voted=True, edited_at=forum.ago(150), revision=2)
    opening["versions"] = [
        {"source": CODE.replace("huge", "big"), "at": forum.ago(180), "by": "Amina"},
        {"source": CODE, "at": forum.ago(150), "by": "Amina"},
    ]
    answer = forum.add_post(thread["id"], opening["id"], "Tomás", "Fisher.", 150, votes=21, html=FORMULA)
    answer.update(accepted_by="Amina", endorsed_by="Inès")
    quoted = "> **Tomás**\n>\n> your group chose itself, which no interval can repair\n\n\
That sentence was the missing piece. I was only thinking about how many, not about *who*."
    forum.add_post(thread["id"], answer["id"], "Amina", quoted, 120, votes=4)
    forum.add_post(
        thread["id"],
        answer["id"],
        "Inès",
        "Endorsed. Lesson 3.4 draws this interval for n = 8, 30 and 300 side by side.",
        90,
        votes=6,
    )
    leave = (
        "Try leaving out each person in turn and write down the eight values of *r*. Mine went from 0.88 to \
0.97 with similar data. If one person moves it a lot, look at that person’s point on the plot first."
    )
    forum.add_post(thread["id"], opening["id"], "Learner 12", leave, 100, votes=8)
    shuffle = "Autre piste\u00a0: mélangez au hasard les notes entre les huit personnes, recalculez *r*, et \
recommencez mille fois. Vous verrez combien de fois le hasard seul dépasse 0,94."
    forum.add_post(thread["id"], opening["id"], "Léa", shuffle, 31, votes=3)
    forum.add_post(
        thread["id"],
        opening["id"],
        "Blue Heron",
        "Was anybody in the group ill that week? Then both numbers would drop together.",
        7,
    )


def long_thread(forum: Forum, responses: int, comments: int = 0) -> str:
    """Add a thread with many responses; the first of them has `comments` comments. Returns its id."""
    thread = forum.add_thread(
        "Yuki", "A very long thread", "Count with me.", 10 * DAY, kind="discussion", read_number=0
    )
    for index in range(responses):
        forum.add_post(thread["id"], thread["opening"], "Omar", f"Response {index + 1}", 9 * DAY)
    first = forum.of_thread(thread["id"], 1)[0]
    for index in range(comments):
        forum.add_post(thread["id"], first["id"], "Jo", f"Comment {index + 1}", 8 * DAY)
    return str(thread["id"])
