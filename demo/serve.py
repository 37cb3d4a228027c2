"""The commands that serve a WSGI application on loopback: gunicorn, several threads in one process."""

from __future__ import annotations

import sys

from demo.ports import HOST

APPLICATIONS = {"campus": "demo.campus.wsgi", "standin": "demo.standin.wsgi"}


def server_command(target: str, port: int, *, threads: int = 8) -> list[str]:
    """What to run for `campus` or `standin`; the caller sets its environment and ends it."""
    options = {
        "--bind": f"{HOST}:{port}",
        "--workers": "1",
        "--threads": str(threads),
        "--worker-class": "gthread",
        "--log-level": "warning",
        "--timeout": "120",
        "--graceful-timeout": "2",
    }
    flat = ["--no-control-socket", *(part for pair in options.items() for part in pair)]
    return [sys.executable, "-m", "gunicorn", *flat, f"{APPLICATIONS[target]}:application"]
