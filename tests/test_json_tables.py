"""The tables of fields in the handbook are those of the JSON that commands print: each field is there, and no other."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebuilder.editorial import pullrequestreport, scaffold, statustext
from casebuilder.editorial.lastbuild import LastBuild
from casebuilder.editorial.pullrequestreport.report import (
    CaseReport,
    FoundProblem,
    PackPages,
    PullRequestReport,
    TextLength,
)
from casebuilder.editorial.statistics import FORMATS, CaseFigures
from casebuilder.handbook import at as handbook_at
from casebuilder.model import Kind
from casebuilder.model.commentary import Metric
from casebuilder.model.figures import Breakdown, Figures, Spread
from casebuilder.pipeline import problemreport
from casebuilder.problems import Problem
from casebuilder.published.seriesstatus import CaseStatus, Date, Status, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = Path(__file__).parents[1] / "docs/handbook/commands.md"
DAY = datetime(2026, 3, 27, tzinfo=UTC)
#: Fields that hold a number for each of their parts, whose names are data.
PARTED = ".cells"


def documented(command: str) -> set[str]:
    """The fields that the handbook's section of a command has in its table."""
    section = COMMANDS.read_text(encoding="utf-8").partition(f"\n## `casebuilder {command}`\n")[2].partition("\n## ")[0]
    tables = re.findall(r"\| Field \| Holds \|\n *\|---\|---\|\n((?: *\|.*\n)+)", section)
    rows = [re.match(r" *\| `([a-z_.]+)` \| \S", row) for table in tables for row in table.splitlines()]
    assert all(rows), "a row has no name, or says nothing"
    names = [row[1] for row in rows if row]
    assert len(names) == len({*names})
    return {*names}


def printed(value: object, path: str = "") -> Iterator[str]:
    """The fields of JSON, by their names and those of the fields around them."""
    if isinstance(value, list):
        for each in value:
            yield from printed(each, path)
    elif isinstance(value, dict) and not path.endswith(PARTED):
        for name, inner_value in value.items():
            field_path = f"{path}.{name}".lstrip(".")
            yield field_path
            yield from printed(inner_value, field_path)


def check_json() -> str:
    return problemreport.as_json([Problem("a.yml", 1, 1, "bad-value", "x", "y")], handbook_at("https://x.org/handbook"))


def status_json() -> str:
    case = CaseStatus("2026-03-x", "X", None, "opens", DAY, ("story missing",), (Wait("a", "b", "c", "d"),))
    status_shown = Status(DAY, (case,), (Date(DAY, "2026-03-x", "X", "opens", is_draft=True),))
    return statustext.as_json(
        status_shown, LastBuild(DAY, "site"), [scaffold.Gap(date(2026, 4, 3), Kind.CASE)], ["mkdocs.yml:1"]
    )


def stats_json() -> str:
    broken_down = {
        name: Breakdown(cells={"part": 3}, other=4)
        for name, field in Figures.model_fields.items()
        if field.annotation is Breakdown
    }
    spread = Spread(median=2, lower=1, upper=3)
    figures = Figures(small_count=3, posts_each=spread, words=spread, **broken_down)  # type: ignore[arg-type]  # by name
    metric = Metric(metric="page-views", value=4, source="our host", collected=date(2026, 4, 1))
    has_paper, is_counted = False, True
    return FORMATS["json"]([CaseFigures("2026-03-x", DAY, has_paper, figures, is_counted, (metric,))])


def preview_json() -> str:
    packs, texts = (PackPages("handout", "a4", 1, 2),), (TextLength("story", "", 1, 2, 3, 4, 5),)
    case = CaseReport("2026-03-x", "X", "draft", "opens", "2026-03-27", (), texts, packs)
    problem = FoundProblem("a.yml", 1, "error", "bad-value", "x")
    is_built = True
    preview_report = PullRequestReport(1, "", "2026-03-27", is_built, 0, 0, 0, (problem,), (case,), 0, ())
    assert {field.name for field in fields(preview_report)} == json.loads(
        pullrequestreport.as_json(preview_report)
    ).keys()
    return pullrequestreport.as_json(preview_report).decode()


@pytest.mark.parametrize(
    ("command", "made"),
    [("check", check_json), ("status", status_json), ("stats", stats_json), ("preview", preview_json)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_handbook_lists_each_field_of_the_json_and_no_other(command: str, made: object) -> None:
    assert callable(made)
    assert {*printed(json.loads(made()))} == documented(command)


def test_every_command_that_prints_json_has_a_table() -> None:
    source = Path(__file__).parents[1] / "src/casebuilder/cli"
    choices = re.compile(r'click\.Choice\(\([^)]*"json"')
    assert {path.stem for path in source.glob("*.py") if choices.search(path.read_text("utf-8"))} == {
        *("check", "status", "stats")
    }
