"""Finds the blocks' own files, as the LMS's pipeline finder does, so that they are collected and hashed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from demo.campus.runtime import block_class

PREFIX = "xblock/resources/"
_LEFT_OUT = (".py", ".pyc", ".scss")


class XBlockFinder(BaseFinder):
    """Everything under a block package's resource folder, below `xblock/resources/<package>/`."""

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """(path, storage) of every file. Symlinked folders are followed."""
        del ignore_patterns
        for package, folder in resource_folders().items():
            storage = FileSystemStorage(location=str(folder))
            storage.prefix = f"{PREFIX}{package}"  # type: ignore[attr-defined]  # read by collectstatic
            for path in sorted(_files(folder)):
                yield str(path.relative_to(folder)), storage

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:
        """Where a collected path comes from."""
        found = []
        for package, folder in resource_folders().items():
            start = f"{PREFIX}{package}/"
            if path.startswith(start) and (folder / path.removeprefix(start)).is_file():
                found.append(str(folder / path.removeprefix(start)))
        if find_all or options.get("all"):
            return found
        return found[0] if found else None

    def check(self, **_kwargs: Any) -> Any:
        """Nothing to check: the folders come from the classes."""
        return []


def resource_folders() -> dict[str, Path]:
    """Package name to its folder, for the blocks that name one."""
    folders = {}
    for block_type in settings.CAMPUS_BLOCKS:
        found = block_class(block_type)
        package = found.__module__.rsplit(".", 1)[0]
        spec = find_spec(package)
        if spec is None or spec.origin is None or not getattr(found, "resources_dir", ""):
            continue
        folders[package] = Path(spec.origin).parent / str(found.resources_dir)  # type: ignore[attr-defined]  # XBlock ships no types
    return folders


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _files(path)
        elif path.suffix not in _LEFT_OUT:
            yield path
