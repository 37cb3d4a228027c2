"""What the demo's people have handed in and said of each other's work. Ages in hours; `by` is a username."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """A work in an assignment (the last part of its block's usage key)."""

    unit: str
    by: str
    body: str
    age_h: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer says of the work that they are given: an option and a comment a criterion, then a last word.

    Who gets which work follows from the order in which all this happened.
    """

    unit: str
    by: str
    age_h: float
    scores: Mapping[str, str]
    comments: Mapping[str, str]
    overall: str = ""


WORKS = (
    Work(
        "review43",
        "amina",
        "**Claim.** “Screen time makes teenagers unhappy”: one line falls while the other rises.\n\n"
        "**Data.** Eight yearly averages, from one national survey; nothing is said of the spread within a year. "
        "Eight points give any two trends a correlation near $r = 0.9$.\n\n"
        "**Other reading.** The survey changed its question in the fourth year, which is where the line breaks. "
        "The two readings part if one plots the years before and after separately.",
        70,
    ),
    Work(
        "review43",
        "tomas",
        "**Claim.** Cycling to work adds two years to your life.\n\n"
        "**Data.** 263,000 people, five years, hazard ratios with intervals: much better than most. But who cycles "
        "was asked once, at the start.\n\n"
        "**Other reading.** People who are already healthy choose the bicycle. Both fit; following those who "
        "*changed* how they travel would tell them apart.",
        66,
    ),
    Work(
        "review43",
        "lea",
        "The graph shows that countries that eat more chocolate win more Nobel prizes. It has 23 points, one a "
        "country, and no spread. Another reading: both follow from wealth. I would colour the points by income.",
        50,
    ),
    Work(
        "review43",
        "yuki",
        "Claim: a new timetable made trains more punctual. Data: monthly shares of trains within five minutes, for "
        "one year, from the operator itself. Other reading: cancelled trains are never late, and more were cancelled.",
        31,
    ),
)
OPINIONS = (
    Opinion(
        "review43",
        "tomas",
        60,
        {"claim": "claim_yes", "data": "data_all", "other": "other_full"},
        {
            "claim": "One sentence, and it is the one that the headline wants.",
            "data": "You counted the points and asked for the spread. That is where I would have stopped too early.",
            "other": "You say where the line would break. I would have liked to see the two halves drawn.",
        },
        "I shall look for changed questions in surveys from now on.",
    ),
    Opinion(
        "review43",
        "amina",
        58,
        {"claim": "claim_yes", "data": "data_some", "other": "other_full"},
        {
            "claim": "Clear.",
            "data": "Number and intervals are there. Where do the people come from, and who dropped out?",
            "other": "Following those who change is exactly the test. Is there such a study?",
        },
    ),
    Opinion(
        "review43",
        "lea",
        44,
        {"claim": "claim_yes", "data": "data_all", "other": "other_thin"},
        {
            "claim": "Said in the first line.",
            "data": "All three. The remark on averages was new to me.",
            "other": "Plausible. One sentence more on how to decide between the two would help.",
        },
        "Short and fair.",
    ),
    Opinion(
        "review43",
        "yuki",
        28,
        {"claim": "claim_yes", "data": "data_some", "other": "other_thin"},
        {
            "claim": "I knew at once what I was to believe.",
            "data": "Twenty-three points are counted; where they come from is not said.",
            "other": "Wealth could be tested with public numbers. Say how.",
        },
    ),
    Opinion(
        "review43",
        "lea",
        26,
        {"claim": "claim_yes", "data": "data_all", "other": "other_full"},
        {
            "claim": "Yes.",
            "data": "You even say who counted.",
            "other": "Cancelled trains are never late: I have told three people since.",
        },
    ),
    Opinion(
        "review43",
        "tomas",
        24,
        {"claim": "claim_yes", "data": "data_all", "other": "other_thin"},
        {
            "claim": "Yes, though “shows that” already believes it.",
            "data": "Twenty-three points, good. A country is an average too: of how many people?",
            "other": "Wealth, surely. What would you expect to see if it were only wealth?",
        },
    ),
)
