"""The lines that the bridge adds to a post, in the tenant's language."""

from django.utils import translation
from django.utils.translation import gettext

from moodle_bridge.mapping import Wording


def wording_in(language: str) -> Wording:
    """The lines in "en" or "fr"."""
    with translation.override(language):
        return Wording(
            # Translators: written above a post in Moodle; {name} is its author.
            attribution=gettext("{name} (Open edX)"),
            accepted=gettext("✓ Accepted answer"),
            endorsed=gettext("★ Endorsed by the course team"),
            removed=gettext("This contribution was removed."),
            # Translators: the title of an answer in Moodle; {title} is the question's.
            reply=gettext("Re: {title}"),
        )
