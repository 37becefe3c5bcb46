"""`build --keep-going`: what has errors is left out, what is sound goes out, and a withdrawal with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder import pipeline, published
from casebuilder.cli import main
from casebuilder.model import Pack
from casebuilder.outputs.epub import chapters
from casebuilder.outputs.packs import press, views
from casebuilder.outputs.site.cards import picture
from casebuilder.pipeline import problemreport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from casebuilder.fonts import Face
    from casebuilder.outputs.epub.book import Chapter
    from casebuilder.outputs.epub.case_view import CaseView
    from casebuilder.outputs.packs.views import Job
    from casebuilder.outputs.site.cards import card

CASE, CLUB = "2026-03-late-handover", "2026-04-paper-club"
CORRECTED = "This case is being corrected"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    series_folder = zoo_keeper.lay_out("_sound", tmp_path)
    (series_folder / "docs").mkdir(exist_ok=True)
    return series_folder


def run(series: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--series", str(series)])


def edit(series: Path, path: str, old: str, new: str) -> None:
    text = (series / path).read_text(encoding="utf-8")
    assert old in text
    (series / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def held(series: Path, as_of: str = "2026-06-01") -> tuple[str, ...] | None:
    """The cases that are held back and have a page that says so; None if nothing can be built."""
    sound_reading = pipeline.sound_part(pipeline.read(series, as_of=as_of))
    if sound_reading is None:
        return None
    public = published.publish(sound_reading.series, sound_reading.as_of)
    assert sound_reading.errors() == ()
    assert not {case.slug for case in public.cases} & {case.slug for case in sound_reading.series.withheld_cases}
    return tuple(sorted(case.slug for case in public.withheld_cases))


def test_a_withdrawal_goes_out_while_another_case_is_broken(series: Path) -> None:
    words = "I would rather be late for supper than be right about the magazine"
    assert run(series, "build", "--no-packs").exit_code == 0
    before = (series / "site/index.html").read_bytes()
    assert words in (series / f"site/cases/{CASE}/index.html").read_text()
    edit(series, f"cases/{CLUB}/case.yml", "teaser:", "taeser:")
    assert run(series, "withdraw", CASE, "--quote", "q1").exit_code == 0
    refused = run(series, "build", "--no-packs")
    assert (refused.exit_code, "taeser" in refused.stderr) == (1, True)
    assert (series / "site/index.html").read_bytes() == before
    result = run(series, "build", "--no-packs", "--keep-going")
    assert result.exit_code == 3, result.stderr
    assert f"cases/{CLUB}/case.yml" in result.stderr
    assert '"taeser"' in result.stderr
    pages = {path.relative_to(series / "site").as_posix(): path for path in (series / "site").rglob("*.*")}
    assert not [name for name, path in pages.items() if path.is_file() and words.encode() in path.read_bytes()]
    corrected = pages[f"cases/{CLUB}/index.html"].read_text()
    assert CORRECTED in corrected
    assert "data-pagefind-body" not in corrected
    assert CORRECTED not in pages[f"cases/{CASE}/index.html"].read_text()
    assert (
        CLUB not in pages["index.html"].read_text() + pages["feed.xml"].read_text() + pages["calendar.ics"].read_text()
    )


def test_nothing_is_left_out_of_a_sound_series(series: Path) -> None:
    reading = pipeline.read(series)
    sound_reading = pipeline.sound_part(reading)
    assert sound_reading is not None
    assert (sound_reading.series, sound_reading.problems) == (reading.series, reading.problems)
    assert run(series, "build", "--no-packs", "--keep-going").exit_code == 0


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (f"cases/{CLUB}/case.yml", "teaser:", "taeser:", (CLUB,)),
        (f"cases/{CLUB}/case.yml", "title:", "title: [", (CLUB,)),
        (f"cases/{CLUB}/case.yml", "opens:", "openz:", (CLUB,)),  # what is meant is plain
        (f"cases/{CLUB}/case.yml", "opens:", "whenever:", ()),
        (f"cases/{CLUB}/case.yml", "title:", "statuz: draft\ntitle:", ()),
        (f"cases/{CLUB}/case.yml", "title:", "sattus: draft\ntitle:", ()),
        (f"cases/{CLUB}/case.yml", "title:", "status: draft\ntaeser: x\ntitle:", ()),
        (f"cases/{CLUB}/case.yml", "title:", "status: drfat\ntitle:", ()),
        (f"cases/{CLUB}/case.yml", "title:", "status: draft\ntitle: [", ()),
        (f"cases/{CASE}/questions.md", "## ", "##", (CASE,)),
        (f"cases/{CASE}/responses/ben-okafor.md", "---\n", "", (CASE,)),
        (f"commentary/{CASE}/commentary.md", "---\n", "", (CASE,)),
        ("experts/ben-okafor.md", "---\n", "", (CASE, CLUB)),
        ("experts/ben-okafor.md", "name:", "nmae:", (CASE, CLUB)),
        ("collections/evenings.yml", "title:", "tilte:", ()),
        ("mkdocs.yml", "timezone:", "tiemzone:", None),
        ("mkdocs.yml", "plugins:", "plugins: [", None),
    ],
)
def test_only_what_is_broken_and_what_needs_it_is_left_out(
    series: Path, path: str, old: str, new: str, expected: tuple[str, ...] | None
) -> None:
    edit(series, path, old, new)
    assert pipeline.read(series).errors()
    assert held(series) == expected


def test_an_error_of_the_whole_series_is_reported_and_leaves_the_last_site(series: Path) -> None:
    (series / "site").mkdir()
    (series / "site/404.html").write_text("old", encoding="utf-8")
    edit(series, "mkdocs.yml", "plugins:", "plugins: [")
    result = run(series, "build", "--keep-going")
    assert result.exit_code == 1
    assert "mkdocs.yml:" in result.stderr
    assert "nothing was built. The previous site is unchanged" in result.stderr
    assert (series / "site/404.html").read_text(encoding="utf-8") == "old"


def test_a_case_that_has_not_opened_is_not_named_whatever_is_wrong_with_it(series: Path) -> None:
    edit(series, f"cases/{CLUB}/case.yml", "teaser:", "taeser:")
    edit(series, f"cases/{CASE}/case.yml", "title:", "title: [")
    assert held(series, "2026-02-01") == ()
    assert held(series, "2026-06-01") == (CASE, CLUB)


def test_a_case_that_was_withdrawn_and_has_errors_is_said_to_be_withdrawn(series: Path) -> None:
    edit(series, f"cases/{CLUB}/case.yml", "title:", "status: withdrawn\ntitle:")
    result = run(series, "build", "--no-packs", "--keep-going")
    assert result.exit_code == 3
    page = (series / f"site/cases/{CLUB}/index.html").read_text()
    assert "This case has been withdrawn" in page
    assert CORRECTED not in page


def test_a_collection_is_left_out_with_an_error_and_goes_on_without_a_case_that_is_held_back(series: Path) -> None:
    edit(series, f"cases/{CASE}/case.yml", "teaser:", "taeser:")
    sound_reading = pipeline.sound_part(pipeline.read(series))
    assert sound_reading is not None
    assert CASE not in {entry.case for item in sound_reading.series.collections for entry in item.cases}
    edit(series, "collections/evenings.yml", "title:", "tilte:")
    sound_reading = pipeline.sound_part(pipeline.read(series))
    assert sound_reading is not None
    assert sound_reading.series.collections == ()


def test_a_link_to_a_case_that_is_held_back_takes_nothing_along_and_leads_to_its_page(series: Path) -> None:
    story = series / f"cases/{CASE}/scenario.md"
    links = f"\n\nSee [the club](../{CLUB}/), [its topic](/topics/club-only/) and [its list](/collections/club/).\n"
    story.write_text(story.read_text(encoding="utf-8") + links, encoding="utf-8")
    edit(series, f"cases/{CLUB}/case.yml", "topics: [", "topics: [club only, ")
    (series / "collections/club.yml").write_text(
        f"title: Club\nintroduction: What the club read.\ncases:\n  - case: {CLUB}\n    why: It is short.\n",
        encoding="utf-8",
    )
    assert not pipeline.read(series).errors()
    edit(series, f"cases/{CLUB}/case.yml", "teaser:", "taeser:")
    sound_reading = pipeline.sound_part(pipeline.read(series, as_of="2026-06-01"))
    assert sound_reading is not None
    pages = {
        page.path: page.text
        for page in pipeline.make(sound_reading, pipeline.BuildOptions(packs=False, keep_going=True)).pages
    }
    shown = pages[f"cases/{CASE}/index.md"]
    assert CORRECTED in pages[f"cases/{CLUB}/index.md"]
    assert f'href="../../cases/{CLUB}/">the club</a>' in shown
    assert "its topic and its list" in shown
    early = pipeline.sound_part(pipeline.read(series, as_of="2026-03-20"))
    assert early is not None
    shown = {page.path: page.text for page in pipeline.make(early, pipeline.BuildOptions(packs=False)).pages}[
        f"cases/{CASE}/index.md"
    ]
    assert "See the club, its topic and its list." in shown
    assert CLUB not in shown


@pytest.mark.parametrize(
    "aliases",
    [
        f"aliases: [2025-12-club, '/cases/old/club/', {CASE}]",
        f'aliases:\n  - 2025-12-club\n  - "old/club"\n  - {CASE}',
    ],
)
@pytest.mark.parametrize("slip", ["taeser:", "taeser: [", ""])
def test_old_addresses_of_a_case_that_is_held_back_lead_to_the_page_that_says_so(
    series: Path, aliases: str, slip: str
) -> None:
    edit(series, f"cases/{CLUB}/case.yml", "teaser:", f"{aliases}\n{slip or 'teaser:'}")
    sound_reading = pipeline.sound_part(pipeline.read(series, as_of="2026-06-01"))
    assert sound_reading is not None
    site = pipeline.make(sound_reading, pipeline.BuildOptions(packs=False, keep_going=True))
    files = {file.path: file.read().decode() for file in site.files if file.path.startswith("cases/")}
    assert f'url=../{CLUB}/"' in files["cases/2025-12-club/index.html"]
    assert f'url=../../{CLUB}/"' in files["cases/old/club/index.html"]
    assert CORRECTED in files["cases/old/club/index.html"]
    assert f"cases/{CASE}/index.html" not in files
    early = pipeline.sound_part(pipeline.read(series, as_of="2026-02-01"))
    assert early is not None
    assert not [
        file for file in pipeline.make(early, pipeline.BuildOptions(packs=False)).files if "old/club" in file.path
    ]


def test_a_book_that_cannot_be_made_is_left_out_with_what_would_hold_it(
    series: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "print_packs", printing("none", tmp_path))

    def chapters_of(view: CaseView, *_: object) -> tuple[Chapter, ...]:
        if view.case.slug == CASE:
            raise UnicodeError("a sign that no book can hold")
        return usual(view, *_)

    usual = chapters.of_case
    monkeypatch.setattr(chapters, "of_case", chapters_of)
    reading = pipeline.read(series)
    with pytest.raises(UnicodeError):
        pipeline.make(reading)
    site = pipeline.make(reading, pipeline.BuildOptions(keep_going=True))
    books = {file.path for file in site.files if file.path.endswith(".epub")}
    assert books == {f"packs/{CLUB}.epub"}
    assert f"packs/{CASE}.epub: a sign that no book can hold" in site.unprinted
    assert "packs/volume-2026.epub: it would hold" in site.unprinted
    pages = {page.path: page.text for page in site.pages}
    assert f"{CASE}.epub" not in pages[f"cases/{CASE}/index.md"] + pages["facilitators/index.md"]
    assert "Some packs are missing for now" in pages[f"cases/{CASE}/index.md"]


def printing(bad: str, root: Path) -> Callable[..., tuple[tuple[Pack, Path], ...]]:
    """Prints nothing, and one pack and what holds it not even that."""
    paper = root / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7 paper")

    def holds(job: Job) -> bool:
        return job.path == bad or any(holds(part) for part in job.parts)

    def print_packs(jobs: Iterable[Job], **_: object) -> tuple[tuple[Pack, Path], ...]:
        jobs = list(jobs)
        if reasons := {job.path: ["the table is wider than the paper"] for job in jobs if holds(job)}:
            raise press.PressError(reasons)
        return tuple((Pack(job.path, job.subject, job.edition, job.paper, 2, 14), paper) for job in jobs)

    return print_packs


def test_a_pack_that_cannot_be_printed_is_in_no_output_and_the_pages_say_so(
    series: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = f"packs/{CASE}-handout-a4.pdf"
    monkeypatch.setattr(press, "print_packs", printing(bad, tmp_path))
    reading = pipeline.read(series)
    with pytest.raises(press.PressError):
        pipeline.make(reading)
    site = pipeline.make(reading, pipeline.BuildOptions(keep_going=True))
    assert "the table is wider than the paper" in site.unprinted
    files = {file.path: file for file in site.files}
    holding = {bad, "packs/collection-evenings-handout-a4.pdf", "packs/collection-evenings-handouts-a4.zip"}
    assert holding.isdisjoint(files)
    assert {f"packs/{CASE}-handout-letter.pdf", f"packs/{CASE}-guide-a4.pdf", f"packs/{CASE}.epub"} <= files.keys()
    pages = {page.path: page.text for page in site.pages}
    texts = [
        *pages.values(),
        *(file.read().decode() for path, file in files.items() if path.endswith((".xml", ".json"))),
    ]
    assert not [path for path in holding if any(path in text for text in texts)]
    missing = "Some packs are missing for now"
    for path in (f"cases/{CASE}/index.md", "facilitators/index.md", "collections/evenings/index.md"):
        assert missing in pages[path]
    assert missing not in pages[f"cases/{CLUB}/index.md"]


def test_the_command_ends_with_three_where_a_pack_is_missing_and_with_one_without_the_option(
    series: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "print_packs", printing(f"packs/{CASE}-guide-letter.pdf", tmp_path))
    assert run(series, "build", "--pages", str(tmp_path / "none")).exit_code == 1
    assert not (tmp_path / "none").exists()
    result = run(series, "build", "--pages", str(tmp_path / "pages"), "--keep-going")
    assert result.exit_code == 3
    assert f"packs/{CASE}-guide-letter.pdf" in result.stderr
    assert "The site was built without the parts listed above." in result.stderr
    assert not (tmp_path / f"pages/packs/{CASE}-guide-letter.pdf").exists()


def test_a_damaged_picture_or_a_link_among_the_pages_by_hand_is_left_out_of_the_site(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(series)
    (series / "docs/map.png").write_bytes(b"")
    (series / "docs/comm").symlink_to("../commentary")
    (series / "docs/about.md").write_text("# About\n\nWords. ![The way](map.png)\n", encoding="utf-8")
    assert "docs/map.png" in {problem.path for problem in pipeline.read(series).errors()}
    result = CliRunner().invoke(main, ["build", "--no-packs", "--keep-going"])
    assert result.exit_code == 3, result.stderr
    assert "docs/map.png" in result.stderr
    assert "docs/comm" in result.stderr
    assert not (series / "site/map.png").exists()
    assert not (series / "site/comm").exists()
    assert "Words." in (series / "site/about/index.html").read_text(encoding="utf-8")


def test_what_cannot_be_drawn_read_or_set_leaves_out_nothing_else(
    series: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Make a card, a picture and the document of a pack fail, each for another reason."""
    monkeypatch.setattr(press, "print_packs", printing("none", tmp_path))
    drawn, set_up = picture.png, views.print_html

    def png(card_drawn: card.Card, faces: Sequence[Face]) -> bytes:
        if "Late Handover" in card_drawn.title:
            raise ZeroDivisionError
        return drawn(card_drawn, faces)

    def print_html(view: views.CaseView) -> str:
        if (view.case.slug, view.edition) == (CASE, "handout"):
            raise RecursionError("too deep")
        return set_up(view)

    monkeypatch.setattr(picture, "png", png)
    monkeypatch.setattr(views, "print_html", print_html)
    reading = pipeline.read(series)
    (series / f"cases/{CASE}/lamp.svg").unlink()  # by somebody else, after the check
    made = pipeline.make(reading, pipeline.BuildOptions(keep_going=True))
    files = {file.path for file in made.files}
    handouts = {f"packs/{CASE}-handout-{paper}.pdf" for paper in ("a4", "letter")}
    assert handouts.isdisjoint(files)
    assert {f"packs/{CASE}-guide-a4.pdf", f"packs/{CLUB}-handout-a4.pdf", f"cards/{CASE}.png"} <= files
    assert f"cases/{CASE}/lamp.svg" not in files
    for words in (
        f"cards/{CASE}.png: ZeroDivisionError",
        f"{CASE}-handout-a4.pdf: RecursionError too deep",
        "lamp.svg",
    ):
        assert words in made.unprinted
    assert "collection-evenings-handout-a4.pdf" in made.unprinted
    page = next(page.text for page in made.pages if page.path == f"cases/{CASE}/index.md")
    assert "Some packs are missing for now" in page
    assert not [path for path in handouts if path in page]


