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


def read_release(source: Path = SOURCE) -> str:
    """The release that version.php names. Raises ValueError when there is none."""
    found = re.search(r"^\$plugin->release = '([^']+)';", (source / "version.php").read_text("utf-8"), re.M)
    if not found:
        raise ValueError(f"{source / 'version.php'} names no release")
    return found.group(1)


def build_zip(target_folder: Path, *, source: Path = SOURCE) -> Path:
    """Write local_peerbridge-<release>.zip; its path."""
    target_folder.mkdir(parents=True, exist_ok=True)
    target = target_folder / f"local_peerbridge-{read_release(source)}.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(path for path in source.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{FOLDER}/{path.relative_to(source).as_posix()}", TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = UNIX_FILE_MODE
            archive.writestr(entry, path.read_bytes())
    return target


def main() -> int:
    """Build into dist/ and say where."""
    target = build_zip(ROOT / "dist")
    sys.stdout.write(f"{target.relative_to(ROOT)} ({target.stat().st_size // 1024} kB)\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
