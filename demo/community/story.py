"""What the demo's people have written before the visitor comes. Ages in hours; `by` is a username."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a response."""

    by: str
    body: str
    age_h: float
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """A response. `accepted` by the asker, `endorsed` by the facilitator, `votes`: who voted for it."""

    by: str
    body: str
    age_h: float
    accepted: bool = False
    endorsed: bool = False
    anonymous: bool = False
    votes: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A thread in a unit (the last part of its block's usage key)."""

    unit: str
    kind: str
    by: str
    title: str
    body: str
    age_h: float
    anonymous: bool = False
    votes: tuple[str, ...] = ()
    responses: tuple[Response, ...] = ()


TOPICS = (
    Topic(
        "talk32",
        "discussion",
        "ines",
        "Start here: how to ask a question that gets answered",
        "Three lines are enough:\n\n1. what you looked at,\n2. what you expected,\n3. what you saw instead.\n\n"
        "Add the numbers or the code if there are any. Nobody minds a long table, everybody minds a riddle.",
        528,
        votes=("amina", "tomas", "lea", "jo"),
        responses=(
            Response(
                "jo",
                "May we answer our own question when we find out?",
                500,
                comments=(Comment("ines", "Please do, and accept it. The next person will thank you.", 498),),
            ),
        ),
    ),
    Topic(
        "talk32",
        "question",
        "omar",
        "Spearman or Pearson for survey answers from 1 to 5?",
        "My survey has five steps from *never* to *always*. Is the distance from 1 to 2 the same as from 4 to 5, "
        "and does it matter for the correlation?",
        260,
        votes=("yuki", "noah", "lea"),
        responses=(
            Response(
                "yuki",
                "Spearman: it only uses the order, so you need not believe that the steps are equal. With many ties "
                "also look at Kendall's $\\tau_b$.",
                255,
                accepted=True,
                endorsed=True,
                votes=("omar", "tomas", "jo"),
            ),
        ),
    ),
    Topic(
        "talk32",
        "question",
        "jo",
        "Quiz 3, item 4: why is “reverse causation” not accepted?",
        "I wrote that drownings make people sell less ice cream. Why is that not the answer?",
        30,
        anonymous=True,
        votes=("noah",),
        responses=(
            Response(
                "noah",
                "The item asks for a *third* variable. Reverse causation has only two.",
                27,
                votes=("amina", "tomas"),
            ),
            Response(
                "lea",
                "Et puis, une noyade n’a jamais fait baisser les ventes du même jour : l’ordre dans le "
                "temps ne va pas.",
                26,
            ),
        ),
    ),
    Topic(
        "talk32",
        "discussion",
        "yuki",
        "Our collection of absurd correlations: add yours, vote for the best",
        "I begin: in my town, the number of storks and the number of births. One pair a response, please, with the "
        "source.",
        60,
        votes=("amina", "tomas", "noah", "jo", "lea"),
        responses=(
            Response(
                "noah", "Films with a certain actor, and people who fell into a pool.", 50, votes=("yuki",)
            ),
            Response(
                "omar",
                "Cheese eaten per person, and the number of civil engineering doctorates. r = 0.95 over ten years.",
                20,
                votes=("yuki", "amina", "lea"),
                comments=(
                    Comment("amina", "Ten points again. It is always about ten points.", 18),
                    Comment("yuki", "Both just grow. Take the differences and it is gone.", 3),
                ),
            ),
            Response("tomas", "Umbrellas on sale and accidents on my street.", 1.2),
        ),
    ),
    Topic(
        "talk32",
        "question",
        "amina",
        "Does a correlation of 0.94 with 8 points mean anything?",
        "I paired ice cream sales and drownings for eight towns and got $r = 0.94$. The lesson says “beware”, but "
        "0.94 looks huge. How do I know whether eight points are enough?\n\n"
        "```python\nimport numpy as np\n\nsales = np.array([12, 15, 18, 22, 25, 28, 31, 35])\n"
        "drownings = np.array([2, 3, 3, 5, 4, 6, 7, 8])\nprint(np.corrcoef(sales, drownings)[0, 1])\n```",
        3.2,
        votes=("yuki", "noah", "jo", "omar"),
        responses=(
            Response(
                "tomas",
                "Compute an interval, not a yes or no. With Fisher's transformation\n\n"
                "$$z = \\tfrac{1}{2}\\ln\\frac{1+r}{1-r}, \\qquad \\mathrm{SE} = \\frac{1}{\\sqrt{n-3}}$$\n\n"
                "and $n = 8$ you get about $0.70$ to $0.99$. So: certainly not zero, but anything from strong to "
                "nearly perfect. And none of it says *why*.",
                2.8,
                accepted=True,
                endorsed=True,
                votes=("amina", "yuki", "noah", "lea"),
                comments=(
                    Comment("amina", "So the width of the interval is my answer. Thank you!", 2.5),
                    Comment("lea", "Joli. Et si on enlève un seul point ? Ça bouge beaucoup ?", 2.2),
                    Comment("tomas", "Try it: without the last town it is 0.55 to 0.99.", 2.0),
                ),
            ),
            Response(
                "noah",
                "Shuffle one column a thousand times and count how often you beat 0.94:\n\n"
                "```python\nhits = sum(\n    abs(np.corrcoef(rng.permutation(sales), drownings)[0, 1]) >= 0.94\n"
                "    for _ in range(1000)\n)\n```\n\nI got 1 in 1,000.",
                2.6,
                votes=("yuki",),
            ),
            Response(
                "jo",
                "Whatever the interval: both go up in summer. Colour the points by month before you believe it.",
                1.5,
                anonymous=True,
                votes=("amina",),
            ),
        ),
    ),
    Topic(
        "talk32",
        "question",
        "lea",
        "Peut-on parler de corrélation quand la relation est une courbe en U ?",
        "J’ai tracé l’anxiété et la note au test : les deux extrêmes réussissent moins bien. Le coefficient vaut "
        "presque **0**, mais le lien saute aux yeux. Comment le dire dans un rapport ?",
        0.4,
        votes=("tomas", "noah"),
    ),
    Topic(
        "talk31",
        "question",
        "noah",
        "What counts as an outlier?",
        "One town sells no ice cream at all in July. Do I drop it or keep it?",
        90,
        responses=(
            Response("ines", "First find out why. If it has no shop, it answers another question.", 88),
            Response(
                "tomas", "Report the result with it and without it.", 80, accepted=True, votes=("noah",)
            ),
        ),
    ),
    Topic(
        "talk41",
        "discussion",
        "amina",
        "Morning group: which number would you show to a patient?",
        "Let us collect arguments until Thursday; I will write the summary.",
        20,
        responses=(
            Response("tomas", "The ward's: a patient is in one ward, not in the average of all.", 19),
        ),
    ),
    Topic(
        "talk41",
        "question",
        "noah",
        "Evening group: are the wards of equal size?",
        "The table in the lesson gives only rates. Where do the counts come from?",
        10,
        responses=(Response("jo", "They are in the download below the figure.", 9),),
    ),
    Topic(
        "talk42",
        "question",
        "lea",
        "Un graphique à deux axes peut-il être honnête ?",
        "Je n’en trouve aucun qui ne mente pas un peu. Vous en avez un bon ?",
        48,
        anonymous=True,
        responses=(
            Response(
                "ines",
                "La température et la pluie d’une même ville : deux unités, un seul calendrier, et personne n’y "
                "cherche une cause.",
                40,
                endorsed=True,
                votes=("lea",),
            ),
        ),
    ),
    Topic(
        "talk45",
        "question",
        "ines",
        "Which group has the larger spread, and how do you know before you compute it?",
        "Both means are 60. Group A runs from 40 to 80, group B from 55 to 65 with two people at 20 and 100.\n\n"
        "Write your guess and one reason. Then you see what the others wrote.",
        52,
        votes=("amina",),
        responses=(
            Response(
                "yuki",
                "B. Two people far out weigh more than ten close together: the distances are squared.",
                40,
            ),
            Response(
                "tomas", "A, since nearly everybody is far from 60. In B I would look at the two first.", 31
            ),
        ),
    ),
    Topic(
        "talk46",
        "question",
        "ines",
        "Quel groupe est le plus dispersé, et comment le savez-vous avant de calculer ?",
        "Les deux moyennes valent 60. Le groupe A va de 40 à 80, le groupe B de 55 à 65, avec deux personnes à 20 et "
        "100.\n\nÉcrivez votre hypothèse et une raison. Vous verrez ensuite celles des autres.",
        50,
        votes=("lea",),
        responses=(
            Response("amina", "B : les deux extrêmes pèsent lourd, car les écarts sont élevés au carré.", 38),
            Response("omar", "A, je crois : presque tout le monde y est loin de 60.", 22),
        ),
    ),
)
