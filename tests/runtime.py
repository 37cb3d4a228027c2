"""The smallest XBlock runtime that an LMS-like host could have: user and i18n services, memory for fields."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.utils.translation import gettext, ngettext
from opaque_keys.edx.keys import UsageKey
from webob import Request, Response
from xblock.fields import ScopeIds
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import DictKeyValueStore, KvsFieldData, MemoryIdManager, Runtime

from peer_xblock.block import PeerBlock
from peer_xblock.expert_directory import ExpertDirectoryXBlock
from peer_xblock.peer_discussion import PeerDiscussionXBlock
from peer_xblock.peer_review import PeerReviewXBlock

BLOCKS: tuple[type[PeerBlock], ...] = (PeerDiscussionXBlock, PeerReviewXBlock, ExpertDirectoryXBlock)

# What a discussion says of itself whose author has left the settings as they are.
DISCUSSION_OPTIONS: dict[str, Any] = {
    "answer_first": "off",
    "reactions": ["thanks", "insight", "celebrate"],
}


class Users(UserService):  # type: ignore[misc]  # xblock ships no types
    """Who looks at the page: a user of the LMS, nobody, or Studio's stand-in."""

    def __init__(self, user: User | None, *, is_preview: bool = False, is_staff: bool = False) -> None:
        super().__init__()
        self.user, self.is_preview, self.is_staff = user, is_preview, is_staff

    def get_current_user(self) -> XBlockUser:
        shown = XBlockUser(is_current_user=True, full_name=self.user.first_name if self.user else None)
        shown.opt_attrs = {
            "edx-platform.user_id": self.user.pk if self.user else None,
            "edx-platform.is_authenticated": self.user is not None,
            "edx-platform.user_is_staff": self.is_staff,
            "edx-platform.anonymous_user_id": "student" if self.is_preview else "a1b2",
        }
        return shown


class I18n:
    """Django's translations, as the LMS gives them to blocks."""

    ugettext = staticmethod(gettext)
    ungettext = staticmethod(ngettext)


class StudioPermissions:
    """Studio's own service: what an author may do. The LMS has none."""

    def __init__(self, *, is_author: bool) -> None:
        self._is_author = is_author

    def can_write(self, _course_key: Any) -> bool:
        return self._is_author


class CourseRuntime(Runtime):  # type: ignore[misc]  # xblock ships no types
    """One reader's request; without `users` that of a worker, which has the fields and nothing else.

    `published` holds what the block told the platform.
    """

    def __init__(self, users: Users | None, *, studio: StudioPermissions | None = None) -> None:
        ids = MemoryIdManager()
        services: dict[str, Any] = {"field-data": KvsFieldData(DictKeyValueStore())}
        if users is not None:
            services |= {"user": users, "i18n": I18n()}
        if studio is not None:
            services["studio_user_permissions"] = studio
        super().__init__(id_reader=ids, id_generator=ids, services=services)
        self.published: list[tuple[str, dict[str, Any]]] = []

    def named(self, event_type: str) -> list[dict[str, Any]]:
        """What was published under this name."""
        return [data for name, data in self.published if name == event_type]

    def handler_url(
        self, block: Any, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        return f"/handler/{block.scope_ids.usage_id}/{handler_name}/{suffix}?{query}"

    def local_resource_url(self, block: Any, uri: str) -> str:
        return f"/static/xblock/{uri}"

    def resource_url(self, resource: str) -> str:
        return f"/static/{resource}"

    def publish(self, _block: Any, event_type: str, event_data: dict[str, Any]) -> None:
        self.published.append((event_type, event_data))


class Unit:
    """A unit with one block, a discussion unless another class is given, as one reader has it on the page."""

    def __init__(
        self,
        user: User | None,
        *,
        of: type[PeerBlock] = PeerDiscussionXBlock,
        block: str = "u1",
        usage_key: UsageKey | None = None,
        is_preview: bool = False,
        is_staff: bool = False,
        studio: StudioPermissions | None = None,
        **settings: Any,
    ) -> None:
        self.runtime = CourseRuntime(Users(user, is_preview=is_preview, is_staff=is_staff), studio=studio)
        block_type = of.kind.block_type
        course_key = f"block-v1:Peer+DL101+2026+type@{block_type}+block@{block}"
        usage_key = usage_key or UsageKey.from_string(course_key)
        scope_ids = ScopeIds(user.pk if user else None, block_type, usage_key, usage_key)
        self.block = self.runtime.construct_xblock_from_class(of, scope_ids)
        for name, value in settings.items():
            setattr(self.block, name, value)

    def call(self, operation: str, **values: Any) -> tuple[int, Any]:
        """POST an operation: (status, JSON)."""
        return self.post(operation, json.dumps(values).encode())

    def post(self, operation: str, body: bytes, *, method: str = "POST") -> tuple[int, Any]:
        """The same with any bytes and method."""
        return self.handle("call", body, suffix=operation, method=method)

    def handle(self, handler: str, body: bytes, *, suffix: str = "", method: str = "POST") -> tuple[int, Any]:
        """A handler's answer, which is always JSON."""
        response = self.respond(handler, body, suffix=suffix, method=method)
        assert response.content_type == "application/json"
        return response.status_code, json.loads(response.body)

    def respond(
        self, handler: str, body: bytes, *, suffix: str = "", method: str = "POST", **query: str
    ) -> Response:
        """A handler's answer as it is sent: for what is no JSON."""
        url = f"/?{urlencode(query)}"
        request = Request.blank(url, method=method, body=body if method == "POST" else b"")
        return self.runtime.handle(self.block, handler, request, suffix)

    def upload(self, name: str, content: bytes) -> tuple[int, Any]:
        """Send a file: (status, JSON)."""
        response = self.respond("call", content, suffix="upload_file", name=name)
        return response.status_code, json.loads(response.body)

    def download(self, file: str) -> Response:
        """Ask for a file."""
        return self.respond("call", b"", suffix="get_file", method="GET", file=file)
