"""Threads, responses and comments: what people write to each other in a space."""

from .bookmarks import list_saved, save_post
from .bulk import moderate_threads
from .comments import list_comments
from .converting import convert_thread, retag_thread
from .creating import create_comment, create_private, create_response, create_thread
from .editing import delete_post, edit_post, get_history, get_source, restore_post
from .elsewhere import list_course
from .judging import accept_answer, endorse, vote
from .listing import list_threads
from .merging import merge_thread
from .moderating import close_thread, pin_thread
from .moving import list_destinations, move_thread
from .reacting import react
from .reading import get_thread, locate, mark_read
from .repair import repair_counters, repair_spaces
from .reporting import flag_post, get_flags, withdraw_flag
from .retention import purge_removed
from .searching import search_threads, similar_threads
from .splitting import split_response
from .tagging import suggest_tags
from .text import preview
from .watching import list_new_posts, watch_space, watch_thread

__all__ = [
    "accept_answer",
    "close_thread",
    "convert_thread",
    "create_comment",
    "create_private",
    "create_response",
    "create_thread",
    "delete_post",
    "edit_post",
    "endorse",
    "flag_post",
    "get_flags",
    "get_history",
    "get_source",
    "get_thread",
    "list_comments",
    "list_course",
    "list_destinations",
    "list_new_posts",
    "list_saved",
    "list_threads",
    "locate",
    "mark_read",
    "merge_thread",
    "moderate_threads",
    "move_thread",
    "pin_thread",
    "preview",
    "purge_removed",
    "react",
    "repair_counters",
    "repair_spaces",
    "restore_post",
    "retag_thread",
    "save_post",
    "search_threads",
    "similar_threads",
    "split_response",
    "suggest_tags",
    "vote",
    "watch_space",
    "watch_thread",
    "withdraw_flag",
]
