"""Builds what is published: `python -m tools.dist` writes the sdist and the wheel into dist/.

The sources are copied first, so that no earlier build, cache or file of another part gets in. The same commit
gives the same wheel, whether it is built from the checkout or from the sdist.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
# Beside the packages: the sources of the bundles.
SOURCES = (
    "CHANGELOG.md",
    "LICENSE",
    "MANIFEST.in",
    "README.md",
    "pyproject.toml",
    "peer_xblock",
    "moodle_bridge",
    "static",
)
CACHES = shutil.ignore_patterns("__pycache__", "*.pyc", "node_modules", ".*_cache")

Kind = Literal["sdist", "wheel"]


def copy_sources(folder: Path) -> None:
    """What the build reads, as it is now in the checkout."""
    for name in SOURCES:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, ignore=CACHES)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def source_date() -> str:
    """Seconds since 1970 that files in archives bear: the environment's, else the last commit's."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    asking = ["git", "log", "-1", "--format=%ct"]
    return subprocess.run(asking, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def build(kind: Kind, source: Path, into: Path) -> Path:
    """Build from the sources in a folder; the file's path. Raises CalledProcessError with the build's output."""
    hook = f"import sys; from setuptools import build_meta; build_meta.build_{kind}(sys.argv[1])"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-c", hook, folder],
            cwd=source,
            env={**os.environ, "SOURCE_DATE_EPOCH": source_date()},
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        (built,) = Path(folder).iterdir()
        into.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(built, into / built.name))


def main() -> int:
    """Build both and say where; 1 with the build's output when it failed."""
    with tempfile.TemporaryDirectory() as name:
        copy_sources(Path(name))
        try:
            built = [build("sdist", Path(name), ROOT / "dist"), build("wheel", Path(name), ROOT / "dist")]
        except subprocess.CalledProcessError as error:
            print(error.stdout)
            return 1
    for path in built:
        print(f"{path.relative_to(ROOT)} ({path.stat().st_size // 1024} kB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
