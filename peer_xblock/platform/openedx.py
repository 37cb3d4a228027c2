"""The LMS and Studio as a host: each function in the module of its subject."""

from .courses import post_url, unit_url
from .groups import group_of
from .people import names_of, role_of
from .sso import subject_of

__all__ = ["group_of", "names_of", "post_url", "role_of", "subject_of", "unit_url"]
