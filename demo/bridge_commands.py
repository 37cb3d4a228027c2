"""Several commands of the bridge in one process: `python -m demo.bridge_commands '[["migrate"], ["setup", ...]]'`."""

from __future__ import annotations

import json
import sys
from importlib import import_module


def main(text: str) -> int:
    """The exit code of the first that fails, or 0."""
    bridge = import_module("moodle_bridge.__main__")
    for arguments in json.loads(text):
        code = int(bridge.main(arguments))
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
