"""Accounts: look-up by a field with the database's own idea of equal, and creation."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import transaction

from demo.standin.access import Caller, require_account_state
from demo.standin.errors import CapabilityRequired, CodingError, InvalidParameter
from demo.standin.exporters import export_account
from demo.standin.functions.registry import function
from demo.standin.models import Account
from demo.standin.params import Many, Struct, Value, check_scalar

_FIELDS = {"id": "int", "idnumber": "raw", "username": "username", "email": "email"}


def collate(text: str, database: str) -> str:
    """The key by which the database compares: MariaDB's default ignores case, accents and end spaces."""
    if database != "mysql":
        return text
    decomposed = unicodedata.normalize("NFD", text.rstrip(" ").casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@function("core_user_get_users_by_field", field=Value("alpha"), values=Many(Value("raw")))
def get_users_by_field(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Accounts whose field equals one of the values, in the database's sense of equal."""
    require_account_state(caller)
    field = params["field"]
    if field not in _FIELDS:
        raise CodingError("invalid field parameter")
    wanted = [check_scalar(_FIELDS[field], value, "values") for value in params["values"]]
    accounts = Account.objects.filter(deleted=False).order_by("id")
    if field == "id":
        found = list(accounts.filter(id__in=wanted))
    else:
        database = caller.site["database"]
        keys = {collate(value, database) for value in wanted}
        found = [one for one in accounts if collate(getattr(one, field), database) in keys]
    return [export_account(caller.site, one) for one in found]


_NEW_USER = Struct(
    {
        "createpassword": Value("bool", optional=True),
        "username": Value("raw"),
        "auth": Value("auth", default="manual"),
        "password": Value("raw", optional=True),
        "firstname": Value("notags"),
        "lastname": Value("notags"),
        "email": Value("rawtrimmed"),
        "idnumber": Value("raw", default=""),
        "lang": Value("alphanumext", default="en"),
        "city": Value("text", optional=True),
        "country": Value("alpha", optional=True),
        "customfields": Many(
            Struct({"type": Value("alphanumext"), "value": Value("raw")}), optional=True, default=[]
        ),
    }
)


@function("core_user_create_users", users=Many(_NEW_USER))
def create_users(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """All or none. The idnumber is not unique; username and e-mail are."""
    require_account_state(caller)
    if not caller.can("user:create"):
        raise CapabilityRequired("Create users")
    with transaction.atomic():
        made = [_create(new) for new in params["users"]]
    return [{"id": one.id, "username": one.username} for one in made]


def _create(new: dict[str, Any]) -> Account:
    username = check_scalar("username", new["username"], "username")
    if not username:
        raise InvalidParameter("The username is blank")
    if Account.objects.filter(username=username).exists():
        raise InvalidParameter(f"Username already exists: {username}")
    if new["auth"] == "manual" and not new.get("password") and not new.get("createpassword"):
        raise InvalidParameter("Invalid password: you must provide a password, or set createpassword.")
    email = check_scalar("email", new["email"], "email")
    if Account.objects.filter(email__iexact=email).exists():
        raise InvalidParameter(f"Email address already exists: {email}")
    return Account.objects.create(
        username=username,
        auth=new["auth"],
        firstname=new["firstname"],
        lastname=new["lastname"],
        email=email,
        idnumber=new["idnumber"],
        lang=new["lang"],
    )


@function("core_user_delete_users", userids=Many(Value("int")))
def delete_users(caller: Caller, params: dict[str, Any]) -> None:
    """Marks the accounts as deleted, as Moodle does: what they wrote stays."""
    require_account_state(caller)
    if not caller.can("user:create"):
        raise CapabilityRequired("Delete users")
    for account in Account.objects.filter(id__in=params["userids"]):
        account.deleted = True
        account.username = f"{account.email}.{account.id}"
        account.email = account.idnumber = ""
        account.save()
