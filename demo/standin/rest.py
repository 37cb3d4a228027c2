"""/webservice/rest/server.php: authenticate, find the function, check its parameters, call it, spell the answer."""

from __future__ import annotations

import time
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from demo.standin import functions as _declared  # noqa: F401  # declares the functions
from demo.standin.access import Caller
from demo.standin.errors import AccessRefused, InvalidParameter, MissingRecord, MoodleError
from demo.standin.faults import Faults
from demo.standin.functions.registry import FUNCTIONS, Function
from demo.standin.models import Account, Token
from demo.standin.params import check, parse_form
from demo.standin.site import Site

_CONTROL = ("wstoken", "wsfunction", "moodlewsrestformat")
_SETTINGS_PREFIX = "moodlewssetting"


@csrf_exempt
def server(request: HttpRequest) -> HttpResponse:
    """One call. Every refusal by Moodle itself is HTTP 200."""
    site = Site()
    if site["cli_maintenance"]:
        return HttpResponse(site["cli_maintenance"], status=503)
    if not site["webservices"] or not site["rest"]:
        return HttpResponse("", status=403)
    pairs = [(key, value) for source in (request.GET, request.POST) for key, value in _pairs(source)]
    fields = dict(pairs)
    faults = Faults(site["faults"], fields.get("wsfunction", ""))
    before = faults.before()
    if before is not None:
        return before
    as_json = fields.get("moodlewsrestformat") == "json"
    try:
        answer = _call(request, site, pairs, fields)
    except MoodleError as error:
        return _refusal(error, site, as_json=as_json)
    return faults.after(_success(answer, as_json=as_json))


def _pairs(source: Any) -> list[tuple[str, str]]:
    return [(key, value) for key, values in source.lists() for value in values]


def _call(request: HttpRequest, site: Site, pairs: list[tuple[str, str]], fields: dict[str, str]) -> Any:
    account = _authenticate(request, site, fields.get("wstoken", ""))
    name = fields.get("wsfunction", "")
    if not name:
        raise InvalidParameter("Missing required key: wsfunction")
    function = _find(site, name)
    own = [pair for pair in pairs if pair[0] not in _CONTROL and not pair[0].startswith(_SETTINGS_PREFIX)]
    params = check(function.params, parse_form(own))
    caller = Caller(account, site, raw=fields.get("moodlewssettingraw") in ("1", "true"))
    return function.body(caller, params)


def _find(site: Site, name: str) -> Function:
    function = FUNCTIONS.get(name)
    if function is None or (function.is_plugin and not site["plugin"]):
        raise MissingRecord("external_functions")
    if name in site["missing_functions"]:
        raise AccessRefused(f"Access to the function {name}() is not allowed.")
    return function


def _authenticate(request: HttpRequest, site: Site, text: str) -> Account:
    token = Token.objects.select_related("account").filter(token=text).first()
    if token is None:
        raise MoodleError("invalidtoken", "Invalid token - token not found")
    if token.valid_until and token.valid_until < time.time():
        token.delete()
        raise AccessRefused("Invalid token - token expired - check validuntil time for the token")
    address = request.META.get("REMOTE_ADDR", "")
    if token.ip and token.ip != address:
        raise AccessRefused(f"Invalid service - IP:{address} is not supported - check this allowed user")
    if site["maintenance"]:
        raise MoodleError(
            "sitemaintenance", "The site is undergoing maintenance and is currently not available"
        )
    _check_account(token.account)
    if not site["service"] or site["restricted"]:
        raise AccessRefused("The service is disabled or restricted")
    return token.account


def _check_account(account: Account) -> None:
    states = (
        ("wsaccessuserdeleted", "deleted", account.deleted),
        ("wsaccessuserunconfirmed", "unconfirmed", not account.confirmed),
        ("wsaccessusersuspended", "suspended", account.suspended),
        ("wsaccessusernologin", "nologin authentication", account.auth == "nologin"),
    )
    for code, words, holds in states:
        if holds:
            raise MoodleError(code, f"Refused web service access for {words} username: {account.username}")


def error_body(error: MoodleError, site: Site) -> dict[str, str]:
    """The error as JSON, with what the site's version and debugging make of it."""
    code, message = error.errorcode, error.message
    if isinstance(error, MissingRecord) and not site.is_old and not site["debug"]:
        code, message = "invalidrecordunknown", "Can't find data record in database."
    if site["debugdisplay"] and error.debuginfo:
        message = f"{message} ({error.debuginfo})"
    body = {"exception": error.kind, "errorcode": code, "message": message}
    if not code:
        del body["errorcode"]
    if site["debug"] and error.debuginfo:
        body["debuginfo"] = error.debuginfo
    return body


def _refusal(error: MoodleError, site: Site, *, as_json: bool) -> HttpResponse:
    body = error_body(error, site)
    if as_json:
        return JsonResponse(body)
    parts = [f"<ERRORCODE>{escape(body.get('errorcode', ''))}</ERRORCODE>"]
    parts.append(f"<MESSAGE>{escape(body['message'])}</MESSAGE>")
    inner = "\n".join(parts)
    return _xml(f'<EXCEPTION class="{escape(body["exception"])}">\n{inner}\n</EXCEPTION>\n')


def _success(answer: Any, *, as_json: bool) -> HttpResponse:
    if as_json:
        return JsonResponse(answer, safe=False)
    return _xml(f"<RESPONSE>\n{_element(answer)}</RESPONSE>\n")


def _xml(body: str) -> HttpResponse:
    head = '<?xml version="1.0" encoding="UTF-8" ?>\n'
    return HttpResponse(head + body, content_type="application/xml; charset=utf-8")


def _element(value: Any) -> str:
    if isinstance(value, dict):
        keys = "".join(f'<KEY name="{escape(key)}">{_element(part)}</KEY>\n' for key, part in value.items())
        return f"<SINGLE>\n{keys}</SINGLE>\n"
    if isinstance(value, list):
        return "<MULTIPLE>\n" + "".join(_element(part) for part in value) + "</MULTIPLE>\n"
    if value is None:
        return '<VALUE null="null"/>\n'
    text = str(int(value)) if isinstance(value, bool) else str(value)
    return f"<VALUE>{escape(text)}</VALUE>\n"
