"""What can go wrong between the bridge and a Moodle, as one tree that says what to do about it.

    MoodleError
    ├── Transient          try again later, with backoff; the effect may or may not have happened
    │   ├── Unreachable    the site as a whole does not answer: wait for the site, not for the item
    │   │   └── RetryLater Moodle or a proxy said how long to wait
    │   └── Unusable       it answered, but nothing that can be trusted (HTML, cut off, a PHP fatal)
    ├── Refused            this request will never be accepted as it is
    └── Stop               nothing will be accepted until somebody mends the connection

Every web service error is HTTP 200 with an `errorcode`; texts and exception classes differ between versions,
so only the code decides. Messages of Moodle may quote what people wrote: they are kept out of these errors.
"""

from http import HTTPStatus


class MoodleError(Exception):
    """code: Moodle's errorcode, or a word of ours for what has none."""

    def __init__(self, code: str, *, function: str = "") -> None:
        super().__init__(f"{function}: {code}" if function else code)
        self.code = code
        self.function = function


class Transient(MoodleError):
    """Worth another try; whether the call had its effect is unknown."""


class Unreachable(Transient):
    """The whole site is away: down, in maintenance, or too slow."""


class RetryLater(Unreachable):
    """The site is away and named the pause it wants."""

    def __init__(self, code: str, *, function: str = "", retry_after_s: float) -> None:
        super().__init__(code, function=function)
        self.retry_after_s = retry_after_s


class Unusable(Transient):
    """An answer came that is none: HTML, half a document, null, a PHP fatal."""


class Refused(MoodleError):
    """Permanent: the same request would be refused again."""


class Stop(MoodleError):
    """Permanent for the whole site until an administrator mends it."""


UNREACHABLE_CODES = frozenset(
    {
        "sitemaintenance",
        "upgraderunning",
        "dbconnectionfailed",
        "dmlreadexception",
        "servicetemporarilyunavailable",
    }
)
# A write that failed in the database: a deadlock is gone at the next try, a text that is too long is not.
# Delivery gives up after a number of tries, which serves both.
TRANSIENT_CODES = frozenset({"dmlwriteexception", "dmltransactionexception", "conflict", "throttled"})
STOP_CODES = frozenset(
    {
        "accessexception",
        "forcepasswordchangenotice",
        "invalidtoken",
        "servicenotavailable",
        "servicerequireslogin",
        "sitepolicynotagreed",
        "usernotfullysetup",
        "webservicesnotenabled",
    }
)
STOP_PREFIX = "wsaccessuser"
PLUGIN_PREFIX = "local_peerbridge_"
# A function that Moodle does not know; the two names are those of 5.1 and 4.5.
UNKNOWN_FUNCTION_CODES = frozenset({"invalidrecordunknown", "invalidrecord"})


def error_of_code(code: str, *, function: str = "") -> MoodleError:
    """The error that an errorcode of Moodle stands for; an unknown code is a refusal."""
    if code in UNREACHABLE_CODES:
        return Unreachable(code, function=function)
    if code in TRANSIENT_CODES:
        return Transient(code, function=function)
    if code in STOP_CODES or code.startswith(STOP_PREFIX):
        return Stop(code, function=function)
    if function.startswith(PLUGIN_PREFIX):
        if code in UNKNOWN_FUNCTION_CODES:
            return Stop("pluginmissing", function=function)
        if code == "nopermissions":
            return Stop(code, function=function)
    return Refused(code, function=function)


def error_of_status(status: int, *, retry_after_s: float | None, function: str = "") -> MoodleError:
    """The error that an HTTP status other than 200 stands for; Moodle itself sends only 403, 502 and 503."""
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE) and retry_after_s is not None:
        return RetryLater(f"http{status}", function=function, retry_after_s=retry_after_s)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.REQUEST_TIMEOUT,
    ):
        return Unreachable(f"http{status}", function=function)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Refused(f"http{status}", function=function)
    return Stop(f"http{status}", function=function)
