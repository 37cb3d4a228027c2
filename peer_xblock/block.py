"""What the three blocks share: mounting an element, dispatching operations, telling Studio's preview from a learner."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from random import SystemRandom
from typing import Any, ClassVar

from django.utils.translation import get_language
from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock

from .api import spaces
from .api.visits import Visit, enter
from .domain.errors import N_, Forbidden, Invalid, PeerError, TooLarge
from .domain.people import Actor
from .operations.dispatch import Registry, dispatch, read_body, refusal
from .operations.fields import Text
from .studio import render_form

_PREVIEW = "student"
_LANGUAGES = ("en", "fr")
SETTING_CAP = 255


@XBlock.needs("i18n", "user")
@XBlock.wants("studio_user_permissions")
class PeerBlock(XBlock):
    """A block that is one custom element on our api.

    A block names its element, its operations and the settings that an author edits; all else is here.
    """

    resources_dir = "resources"
    has_custom_completion = True
    completion_mode = XBlockCompletionMode.COMPLETABLE
    element: ClassVar[str]
    initialiser: ClassVar[str]
    operations: ClassVar[Registry]
    contributions: ClassVar[frozenset[str]] = frozenset()
    studio_fields: ClassVar[tuple[str, ...]] = ("display_name",)

    def space_settings(self) -> spaces.SpaceSettings:
        """What the api needs of this block."""
        raise NotImplementedError

    def student_view(self, context: Mapping[str, Any] | None = None) -> Fragment:
        """The element's mount; the space is brought in line with the block's settings."""
        if not self._actor().is_preview:
            spaces.save_space(self.space_settings(), now=datetime.now(UTC), rng=SystemRandom())
        fragment = Fragment(f'<div class="peer-mount" data-peer="{self.element}"></div>')
        fragment.add_javascript_url(self._public(f"peer-{self.element}.js"))
        fragment.initialize_js(self.initialiser, self._config(context or {}))
        return fragment

    author_view = student_view

    def studio_view(self, _context: Mapping[str, Any] | None = None) -> Fragment:
        """The settings form."""
        fragment = Fragment(render_form(self, self.studio_fields))
        fragment.add_css_url(self._public("peer-studio.css"))
        fragment.add_javascript_url(self._public("peer-studio.js"))
        fragment.initialize_js("PeerStudio")
        return fragment

    @XBlock.handler
    def call(self, request: Request, suffix: str = "") -> Response:
        """`call/<operation>`: POST, a JSON body, a JSON answer."""
        if request.method != "POST":
            return _respond(405, {"error": refusal(Invalid(N_("Operations are called by POST.")))})
        status, answer = dispatch(self.operations, suffix.strip("/"), request.body, enter=self._enter)
        if status == 200 and suffix.strip("/") in self.contributions:
            self.runtime.publish(self, "completion", {"completion": 1.0})
        return _respond(status, answer)

    @XBlock.handler
    def save_settings(self, request: Request, _suffix: str = "") -> Response:
        """Studio's form: all fields are checked before any is set."""
        try:
            self._require_author()
            values = self.check_settings(read_body(request.body))
        except PeerError as error:
            return _respond(error.status, {"error": refusal(error)})
        for name, value in values.items():
            setattr(self, name, value)
        return _respond(200, {"result": "success"})

    def check_settings(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The settings to store. Raises Invalid or TooLarge, naming the field."""
        checked: dict[str, Any] = {}
        for name in self.studio_fields:
            if name not in values:
                continue
            field, value = self.fields[name], values[name]
            if not isinstance(value, type(field.default)):
                raise Invalid(N_("This value is not of the right type."), field=name)
            if isinstance(value, str):
                value = _setting_text(name, value)
            allowed = field.values
            if isinstance(allowed, list | tuple) and value not in [choice["value"] for choice in allowed]:
                raise Invalid(N_("Choose one of the values that are offered."), field=name)
            checked[name] = value
        return checked

    def _require_author(self) -> None:
        """Handlers can be called in the LMS too; only Studio knows who may write the course. Raises Forbidden."""
        permissions = self.runtime.service(self, "studio_user_permissions")
        if permissions is None or not permissions.can_write(self.scope_ids.usage_id.context_key):
            raise Forbidden(N_("Settings are changed in Studio, by the course's authors."))

    def _enter(self) -> Visit:
        actor = self._actor()
        now = datetime.now(UTC)
        settings = self.space_settings()
        space = spaces.open_space(settings, is_preview=actor.is_preview, now=now, rng=SystemRandom())
        return enter(actor, space, now=now)

    def _actor(self) -> Actor:
        user = self.runtime.service(self, "user").get_current_user()
        attributes = user.opt_attrs
        is_preview = attributes.get("edx-platform.anonymous_user_id") == _PREVIEW
        is_staff = bool(attributes.get("edx-platform.user_is_staff"))
        return Actor(
            user_id=attributes.get("edx-platform.user_id"),
            name=user.full_name or "",
            is_course_staff=is_staff or attributes.get("edx-platform.user_role") in ("staff", "instructor"),
            is_preview=is_preview,
            language=_language(),
        )

    def _config(self, context: Mapping[str, Any]) -> dict[str, Any]:
        language = _language()
        return {
            "call_url": self.runtime.handler_url(self, "call").rstrip("/?"),
            "css_urls": [self._public("peer.css"), self._public(f"peer-{self.element}.css")],
            "catalogue_url": "" if language == "en" else self._public(f"peer-{language}.json"),
            "katex_url": self._public("peer-katex.js"),
            "editor_url": self._public(f"peer-{self.element}-editor.js"),
            "language": language,
            "heading_level": 2,
            "post": context.get("peer_post"),
            "thread": None,
        }

    def _public(self, name: str) -> str:
        url: str = self.runtime.local_resource_url(self, f"public/{name}")
        return url


def _setting_text(name: str, value: str) -> str:
    text = Text().read(name, value)
    if len(text) > SETTING_CAP:
        raise TooLarge(
            N_("The text has %(length)d characters; %(cap)d fit."),
            field=name,
            length=len(text),
            cap=SETTING_CAP,
        )
    return text


def _language() -> str:
    active = (get_language() or "en").split("-")[0]
    return active if active in _LANGUAGES else "en"


def _respond(status: int, answer: Any) -> Response:
    body = json.dumps(answer, ensure_ascii=False)
    return Response(body=body.encode(), status=status, content_type="application/json", charset="UTF-8")
