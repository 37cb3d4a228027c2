"""Finding threads and people by words: one small interface, with tantivy embedded behind it.

The database is the truth and the index a convenience of this host: it is caught up from the courses' feed of changes
when it is read, and by `peer_tick`; it may be thrown away at any moment. What is found here is only a hint: whoever
shows it asks the database whether this viewer may see it.
"""

from .catching_up import catch_up, catch_up_all
from .documents import Answered, Reach, ThreadHit
from .finding import find_people, find_threads, threads_answered_by

__all__ = [
    "Answered",
    "Reach",
    "ThreadHit",
    "catch_up",
    "catch_up_all",
    "find_people",
    "find_threads",
    "threads_answered_by",
]
