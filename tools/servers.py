"""Private database servers: on free ports, in a temporary folder, stopped and removed afterwards.

    python -m tools.servers postgres -- pytest -m databases

runs a command with the environment that tests/databases.py reads; the engine is sqlite, postgres or mysql.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import system

ENGINES = ("sqlite", "postgres", "mysql")
PROGRAMS = {"sqlite": "SQLite", "postgres": "PostgreSQL (postgresql)", "mysql": "MariaDB (mariadb-server)"}
START_TIMEOUT_S = 60


class ServerError(Exception):
    """A server that is there did not start; the message holds the end of its log."""


def is_there(engine: str) -> bool:
    """True when this machine can run a private instance of the engine, driver included."""
    if engine == "postgres":
        return system.find_postgres() is not None
    if engine == "mysql":
        return system.find_program("mariadbd") is not None and _has_mysqlclient()
    return engine == "sqlite"


def _has_mysqlclient() -> bool:
    """Asked of a child process: the import loads a C library that may itself be absent."""
    return (
        subprocess.run([sys.executable, "-c", "import MySQLdb"], capture_output=True, check=False).returncode
        == 0
    )


@contextmanager
def database(engine: str) -> Iterator[dict[str, str]]:
    """Start the engine and yield the environment variables by which tests/databases.py finds it."""
    if engine == "sqlite":
        yield {"PEER_TEST_DB": "sqlite"}
        return
    start = {"postgres": _postgres, "mysql": _mariadb}[engine]
    with tempfile.TemporaryDirectory(prefix=f"peer-{engine}-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        with start(folder, free_port()) as environment:
            yield {"PEER_TEST_DB": engine, **environment}


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _postgres(folder: Path, port: int) -> Iterator[dict[str, str]]:
    """Tuned for tests: what a crash would lose is thrown away anyway."""
    programs = system.find_postgres()
    if programs is None:
        raise ServerError("no initdb under /usr/lib/postgresql or on the search path")
    user = _owner("postgres")
    data = folder / "data"
    data.mkdir()
    _give(folder, user)
    log = folder / "server.log"
    initdb = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    _run([*initdb, "--locale=C.UTF-8"], user, log)
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} "
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(log)]
    _run([*control, "-o", options, "start"], user, log)
    try:
        yield {
            "PEER_TEST_DB_SOCKET": str(folder),
            "PEER_TEST_DB_PORT": str(port),
            "PEER_TEST_DB_USER": "postgres",
        }
    finally:
        _run([*control, "-m", "immediate", "stop"], user, log)


@contextmanager
def _mariadb(folder: Path, port: int) -> Iterator[dict[str, str]]:
    """A temporary folder of its own for each server: on a shared one a query loses its tables."""
    server, installer = system.find_program("mariadbd"), system.find_program("mariadb-install-db")
    if server is None or installer is None:
        raise ServerError("no mariadbd and mariadb-install-db on the search path")
    user = _owner("mysql")
    data, scratch, sock, log = (folder / name for name in ("data", "tmp", "mysqld.sock", "server.log"))
    data.mkdir()
    scratch.mkdir()
    _give(folder, user)
    account = [f"--user={user}"] if user else []
    setup = [installer, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal"]
    _run([*setup, *account], None, log)
    command = [
        server,
        "--no-defaults",
        *account,
        f"--datadir={data}",
        f"--tmpdir={scratch}",
        f"--socket={sock}",
    ]
    command += [f"--pid-file={folder / 'pid'}", "--bind-address=127.0.0.1", f"--port={port}"]
    command += ["--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0", "--skip-name-resolve"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        _wait_for(sock, process, log)
        yield {"PEER_TEST_DB_SOCKET": str(sock), "PEER_TEST_DB_PORT": str(port), "PEER_TEST_DB_USER": "root"}
    finally:
        process.kill()  # quicker than asking, and the data goes anyway
        process.wait()


def _owner(account: str) -> str | None:
    """Both servers refuse to run as root: then as the account that their package made."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(account).pw_name
    except KeyError as error:
        raise ServerError(
            f"root needs the account {account} to run the server as, and it is not there"
        ) from error


def _give(folder: Path, user: str | None) -> None:
    if user is not None:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, user)


def _run(command: list[str], user: str | None, log: Path) -> None:
    """Run to the end, quietly. Raises ServerError with the end of the log."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command,
        user=user,
        env=environment,
        cwd=log.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        timeout=START_TIMEOUT_S,
    )
    if done.returncode != 0:
        raise ServerError(f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}{_tail(log)}")


def _wait_for(sock: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers on its socket. Raises ServerError when it ends before, or takes too long."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket(socket.AF_UNIX) as client:
            if sock.exists() and client.connect_ex(str(sock)) == 0:
                return
        time.sleep(0.05)
    raise ServerError(f"mariadbd did not start: {_tail(log)}")


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""


def main(arguments: list[str]) -> int:
    """Run a command on a private server; its exit status is ours."""
    if len(arguments) < 3 or arguments[0] not in ENGINES or arguments[1] != "--":
        print(f"usage: python -m tools.servers {'|'.join(ENGINES)} -- COMMAND...", file=sys.stderr)
        return 2
    with database(arguments[0]) as environment:
        return subprocess.run(arguments[2:], env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
