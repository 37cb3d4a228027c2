"""`python -m demo run` and `python -m demo check_mirror`: what `make demo` and `make check-mirror` call."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> int:
    """The exit code: 0 done, 1 failed, 2 wrong usage."""
    if arguments == ["run"]:
        from demo.running import run

        return run()
    if arguments == ["check_mirror"]:
        from demo.check.checking import check_mirror

        return check_mirror()
    print("usage: python -m demo run   (environment: PORT, RESET, SEED, MOODLE_URL, MOODLE_TOKEN)")
    print("       python -m demo check_mirror   (SEED, SHARE, MOODLE_URL, MOODLE_TOKEN, YES, CLEAN)")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
