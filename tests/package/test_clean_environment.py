"""The wheel, installed where nothing of the checkout is: found by the platform, migrated, in French."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import polib
import pytest

from tests.package.environments import ROOT, Environment

pytestmark = pytest.mark.slow

ENTRY_POINTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
SETTINGS = "peer_xblock.settings.workbench"
LOAD = """
import json, sys
import django
from importlib.metadata import entry_points
django.setup()
found = [point for group in sys.argv[1:] for point in entry_points(group=group)]
ours = [point for point in found if point.dist.name == "peer-xblock"]
print(json.dumps([[point.group, point.name, point.load().__name__] for point in ours]))
"""
MANAGE = """
import sys
import django
from django.core.management import call_command
django.setup()
for command in sys.argv[1:]:
    call_command(*command.split())
"""
TRANSLATE = """
import json, sys
import django
from django.utils import translation
django.setup()
with translation.override("fr"):
    print(json.dumps([translation.gettext(text) for text in sys.argv[1:]]))
"""


def manage(environment: Environment, *commands: str, **variables: str) -> str:
    """Django's commands, one after the other: what they printed. Raises AssertionError when one fails."""
    return environment.run("-c", MANAGE, *commands, DJANGO_SETTINGS_MODULE=SETTINGS, **variables)


def test_every_entry_point_of_the_platform_is_found_and_loads(workbench: Environment) -> None:
    """Those of other hosts are loaded by tests of their own."""
    groups = sorted(set(ENTRY_POINTS) - {"tutor.plugin.v1"})
    declared = [
        [group, name, where.split(":")[1]] for group in groups for name, where in ENTRY_POINTS[group].items()
    ]
    loaded = json.loads(workbench.run("-c", LOAD, *groups, DJANGO_SETTINGS_MODULE=SETTINGS))
    assert sorted(loaded) == sorted(declared)


def test_what_runs_is_the_wheel(workbench: Environment) -> None:
    where = workbench.run("-c", "import peer_xblock; print(peer_xblock.__file__)").strip()
    assert Path(where).is_relative_to(workbench.folder)


def test_migrations_are_complete_and_applied(workbench: Environment) -> None:
    """`migrate` made the tables, and the models ask for no more."""
    told = manage(workbench, "makemigrations --check --dry-run peer_xblock", "migrate --check peer_xblock")
    assert "No changes" in told


def test_uninstalling_takes_every_table_away(workbench: Environment, tmp_path: Path) -> None:
    """And what is installed again later begins anew."""
    name = tmp_path / "other.sqlite3"
    other = json.dumps({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(name)}})
    manage(workbench, "migrate", "migrate peer_xblock zero", WORKBENCH_DATABASES=other)
    with closing(sqlite3.connect(name)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'peer_%'").fetchall()
    assert tables == []
    manage(workbench, "migrate peer_xblock", WORKBENCH_DATABASES=other)


def test_periodic_work_and_repair_run(workbench: Environment) -> None:
    assert "relay" in manage(workbench, "peer_repair_counters", "peer_tick")


def test_the_server_speaks_french(workbench: Environment) -> None:
    catalogue = polib.pofile(str(ROOT / "peer_xblock/locale/fr/LC_MESSAGES/django.po"))
    plain = [
        entry for entry in catalogue.translated_entries() if not entry.msgid_plural and not entry.msgctxt
    ]
    texts = [entry.msgid for entry in plain[:20]]
    answers = json.loads(workbench.run("-c", TRANSLATE, *texts, DJANGO_SETTINGS_MODULE=SETTINGS))
    assert answers == [entry.msgstr for entry in plain[:20]]
