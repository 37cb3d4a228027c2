"""What a customer installs: the wheel, unpacked away from the checkout, has all that the packages need."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import polib
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
COPIED = ("peer_xblock", "moodle_bridge", "static/dist")
BUILD = "from setuptools.build_meta import build_wheel; build_wheel('built')"
ASK_DJANGO = """
import json, sys
sys.path.insert(0, sys.argv[1])
import django
from django.conf import settings
apps = ["django.contrib.auth", "django.contrib.contenttypes", "peer_xblock.apps.PeerXBlockConfig"]
settings.configure(INSTALLED_APPS=apps, USE_I18N=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
django.setup()
import peer_xblock
from django.utils import translation
with translation.override("fr"):
    print(json.dumps([peer_xblock.__file__, *map(translation.gettext, sys.argv[2:])]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of today's sources, unpacked. Built from a copy, so that no earlier build leaks in."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for name in COPIED:
        shutil.copytree(
            ROOT / name,
            folder / name,
            symlinks=True,
            ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
        )
    subprocess.run([sys.executable, "-c", BUILD], cwd=folder, check=True, capture_output=True)
    (built,) = folder.glob("built/*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_bundle_is_in_the_wheel(wheel: Path) -> None:
    assert names(wheel / "peer_xblock/resources/public") == names(ROOT / "static/dist")


@pytest.mark.parametrize("package", ["peer_xblock", "moodle_bridge"])
def test_every_module_template_and_catalogue_is_in_the_wheel(wheel: Path, package: str) -> None:
    kinds = (".py", ".html", ".mo", ".po")
    wanted = {
        name
        for name in names(ROOT / package)
        if name.endswith(kinds) and not name.startswith(("moodle_plugin/", "resources/"))
    }
    assert wanted - names(wheel / package) == set()


def test_the_wheel_speaks_french(wheel: Path) -> None:
    catalogue = polib.pofile(str(ROOT / "peer_xblock/locale/fr/LC_MESSAGES/django.po"))
    entries = [
        entry for entry in catalogue.translated_entries() if not entry.msgid_plural and not entry.msgctxt
    ]
    asked = entries[:20]
    command = [sys.executable, "-c", ASK_DJANGO, str(wheel), *(entry.msgid for entry in asked)]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=wheel, env=environment, check=True, capture_output=True, text=True)
    where, *answers = json.loads(done.stdout)
    assert Path(where).is_relative_to(wheel)
    assert answers == [entry.msgstr for entry in asked]
