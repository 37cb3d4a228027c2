"""Marked strings are found, and a catalogue that does not fit them is named."""

from pathlib import Path

import polib
import pytest

from tools import catalogues
from tools.catalogues import Message

SCRIPT = r"""
const label = _("Write a response");
const quoted = _('It\u2019s {name}');
const count = ngettext("{n} response", "{n} responses", n);
const not_ours = this._("private"); html`${_(`Cancel`)}`;
"""
TEMPLATE = (
    "{% load i18n %}<h1>{% translate 'Title' %}</h1>"
    "{% blocktranslate count n=n %}{{ n }} thread{% plural %}{{ n }} threads{% endblocktranslate %}"
)


def test_strings_of_typescript_are_found() -> None:
    assert set(catalogues.script_messages(SCRIPT)) == {
        Message("Write a response"),
        Message("It\u2019s {name}"),
        Message("Cancel"),
        Message("{n} response", "{n} responses"),
    }


def test_strings_of_python_are_found(tmp_path: Path) -> None:
    path = tmp_path / "labels.py"
    path.write_text(
        "a = _('One')\nb = ngettext('thread', 'threads', 2)\nc = pgettext('verb', 'Post')\nd = f('no')\n"
    )
    found = set(catalogues.messages_in(path))
    assert found == {Message("One"), Message("thread", "threads"), Message("Post", context="verb")}


def test_strings_of_templates_are_found(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(TEMPLATE)
    assert set(catalogues.messages_in(path)) == {Message("Title"), Message("%(n)s thread", "%(n)s threads")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with one marked string, translated."""
    (tmp_path / "peer_xblock").mkdir()
    (tmp_path / "peer_xblock/labels.py").write_text("a = _('Hello {name}')\n")
    catalogues.update(tmp_path)
    translate(tmp_path, "Bonjour {name}")
    return tmp_path


def po_path(root: Path) -> Path:
    return root / "peer_xblock/locale/fr/LC_MESSAGES/django.po"


def translate(root: Path, text: str) -> None:
    po = polib.pofile(str(po_path(root)))
    po[0].msgstr = text
    po.save()
    catalogues.update(root)


def test_translated_and_compiled_catalogue_is_fresh(root: Path) -> None:
    assert catalogues.check(root) == []


def test_new_string_is_missing_until_it_is_translated(root: Path) -> None:
    (root / "peer_xblock/labels.py").write_text("a = _('Hello {name}'), _('Bye')\n")
    assert catalogues.check(root)[0].endswith("missing: 'Bye'")
    catalogues.update(root)
    assert [line.split(": ", 1)[1] for line in catalogues.check(root)] == ["not translated: 'Bye'"]


def test_translations_survive_an_update_and_unused_ones_do_not(root: Path) -> None:
    (root / "peer_xblock/labels.py").write_text("a = _('Bye')\n")
    catalogues.update(root)
    assert [entry.msgid for entry in polib.pofile(str(po_path(root)))] == ["Bye"]
    (root / "peer_xblock/labels.py").write_text("a = _('Hello {name}'), _('Bye')\n")
    translate(root, "Au revoir")
    assert {entry.msgstr for entry in polib.pofile(str(po_path(root)))} == {"Au revoir", ""}


def test_lost_placeholder_is_named(root: Path) -> None:
    translate(root, "Bonjour")
    assert "other placeholders: 'Hello {name}' -> 'Bonjour'" in catalogues.check(root)[0]


def test_stale_compiled_file_is_named(root: Path) -> None:
    po_path(root).with_suffix(".mo").write_bytes(b"")
    assert catalogues.check(root)[0].endswith("its .mo file says something else: make messages")


def test_plural_needs_both_forms() -> None:
    entry = polib.POEntry(msgid="{n} vote", msgid_plural="{n} votes", msgstr_plural={0: "{n} vote", 1: ""})
    assert list(catalogues.entry_problems(entry)) == ["not translated: '{n} vote'"]


def test_french_gets_the_spaces_that_do_not_break(root: Path) -> None:
    text = "Qui : « {name} » ? Bonjour ; oui !"
    entry = polib.POEntry(msgid="Hello {name}", msgstr=text)
    assert next(catalogues.entry_problems(entry)).startswith("spaces that break")
    translate(root, text)
    assert catalogues.check(root) == []
    entry = polib.pofile(str(po_path(root)))[0]
    assert entry.msgstr == "Qui\u00a0: «\u00a0{name}\u00a0»\u202f? Bonjour\u202f; oui\u202f!"
