"""Who can help, why, and asking them. Everything in it takes a visit, as the discussion's api does."""

from .skills import suggest_skills

__all__ = ["suggest_skills"]
