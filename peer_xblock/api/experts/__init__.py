"""Who can help, why, and asking them. What clients call takes a visit, as the discussion's api does."""

from .asking import answer_request, ask
from .directory import open_directory, preview
from .finding import find_people
from .leaving import leave_course, retire_expert
from .listing import repair_directories
from .profiles import save_profile
from .skills import suggest_skills

__all__ = [
    "answer_request",
    "ask",
    "find_people",
    "leave_course",
    "open_directory",
    "preview",
    "repair_directories",
    "retire_expert",
    "save_profile",
    "suggest_skills",
]
