"""The recipes of CONTRIBUTING are followed in a copy of the project, and do what they promise."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

import zoo_keeper
from recipe_reader import follow, steps

RECIPES = Path(__file__).parent / "recipes"
SLUG = "2026-03-late-handover"


def run(root: Path, *words: str) -> str:
    """What a program prints that uses the copy of the package."""
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    completed = subprocess.run(
        [sys.executable, *words], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr
    return completed.stdout


@pytest.mark.large
def test_an_edition_is_a_row_and_a_template(tmp_path: Path) -> None:
    assert follow("Add an edition", tmp_path) == (
        "src/casebuilder/editions.py",
        "src/casebuilder/outputs/packs/templates/poster.html.j2",
    )
    series = tmp_path / "tests/zoo/_sound"
    found = run(tmp_path, str(RECIPES / "edition.py"), str(series)).splitlines()
    subjects = ("2026-04-paper-club", SLUG, "volume-2026", "collection-evenings")
    assert found == [
        *(f"packs/{subject}-poster-{paper}.pdf" for subject in subjects for paper in ("a4", "letter")),
        *(f"packs/{slug}-poster.html" for slug in subjects[:2]),
        f"cases/{SLUG}/index.md",
        "facilitators/index.md",
        "facilitators/build/index.md",
        "facilitators/build/index.md: option",
    ]
    usage = run(tmp_path, "-m", "casebuilder", "pack", "--help")
    assert "[handout|guide|case|slides|poster]" in " ".join(usage.split())
    assert "to project, or for the door." in " ".join(usage.split())
    order = ("pack", SLUG, "--edition", "poster", "-o", "poster.pdf", "--series", str(series), "--as-of", "2026-06-01")
    assert run(tmp_path, "-m", "casebuilder", *order) == "poster.pdf: 1 page\n"
    assert "The Case of the Late Handover" in pypdf.PdfReader(tmp_path / "poster.pdf").pages[0].extract_text()


def test_a_rule_is_a_function_two_rows_a_heading_and_a_series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched = follow("Add a rule", tmp_path)
    assert [path for path in touched if path.startswith("src/")] == [
        "src/casebuilder/checks/structure.py",
        "src/casebuilder/checks/__init__.py",
        "src/casebuilder/problems.py",
    ]
    monkeypatch.setattr(zoo_keeper, "ZOO", tmp_path / "tests/zoo")
    monkeypatch.setattr(zoo_keeper, "SOUND", tmp_path / "tests/zoo/_sound")
    series = zoo_keeper.lay_out("title-full-stop", tmp_path / "laid")
    expected = (tmp_path / "tests/zoo/title-full-stop/expected.txt").read_text(encoding="utf-8")
    printed = run(tmp_path, "-m", "casebuilder", "check", "--series", str(series))
    assert printed.removeprefix(expected).split("\n")[0] == "", printed
    codes = run(tmp_path, "-c", "from casebuilder.problems import CODES; print(*CODES, sep=chr(10))").split()
    handbook = (tmp_path / "docs/handbook/problems.md").read_text(encoding="utf-8")
    assert re.findall(r"^### `(.+)`$", handbook, re.MULTILINE) == codes


def test_an_output_is_a_file_and_two_lines(tmp_path: Path) -> None:
    assert follow("Add an output", tmp_path) == (
        "src/casebuilder/outputs/spreadsheet.py",
        "src/casebuilder/pipeline/sitecontents.py",
    )
    order = ("build", "--pages", "pages", "--no-packs", "--as-of", "2026-06-01", "--series", "tests/zoo/_sound")
    run(tmp_path, "-m", "casebuilder", *order)
    assert (tmp_path / "pages/cases.csv").read_text().splitlines()[1:] == [
        "A paper on watching handovers,2026-04-06,https://example.org/small/cases/2026-04-paper-club/",
        f"The Case of the Late Handover,2026-03-02,https://example.org/small/cases/{SLUG}/",
    ]


@pytest.mark.large
def test_a_field_of_a_case_touches_four_files(tmp_path: Path) -> None:
    touched = follow("Add a field of a case", tmp_path)
    assert len([path for path in touched if path.startswith("src/")]) == 4
    written = tmp_path / f"tests/zoo/_sound/cases/{SLUG}/case.yml"
    written.write_text(written.read_text() + "setting: A ward at night\n")
    assert "unknown" not in run(tmp_path, "-m", "casebuilder", "check", "--series", "tests/zoo/_sound")
    for day, shown in (("2026-03-01", False), ("2026-03-02", True)):
        order = ("build", "--pages", day, "--no-packs", "--as-of", day, "--series", "tests/zoo/_sound")
        run(tmp_path, "-m", "casebuilder", *order)
        pages = [path for path in (tmp_path / day).rglob("*.md") if "Setting: A ward at night" in path.read_text()]
        assert [path.parent.name for path in pages] == ([SLUG] if shown else [])
    assert "setting" in (tmp_path / "2026-03-02/schema/case.json").read_text()


def test_an_importer_is_a_file_and_its_row(tmp_path: Path) -> None:
    assert follow("Add an importer", tmp_path) == (
        "src/casebuilder/editorial/discussion/importers/zulip.py",
        "src/casebuilder/editorial/discussion/importers/__init__.py",
    )
    message = {
        "id": 7,
        "sender_full_name": "Ida",
        "sender_id": 3,
        "timestamp": 1772700000,
        "content": "<p>Ask her.</p>",
    }
    (tmp_path / "zulip.json").write_text(json.dumps({"anchor": 7, "messages": [message]}))
    run(tmp_path, "-m", "casebuilder", "discussion", "import", SLUG, "zulip.json", "--series", "tests/zoo/_sound")
    record = tmp_path / f"tests/zoo/_sound/commentary/{SLUG}/discussion.jsonl"
    added = json.loads(record.read_text().splitlines()[-1])
    assert (added["channel"], added["text"]) == ("zulip", "Ask her.")


def test_every_recipe_is_followed_here() -> None:
    text = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tried = Path(__file__).read_text(encoding="utf-8")
    titles = re.findall(r"^## (Add .*)$", text, re.MULTILINE)
    assert [title for title in titles if f'follow("{title}"' not in tried] == []
    assert all(steps(title) for title in titles)
