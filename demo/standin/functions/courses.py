"""Courses and enrolments."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from demo.standin.access import ROLES, Caller, require_account_state, require_course
from demo.standin.errors import CapabilityRequired, InvalidParameter, MissingRecord, MoodleError
from demo.standin.exporters import export_account, export_course
from demo.standin.functions.registry import function
from demo.standin.functions.users import collate
from demo.standin.models import Account, Course, Enrolment
from demo.standin.params import Many, Struct, Value


def get_course(course_id: int) -> Course:
    """The course, or `MissingRecord`."""
    course = Course.objects.filter(id=course_id).first()
    if course is None:
        raise MissingRecord("course")
    return course


@function(
    "core_course_get_courses_by_field", field=Value("alpha", default=""), value=Value("raw", default="")
)
def get_courses_by_field(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """Courses by id, ids, shortname or idnumber; all of them without a field."""
    require_account_state(caller)
    field, value = params["field"], params["value"]
    courses = Course.objects.order_by("id")
    if field in ("shortname", "idnumber"):
        key = collate(value, caller.site["database"])
        found = [one for one in courses if collate(getattr(one, field), caller.site["database"]) == key]
    elif field in ("id", "ids"):
        ids = [int(part) for part in value.split(",") if part.strip().isdigit()]
        found = list(courses.filter(id__in=ids))
    elif field == "":
        found = list(courses)
    else:
        raise InvalidParameter(f"Invalid field parameter: {field}")
    return {"courses": [_with_teachers(caller, one) for one in found], "warnings": []}


def _with_teachers(caller: Caller, course: Course) -> dict[str, Any]:
    teachers = Account.objects.filter(enrolment__course=course, enrolment__roleid=3).order_by("id")
    return export_course(caller.site, course, teachers)


@function("core_enrol_get_users_courses", userid=Value("int"), returnusercount=Value("bool", default=True))
def get_users_courses(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """The courses that an account is enrolled in."""
    require_account_state(caller)
    courses = Course.objects.filter(enrolment__account_id=params["userid"]).order_by("id")
    return [
        {
            "id": one.id,
            "shortname": one.shortname,
            "fullname": one.fullname,
            "displayname": one.fullname,
            "enrolledusercount": Enrolment.objects.filter(course=one).count(),
            "idnumber": one.idnumber,
            "visible": int(one.visible),
            "summary": one.summary,
            "summaryformat": 1,
            "format": "topics",
            "showactivitydates": False,
            "showcompletionconditions": True,
        }
        for one in courses
    ]


_OPTION = Struct({"name": Value("alphanumext"), "value": Value("raw")})


@function("core_enrol_get_enrolled_users", courseid=Value("int"), options=Many(_OPTION, default=[]))
def get_enrolled_users(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """The people of a course, a page of them, with all fields or the ones asked for."""
    course = get_course(params["courseid"])
    require_course(caller, course)
    options = {option["name"]: option["value"] for option in params["options"]}
    people = Account.objects.filter(enrolment__course=course, deleted=False).order_by("id")
    if options.get("onlyactive") == "1":
        people = people.filter(enrolment__suspended=False)
    if int(options.get("groupid", "0")):
        people = people.filter(circles__id=int(options["groupid"]))
    start, number = int(options.get("limitfrom", "0")), int(options.get("limitnumber", "0"))
    page = people[start : start + number] if number else people[start:]
    fields = [name for name in options.get("userfields", "").split(",") if name]
    return [_enrolled(caller, course, one, fields) for one in page]


def _enrolled(caller: Caller, course: Course, account: Account, fields: list[str]) -> dict[str, Any]:
    exported = export_account(caller.site, account)
    for hidden in ("auth", "confirmed", "lang", "theme", "timezone", "mailformat", "trackforums"):
        exported.pop(hidden)
    exported["suspended"] = account.suspended
    if fields:
        exported = {key: value for key, value in exported.items() if key in {*fields, "id", "fullname"}}
    if not fields or "groups" in fields:
        groups = account.circles.filter(course=course).order_by("id")
        exported["groups"] = [
            {"id": one.id, "name": one.name, "description": one.description, "descriptionformat": 1}
            for one in groups
        ]
    if not fields or "roles" in fields:
        roleid = Enrolment.objects.get(course=course, account=account).roleid
        role = {"roleid": roleid, "name": "", "shortname": ROLES[roleid], "sortorder": 0}
        exported["roles"] = [role]
    return exported


_ENROLMENT = Struct(
    {
        "roleid": Value("int"),
        "userid": Value("int"),
        "courseid": Value("int"),
        "timestart": Value("int", optional=True),
        "timeend": Value("int", optional=True),
        "suspend": Value("int", optional=True),
    }
)


@function("enrol_manual_enrol_users", enrolments=Many(_ENROLMENT))
def enrol_users(caller: Caller, params: dict[str, Any]) -> None:
    """All or none; enrolling again changes nothing but the role and the suspension."""
    require_account_state(caller)
    with transaction.atomic():
        for wanted in params["enrolments"]:
            _enrol(wanted)


def _enrol(wanted: dict[str, Any]) -> None:
    course = Course.objects.filter(id=wanted["courseid"]).first()
    if course is None:
        raise InvalidParameter(f"Course id not exist: {wanted['courseid']}")
    roleid, userid = wanted["roleid"], wanted["userid"]
    if roleid not in ROLES:
        where = f"in this course ({course.id})."
        raise MoodleError(
            "wsusercannotassign",
            f"You don't have the permission to assign this role ({roleid}) to this user ({userid}) {where}",
        )
    account = Account.objects.filter(id=userid, deleted=False).first()
    if account is None:
        raise MissingRecord("user", code="invaliduser", message="Invalid user")
    Enrolment.objects.update_or_create(
        course=course,
        account=account,
        defaults={"roleid": roleid, "suspended": bool(wanted.get("suspend", 0))},
    )


_NEW_COURSE = Struct(
    {
        "fullname": Value("text"),
        "shortname": Value("text"),
        "categoryid": Value("int"),
        "idnumber": Value("raw", optional=True, default=""),
        "summary": Value("raw", optional=True, default=""),
    }
)


@function("core_course_create_courses", courses=Many(_NEW_COURSE))
def create_courses(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """All or none; short name and idnumber are unique."""
    require_account_state(caller)
    if not caller.can("course:managegroups"):
        raise CapabilityRequired("Create courses")
    with transaction.atomic():
        made = [_create_course(new) for new in params["courses"]]
    return [{"id": one.id, "shortname": one.shortname} for one in made]


def _create_course(new: dict[str, Any]) -> Course:
    if Course.objects.filter(shortname=new["shortname"]).exists():
        text = f"Short name is already used for another course ({new['shortname']})"
        raise MoodleError("shortnametaken", text)
    if new["idnumber"] and Course.objects.filter(idnumber=new["idnumber"]).exists():
        raise MoodleError("courseidnumbertaken", "ID number is already used for another course")
    return Course.objects.create(
        **{key: new[key] for key in ("fullname", "shortname", "idnumber", "summary")}
    )


@function("core_course_delete_courses", courseids=Many(Value("int")))
def delete_courses(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """With everything in them."""
    require_account_state(caller)
    if not caller.can("course:managegroups"):
        raise CapabilityRequired("Delete courses")
    Course.objects.filter(id__in=params["courseids"]).delete()
    return {"warnings": []}
