"""A course with people who chose to be found, at any size: what the directory's gates and measurements read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import SystemRandom
from typing import Any

from django.contrib.auth.models import User

from peer_xblock import search
from peer_xblock.api.experts import repair_directories
from peer_xblock.api.experts.importing import import_builtin
from peer_xblock.domain.ids import new_id
from peer_xblock.domain.keys import listing_key, seconds, skill_key
from peer_xblock.expert_directory import ExpertDirectoryXBlock
from peer_xblock.models import ExpertProfile, ExpertRequest, ProfileSkill, Skill, Thread
from peer_xblock.search.folder import Folder
from tests.runtime import Unit

from .campus import BATCH, START, Campus

SKILLS_EACH = 3
DAY = timedelta(days=1)
REQUESTS = 30
# Statements that a call may cost, the space's and the role's look-up included. They are what the calls cost now, and
# do not rise unnoticed.
TARGETS = {
    "open_directory": 15,
    "browse": 12,
    "browse_deep": 12,
    "by_question": 12,
    "by_skill": 12,
    "by_name": 12,
    "suggest_skills": 3,
    "save_profile": 14,
    "ask": 15,
    "answer_request": 8,
    "preview": 2,
}


class Directory:
    """The campus's busy course with a directory; its authors and ever more others are listed in it."""

    def __init__(self) -> None:
        self.campus = Campus(responses=3, comments=1)
        import_builtin(now=START, rng=SystemRandom())
        self.skills = list(Skill.objects.order_by("pk"))
        unit = self.unit(self.campus.reader)
        unit.block.student_view({})

    def unit(self, user: User) -> Unit:
        """The directory's block as a person has it on the page."""
        return Unit(user, of=ExpertDirectoryXBlock, block="e1", display_name="People who can help")

    def grow(self, *, threads: int, people: int) -> None:
        """Bring the course to these sizes, and its index up to date."""
        self.campus.grow(threads)
        there = ExpertProfile.objects.count()
        users = [
            User(username=f"expert-{number}", first_name=f"Expert {number}")
            for number in range(max(there - len(self.campus.authors), 0), people - len(self.campus.authors))
        ]
        User.objects.bulk_create(users, batch_size=BATCH)
        known = list(User.objects.filter(username__in=[user.username for user in users]).order_by("pk"))
        self._list([*([] if there else [self.campus.reader, *self.campus.authors]), *known])
        list(repair_directories())
        self._request()
        context = self.campus.space.context
        Folder(context).discard()  # What is written in bulk is in no feed.
        while not search.catch_up(context, now=START, at_most=BATCH * 10):
            continue

    def calls(self) -> dict[str, Callable[[], None]]:
        """The calls by name, each as a reader makes it."""
        reader = self.unit(self.campus.reader)
        question = {"client_key": "bench", "title": "May I?", "body": "Because $n$ is *large*."}
        person = ExpertProfile.objects.filter(user=self.campus.authors[5]).get().public_id
        mine = ExpertProfile.objects.get(user=self.campus.reader)
        request = ExpertRequest.objects.filter(profile=mine)[0].public_id
        profile = {"is_listed": True, "about": "Text.", "languages": ["en"], "revision": mine.revision}
        skills = [skill.public_id for skill in self.skills[3:6]]

        def call(operation: str, **values: Any) -> Callable[[], None]:
            def run() -> None:
                status, answer = reader.call(operation, **values)
                if status != 200:
                    raise RuntimeError(f"{operation}: {status} {answer}")

            return run

        edge = ExpertProfile.objects.order_by("key_recent").values_list("key_recent", flat=True)
        return {
            "open_directory": call("open_directory"),
            "browse": call("find_people"),
            "browse_deep": call("find_people", cursor=f"{edge[len(edge) // 2]}:20"),
            "by_question": call("find_people", query="Why does it depend on a large n?"),
            "by_skill": call("find_people", skill=self.skills[0].public_id),
            "by_name": call("find_people", query="learner 7"),
            "suggest_skills": call("suggest_skills", text="statisitcs"),
            "save_profile": call("save_profile", **profile, skills=skills),
            "ask": call("ask", person=person, **question),
            "answer_request": call("answer_request", request=request, accept=True),
            "preview": call("preview", body="*Text*"),
        }

    def _list(self, users: list[User]) -> None:
        """Those who answered came last, so that what a page shows of them is the same at every size."""
        context, rng = self.campus.space.context, self.campus.rng
        known = {author.username for author in self.campus.authors}
        profiles = [
            ExpertProfile(
                context=context, user=user, public_id=new_id(START, rng), is_listed=True, languages=" en ",
                revision=1, created_at=START, changed_at=START,
            )
            for user in users
        ]  # fmt: skip
        for profile in profiles:
            ident, moment = profile.public_id, START + DAY * (profile.user.username in known)
            profile.key_recent = listing_key(context.pk, pinned=False, value=seconds(moment), public_id=ident)
        ExpertProfile.objects.bulk_create(profiles, batch_size=BATCH)
        listed = ExpertProfile.objects.filter(user__in=[user.pk for user in users]).order_by("pk")
        rows = [
            ProfileSkill(
                profile=profile, skill=skill, place=place,
                key=skill_key(context.pk, skill.pk, START, profile.public_id),
            )
            for number, profile in enumerate(listed)
            for place, skill in enumerate(self._skills_of(number))
        ]  # fmt: skip
        ProfileSkill.objects.bulk_create(rows, batch_size=BATCH)

    def _skills_of(self, number: int) -> list[Skill]:
        """The first skill is everybody's fourth; the others spread over the list."""
        chosen = {(number * 7 + step * 5) % len(self.skills) for step in range(SKILLS_EACH)}
        return [self.skills[place] for place in sorted(chosen | ({0} if number % 4 == 0 else set()))]

    def _request(self) -> None:
        """Questions that the reader was asked and asked."""
        if ExpertRequest.objects.exists():
            return
        mine = ExpertProfile.objects.get(user=self.campus.reader)
        theirs = ExpertProfile.objects.get(user=self.campus.authors[0])
        threads = list(Thread.objects.order_by("pk")[: 2 * REQUESTS])
        pairs = [(mine, self.campus.authors[1]), (theirs, self.campus.reader)] * REQUESTS
        ExpertRequest.objects.bulk_create(
            ExpertRequest(
                profile=profile, asker=asker, thread=thread, public_id=new_id(START, self.campus.rng),
                state="asked", asked_at=START, client_key=f"{number:032x}",
            )
            for number, (thread, (profile, asker)) in enumerate(zip(threads, pairs, strict=True))
        )  # fmt: skip
