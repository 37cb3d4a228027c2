"""Importing this package declares every function."""

from demo.standin.functions import courses, forum_read, forum_write, groups, peerbridge, site, users

__all__ = ["courses", "forum_read", "forum_write", "groups", "peerbridge", "site", "users"]