def test_a_strict_series_reports_that_no_warning_left_anything_out(series: Path, tmp_path: Path) -> None:
    edit(series, "mkdocs.yml", "      timezone:", "      strict: true\n      timezone:")
    story = series / f"cases/{CASE}/scenario.md"
    story.write_text(f"{story.read_text(encoding='utf-8')}\nSee [here](https://example.org/).\n", encoding="utf-8")
    result = run(series, "build", "--no-packs", "--keep-going", "--pages", str(tmp_path / "pages"))
    assert result.exit_code == 3
    assert "link-text" in result.stderr
    assert "They left nothing out" in result.stderr
    assert "without the parts" not in result.stderr
    assert "1 problem prevents publication." in run(series, "status").stderr
    edit(series, f"cases/{CLUB}/case.yml", "teaser:", "taeser:")
    tolerated, left_out = problemreport.left_out(pipeline.read(series).stoppers())
    assert "They left nothing out" in tolerated
    assert "link-text" in tolerated
    assert "taeser" in left_out


@pytest.mark.parametrize(
    ("path", "old", "new", "status", "said"),
    [
        (f"cases/{CASE}/quotes.yml", "- id: q2", "- id: [q2", 1, "Correct these errors, and run this again."),
        (f"cases/{CASE}/quotes.yml", "state: granted", "state: grnated", 1, 'did you mean "granted"?'),
        (f"cases/{CASE}/case.yml", "title: ", "title: [", 0, "add the withdrawal to its changes"),
        (f"commentary/{CASE}/discussion.jsonl", '{"id"', '{"id', 0, f"      commentary/{CASE}/discussion.jsonl"),
        (f"cases/{CLUB}/case.yml", "teaser:", "taeser:", 0, "casebuilder build --keep-going"),
        ("mkdocs.yml", "timezone:", "tiemzone:", 0, "your site shows the old text"),
    ],
)
def test_a_withdrawal_says_which_errors_it_meets_and_what_they_mean(  # noqa: PLR0917 - a table
    series: Path, path: str, old: str, new: str, status: int, said: str
) -> None:
    edit(series, path, old, new)
    result = run(series, "withdraw", CASE, "--quote", "q1")
    assert result.exit_code == status, result.output
    assert said in result.stdout + result.stderr
    left = "rather be late" in (series / f"cases/{CASE}/quotes.yml").read_text(encoding="utf-8")
    assert left == bool(status)


