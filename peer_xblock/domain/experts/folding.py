"""Text made comparable: no case, no accents, no punctuation; English and French alike."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_BETWEEN_WORDS = re.compile(r"[^0-9a-z+#]+")
_NOT_LATIN = re.compile(r"[^\W0-9a-z_]", re.UNICODE)


def fold(text: str) -> str:
    """Words in lower case without accents, one space between them; C++ and C# keep their sign.

    Other scripts keep their letters. An empty text for one without any letter or digit.
    """
    letters = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    plain = unicodedata.normalize("NFKD", letters)
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    if _NOT_LATIN.search(bare):
        return " ".join(re.findall(r"[\w+#]+", bare))
    return _BETWEEN_WORDS.sub(" ", bare).strip()
