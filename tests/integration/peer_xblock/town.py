"""People of a course who chose to be found, for the tests of the directory."""

from __future__ import annotations

from datetime import date
from random import SystemRandom

from django.contrib.auth.models import User

from peer_xblock.api import discussion, experts, spaces
from peer_xblock.api.experts.importing import import_builtin
from peer_xblock.api.experts.skills import vocabulary
from peer_xblock.api.visits import Visit
from peer_xblock.domain.experts.views import Answered, Card, FoundPeople, MyProfile
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import ExpertProfile, LearningContext

from .world import COURSE, World


class Town(World):
    """A course with a discussion and a directory; skills by their English label."""

    def __init__(self, *, anonymity: str = "named", is_divided: bool = False) -> None:
        super().__init__(anonymity=anonymity, is_divided=is_divided)
        import_builtin(now=self.at, rng=SystemRandom())
        self.options = {"intro": "", "ask_space": "", "languages": ["en", "fr"]}
        self.directory = self.save_directory()

    def save_directory(self, **options: object) -> object:
        usage_key = COURSE.replace("course-v1:", "block-v1:") + "+type@expert_directory+block@e1"
        settings = spaces.SpaceSettings(
            SpaceKind.EXPERTS, usage_key, COURSE, "People who can help", options={**self.options, **options}
        )
        spaces.save_space(settings, now=self.at, rng=self.rng)
        return spaces.find_space(usage_key)

    def enter(self, user: User, *, language: str = "en", is_preview: bool = False) -> Visit:
        return self.visit(user, space=self.directory, language=language, is_preview=is_preview)  # type: ignore[arg-type]

    def skill(self, label: str) -> str:
        return next(term.public_id for term in vocabulary().terms.values() if term.label("en") == label)

    def join(
        self,
        user: User,
        *skills: str,
        is_listed: bool = True,
        about: str = "",
        languages: tuple[str, ...] = ("en",),
        weekly_limit: int | None = None,
        away_until: date | None = None,
        revision: int | None = None,
    ) -> MyProfile:
        self.later()
        mine = ExpertProfile.objects.filter(
            user=user, context=LearningContext.objects.get(key=COURSE)
        ).first()
        known = mine.revision if mine else 0
        return experts.save_profile(
            self.enter(user),
            is_listed=is_listed,
            about=about,
            languages=list(languages),
            skills=[self.skill(label) for label in skills],
            revision=known if revision is None else revision,
            weekly_limit=weekly_limit,
            away_until=away_until,
        )

    def find(
        self, user: User, query: str = "", *, language: str | None = None, **filters: object
    ) -> FoundPeople:
        return experts.find_people(self.enter(user), query=query, language=language, **filters)  # type: ignore[arg-type]

    def names(self, user: User, query: str = "", **filters: object) -> list[str]:
        return [card.person.name for card in self.find(user, query, **filters).people]  # type: ignore[arg-type]

    def card(self, user: User, name: str, query: str = "") -> Card:
        return next(card for card in self.find(user, query).people if card.person.name == name)

    def answer_well(self, user: User, title: str, body: str = "Please.", *, how: str = "vote") -> str:
        """Somebody asks, the person answers, and somebody else takes it well; the answer's id."""
        asker, judge = self.person("Asker"), self.facilitator("Judge")
        thread = self.ask(asker, title, body).thread.id
        post = self.respond(user, thread).post.id
        if how == "vote":
            discussion.vote(self.visit(judge), post=post, on=True)
        elif how == "accept":
            discussion.accept_answer(self.visit(asker), post=post, on=True)
        elif how == "endorse":
            discussion.endorse(self.visit(judge), post=post, on=True)
        return post

    def put(
        self, user: User, to: User, *, title: str = "May I?", key: str = "", space: str | None = None
    ) -> Answered:
        self.later()
        person = ExpertProfile.objects.get(user=to, context__key=COURSE).public_id
        return experts.ask(
            self.enter(user),
            client_key=key or self.key(),
            person=person,
            title=title,
            body="Because.",
            space=space,
        )
