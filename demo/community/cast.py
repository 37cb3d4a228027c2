"""The demo's people."""

from __future__ import annotations

from dataclasses import dataclass, replace

COHORTS = {1: "Morning group", 2: "Evening group"}


@dataclass(frozen=True, slots=True)
class Member:
    """A person. `subject` is who they are at the identity provider, "" when nobody there knows them.

    first and last: how Moodle splits the name.
    """

    username: str
    first: str
    last: str
    role: str = "learner"
    cohort: int = 0
    subject: str = ""

    @property
    def name(self) -> str:
        """The display name on the campus."""
        return f"{self.first} {self.last}".strip()

    def prefixed(self, prefix: str) -> Member:
        """The same person on a Moodle that is not ours: its accounts must not be met by chance."""
        if not prefix:
            return self
        subject = prefix + self.subject if self.subject else ""
        return replace(self, username=prefix + self.username, subject=subject)

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{self.username}@campus.example"


CAST = (
    Member("amina", "Amina", "Diallo", cohort=1, subject="5f1c-amina"),
    Member("tomas", "Tomás", "Ferreira", cohort=1, subject="5f1c-tomas"),
    Member("lea", "Léa", "Marchand", cohort=2, subject="5f1c-lea"),
    Member("noah", "Noah", "Bergström", cohort=2, subject="5f1c-noah"),
    Member("yuki", "Yuki", "Tanaka", cohort=1, subject="5f1c-yuki"),
    Member("jo", "Jo", "Whitfield", cohort=2, subject="5f1c-jo"),
    Member("omar", "Omar", "Haddad", cohort=2),
    Member("ines", "Inès", "Vidal", role="facilitator", subject="5f1c-ines"),
    Member("staff", "Marta", "Lindqvist", role="staff", subject="5f1c-staff"),
)
