"""`python -m moodle_bridge`: migrate, run, createadmin, status, reconcile, setup."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Final

import django


def main(arguments: Sequence[str]) -> int:
    """The process's exit code: 0 done, 1 refused with a line that says why, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moodle_bridge.settings")
    django.setup()
    return COMMANDS[options.command](options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m moodle_bridge", description="Mirror of Open edX into Moodle."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="make or update the tables")
    commands.add_parser("run", help="receive, deliver and keep house, in one process")
    commands.add_parser("status", help="print how it is as JSON; exit code 1 when events do not get through")
    compare = commands.add_parser(
        "reconcile", help="compare Moodle's forums with what was mirrored, and repair; exit code 1: look"
    )
    compare.add_argument("--dry-run", action="store_true", help="only say what is found")
    compare.add_argument("--tenant", default="", help="one tenant's forums only")
    admin = commands.add_parser("createadmin", help="make an administrator, or set a new password")
    admin.add_argument("--username", default="admin")
    admin.add_argument("--password", help="else the environment's BRIDGE_ADMIN_PASSWORD")
    setup = commands.add_parser(
        "setup", help="make or change a tenant with its Moodle and one course; repeatable"
    )
    for name in ("tenant", "secret", "moodle-url", "moodle-token", "context"):
        setup.add_argument(f"--{name}", required=True)
    setup.add_argument("--course", type=int, required=True, help="Moodle course id")
    setup.add_argument("--forum", type=int, required=True, help="Moodle forum id for every space")
    setup.add_argument(
        "--space", action="append", default=[], metavar="ID=FORUM", help="a space with its own forum"
    )
    setup.add_argument(
        "--group", action="append", default=[], metavar="ID=GROUP", help="for example cohort:1=5"
    )
    setup.add_argument("--issuer", default="", help="only people of this issuer are matched")
    setup.add_argument("--claim", default="sub")
    setup.add_argument("--unmatched", choices=["attribute", "hold", "enrol"], default="attribute")
    setup.add_argument("--mode", choices=["auto", "plugin", "core"], default="auto")
    setup.add_argument("--lms-url", default="", help="where posts from Moodle are brought back to")
    setup.add_argument("--inbound-secret", default="", help="the incoming secret of the LMS's connection")
    setup.add_argument("--language", choices=["en", "fr"], default="en")
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _migrate(_: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    return 0


def _run(_: argparse.Namespace) -> int:
    from django.conf import settings

    from moodle_bridge.server import serve

    try:
        serve(announce=lambda address: _say(f"the bridge listens on {address}"))
    except OSError as error:
        address = f"{settings.BRIDGE_HOST}:{settings.BRIDGE_PORT}"
        _say(f"cannot listen on {address} ({error.strerror}); choose another BRIDGE_PORT")
        return 1
    return 0


def _createadmin(options: argparse.Namespace) -> int:
    from django.contrib.auth.models import User

    password = options.password or os.environ.get("BRIDGE_ADMIN_PASSWORD", "")
    if not password:
        _say("a password is needed: --password or BRIDGE_ADMIN_PASSWORD")
        return 1
    user, _ = User.objects.get_or_create(username=options.username)
    user.is_staff = user.is_superuser = user.is_active = True
    user.set_password(password)
    user.save()
    return 0


def _status(_: argparse.Namespace) -> int:
    from django.utils import timezone

    from moodle_bridge.health import measure

    health = measure(now=timezone.now())
    _say(json.dumps(asdict(health)))
    return 0 if health.is_useful else 1


def _reconcile(options: argparse.Namespace) -> int:
    from moodle_bridge.inbound.rounds import Tools
    from moodle_bridge.reconcile import reconcile
    from moodle_bridge.reconcile.saying import lines_of

    report = reconcile(Tools(), is_dry_run=options.dry_run, tenant=options.tenant)
    for line in lines_of(report):
        _say(line)
    return 1 if report.needs_somebody else 0


def _setup(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from moodle_bridge.provision import Setup, apply

    try:
        setup = Setup(
            tenant=options.tenant,
            secret=options.secret,
            moodle_url=options.moodle_url,
            moodle_token=options.moodle_token,
            context=options.context,
            course=options.course,
            forum=options.forum,
            spaces=_pairs(options.space),
            groups=_pairs(options.group),
            issuer=options.issuer,
            claim=options.claim,
            unmatched=options.unmatched,
            mode=options.mode,
            language=options.language,
            lms_url=options.lms_url,
            inbound_secret=options.inbound_secret,
        )
        apply(setup)
    except ValidationError as error:
        _say(f"refused: {error.message_dict if hasattr(error, 'error_dict') else error.messages}")
        return 1
    except ValueError as error:
        _say(f"refused: {error}")
        return 1
    _say(f"tenant {options.tenant} mirrors {options.context} into course {options.course}")
    return 0


def _pairs(texts: Sequence[str]) -> dict[str, int]:
    """{"cohort:1": 5} from ["cohort:1=5"]. Raises ValueError naming the text that is wrong."""
    pairs: dict[str, int] = {}
    for text in texts:
        name, separator, number = text.rpartition("=")
        if not separator or not name or not number.isdigit():
            raise ValueError(f"{text}: expected something like cohort:1=5")
        pairs[name] = int(number)
    return pairs


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "migrate": _migrate,
    "run": _run,
    "reconcile": _reconcile,
    "createadmin": _createadmin,
    "status": _status,
    "setup": _setup,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
