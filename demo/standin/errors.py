"""What a Moodle web service answers when it refuses.

MoodleError                       moodle_exception
+-- InvalidParameter              invalid_parameter_exception
+-- MissingRecord                 dml_missing_record_exception
+-- WriteFailed                   dml_write_exception
+-- CodingError                   coding_exception
+-- AccessRefused                 webservice_access_exception
+-- LoginRequired                 require_login_exception
+-- CapabilityRequired            required_capability_exception
+-- Fatal                         a PHP error: no errorcode at all
"""

from __future__ import annotations


class MoodleError(Exception):
    """An answer with an errorcode. `debuginfo` is shown only when the site debugs."""

    kind = "core\\exception\\moodle_exception"

    def __init__(self, errorcode: str, message: str, debuginfo: str = "") -> None:
        super().__init__(message)
        self.errorcode = errorcode
        self.message = message
        self.debuginfo = debuginfo


class InvalidParameter(MoodleError):
    """A parameter has the wrong type, is missing, or is not known."""

    kind = "core\\exception\\invalid_parameter_exception"

    def __init__(self, debuginfo: str) -> None:
        super().__init__("invalidparameter", "Invalid parameter value detected", debuginfo)


class MissingRecord(MoodleError):
    """A row that had to be there is not. Moodle 5.1 names the table only while it debugs, 4.5 always."""

    kind = "dml_missing_record_exception"

    def __init__(self, table: str, *, code: str = "invalidrecord", message: str = "") -> None:
        text = message or f"Can't find data record in database table {table}."
        super().__init__(code, text, f"no such row in {{{table}}}")


class WriteFailed(MoodleError):
    """The database refused a row."""

    kind = "dml_write_exception"

    def __init__(self, debuginfo: str) -> None:
        super().__init__("dmlwriteexception", "Error writing to database", debuginfo)


class CodingError(MoodleError):
    """Moodle blames its caller's code."""

    kind = "core\\exception\\coding_exception"

    def __init__(self, what: str) -> None:
        super().__init__(
            "codingerror", f"Coding error detected, it must be fixed by a programmer: {what}", what
        )


class AccessRefused(MoodleError):
    """Token, service or function may not be used."""

    kind = "webservice_access_exception"

    def __init__(self, debuginfo: str) -> None:
        super().__init__("accessexception", "Access control exception", debuginfo)


class LoginRequired(MoodleError):
    """The course or the activity is closed to this account."""

    kind = "core\\exception\\require_login_exception"

    def __init__(self, debuginfo: str) -> None:
        super().__init__("requireloginerror", "Course or activity not accessible.", debuginfo)


class CapabilityRequired(MoodleError):
    """The account lacks a capability in that context. `name` is the capability's readable name."""

    kind = "core\\exception\\required_capability_exception"

    def __init__(self, name: str) -> None:
        super().__init__(
            "nopermissions", f"Sorry, but you do not currently have permissions to do that ({name})."
        )


class Fatal(MoodleError):
    """PHP stopped: the answer names a class and a message, and no errorcode."""

    kind = "Error"

    def __init__(self, message: str) -> None:
        super().__init__("", message)
