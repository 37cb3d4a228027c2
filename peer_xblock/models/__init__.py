"""The tables. Only api, search, outbox and admin read or write them."""

from .announcements import Announcement
from .connections import Connection, ConnectionScope
from .discussion import Post, PostVersion, Pseudonym, ReadState, Thread, Vote
from .drafts import Draft
from .experts import Directory, ExpertProfile, ExpertRequest, ProfileSkill, SkillTally
from .feedback import Flag, PostReaction
from .files import StoredFile
from .inbound import ForeignPost
from .jobs import Job
from .marks import Bookmark
from .notices import Mail, MailStop, Mention, Notice, NoticeCursor, SpaceMember
from .outbox import OutboxEvent
from .pictures import Picture
from .retirement import Retirement
from .review import Activity, Pair, Review, ReviewTally, Slot, Submission
from .skills import Skill, SkillLabel, Taxonomy
from .spaces import GroupTally, LearningContext, Space

__all__ = [
    "Activity",
    "Announcement",
    "Bookmark",
    "Connection",
    "ConnectionScope",
    "Directory",
    "Draft",
    "ExpertProfile",
    "ExpertRequest",
    "Flag",
    "ForeignPost",
    "GroupTally",
    "Job",
    "LearningContext",
    "Mail",
    "MailStop",
    "Mention",
    "Notice",
    "NoticeCursor",
    "OutboxEvent",
    "Pair",
    "Picture",
    "Post",
    "PostReaction",
    "PostVersion",
    "ProfileSkill",
    "Pseudonym",
    "ReadState",
    "Retirement",
    "Review",
    "ReviewTally",
    "Skill",
    "SkillLabel",
    "SkillTally",
    "Slot",
    "Space",
    "SpaceMember",
    "StoredFile",
    "Submission",
    "Taxonomy",
    "Thread",
    "Vote",
]
