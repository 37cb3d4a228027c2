"""What each code and status asks for."""

import pytest

from moodle_bridge.moodle.errors import (
    MoodleError,
    Refused,
    RetryLater,
    Stop,
    Transient,
    Unreachable,
    error_of_code,
    error_of_status,
)


@pytest.mark.parametrize(
    ("code", "function", "kind"),
    [
        ("sitemaintenance", "", Unreachable),
        ("upgraderunning", "", Unreachable),
        ("dbconnectionfailed", "", Unreachable),
        ("dmlreadexception", "", Unreachable),
        ("dmlwriteexception", "", Transient),
        ("invalidtoken", "", Stop),
        ("accessexception", "", Stop),
        ("sitepolicynotagreed", "", Stop),
        ("forcepasswordchangenotice", "", Stop),
        ("wsaccessusersuspended", "", Stop),
        ("wsaccessusernologin", "", Stop),
        ("invalidparameter", "", Refused),
        ("requireloginerror", "", Refused),
        ("nopermissions", "mod_forum_delete_post", Refused),
        ("nopermissions", "local_peerbridge_upsert_posts", Stop),
        ("invalidrecordunknown", "mod_forum_add_discussion", Refused),
        ("invalidrecordunknown", "local_peerbridge_upsert_posts", Stop),
        ("invalidrecord", "local_peerbridge_upsert_posts", Stop),
        ("somethingnew", "", Refused),
    ],
)
def test_the_code_decides(code: str, function: str, kind: type[MoodleError]) -> None:
    assert type(error_of_code(code, function=function)) is kind


@pytest.mark.parametrize(
    ("status", "retry_after_s", "kind"),
    [
        (403, None, Stop),
        (301, None, Stop),
        (404, None, Stop),
        (413, None, Refused),
        (429, None, Unreachable),
        (429, 5.0, RetryLater),
        (502, None, Unreachable),
        (503, None, Unreachable),
        (503, 5.0, RetryLater),
    ],
)
def test_the_status_decides(status: int, retry_after_s: float | None, kind: type[MoodleError]) -> None:
    assert type(error_of_status(status, retry_after_s=retry_after_s)) is kind
