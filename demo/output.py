"""What a command tells whoever started it."""

from __future__ import annotations

import os
import sys


def print_line(line: str) -> None:
    """One line, at once; nothing when nobody reads any more, such as after `| head` or a closed window."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        # What is still in the buffer would fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
