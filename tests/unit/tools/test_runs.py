"""What is run, and what the reports add up to."""

from pathlib import Path

from tools.runs import SUITES, TESTS, Totals, plan, skipped_by_reason

REPORT = """<testsuites><testsuite>
<testcase file="tests/a.py" name="test_quick" time="0.01"/>
<testcase file="tests/a.py" name="test_long" time="2.5"/>
<testcase file="tests/a.py" name="test_bad" time="0.1"><failure message="no">trace</failure></testcase>
<testcase file="tests/a.py" name="test_odd" time="0"><skipped type="pytest.skip" message="no php"/></testcase>
<testcase file="tests/a.py" name="test_known" time="0"><skipped type="pytest.xfail" message="known"/></testcase>
</testsuite></testsuites>"""


def read(tmp_path: Path) -> Totals:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    totals = Totals()
    totals.add_report("peer", report)
    return totals


def test_fast_needs_no_server_and_no_browser() -> None:
    runs = plan(fast=True)
    assert {run.engine for run in runs} == {"sqlite"}
    assert all("not browser" in run.markers and "not slow" in run.markers for run in runs)
    assert {run.settings for run in runs} == set(SUITES.values())


def test_database_tests_run_on_each_engine_for_each_package() -> None:
    pairs = {(run.engine, run.settings) for run in plan(fast=False) if run.phase == "databases"}
    assert pairs == {
        (engine, settings) for engine in ("sqlite", "postgres", "mysql") for settings in SUITES.values()
    }


def test_every_test_belongs_to_one_phase() -> None:
    """What the phases read is, together, every file; what they select of it, every test."""
    files = {str(path.relative_to(TESTS.parent)) for path in TESTS.rglob("test_*.py")}
    runs = [run for run in plan(fast=False) if run.engine == "sqlite"]
    assert {run.markers for run in runs} == {
        "not browser and not databases and not slow",
        "slow and not browser and not databases",
        "databases and not browser",
        "browser",
    }
    unread = {
        name
        for name in files
        if not any(name == path or name.startswith(f"{path}/") for run in runs for path in run.paths)
    }
    assert unread == set()


def test_runs_of_one_server_follow_one_another() -> None:
    """Else each server would be started more than once."""
    engines = [run.engine for run in plan(fast=False) if run.phase == "databases"]
    assert engines == sorted(engines, key=engines.index)


def test_report_is_counted(tmp_path: Path) -> None:
    assert read(tmp_path).closing_line() == "tests: 3 passed, 1 failed, 1 skipped"


def test_slowest_comes_first(tmp_path: Path) -> None:
    assert read(tmp_path).slowest(1) == [(2.5, "peer", "tests/a.py::test_long")]


def test_skips_are_grouped_by_reason(tmp_path: Path) -> None:
    assert skipped_by_reason(read(tmp_path).skipped) == {"no php": ["peer: tests/a.py::test_odd"]}


def test_missing_report_is_a_failure(tmp_path: Path) -> None:
    totals = Totals()
    totals.add_report("peer", tmp_path / "none.xml")
    assert totals.failed == ["peer: ended without a report"]
