"""The tables. Only api, search, outbox and admin read or write them."""

from .connections import Connection, ConnectionScope
from .discussion import Post, PostVersion, Pseudonym, ReadState, Thread, Vote
from .experts import Directory, ExpertProfile, ExpertRequest, ProfileSkill, SkillTally
from .jobs import Job
from .outbox import OutboxEvent
from .retirement import Retirement
from .skills import Skill, SkillLabel, Taxonomy
from .spaces import LearningContext, Space

__all__ = [
    "Connection",
    "ConnectionScope",
    "Directory",
    "ExpertProfile",
    "ExpertRequest",
    "Job",
    "LearningContext",
    "OutboxEvent",
    "Post",
    "PostVersion",
    "ProfileSkill",
    "Pseudonym",
    "ReadState",
    "Retirement",
    "Skill",
    "SkillLabel",
    "SkillTally",
    "Space",
    "Taxonomy",
    "Thread",
    "Vote",
]
