"""Several processes of one host share a course's index: one writes at a time, all read whole commits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peer_xblock.models import LearningContext
from peer_xblock.search.folder import Folder

from .world import COURSE, START

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
PROCESSES, ROUNDS = 3, 8
WRITER = """
import sys
import django
django.setup()
from peer_xblock.search.documents import PersonDocument
from tests.integration.peer_xblock.test_search_processes import folder_at

number, rounds, folder = int(sys.argv[1]), int(sys.argv[2]), folder_at(sys.argv[3])
for turn in range(rounds):
    with folder.locked(wait_s=60) as is_mine:
        assert is_mine
        folder.engine.write(PersonDocument(f"p{number}-{turn}-{part}", number, "Amina") for part in (0, 1))
    assert folder.engine.count() % 2 == 0
"""


def folder_at(path: str) -> Folder:
    """The same place for each process, whatever database it was configured with."""
    folder = Folder(LearningContext(pk=1, key=COURSE, created_at=START))
    folder.path = Path(path) / "course"
    return folder


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = folder_at(str(tmp_path))
    folder.begin_anew()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(number), str(ROUNDS), str(tmp_path)], cwd=ROOT, env=environment
        )
        for number in range(PROCESSES)
    ]
    assert [process.wait(timeout=120) for process in running] == [0] * PROCESSES
    assert folder.engine.count() == 2 * PROCESSES * ROUNDS
    assert len(folder.engine.find_people("amina", limit=500)) == 2 * PROCESSES * ROUNDS
