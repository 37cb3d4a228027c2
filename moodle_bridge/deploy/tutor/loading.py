"""What both plugins do: their patches are files, one named after each place in Tutor's templates."""

from importlib.metadata import version
from pathlib import Path

from tutor import hooks

HERE = Path(__file__).resolve().parent
VERSION = version("peer-xblock")


def add_patches(plugin: str) -> None:
    """Those of tutor/patches/<plugin>."""
    patches = [
        (path.name, path.read_text(encoding="utf-8")) for path in (HERE / "patches" / plugin).iterdir()
    ]
    hooks.Filters.ENV_PATCHES.add_items(patches)
