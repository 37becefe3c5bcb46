"""Each broken series of the zoo gives exactly the report that lies beside it.

With UPDATE_ZOO=1 in the environment the reports are written instead of compared; then each is read by somebody before
it is committed. A report is right when it names the place, tells one fault once, and says how to mend it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder.cli import main
from casebuilder.problems import CODES, Severity

if TYPE_CHECKING:
    from pathlib import Path

UPDATE = "UPDATE_ZOO" in os.environ
PROBLEM = re.compile(
    r"(?P<path>[^:]+):(?P<line>[1-9]\d*):(?P<column>[1-9]\d*): "
    r"(?P<severity>error|warning|note): .+ \[(?P<code>[a-z0-9-]+)\]"
)
#: Codes that no folder of files can cause, and the test that does.
ELSEWHERE = {
    "unrecorded-change": "tests/sealing/test_changes.py: it takes a history",
    "tracked-record": "tests/sealing/test_withdrawal.py: it takes a repository",
    "missing-site-url": "tests/test_publication.py: it takes a build",
}


def expected(name: str) -> str:
    path = zoo_keeper.ZOO / name / "expected.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def problems(report: str) -> list[re.Match[str]]:
    return [match for line in report.splitlines() if (match := PROBLEM.fullmatch(line))]


def codes(report: str) -> list[str]:
    return [match["code"] for match in problems(report)]


@pytest.mark.parametrize("name", zoo_keeper.names())
def test_the_report_of_a_broken_series_is_exactly_the_expected_one(name: str, tmp_path: Path) -> None:
    series = zoo_keeper.lay_out(name, tmp_path)
    result = CliRunner().invoke(main, ["check", "--series", str(series)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    if UPDATE:
        (zoo_keeper.ZOO / name / "expected.txt").write_text(result.stdout, encoding="utf-8")
    assert result.stdout == expected(name)
    assert result.exit_code == any(match["severity"] == "error" for match in problems(expected(name)))


@pytest.mark.parametrize("name", zoo_keeper.names())
def test_each_report_is_problems_in_order_each_with_its_hint(name: str) -> None:
    lines = expected(name).splitlines()
    places = []
    for number, line in enumerate(lines):
        if line.startswith("    hint: "):
            assert number
            assert PROBLEM.fullmatch(lines[number - 1])
            continue
        match = PROBLEM.fullmatch(line)
        assert match, line
        assert match["severity"] == CODES[match["code"]].severity
        places.append((match["path"], int(match["line"]), int(match["column"]), match["code"]))
    assert places == sorted(places)
    assert len(lines) == 2 * len(places), "each problem says how to mend it"


def test_the_sound_series_has_no_problem(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out(zoo_keeper.SOUND.name, tmp_path)
    result = CliRunner().invoke(main, ["check", "--series", str(series)])
    assert (result.stdout, result.stderr, result.exit_code) == ("", "2 cases checked: no problem\n", 0)


def test_a_sound_member_of_the_zoo_says_so_in_its_name() -> None:
    for name in zoo_keeper.names():
        assert name.startswith("sound-") == (not expected(name)), name


def test_every_code_is_produced_by_a_member_of_the_zoo() -> None:
    produced = {code for name in zoo_keeper.names() for code in codes(expected(name))}
    assert produced == CODES.keys() - ELSEWHERE.keys()


def test_a_member_that_is_named_after_a_code_has_that_problem() -> None:
    for name in zoo_keeper.names():
        if name in CODES:
            assert set(codes(expected(name))) == {name}


def test_the_zoo_holds_problems_of_every_severity() -> None:
    assert len(zoo_keeper.names()) >= 70
    found = [CODES[code].severity for name in zoo_keeper.names() for code in codes(expected(name))]
    assert set(found) == set(Severity)


@pytest.mark.parametrize("name", ["twelve-faults", "file-name-not-utf8", "mkdocs-is-latin-1"])
def test_the_installed_command_prints_the_same(name: str, tmp_path: Path) -> None:
    series = zoo_keeper.lay_out(name, tmp_path)
    command = [sys.executable, "-m", "casebuilder", "check"]
    completed = subprocess.run(command, cwd=series, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (completed.stdout, completed.returncode) == (expected(name), 1)
    assert completed.stderr.startswith(("2 cases checked", "3 cases checked"))
    assert "Traceback" not in completed.stderr
