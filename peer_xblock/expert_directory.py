"""The people of a course who can help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xblock.completable import XBlockCompletionMode
from xblock.fields import Scope, String

from .authoring import LINE_CAP
from .block import PeerBlock
from .domain.discussion import CAPS
from .domain.errors import N_, Invalid, InvalidFields
from .domain.experts.languages import is_language
from .domain.spaces import SpaceKind


class ExpertDirectoryXBlock(PeerBlock):
    """Finds who can answer, says why, and puts a question to them. Nobody is in it who did not ask to be."""

    kind = SpaceKind.EXPERTS
    initialiser = "PeerExperts"
    completion_mode = XBlockCompletionMode.EXCLUDED
    studio_fields = ("display_name", "intro", "ask_space", "languages")

    display_name = String(
        display_name=N_("Title"),
        help=N_("Shown above the directory, and where it is linked from elsewhere in the course."),
        default=N_("People who can help"),
        scope=Scope.settings,
    )
    intro = String(
        display_name=N_("Introduction"),
        help=N_("Shown below the title, in Markdown: what people of this course can be asked about."),
        default="",
        scope=Scope.settings,
        multiline_editor=True,
    )
    ask_space = String(
        display_name=N_("Where questions go"),
        help=N_(
            "The title or the usage key of a discussion of this course. Empty: any discussion that the asker can open."
        ),
        default="",
        scope=Scope.settings,
    )
    languages = String(
        display_name=N_("Languages"),
        help=N_("Codes of the languages that people can choose from, as: en, fr, pt-BR."),
        default="en, fr",
        scope=Scope.settings,
    )

    def space_options(self) -> dict[str, Any]:
        """OLX may hold anything: what is no language is left out, and a text is cut."""
        codes = [code for code in _codes(self.languages or "") if is_language(code)]
        return {
            "options": {
                "intro": (self.intro or "")[: CAPS.body],
                "ask_space": (self.ask_space or "")[:LINE_CAP],
                "languages": codes or _codes(self.fields["languages"].default),
            }
        }

    def check_settings(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Also that each language is one. Raises InvalidFields."""
        checked = super().check_settings(values)
        wrong = [code for code in _codes(checked.get("languages", "")) if not is_language(code)]
        if wrong:
            message = N_("“%(code)s” is not the code of a language.")
            raise InvalidFields([Invalid(message, field="languages", code=wrong[0][:20])])
        return checked


def _codes(text: str) -> list[str]:
    return text.replace(",", " ").split()
