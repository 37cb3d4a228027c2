"""What checks leave in a real Moodle, all under one prefix, and its removal."""

from __future__ import annotations

from typing import Any

from demo.moodle_side import MoodleSide, paged

PREFIX = "peercheck-"
_SITE_COURSE = 1


def _courses(moodle: MoodleSide) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = moodle.call("core_course_get_courses_by_field")["courses"]
    return [one for one in found if one["id"] != _SITE_COURSE]


def has_other_courses(moodle: MoodleSide) -> bool:
    """Whether the site holds a course that no check has made."""
    return any(not one["shortname"].startswith(PREFIX) for one in _courses(moodle))


def remove_all(moodle: MoodleSide) -> dict[str, int]:
    """Remove every course of a check, and the people in them that checks made. How many of each."""
    courses = [one["id"] for one in _courses(moodle) if one["shortname"].startswith(PREFIX)]
    people: set[int] = set()
    for course in courses:
        enrolled = moodle.call("core_enrol_get_enrolled_users", {"courseid": course})
        people |= {one["id"] for one in enrolled if one["username"].startswith(PREFIX)}
    for page in paged(sorted(people), 100):
        moodle.call("core_user_delete_users", {"userids": list(page)})
    if courses:
        moodle.call("core_course_delete_courses", {"courseids": courses})
    return {"courses": len(courses), "people": len(people)}
