"""Builds the zip of the Moodle plugin that an admin uploads: `make moodle-plugin`.

The same source gives the same bytes, whatever the machine: entries are sorted and carry one time.
"""

import re
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "moodle_bridge" / "moodle_plugin" / "local_peerbridge"
# Moodle names the folder after the plugin, without its type.
FOLDER = "peerbridge"
# What a zip can say at the least; a fixed time keeps the bytes the same.
TIME = (1980, 1, 1, 0, 0, 0)
UNIX_FILE_MODE = 0o100644 << 16
UNIX_FOLDER_MODE = 0o40755 << 16


def read_release(source: Path = SOURCE) -> str:
    """The release that version.php names. Raises ValueError when there is none."""
    found = re.search(r"^\$plugin->release = '([^']+)';", (source / "version.php").read_text("utf-8"), re.M)
    if not found:
        raise ValueError(f"{source / 'version.php'} names no release")
    return found.group(1)


def build_zip(target_folder: Path, *, source: Path = SOURCE) -> Path:
    """Write local_peerbridge-<release>.zip; its path.

    Folders are entries of their own: Moodle's installer refuses a plugin whose lang/en/ it does not see listed.
    """
    target_folder.mkdir(parents=True, exist_ok=True)
    target = target_folder / f"local_peerbridge-{read_release(source)}.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for path in [source, *sorted(source.rglob("*"))]:
            name = (Path(FOLDER) / path.relative_to(source)).as_posix()
            entry = zipfile.ZipInfo(f"{name}/" if path.is_dir() else name, TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = UNIX_FOLDER_MODE if path.is_dir() else UNIX_FILE_MODE
            archive.writestr(entry, b"" if path.is_dir() else path.read_bytes())
    return target


def main() -> int:
    """Build into dist/ and say where."""
    target = build_zip(ROOT / "dist")
    sys.stdout.write(f"{target.relative_to(ROOT)} ({target.stat().st_size // 1024} kB)\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