def test_a_case_that_cannot_be_read_is_not_withdrawn_as_a_whole(series: Path) -> None:
    (series / f"cases/{CASE}/case.yml").unlink()
    result = run(series, "withdraw", CASE, "--reason", "A reader recognised somebody.", "--yes")
    assert result.exit_code == 1
    assert "the case has no case.yml" in result.stderr


def test_a_withdrawal_takes_effect_at_once_and_on_no_later_day(series: Path) -> None:
    before = (series / f"cases/{CASE}/quotes.yml").read_bytes()
    result = run(series, "withdraw", CASE, "--quote", "q1", "--on", "2999-01-01")
    assert result.exit_code == 2
    assert "2999-01-01 is in the future" in result.stderr
    assert (series / f"cases/{CASE}/quotes.yml").read_bytes() == before


def test_a_case_without_packs_is_named(series: Path, tmp_path: Path) -> None:
    edit(series, f"cases/{CLUB}/case.yml", "title:", "status: draft\ntitle:")
    result = run(series, "build", "--only", CLUB, "--pages", str(tmp_path / "pages"))
    assert result.exit_code == 0, result.output
    assert f"{CLUB} has no packs: it is a draft; add --drafts" in result.stderr


REPEATED = "I would rather be *late* for supper than be right about the magazine"


