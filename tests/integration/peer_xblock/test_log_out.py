"""Who signs out leaves nothing on the device."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from peer_xblock.middleware import ClearDraftsAtLogOut
from peer_xblock.settings.common import plugin_settings

NAME = "peer_xblock.middleware.ClearDraftsAtLogOut"


def request() -> HttpRequest:
    made = RequestFactory().get("/logout")
    made.session, made.user = SessionStore(), AnonymousUser()
    return made


def sign_out(made: HttpRequest) -> HttpResponse:
    logout(made)
    return HttpResponse()


def test_the_browser_is_told_to_forget_at_log_out() -> None:
    answer = ClearDraftsAtLogOut(sign_out)(request())
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_no_other_answer_clears_anything() -> None:
    assert "Clear-Site-Data" not in ClearDraftsAtLogOut(lambda _: HttpResponse())(request()).headers


@override_settings(PEER_CLEAR_AT_LOG_OUT=False)
def test_an_operator_may_switch_it_off() -> None:
    assert "Clear-Site-Data" not in ClearDraftsAtLogOut(sign_out)(request()).headers


@pytest.mark.parametrize("times", [1, 2])
def test_the_plugin_adds_itself_once(times: int) -> None:
    settings = SimpleNamespace(MIDDLEWARE=["first"])
    for _ in range(times):
        plugin_settings(settings)
    assert settings.MIDDLEWARE == ["first", NAME]
