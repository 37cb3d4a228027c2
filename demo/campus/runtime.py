"""Runtimes: one that learners meet, Studio's preview, Studio's forms, and what workers read."""

from __future__ import annotations

import json
from enum import Enum
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from completion.models import BlockCompletion
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from opaque_keys.edx.keys import CourseKey, UsageKey
from web_fragments.fragment import Fragment
from xblock.fields import ScopeIds
from xblock.runtime import IdGenerator, IdReader, Runtime

from demo.campus.fields import field_data
from demo.campus.models import Grade
from demo.campus.services import services_for

User_ = User | AnonymousUser


class Mode(Enum):
    """Where a block is shown: its name is the beginning of its handlers' addresses.

    STORE: nowhere. As a worker has it after a publish: its fields alone, no person, no request.
    """

    LEARNER = "courses"
    PREVIEW = "preview"
    STUDIO = "studio"
    STORE = "store"


class KeyIds(IdReader, IdGenerator):  # type: ignore[misc]  # XBlock ships no types
    """Usage keys are their own definition ids, as in a modulestore course."""

    def get_definition_id(self, usage_id: UsageKey) -> UsageKey:
        return usage_id

    def get_block_type(self, def_id: UsageKey) -> str:
        return str(def_id.block_type)

    def get_usage_id_from_aside(self, aside_id: Any) -> Any:
        raise NotImplementedError("The campus has no asides")

    get_definition_id_from_aside = get_usage_id_from_aside
    get_aside_type_from_usage = get_usage_id_from_aside
    get_aside_type_from_definition = get_usage_id_from_aside
    create_aside = get_usage_id_from_aside

    def create_usage(self, def_id: UsageKey) -> UsageKey:
        return def_id

    def create_definition(self, block_type: str, slug: str | None = None) -> UsageKey:
        raise NotImplementedError(f"{block_type} {slug}: the outline makes keys")


@lru_cache
def block_class(block_type: str) -> type:
    """The class of a block type. The checkout is not installed, so its entry points are named in the settings."""
    found: type = import_string(settings.CAMPUS_BLOCKS[block_type])
    return found


class CampusRuntime(Runtime):  # type: ignore[misc]  # XBlock ships no types
    """A runtime for one user, one course and one mode."""

    def __init__(self, user: User_, course_key: CourseKey, mode: Mode) -> None:
        data = field_data()
        ids = KeyIds()
        services = {"field-data": data}
        if mode is not Mode.STORE:
            services = services_for(
                user,
                course_key,
                is_preview=mode is Mode.PREVIEW,
                is_studio=mode is not Mode.LEARNER,
                field_data=data,
            )
        super().__init__(ids, ids, services=services)
        self._user = user
        self._course_key = course_key
        self._mode = mode
        self.is_author_mode = mode is Mode.PREVIEW
        self.user_id = user.pk or 0

    def load_block_type(self, block_type: str) -> type:
        return block_class(block_type)

    def get_block(self, usage_id: UsageKey, for_parent: Any = None) -> Any:
        """The block of a usage key."""
        scope_ids = ScopeIds(self.user_id, usage_id.block_type, usage_id, usage_id)
        return self.construct_xblock(usage_id.block_type, scope_ids, for_parent=for_parent)

    def handler_url(
        self, block: Any, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        """Address of a handler; the LMS's third-party form without a session is not offered."""
        del thirdparty
        usage = quote(str(block.scope_ids.usage_id))
        url = f"/{self._mode.value}/{quote(str(self._course_key))}/xblock/{usage}/handler/{handler_name}"
        url = f"{url}/{suffix}" if suffix else url
        return f"{url}?{query}" if query else url

    def resource_url(self, resource: str) -> str:
        """Address of a file of the platform itself."""
        return str(staticfiles_storage.url(resource))

    def local_resource_url(self, block: Any, uri: str) -> str:
        """Hashed address of a block's own file, as production gives it."""
        package = type(block).__mro__[0].__module__.rsplit(".", 1)[0]
        package = getattr(block, "unmixed_class", type(block)).__module__.rsplit(".", 1)[0] or package
        return str(staticfiles_storage.url(f"xblock/resources/{package}/{uri}"))

    def publish(self, block: Any, event_type: str, event_data: Any) -> None:
        """Grades and completion of the current user. A preview publishes nothing."""
        if self._mode is not Mode.LEARNER or not isinstance(self._user, User):
            return
        usage_key = block.scope_ids.usage_id
        if event_type == "completion":
            BlockCompletion.objects.submit_completion(self._user, usage_key, event_data["completion"])
        elif event_type == "grade":
            Grade.objects.update_or_create(
                user=self._user,
                usage_key=str(usage_key),
                defaults={"earned": event_data["value"], "possible": event_data["max_value"]},
            )

    def wrap_xblock(self, block: Any, view: str, frag: Fragment, context: Any) -> Fragment:
        """The LMS's wrapper: its classes and data attributes, and the arguments as a JSON script."""
        del context
        arguments = getattr(frag, "json_init_args", None)
        html = render_to_string(
            "campus/xblock.html",
            {
                "body": frag.body_html(),
                "view": view,
                "usage_key": str(block.scope_ids.usage_id),
                "course_key": str(self._course_key),
                "block_type": block.scope_ids.block_type,
                "init": frag.js_init_fn,
                "runtime": "LmsRuntime" if self._mode is Mode.LEARNER else "PreviewRuntime",
                # "<" could end the script that holds it.
                "arguments": None if arguments is None else json.dumps(arguments).replace("<", "\\u003c"),
            },
        )
        wrapped = Fragment(html)
        wrapped.add_fragment_resources(frag)
        return wrapped


def runtime_for(user: User_, usage_key: UsageKey, mode: Mode) -> CampusRuntime:
    """The runtime in which a block is shown to, or handles a request of, this user."""
    return CampusRuntime(user, CourseKey.from_string(str(usage_key.context_key)), mode)