def test_withdrawn_words_are_looked_for_in_every_file_that_a_site_shows(series: Path) -> None:
    edit(series, "mkdocs.yml", 'notice: "', f'notice: "{REPEATED}. ')
    edit(series, "collections/evenings.yml", "introduction: ", f"introduction: {REPEATED}. ")
    edit(series, f"cases/{CASE}/case.yml", "alt: ", f"alt: {REPEATED}. ")
    edit(series, f"cases/{CLUB}/case.yml", "teaser: ", f"teaser: {REPEATED}. ")
    for path, text in (
        ("experts/caro-lind.md", f"{(series / 'experts/caro-lind.md').read_text(encoding='utf-8')}\n\n{REPEATED}\n"),
        ("docs/about.md", f"# About\n\n{REPEATED}\n"),
        ("docs/more.html", f"<p>{REPEATED.replace('would', '<em>would</em>')}</p>"),
        ("docs/sound.md", "# Sound\n\nSomebody would rather be late for supper.\n"),
    ):
        (series / path).write_text(text, encoding="utf-8")
    result = run(series, "withdraw", CASE, "--quote", "q1")
    assert result.exit_code == 0
    assert "Nothing can be built, and your site shows the old text, until this is corrected:\nca" in result.stderr
    found = pipeline.read(series).errors()
    line = {problem.path: problem.line for problem in found}
    assert {problem.code for problem in found} == {"withdrawn-text"}
    assert line.keys() == {
        "mkdocs.yml", "collections/evenings.yml", f"cases/{CASE}/case.yml", f"cases/{CLUB}/case.yml",
        "experts/caro-lind.md", "docs/about.md", "docs/more.html",
    }  # fmt: skip
    assert (line["docs/about.md"], line[f"cases/{CLUB}/case.yml"]) == (3, 5)
    assert run(series, "pack", CLUB).exit_code == 1
    assert pipeline.sound_part(pipeline.read(series)) is None, "mkdocs.yml belongs to every page"
    edit(series, "mkdocs.yml", f"{REPEATED}. ", "")
    sound_reading = pipeline.sound_part(pipeline.read(series))
    assert sound_reading is not None
    assert sound_reading.omitted == {"docs/about.md", "docs/more.html"}
    assert (sound_reading.series.cases, sound_reading.series.collections) == ((), ())
    assert "caro-lind" not in {person.id for person in sound_reading.series.people}
