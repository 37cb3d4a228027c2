"""What can be said of the Moodle plugin without a Moodle: its syntax, its strings, its package, its functions."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools import system
from tools.moodle_plugin import SOURCE, build_zip, read_release

PHP = system.find_program("php")
LICENCE = "GNU General Public License as published by"


def strings_of(language: str) -> dict[str, str]:
    """The language file as text by identifier."""
    text = (SOURCE / "lang" / language / "local_peerbridge.php").read_text("utf-8")
    return dict(re.findall(r"^\$string\['(.+?)'\] = '(.*)';$", text, re.M))


def php_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.php"))


@pytest.mark.slow
@pytest.mark.skipif(PHP is None, reason="no PHP (Debian: php-cli)")
def test_every_file_is_valid_php() -> None:
    for path in php_files():
        checked = subprocess.run([str(PHP), "-l", str(path)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout


def test_every_file_says_under_which_licence_it_is() -> None:
    assert [path for path in php_files() if LICENCE not in path.read_text("utf-8")] == []


def test_french_has_every_string_with_the_same_placeholders() -> None:
    english, french = strings_of("en"), strings_of("fr")
    assert english.keys() == french.keys()
    placeholder = re.compile(r"\{\$a\}")
    for identifier, text in english.items():
        assert placeholder.findall(text) == placeholder.findall(french[identifier]), identifier


def test_every_error_code_has_a_sentence() -> None:
    readme = Path(__file__).with_name("README.md").read_text("utf-8")
    table = readme.split("| errorcode | when |")[1].split("\n\n")[0]
    codes = re.findall(r"^\| `(\w+)` \|", table, re.M)
    assert len(codes) == 16
    assert set(codes) <= strings_of("en").keys()


def test_the_documented_functions_are_those_of_the_plugin() -> None:
    declared = re.findall(
        r"^    '(local_peerbridge_\w+)' =>", (SOURCE / "db/services.php").read_text("utf-8"), re.M
    )
    readme = Path(__file__).with_name("README.md").read_text("utf-8")
    assert sorted(declared) == sorted(
        f"local_peerbridge_{path.stem}"
        for path in (SOURCE / "classes/external").glob("*.php")
        if path.stem != "results"
    )
    assert [
        name
        for name in declared
        if name not in readme and name.removeprefix("local_peerbridge_") not in readme
    ] == []


def test_the_zip_has_the_folder_that_moodle_wants_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    first, second = build_zip(tmp_path / "a"), build_zip(tmp_path / "b")
    assert first.name == f"local_peerbridge-{read_release()}.zip"
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"peerbridge"}
    # Moodle's installer looks for the folder itself.
    assert {
        "peerbridge/lang/en/",
        "peerbridge/version.php",
        "peerbridge/LICENSE",
        "peerbridge/db/install.xml",
    } <= set(names)
