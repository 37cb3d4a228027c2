"""Who may do what: log-in to a course or an activity, roles and their capabilities."""

from __future__ import annotations

import time
from dataclasses import dataclass

from demo.standin.errors import LoginRequired, MissingRecord, MoodleError
from demo.standin.models import Account, Course, Discussion, Enrolment, Forum, Post
from demo.standin.site import Site

STUDENT, NON_EDITING, TEACHER = 5, 4, 3
ROLES = {STUDENT: "student", NON_EDITING: "teacher", TEACHER: "editingteacher"}
EDIT_WINDOW_S = 1800
_ANYBODY = {"forum:startdiscussion", "forum:replypost"}
_STAFF = _ANYBODY | {
    "forum:editanypost",
    "forum:deleteanypost",
    "forum:postwithoutthrottling",
    "course:viewhiddenactivities",
    "course:viewhiddencourses",
}
_QUESTIONS = {"forum:addquestion", "forum:viewqandawithoutposting"}
_TEACHER = (
    _STAFF
    | _QUESTIONS
    | {
        "forum:addnews",
        "forum:replynews",
        "forum:canoverridecutoff",
        "forum:canoverridediscussionlock",
        "forum:lock",
        "forum:pindiscussions",
    }
)
# What cli/setup.php of the plugin gives, and what a check needs to make its course.
_BRIDGE = _STAFF | {
    "site:accessallgroups",
    "peerbridge:use",
    "peerbridge:mirror",
    "user:create",
    "course:managegroups",
}
CAPABILITIES: dict[str, set[str]] = {
    "student": _ANYBODY,
    "teacher": _TEACHER,
    "editingteacher": _TEACHER | {"site:accessallgroups"},
    "bridge": _BRIDGE,
    # The account of the recordings had a role that was made by hand.
    "recorded": _BRIDGE | _QUESTIONS,
}


@dataclass(frozen=True, slots=True)
class Caller:
    """The account of the token, and the site as it stood when the call came in.

    `raw` is moodlewssettingraw: stored texts instead of what readers get.
    """

    account: Account
    site: Site
    raw: bool = False

    def capabilities(self, course_id: int | None = None) -> set[str]:
        """What the account may do in the course, or on the site as a whole."""
        return capabilities_of(self.account, course_id)

    def can(self, capability: str, course_id: int | None = None) -> bool:
        """Whether the account has the capability there."""
        return capability in self.capabilities(course_id)


def capabilities_of(account: Account, course_id: int | None) -> set[str]:
    """The union of the system role's and the enrolment's capabilities."""
    granted = set(CAPABILITIES.get(account.system_role, ()))
    if course_id is not None:
        enrolment = Enrolment.objects.filter(account=account, course_id=course_id, suspended=False).first()
        if enrolment:
            granted |= CAPABILITIES[ROLES[enrolment.roleid]]
    return granted


def require_account_state(caller: Caller) -> None:
    """What Moodle asks of an account whenever it enters a course or the site."""
    if caller.account.must_change_password:
        raise MoodleError("forcepasswordchangenotice", "error/forcepasswordchangenotice")
    if caller.site["sitepolicy"]:
        link = f'<a href="{caller.site.url}/user/policy.php">Click here to open the site policy.</a>'
        raise MoodleError("sitepolicynotagreed", f"Site policy not agreed: {link}")


def require_course(caller: Caller, course: Course) -> set[str]:
    """Enter a course, or `LoginRequired`. Returns the capabilities there."""
    require_account_state(caller)
    granted = caller.capabilities(course.id)
    if not course.visible and "course:viewhiddencourses" not in granted:
        raise LoginRequired("Course is hidden")
    if not granted:
        raise LoginRequired("Not enrolled")
    return granted


def require_forum(caller: Caller, forum: Forum) -> set[str]:
    """Enter a forum, or the error that Moodle gives. Returns the capabilities there."""
    if forum.being_deleted:
        raise MoodleError("activityisscheduledfordeletion", "Activity deletion in progress...")
    granted = require_course(caller, forum.course)
    if not forum.visible and "course:viewhiddenactivities" not in granted:
        raise LoginRequired("Activity is hidden")
    return granted


def get_forum(forum_id: int) -> Forum:
    """The forum with its course, or `MissingRecord`."""
    forum = Forum.objects.select_related("course").filter(id=forum_id).first()
    if forum is None:
        raise MissingRecord("forum")
    return forum


def sees_discussion(account: Account, granted: set[str], discussion: Discussion) -> bool:
    """Separate groups hide the discussions of other groups."""
    if discussion.forum.groupmode != 1 or discussion.groupid == -1 or "site:accessallgroups" in granted:
        return True
    return account.circles.filter(id=discussion.groupid).exists()


def sees_answers(account: Account, granted: set[str], discussion: Discussion) -> bool:
    """In a Q and A forum answers show once one has answered."""
    if discussion.forum.type != "qanda" or "forum:viewqandawithoutposting" in granted:
        return True
    return Post.objects.filter(discussion=discussion, account=account).exists()


def may_start(account: Account, granted: set[str], forum: Forum, groupid: int) -> bool:
    """Moodle's forum_user_can_post_discussion."""
    if is_closed(forum, granted) or forum.type == "single":
        return False
    needed = {"qanda": "forum:addquestion", "news": "forum:addnews"}.get(forum.type, "forum:startdiscussion")
    if needed not in granted:
        return False
    if forum.type == "eachuser" and Discussion.objects.filter(forum=forum, account=account).exists():
        return False
    if not forum.groupmode or "site:accessallgroups" in granted:
        return True
    return groupid > 0 and account.circles.filter(id=groupid).exists()


def may_reply(account: Account, granted: set[str], discussion: Discussion) -> bool:
    """Moodle's forum_user_can_post: lock, cut-off date, group."""
    forum = discussion.forum
    if is_closed(forum, granted):
        return False
    if is_locked(discussion) and "forum:canoverridediscussionlock" not in granted:
        return False
    if ("forum:replynews" if forum.type == "news" else "forum:replypost") not in granted:
        return False
    if not forum.groupmode or "site:accessallgroups" in granted:
        return True
    if discussion.groupid == -1:
        return forum.groupmode == 2
    return account.circles.filter(id=discussion.groupid).exists()


def may_edit(account: Account, granted: set[str], post: Post) -> bool:
    """One's own for half an hour, any with the capability."""
    if "forum:editanypost" in granted:
        return True
    return post.account_id == account.id and time.time() - post.created < EDIT_WINDOW_S


def may_delete(account: Account, granted: set[str], post: Post) -> bool:
    """One's own for half an hour, any with the capability."""
    if "forum:deleteanypost" in granted:
        return True
    return post.account_id == account.id and time.time() - post.created < EDIT_WINDOW_S


def is_locked(discussion: Discussion) -> bool:
    """Whether somebody locked it."""
    return 0 < discussion.timelocked <= time.time()


def is_closed(forum: Forum, granted: set[str]) -> bool:
    """Past its cut-off date, which binds the service account too."""
    return 0 < forum.cutoffdate < time.time() and "forum:canoverridecutoff" not in granted


def check_throttle(account: Account, granted: set[str], forum: Forum) -> None:
    """Refuse the post that is over the forum's threshold."""
    if not forum.blockafter or not forum.blockperiod or "forum:postwithoutthrottling" in granted:
        return
    since = time.time() - forum.blockperiod
    posted = Post.objects.filter(discussion__forum=forum, account=account, created__gt=since).count()
    if posted >= forum.blockafter:
        raise MoodleError(
            "forumblockingtoomanyposts", "You have exceeded the posting threshold set for this forum"
        )
