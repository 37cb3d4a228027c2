"""Groups of a course."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from demo.standin.access import Caller, require_course
from demo.standin.errors import CapabilityRequired, InvalidParameter, MissingRecord, MoodleError
from demo.standin.functions.courses import get_course
from demo.standin.functions.registry import function
from demo.standin.models import Enrolment, Group
from demo.standin.params import Many, Struct, Value

_NEW_GROUP = Struct(
    {
        "courseid": Value("int"),
        "name": Value("text"),
        "description": Value("raw"),
        "descriptionformat": Value("int", default=1),
        "enrolmentkey": Value("raw", optional=True),
        "idnumber": Value("raw", optional=True),
        "visibility": Value("int", default=0),
        "participation": Value("bool", default=True),
    }
)


@function("core_group_create_groups", groups=Many(_NEW_GROUP))
def create_groups(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """All or none; name and idnumber are unique in a course."""
    with transaction.atomic():
        return [_create_group(caller, new) for new in params["groups"]]


def _create_group(caller: Caller, new: dict[str, Any]) -> dict[str, Any]:
    course = get_course(new["courseid"])
    if "course:managegroups" not in require_course(caller, course):
        raise CapabilityRequired("Manage groups")
    name = new["name"].strip()
    if not name:
        raise InvalidParameter("Invalid group name")
    idnumber = new.get("idnumber", "").strip()
    if Group.objects.filter(course=course, name=name).exists():
        raise InvalidParameter("Group with the same name already exists in the course")
    if idnumber and Group.objects.filter(course=course, idnumber=idnumber).exists():
        raise MoodleError("idnumbertaken", "This ID number is already in use")
    group = Group.objects.create(course=course, name=name, idnumber=idnumber, description=new["description"])
    chosen = {key: new[key] for key in ("visibility", "participation")}
    return {**_export(group), "enrolmentkey": new.get("enrolmentkey", ""), **chosen}


_MEMBER = Struct({"groupid": Value("int"), "userid": Value("int")})


@function("core_group_add_group_members", members=Many(_MEMBER))
def add_group_members(caller: Caller, params: dict[str, Any]) -> None:
    """All or none; only people of the course may be members."""
    with transaction.atomic():
        for member in params["members"]:
            group = Group.objects.select_related("course").filter(id=member["groupid"]).first()
            if group is None:
                raise MissingRecord("groups")
            if "course:managegroups" not in require_course(caller, group.course):
                raise CapabilityRequired("Manage groups")
            if not Enrolment.objects.filter(course=group.course, account_id=member["userid"]).exists():
                raise InvalidParameter("Only enrolled users may be members of groups")
            group.members.add(member["userid"])


@function("core_group_get_course_groups", courseid=Value("int"))
def get_course_groups(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Every group of a course."""
    course = get_course(params["courseid"])
    if "course:managegroups" not in require_course(caller, course):
        raise CapabilityRequired("Manage groups")
    return [_export(one) for one in Group.objects.filter(course=course).order_by("id")]


def _export(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "courseid": group.course_id,
        "name": group.name,
        "description": group.description,
        "descriptionformat": 1,
        "enrolmentkey": "",
        "idnumber": group.idnumber,
        "visibility": 0,
        "participation": True,
    }
