"""`casebuilder pack` as a faculty developer meets it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result

from casebuilder.cli import main
from casebuilder.outputs.packs import press
from waiting import children, has_loaded, until

ROOT = Path(__file__).parents[1]
ROUND, SANDWICH = "2024-09-silent-round", "2025-09-stale-sandwich"
CLUB = "2025-10-journal-club-on-twitter"
#: Opened, not released, on the day that the tests look from.
OPEN = "2026-03-late-handover"


def pack(*arguments: str | Path) -> Result:
    command = ["pack", "--series", str(ROOT), "--as-of", "2026-03-28", *map(str, arguments)]
    result = CliRunner().invoke(main, command)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def text(path: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def test_cases_are_printed_in_the_order_in_which_they_are_named_under_a_cover(tmp_path: Path) -> None:
    out = tmp_path / "workshop.pdf"
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>', "utf-8")
    cover = ("--title", "Friday teaching", "--date", "3 April 2026", "--facilitator", "Dr Kamau", "--logo", logo)
    result = pack(SANDWICH, f"cases/{ROUND}/", *cover, "-o", out)
    assert result.exit_code == 0, result.output
    pages = len(pypdf.PdfReader(out).pages)
    assert result.output == f"{out}: {pages} pages\n"
    printed = text(out)
    assert "Friday teaching 3 April 2026 · Dr Kamau" in printed
    contents = printed[printed.index("Contents") :]
    assert contents.index("Stale Sandwich") < contents.index("Silent Ward Round")
    assert "Expert responses" not in printed
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["logo.svg", "workshop.pdf"]


def test_the_guide_holds_the_plan_for_the_chosen_minutes(tmp_path: Path) -> None:
    out = tmp_path / "guide.pdf"
    assert pack(ROUND, "--edition", "guide", "--minutes", "45", "--paper", "letter", "-o", out).exit_code == 0
    printed = text(out)
    assert "45 minutes" in printed
    assert "90 minutes" not in printed
    assert round(pypdf.PdfReader(out).pages[0].mediabox.width) == 612


@pytest.mark.parametrize("edition", ["handout", "guide", "case"])
def test_large_print_is_large(edition: str, tmp_path: Path) -> None:
    out = tmp_path / "large.pdf"
    assert pack(ROUND, "--large-print", "--edition", edition, "-o", out).exit_code == 0
    sizes: Counter[float] = Counter()

    def visit(text: str, cm: list[float], matrix: list[float], _font: object, size: float) -> None:
        sizes[abs(round(size * matrix[3] * cm[3], 1))] += len(text.strip())

    for page in pypdf.PdfReader(out).pages:
        page.extract_text(visitor_text=visit)
    assert min(size for size, letters in sizes.items() if letters) >= 12.6  # a citation's raised number
    assert max(sizes, key=lambda size: sizes[size]) == 18


def test_without_an_output_option_the_pack_goes_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert pack(OPEN).exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == [f"{OPEN}-handout-a4.pdf"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("2025-09-stale-sandwhich",),
            f'there is no published case "2025-09-stale-sandwhich"; did you mean "{SANDWICH}"?',
        ),
        (
            ("2026-04-group-chat",),
            "2026-04-group-chat has not opened yet; to print it as of that day, add --as-of 2026-04-24",
        ),
        (
            (ROUND, "--as-of", "3/4/2026"),
            '"3/4/2026" is not a date or a time; did you mean 2026-04-03 (3 April) or 2026-03-04',
        ),
        ((), "name cases, or one of --collection, --topic, --year and --season"),
        ((ROUND, "--year", "2024"), "and --season; cases and --year were given"),
        ((OPEN, "--edition", "guide"), f"the guide of {OPEN} cannot be printed yet; it is released on 2026-04-10"),
        (("--collection", "speaking-upp"), 'did you mean "speaking-up"?'),
        (("--topic", "fedback"), 'did you mean "feedback"?'),
        (("--year", "1999"), "no case to print"),
        (("--season", "99"), "no case to print"),
        ((ROUND, "--minutes", "45"), "only the guide has plans"),
        ((ROUND, "--edition", "guide", "--minutes", "44"), "has no plan for 44 minutes; it has 15, 45, 90"),
        ((ROUND, SANDWICH, "--edition", "slides"), "slides contain one case, and you named 2: name one"),
        ((ROUND, "--edition", "slides", "--title", "Friday"), "slides have no cover: leave out --title"),
        ((ROUND, "--edition", "slides", "--large-print"), "slides are always in large print"),
        ((ROUND, "--logo", __file__), "cannot be printed: use .jpg"),
        (
            (ROUND, "--edition", "guide", "--fillable"),
            "only a handout can have --fillable: leave out --fillable, or --edition guide",
        ),
        ((ROUND, "--edition", "slides", "--copies", "groups"), "only a handout can have --copies"),
        ((ROUND, CLUB, "--role-cards"), f"{CLUB} lists no characters"),
    ],
)
def test_what_cannot_be_printed_is_reported_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    result = pack(*arguments, "-o", tmp_path / "x.pdf")
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not list(tmp_path.iterdir())


def test_a_draft_is_announced_as_a_draft(tmp_path: Path) -> None:
    own = str(tmp_path / "own")
    assert CliRunner().invoke(main, ["init", own]).exit_code == 0
    made = CliRunner().invoke(main, ["new", "The Case of the Quiet Pager", "--opens", "2027-01-08", "--series", own])
    assert made.exit_code == 0, made.output
    result = CliRunner().invoke(main, ["pack", "2027-01-quiet-pager", "--series", own])
    assert result.exit_code == 2
    assert "2027-01-quiet-pager is a draft, and a pack contains only what is public" in " ".join(result.output.split())
    look = tmp_path / "look.pdf"
    order = ["pack", "2027-01-quiet-pager", "--drafts", "-o", str(look), "--series", own]
    assert CliRunner().invoke(main, order).exit_code == 0
    assert "Draft, not published · Participant handout" in text(look)


def test_a_story_of_one_part_has_nothing_to_reveal(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "own")]).exit_code == 0
    (story,) = (tmp_path / "own" / "cases").glob("*/scenario.md")
    story.write_text(re.sub(r"(?m)^## .*\n", "", story.read_text("utf-8")), "utf-8")
    asked = ["pack", "--series", str(tmp_path / "own"), story.parent.name, "--reveal-cards", "--as-of", "2099-01-01"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 2
    assert "has only one part, so there is nothing to reveal" in " ".join(result.output.split())


def test_sheets_that_are_given_out_one_by_one_are_to_be_printed_on_one_side(tmp_path: Path) -> None:
    out = tmp_path / "cards.pdf"
    result = pack(ROUND, "--reveal-cards", "--role-cards", "--copies", "groups", "-o", out)
    assert result.exit_code == 0, result.output
    assert "Print it single-sided" in result.output
    printed = text(out)
    assert printed.index("Our group") < printed.upper().index("CARD 2 OF") < printed.index("Role cards")
    assert "one side" not in pack(ROUND, "-o", out).output


def test_a_file_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    result = pack(OPEN, "-o", tmp_path / "no" / "x.pdf")
    assert result.exit_code == 2
    assert "cannot be written: No such file or directory; nothing was written" in " ".join(result.output.split())


def test_cases_can_be_chosen_by_season(tmp_path: Path) -> None:
    out = tmp_path / "season.pdf"
    assert pack("--season", "1", "-o", out).exit_code == 0
    assert "Silent Ward Round" in text(out)


@pytest.mark.parametrize("name", ["logo.png", "logo.svg", "logo.webp"])
def test_a_logo_that_is_no_picture_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("not a picture", encoding="utf-8")
    result = pack(ROUND, "--logo", tmp_path / name, "-o", tmp_path / "x.pdf")
    assert result.exit_code == 2
    assert f"{name} is not a picture that casebuilder knows, whatever its name says" in " ".join(result.stderr.split())
    assert not (tmp_path / "x.pdf").exists()


def test_editions_and_papers_may_have_capitals(tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    assert pack(OPEN, "--edition", "Handout", "--paper", "Letter", "-o", out).exit_code == 0
    assert round(pypdf.PdfReader(out).pages[0].mediabox.width) == 612


def test_slides_are_wide_whatever_paper_is_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "slides.pdf"
    assert pack(ROUND, "--edition", "slides", "--paper", "letter", "-o", out).exit_code == 0
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pypdf.PdfReader(out).pages} == {
        (960, 540)
    }


def test_a_pack_has_the_time_of_one_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many cases the series has."""
    given = []

    def print_packs(*_: object, timeout: float, **__: object) -> None:
        given.append(timeout)
        raise press.PressError({})

    monkeypatch.setattr(press, "print_packs", print_packs)
    pack(ROUND, "-o", tmp_path / "out.pdf")
    assert given == [120]


def test_an_interrupted_pack_says_so_in_a_word_and_writes_nothing(tmp_path: Path) -> None:
    def prints(process: int) -> bool:
        return any(has_loaded(child, "libpango") for child in children(process))

    for number, begun in enumerate((children, prints)):  # while the worker starts, and while it prints
        kept = tmp_path / f"cache-{number}"
        environment = os.environ | {"CASEBUILDER_CACHE": str(kept)}
        # Enough cases that a busy machine has not printed them before the signal comes.
        pack_of_all = ["pack", "--year", "2025", "--edition", "guide", "-o", str(tmp_path / "x.pdf")]
        # Whatever a shell starts in the background is deaf to this signal, and so is what that starts.
        order = ["env", "--default-signal=INT", sys.executable, "-m", "casebuilder", *pack_of_all]
        process = subprocess.Popen(
            order, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        until(partial(begun, process.pid))
        finished = set(tmp_path.rglob("*.pdf"))  # of a case that was kept before the signal came
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said.strip()) == (128 + signal.SIGINT, "Aborted!")
        assert set(tmp_path.rglob("*.pdf")) == finished
    assert not (tmp_path / "x.pdf").exists()
