"""Refusals: message, field, status."""

import pytest

from peer_xblock.domain import errors


def test_a_message_is_filled_for_the_log_and_kept_for_translation() -> None:
    error = errors.TooLarge("%(length)d of %(cap)d", field="body", length=5, cap=3)
    assert str(error) == "5 of 3"
    assert error.message == "%(length)d of %(cap)d"
    assert (error.field, error.status, error.code) == ("body", 413, "too_large")


def test_a_percent_sign_without_parameters_stands() -> None:
    assert str(errors.Invalid("100 % sure")) == "100 % sure"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.Invalid("x"), 400, "invalid"),
        (errors.LoginRequired("x"), 403, "login_required"),
        (errors.Forbidden("x"), 403, "forbidden"),
        (errors.PreviewOnly("x"), 403, "preview"),
        (errors.NotFound("x"), 404, "not_found"),
        (errors.StaleEdit("x", current={}), 409, "stale_edit"),
        (errors.Closed("x"), 409, "closed"),
        (errors.Conflict("x"), 409, "conflict"),
    ],
)
def test_each_refusal_has_its_status_and_code(error: errors.PeerError, status: int, code: str) -> None:
    assert (error.status, error.code) == (status, code)
