"""Files of an assignment: what is taken, who may have it, what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage, storages
from django.test import override_settings

from peer_xblock.api import files, review
from peer_xblock.domain.errors import Conflict, Invalid, NotFound
from peer_xblock.models import StoredFile
from peer_xblock.peer_review import PeerReviewXBlock
from tests.runtime import Unit

from .workshop import PDF, Workshop, docx

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 20


@pytest.fixture
def workshop(db: None) -> Iterator[Workshop]:
    """With an empty storage of its own."""
    with override_settings(STORAGES=dict(settings.STORAGES)):
        yield Workshop(file_types=[".pdf", ".csv", ".docx", ".png"])


def stored(folder: str = "") -> list[str]:
    """Every path that the storage holds."""
    folders, names = default_storage.listdir(folder)
    within = [f"{folder}/{name}".lstrip("/") for name in [*folders, *names]]
    return [path for one in within[: len(folders)] for path in stored(one)] + within[len(folders) :]


def read(workshop: Workshop, user: User, file: str) -> tuple[str, bytes]:
    found = review.get_file(workshop.enter(user), file=file)
    with found.open() as stream:
        return found.name, stream.read()


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("report.pdf", PDF, "application/pdf"),
        ("REPORT.PDF", PDF, "application/pdf"),
        ("values.csv", "a;b\n1;é\n".encode(), "text/csv"),
        ("values.csv", "a;b\n1;é\n".encode("cp1252"), "text/csv"),
        ("values.csv", "a\tb\n".encode("utf-16"), "text/csv"),
        ("plot.png", PNG, "image/png"),
        ("report.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_file_that_is_what_it_says_is_taken(
    workshop: Workshop, name: str, content: bytes, content_type: str
) -> None:
    file = workshop.upload(workshop.person("Amina"), name, content)
    assert (file.name, file.size, file.content_type) == (name, len(content), content_type)
    assert read(workshop, workshop.person("Amina"), file.id) == (name, content)


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("tool.exe", b"MZ" + b"\0" * 100, "name"),
        ("page.html", b"<!doctype html><script>alert(1)</script>", "name"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "name"),
        ("noending", PDF, "name"),
        (".pdf", PDF, "name"),
        ("report.pdf.exe", PDF, "name"),
        ("report.pdf", b"MZ" + b"\0" * 100, "content"),
        ("report.pdf", b"<!doctype html><script>alert(1)</script>", "content"),
        ("report.pdf", PNG, "content"),
        ("report.pdf", b"just words", "content"),
        ("plot.png", PDF, "content"),
        ("values.csv", PNG, "content"),
        ("values.csv", PDF, "content"),
        ("values.csv", b"a\0b", "content"),
        ("report.docx", PDF, "content"),
        ("report.docx", docx()[:40], "content"),
        ("report.docx", docx().replace(b"word/", b"wort/"), "content"),
    ],
)
def test_a_forbidden_type_and_a_false_ending_are_refused_in_words(
    workshop: Workshop, name: str, content: bytes, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        workshop.upload(workshop.person("Amina"), name, content)
    assert refused.value.field == field
    assert name in str(refused.value)
    assert (StoredFile.objects.count(), stored()) == (0, [])


def test_a_name_keeps_nothing_of_a_path(workshop: Workshop) -> None:
    file = workshop.upload(workshop.person("Amina"), "../../etc/..\\x\0y<z>.pdf")
    assert file.name == "xyz.pdf"
    assert workshop.upload(workshop.person("Amina"), f"{'x' * 300}.pdf").name == f"{'x' * 196}.pdf"


def test_a_stored_name_says_nothing_and_has_no_ending(workshop: Workshop) -> None:
    workshop.upload(workshop.person("Amina"), "amina.pdf")
    (path,) = stored()
    assert re.fullmatch(r"peer_xblock/[0-9a-f]{2}/[0-9a-f]{32}", path)


def test_an_uploaded_file_is_a_draft_until_it_is_handed_in(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    file = workshop.upload(amina)
    assert [one.id for one in workshop.open(amina).mine.draft_files] == [file.id]
    state = workshop.submit(amina, files=[file.id])
    assert state.mine.submission is not None
    assert [one.id for one in state.mine.submission.files] == [file.id]
    assert state.mine.draft_files == ()


def test_the_next_version_keeps_drops_and_orders_files(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    one, two, three = (workshop.upload(amina, f"{name}.pdf").id for name in ("one", "two", "three"))
    workshop.submit(amina, files=[one, two])
    state = workshop.submit(amina, files=[three, one], revision=1)
    assert state.mine.submission is not None
    assert [file.name for file in state.mine.submission.files] == ["three.pdf", "one.pdf"]
    assert [file.name for file in state.mine.draft_files] == ["two.pdf"]


@pytest.mark.parametrize(("options", "files"), [({"hand_in": "files"}, 0), ({"hand_in": "text"}, 1)])
def test_what_is_handed_in_is_what_was_asked_for(
    workshop: Workshop, options: dict[str, Any], files: int
) -> None:
    amina = workshop.person("Amina")
    uploaded = [workshop.upload(amina).id for _ in range(files)]
    workshop.set_up(**options)
    with pytest.raises(Invalid) as refused:
        workshop.submit(amina, files=uploaded)
    assert refused.value.field == "files"


def test_where_files_are_handed_in_a_text_may_be_left_out(workshop: Workshop) -> None:
    workshop.set_up(hand_in="files")
    amina = workshop.person("Amina")
    state = workshop.submit(amina, "", files=[workshop.upload(amina).id])
    assert state.mine.submission is not None
    assert (state.mine.submission.html, state.mine.submission.word_count) == ("", 0)


def test_files_of_others_cannot_be_handed_in(workshop: Workshop) -> None:
    file = workshop.upload(workshop.person("Tomás"))
    with pytest.raises(NotFound) as refused:
        workshop.submit(workshop.person("Amina"), files=[file.id])
    assert refused.value.field == "files"


def test_only_so_many_files_fit(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    ids = [workshop.upload(amina).id for _ in range(6)]
    with pytest.raises(Invalid):
        workshop.submit(amina, files=ids)
    for _ in range(4):
        workshop.upload(amina)
    with pytest.raises(Conflict):
        workshop.upload(amina)


def test_who_may_have_a_file(workshop: Workshop) -> None:
    users = workshop.people(3)
    file = workshop.upload(users[1]).id
    team = workshop.staff("Jo")
    for stranger in (users[0], team):
        with pytest.raises(NotFound):
            read(workshop, stranger, file)
    workshop.submit(users[1], files=[file])
    workshop.submit_all([users[0], users[2]])
    lease = workshop.take(users[0]).review
    assert lease is not None
    assert [one.id for one in lease.submission.files] == [file]
    for knowing in (users[0], users[1], team):
        assert read(workshop, knowing, file)[1] == PDF
    with pytest.raises(NotFound):
        read(workshop, users[2], file)
    workshop.send(users[0], lease.id)
    assert read(workshop, users[0], file)[1] == PDF


def test_a_lease_that_was_given_back_opens_no_file(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit(users[1], files=[workshop.upload(users[1]).id])
    workshop.submit(users[0])
    lease = workshop.take(users[0]).review
    assert lease is not None
    file = lease.submission.files[0].id
    workshop.skip(users[0], lease.id)
    with pytest.raises(NotFound):
        read(workshop, users[0], file)


def test_a_draft_is_deleted_with_its_bytes(
    workshop: Workshop, django_capture_on_commit_callbacks: Any
) -> None:
    amina = workshop.person("Amina")
    file = workshop.upload(amina)
    with pytest.raises(NotFound):
        review.remove_file(workshop.enter(workshop.person("Tomás")), file=file.id)
    with django_capture_on_commit_callbacks(execute=True):
        assert review.remove_file(workshop.enter(amina), file=file.id) == {}
    assert stored() == []


def test_a_file_of_a_work_is_not_deleted_alone(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    file = workshop.upload(amina).id
    workshop.submit(amina, files=[file])
    with pytest.raises(Conflict):
        review.remove_file(workshop.enter(amina), file=file)


def test_what_was_never_handed_in_is_removed_after_a_week(
    workshop: Workshop, django_capture_on_commit_callbacks: Any
) -> None:
    amina = workshop.person("Amina")
    kept, unused = workshop.upload(amina).id, workshop.upload(amina).id
    workshop.submit(amina, files=[kept])
    workshop.later(days=6)
    assert files.remove_unused(now=workshop.at) == 0
    workshop.later(days=2)
    with django_capture_on_commit_callbacks(execute=True):
        assert files.remove_unused(now=workshop.at) == 1
    assert not StoredFile.objects.filter(public_id=unused).exists()
    assert len(stored()) == 1


def unit(user: User | None) -> Unit:
    return Unit(user, of=PeerReviewXBlock, block="files", file_types="pdf")


def test_the_block_takes_a_file_and_sends_it_as_an_attachment(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    status, file = unit(amina).upload("Mesure “g” é.pdf", PDF)
    assert status == 200
    assert file["url"] == f"get_file?file={file['id']}"
    response = unit(amina).download(file["id"])
    assert (response.status_code, response.body, response.content_type) == (200, PDF, "application/pdf")
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "private" in response.headers["Cache-Control"]
    assert unit(workshop.person("Tomás")).download(file["id"]).status_code == 404
    assert unit(None).download(file["id"]).status_code == 403


def test_a_file_over_the_cap_is_not_even_read(workshop: Workshop) -> None:
    status, answer = unit(workshop.person("Amina")).upload("big.pdf", PDF + b"\0" * 10 * 1024 * 1024)
    assert (status, answer["error"]["code"]) == (413, "too_large")


def test_bytes_whose_row_could_not_be_written_are_not_left_behind(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_values: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr(StoredFile.objects, "create", refuse)
    with pytest.raises(OSError, match="no room"):
        workshop.upload(workshop.person("Amina"))
    assert stored() == []


def test_bytes_that_cannot_be_deleted_are_no_failure(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    amina = workshop.person("Amina")
    file = workshop.upload(amina)

    def refuse(_path: str) -> None:
        raise OSError("away")

    monkeypatch.setattr(type(storages["default"]), "delete", lambda _storage, path: refuse(path))
    with django_capture_on_commit_callbacks(execute=True):
        review.remove_file(workshop.enter(amina), file=file.id)
    assert not StoredFile.objects.exists()
