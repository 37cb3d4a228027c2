"""What the three blocks share: mounting an element, dispatching operations, telling Studio's preview from a learner."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from random import SystemRandom
from typing import Any, ClassVar

from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock

from .api import spaces
from .api.glances import glance
from .api.visits import Visit, enter
from .authoring import LINE_CAP, read_settings
from .domain.errors import N_, Forbidden, PeerError
from .domain.files import Download
from .domain.people import Actor
from .domain.spaces import SpaceKind
from .mounting import element_config, page_language
from .operations import REGISTRIES, Call, Operation, dispatch
from .operations.dispatch import ids_told, read_body, refusal
from .studio import render_form

# Whoever previews is this one to the block, unless the site gives each author an id of their own there too.
_PREVIEW = "student"


@XBlock.needs("i18n", "user")
@XBlock.wants("studio_user_permissions")
class PeerBlock(XBlock):
    """A block that is one custom element on our api.

    A block names its kind of space, its element and the settings that an author edits; all else is here.
    """

    resources_dir = "resources"
    has_custom_completion = True
    completion_mode = XBlockCompletionMode.COMPLETABLE
    kind: ClassVar[SpaceKind]
    initialiser: ClassVar[str]
    studio_fields: ClassVar[tuple[str, ...]] = ("display_name",)

    def space_settings(self) -> spaces.SpaceSettings:
        """What the api needs of this block; OLX may hold anything, so that a title is cut."""
        usage_key = self.scope_ids.usage_id
        return spaces.SpaceSettings(
            kind=self.kind,
            usage_key=str(usage_key),
            context_key=self.learning_context,
            title=(self.display_name or "")[:LINE_CAP],
            **self.space_options(),
        )

    @property
    def learning_context(self) -> str:
        """The course or library; a sandbox has usage ids without one. `context_key` is the platform's own name."""
        return str(getattr(self.scope_ids.usage_id, "context_key", "sandbox"))

    def space_options(self) -> dict[str, Any]:
        """What this kind of block adds to its space's settings: anonymity, is_divided, options."""
        return {}

    def student_view(self, context: Mapping[str, Any] | None = None) -> Fragment:
        """The element's mount; the space is brought in line with the block's settings."""
        if not self._actor().is_preview:
            spaces.save_space(self.space_settings(), now=datetime.now(UTC), rng=SystemRandom())
        fragment = Fragment(f'<div class="peer-mount" data-peer="{self.kind}"></div>')
        fragment.add_javascript_url(self._public(f"peer-{self.kind}.js"))
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
        """`call/<operation>`: POST with a JSON body, or a file's bytes; GET for a file."""
        name = suffix.strip("/")
        registry = REGISTRIES[self.kind]
        call = Call(
            length=request.content_length or 0,
            read=lambda: request.body,
            method=request.method,
            query=request.GET,
        )
        operation = registry.get(name)
        enter = self._glance if operation is not None and operation.glances else self._enter
        status, answer = dispatch(registry, name, call, enter=enter)
        if isinstance(answer, Download):
            return _send_file(answer)
        if status == 200:
            self._follow_up(registry[name], call, answer)
        return _respond(status, answer)

    def _follow_up(self, operation: Operation, call: Call, answer: Mapping[str, Any]) -> None:
        """Tell the platform what was done: a tracking event with ids alone, and completion."""
        if operation.tracks:
            event = f"edx.{self.kind.block_type}.{operation.tracks}"
            told = ids_told(operation, call, answer)
            self.runtime.publish(self, event, {"usage_key": str(self.scope_ids.usage_id), **told})
        if operation.completes(answer):
            self.runtime.publish(self, "completion", {"completion": 1.0})

    def index_dictionary(self) -> dict[str, Any]:
        """What course search finds of the block: what its author wrote, never what learners did."""
        return {"content": {"display_name": self.display_name or ""}, "content_type": self.kind.block_type}

    @classmethod
    def workbench_scenarios(cls) -> list[tuple[str, str]]:
        """What xblock-sdk's workbench offers of this kind: the block with its defaults."""
        return [(str(cls.kind.block_type), f"<{cls.kind.block_type}/>")]

    def student_view_data(self, _context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """For clients that draw blocks themselves: what it is. Its operations are at its handler `call`.

        A worker collects it once for everybody, where there is no person and no request.
        """
        return {"kind": self.kind.value, "title": self.display_name or ""}

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
        """The settings to store. Raises InvalidFields, naming every field that cannot be taken."""
        return read_settings(self, self.studio_fields, values)

    def form_facts(self) -> dict[str, Any]:
        """What the settings form is told beside the settings."""
        return {}

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

    def _glance(self) -> Visit:
        usage_key = str(self.scope_ids.usage_id)
        return glance(self._actor(), usage_key, enter=self._enter, now=datetime.now(UTC))

    def _actor(self) -> Actor:
        user = self.runtime.service(self, "user").get_current_user()
        attributes = user.opt_attrs
        is_preview = (
            getattr(self.runtime, "is_author_mode", False)
            or attributes.get("edx-platform.anonymous_user_id") == _PREVIEW
        )
        is_staff = bool(attributes.get("edx-platform.user_is_staff"))
        return Actor(
            user_id=attributes.get("edx-platform.user_id"),
            name=user.full_name or "",
            is_course_staff=is_staff or attributes.get("edx-platform.user_role") in ("staff", "instructor"),
            is_preview=is_preview,
            language=page_language(),
        )

    def _config(self, context: Mapping[str, Any]) -> dict[str, Any]:
        actor = self._actor()
        return element_config(
            self.kind,
            call_url=self.runtime.handler_url(self, "call").rstrip("/?"),
            public=self._public,
            user_id=None if actor.is_preview else actor.user_id,
            post=context.get("peer_post"),
        )

    def _public(self, name: str) -> str:
        url: str = self.runtime.local_resource_url(self, f"public/{name}")
        return url


def _respond(status: int, answer: Any) -> Response:
    body = json.dumps(answer, ensure_ascii=False)
    return Response(body=body.encode(), status=status, content_type="application/json", charset="UTF-8")


def _send_file(file: Download) -> Response:
    with file.open() as stream:
        response = Response(body=stream.read(), content_type=file.content_type)
    response.headers.update(file.headers)
    return response
