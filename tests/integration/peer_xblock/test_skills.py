"""Skills: imported in bulk, suggested from memory."""

from __future__ import annotations

import time
from pathlib import Path
from random import SystemRandom

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblock.api import experts
from peer_xblock.api.experts.importing import Imported, import_builtin, import_skills
from peer_xblock.models import Skill, SkillLabel, Taxonomy

from .world import START, World, everything_stored

pytestmark = pytest.mark.django_db
URI = "http://data.europa.eu/esco/skill/"
HEADER = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,description\n"
ESCO = Path(__file__).parents[4] / "shared/data/esco"


def write(folder: Path, name: str, *rows: tuple[str, str, str]) -> Path:
    path = folder / name
    lines = [f'KnowledgeSkillCompetence,{uri},,,"{label}","{others}",\n' for uri, label, others in rows]
    path.write_text(HEADER + "".join(lines))
    return path


def suggested(world: World, text: str, language: str = "en") -> list[str]:
    visit = world.visit(world.person("Amina"), language=language)
    return [skill.label for skill in experts.suggest_skills(visit, text=text).skills]


def test_english_and_french_files_share_their_skills(tmp_path: Path, world: World) -> None:
    english = write(tmp_path, "skills_en.csv", (f"{URI}1", "sampling", ""))
    french = write(tmp_path, "skills_fr.csv", (f"{URI}1", "échantillonnage", "tirage"))
    call_command("peer_import_esco", str(english), str(french))
    assert Skill.objects.count() == 1
    assert suggested(world, "tirage") == ["sampling"]
    assert suggested(world, "samplin", "fr") == ["échantillonnage"]


def test_a_second_import_changes_nothing(tmp_path: Path, db: None) -> None:
    path = write(tmp_path, "skills_en.csv", (f"{URI}1", "sampling", "drawing"), (f"{URI}2", "law", ""))
    call_command("peer_import_esco", str(path))
    before = everything_stored()
    call_command("peer_import_esco", str(path))
    assert everything_stored() == before


def test_a_newer_file_replaces_labels_and_keeps_skills(tmp_path: Path, db: None) -> None:
    call_command("peer_import_esco", str(write(tmp_path, "skills_en.csv", (f"{URI}1", "old", "kept"))))
    skill = Skill.objects.get().pk
    call_command("peer_import_esco", str(write(tmp_path, "skills_en.csv", (f"{URI}1", "new", "kept"))))
    assert Skill.objects.get().pk == skill
    labels = SkillLabel.objects.order_by("text").values_list("text", "is_preferred")
    assert list(labels) == [("kept", False), ("new", True)]


def test_broken_rows_are_told_and_the_rest_is_imported(
    tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        tmp_path, "skills_fr.csv", (f"{URI}1", "droit", ""), ("nowhere", "x", ""), (f"{URI}2", "", "")
    )
    call_command("peer_import_esco", str(path))
    told = capsys.readouterr()
    assert "skills_fr.csv, line 3: left out. Its conceptUri is no address." in told.err
    assert "skills_fr.csv, line 4: left out. Its preferredLabel is empty." in told.err
    assert "1 skills new" in told.out
    assert Skill.objects.count() == 1


@pytest.mark.parametrize("name", ["skills.csv", "missing_en.csv", "other_en.csv"])
def test_a_file_that_cannot_be_imported_is_said(tmp_path: Path, db: None, name: str) -> None:
    (tmp_path / "skills.csv").write_text(HEADER)
    (tmp_path / "other_en.csv").write_text("a,b\n")
    with pytest.raises(CommandError, match=name):
        call_command("peer_import_esco", str(tmp_path / name))
    with pytest.raises(CommandError):
        call_command("peer_import_esco")


def test_our_own_list_serves_where_there_is_no_esco(world: World) -> None:
    call_command("peer_import_esco", built_in=True)
    assert suggested(world, "statisitcs")[0] == "Statistics"
    assert suggested(world, "statisitcs", "fr")[0] == "Statistiques"
    assert import_builtin(now=START, rng=SystemRandom()) == Imported(0, 0, 0)


def test_an_import_is_seen_by_whoever_asks_next(world: World) -> None:
    assert suggested(world, "sampling") == []
    import_skills("esco", "en", {f"{URI}1": ("sampling",)}, now=START, rng=SystemRandom())
    assert suggested(world, "sampling") == ["sampling"]


def test_a_suggestion_costs_one_statement_once_the_skills_are_known(world: World) -> None:
    import_builtin(now=START, rng=SystemRandom())
    visit = world.visit(world.person("Amina"))
    experts.suggest_skills(visit, text="python")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        experts.suggest_skills(visit, text="python")
    assert len(asked) == 1
    assert Taxonomy.objects.count() == 1


@pytest.mark.slow
@pytest.mark.databases
@pytest.mark.skipif(not ESCO.exists(), reason="no ESCO files beside the checkout")
def test_the_whole_of_esco_is_imported_in_seconds(world: World) -> None:
    started = time.process_time()
    call_command("peer_import_esco", str(ESCO / "skills_en-us.csv"), str(ESCO / "skills_fr.csv"))
    assert time.process_time() - started < 30
    assert Skill.objects.count() == 13_485
    assert "statistics" in suggested(world, "statisitcs")[:5]
