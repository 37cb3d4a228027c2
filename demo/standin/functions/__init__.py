"""Importing this package declares every function."""

from demo.standin.functions import courses, forum_read, forum_write, peerbridge, site, users

__all__ = ["courses", "forum_read", "forum_write", "peerbridge", "site", "users"]
