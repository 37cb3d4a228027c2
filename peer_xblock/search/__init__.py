"""Finding threads and people by words: one small interface, with tantivy embedded behind it.

The database is the truth and the index a convenience of this host: it is caught up from the courses' feed of changes
when it is read, and by `peer_tick`; it may be thrown away at any moment. What is found here is only a hint: whoever
shows it asks the database whether this viewer may see it.
"""

from .catching_up import catch_up, catch_up_all
from .documents import Answered, Found, Reach, ThreadHit
from .feed import SHOWN_OF_OPENING, SHOWN_OF_REPLY, seen_text
from .finding import find_people, find_threads, search_threads, similar_threads, threads_answered_by
from .wording import Text, Word

__all__ = [
    "SHOWN_OF_OPENING",
    "SHOWN_OF_REPLY",
    "Answered",
    "Found",
    "Reach",
    "Text",
    "ThreadHit",
    "Word",
    "catch_up",
    "catch_up_all",
    "find_people",
    "find_threads",
    "search_threads",
    "seen_text",
    "similar_threads",
    "threads_answered_by",
]
