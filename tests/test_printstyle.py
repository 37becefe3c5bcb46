"""A series' own print style may show pictures, such as a society's logo, and nothing that a pack cannot have."""

from __future__ import annotations

import os
from importlib.resources import files
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder.cli import main
from casebuilder.outputs.packs import pdf
from casebuilder.pipeline import printstyle
from casebuilder.pipeline.printstyle import specimen, trial
from cputime import at_most

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STYLE = """/* url("no.svg") is a remark */
@page :first {
  @top-center { content: ""; width: 45mm; height: 12mm; background: url('assets/logo.svg') right / contain no-repeat }
  @left-middle { content: "along the edge" }
}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#7a1f3d" d="M0 0h9v9z"/></svg>'


def test_pictures_of_the_theme_travel_in_the_style() -> None:
    made = printstyle.embed_pictures(STYLE, {"theme/assets/logo.svg": LOGO.encode()}.__getitem__)
    assert 'background: url("data:image/svg+xml;base64,' in made
    assert made.startswith('/* url("no.svg") is a remark */')
    assert printstyle.embed_pictures(made, {}.__getitem__) == made, "what needs no file stays"
    assert list(printstyle.written_problems(STYLE, {"theme/assets/logo.svg"})) == []


@pytest.mark.parametrize(
    "asked",
    [
        'url("../docs/x.svg")',
        "url(https://example.org/x.svg)",
        "url(//example.org/x)",
        "URL( 'gone.png' )",
        '@import "x.css"',
    ],
)
def test_what_a_pack_cannot_have_is_reported_at_its_place(asked: str) -> None:
    (problem,) = printstyle.written_problems(f"p {{ color: red }}\n  {asked};", {"theme/assets/logo.svg"})
    assert (problem.path, problem.line, problem.column) == ("theme/print.css", 2, 3)
    assert problem.code == "missing-picture"


@pytest.mark.parametrize(
    ("style", "line", "column", "message"),
    [
        ("h1 { color: navy\nh2 { color: navy }\n", 1, 4, "this { is never closed"),
        ("h1 { color: navy } }\nh2 { color: navy }\n", 1, 20, "this } closes nothing"),
        ("p { color: rgb(1, 2, 3 }\nh2 { color: navy }\n", 1, 15, "this ( is never closed"),
        ("p { color: navy }\n/* our colours\nh2 { color: navy }\n", 2, 1, "this remark has no end"),
        ('h2::before { content: "x }\nh3 { color: navy }\n', 1, 23, 'the quotation mark " has no partner on its line'),
        ("body {\n  font-family: “Georgia”;\n}\n", 2, 16, "the quotation mark “ means nothing in a style"),
        ("h1 {\n\u00a0 color: navy }\n", 2, 1, "there is an invisible character here (U+00A0)"),
        (
            "/* ours */ @media pritn { p { color: navy } }",
            1,
            19,
            '"pritn" after @media is not a medium, so nothing uses these rules',
        ),
        (
            "@media screen { a { b: c } }\n@MEDIA print,\n  papr {}",
            3,
            3,
            '"papr" after @media is not a medium, so nothing uses these rules',
        ),
        ("h1 { width: " + "(" * 40 + ")" * 40 + " }", 1, 42, "more than 30 brackets are open here"),
    ],
)
def test_a_slip_in_the_signs_of_a_style_is_reported_at_its_place(
    style: str, line: int, column: int, message: str
) -> None:
    (problem,) = printstyle.written_problems(style, ())
    assert (problem.line, problem.column, problem.message, problem.code) == (line, column, message, "print-style")


@pytest.mark.parametrize(
    "style",
    [
        'a::before { content: "“ } { /* ”" }',
        "/* “x” { */ a { color: red }",
        "a { b: url(a;b{c) }",
        "a { b: '\\'' }",
        "/* @media pritn */ a::before { content: '@media pritn {}' }",
        "@media/* for pritners */only PRINT, not screen, speech and (min-width: 9em) {} @media{}",
        "",
    ],
)
def test_what_stands_in_quotation_marks_or_remarks_is_no_slip(style: str) -> None:
    assert [one.code for one in printstyle.written_problems(style, {"theme/a;b{c"})] == []


def series_with_style(style: str | bytes, folder: Path) -> str:
    series = zoo_keeper.lay_out("_sound", folder)
    (series / "theme").mkdir(exist_ok=True)
    (series / "theme/print.css").write_bytes(style if isinstance(style, bytes) else style.encode())
    return str(series)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (
            b"h1 { color: navy }\n/* \xe9t\xe9 */\n",
            'theme/print.css:2:4: error: "é" is saved in the encoding of Windows',
        ),
        (
            "h1 { color: navy }\n".encode("utf-16"),
            "theme/print.css:1:1: error: the file is saved as UTF-16, not as UTF-8",
        ),
        (b"h1 { color:\0 navy }\n", "theme/print.css:1:12: error: the control character U+0000 is not text"),
        (b"<<<<<<< ours\nh1 { color: red }\n=======\n>>>>>>> theirs\n", "[merge-conflict]"),
    ],
)
def test_a_style_that_is_no_text_is_reported_as_any_text_is(style: bytes, said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--series", series_with_style(style, tmp_path)])
    assert result.exit_code == 1
    assert said in result.stdout


FILES_FAULT = (
    "theme/print.css:9:33: error: packs have no fonts and files but casebuilder’s own, and pictures in theme/ "
    "[print-style]"
)


def test_what_packs_do_not_know_is_reported_at_its_line_with_what_to_write(tmp_path: Path) -> None:
    style = "@page { margin: 20mm }\n@tailwind base;\nh1 {\n  colr: navy;\n  font-size: 20;\n}\n// ours\n"
    style += "h2 { margin: 0 }\n@font-face { font-family: Ours; src: local('DejaVu Sans') }\n"
    result = CliRunner().invoke(main, ["check", "--series", series_with_style(style, tmp_path)])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "theme/print.css:2:1: error: packs cannot use @tailwind [print-style]",
        "    hint: delete it; packs know @page and @media",
        'theme/print.css:4:3: error: packs do not know the property "colr" [print-style]',
        '    hint: did you mean "color"?',
        'theme/print.css:5:3: error: "20" is not a value that font-size can have in a pack [print-style]',
        "    hint: write a unit: 20pt",
        "theme/print.css:7:1: error: packs cannot use the selector // ours h2 [print-style]",
        "    hint: correct what stands before the {, or delete this rule; remarks are written /* like this */",
        FILES_FAULT,
        "    hint: delete it, or choose another value",
    ]


@pytest.mark.parametrize(
    ("style", "line", "said"),
    [
        ("h2 {\n  color navy;\n}", 2, "this is neither a declaration nor a rule"),
        ("h2 { color: navy }\nh3", 2, "this is neither a declaration nor a rule"),
        ("h2 {\n  color: ;\n}", 2, "color has no value"),
        ("h2 {\n  font-size: 20,5pt;\n}", 2, '"20,5pt" is not a value that font-size can have in a pack'),
        ("@page :fist { margin: 0 }", 1, "packs cannot use @page :fist"),
    ],
)
def test_a_fault_of_a_style_is_told_in_words(style: str, line: int, said: str) -> None:
    (fault,) = pdf.style_faults(style)
    assert (fault.line, fault.message[: len(said)]) == (line, said)


@pytest.fixture
def one_specimen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a trial print a single pack: it takes seconds to print all."""
    monkeypatch.setattr(specimen, "_PACKS", ("handout-letter",))
    specimen.jobs.cache_clear()
    yield
    specimen.jobs.cache_clear()


@pytest.mark.slow
@pytest.mark.usefixtures("one_specimen")
def test_a_style_that_spoils_packs_is_refused_at_its_line_until_it_is_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBUILDER_CACHE", str(tmp_path / "cache"))
    style = "@page { margin: 20mm 25mm; width: auto }\nh2 {\n  color: navy;\n}\n"  # neither is wrong
    style += ".teaser,\n.story p {\n  display: none;\n}\n"
    root = series_with_style(style, tmp_path)
    result = CliRunner().invoke(main, ["check", "--series", root])
    assert result.exit_code == 1
    first, _ = result.stdout.splitlines()
    start = (
        'theme/print.css:7:3: error: with "display: none", a handout cannot be used: words are missing from the PDF: '
    )
    assert first.startswith(start)
    monkeypatch.setattr("casebuilder.workers.Workers.submit", lambda *_: pytest.fail("the verdict is cached"))
    assert CliRunner().invoke(main, ["check", "--series", root]).stdout == result.stdout
    monkeypatch.undo()
    (tmp_path / "series/theme/print.css").write_text("/* Nothing. */\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["check", "--series", root]).exit_code == 0


@pytest.mark.slow
@pytest.mark.usefixtures("one_specimen")
def test_the_examples_in_the_style_of_a_new_series_can_be_used(tmp_path: Path) -> None:
    written = files("casebuilder.editorial.scaffold") / "templates/series/theme/print.css"
    lines = written.read_text(encoding="utf-8").splitlines()
    examples = [line[3 : line.index("}") + 1] for line in lines if line.startswith((" * :root", " * @page"))]
    assert len(examples) == 2
    assert trial.findings("\n".join(examples), str, tmp_path) == ()


@pytest.mark.slow
@pytest.mark.usefixtures("one_specimen")
def test_a_logo_is_on_the_first_page_of_a_pack_and_page_numbers_stay(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    (series / "theme/assets").mkdir(parents=True)
    (series / "theme/print.css").write_text(STYLE, encoding="utf-8")
    (series / "theme/assets/logo.svg").write_text(LOGO, encoding="utf-8")
    order = ["pack", "2026-03-late-handover", "--series", str(series), "-o", str(tmp_path / "x.pdf")]
    result = CliRunner().invoke(main, order)
    assert result.exit_code == 0, result.output
    pages = [page.render(scale=1).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(tmp_path / "x.pdf")]
    shows = [(122, 31, 61) in {colour for _, colour in page.getcolors(1 << 20) or ()} for page in pages]
    assert shows == [True] + [False] * (len(pages) - 1)
    assert len(pages) > 1
    assert f"2 of {len(pages)}" in pypdfium2.PdfDocument(tmp_path / "x.pdf")[1].get_textpage().get_text_range()


def test_a_style_without_end_is_read_no_further_than_a_style_goes(tmp_path: Path) -> None:
    place = tmp_path / "theme/print.css"
    place.parent.mkdir()
    place.touch()
    os.truncate(place, 1 << 40)
    (found,) = printstyle.problems(tmp_path, (), {}.__getitem__, tmp_path)
    assert (found.code, found.path) == ("file-too-large", "theme/print.css")


def test_a_long_style_is_read_in_a_time_that_grows_with_its_length() -> None:
    with at_most(2):
        assert [problem.line for problem in printstyle.written_problems("a{}\nurl( x )" * 40_000, ())][-1] == 40_001
        for style in (f"url({' ' * 500_000}", f"url(a{' ' * 500_000}", "(" * 500_000, '"' * 500_001, "/*" * 500_000):
            assert len(list(printstyle.written_problems(style, ()))) == 1


@pytest.mark.slow
def test_a_pack_that_only_the_style_stops_is_reported_with_the_line_of_the_style(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trial cannot foresee every table and every title: here it is left out."""
    monkeypatch.setattr(printstyle, "problems", lambda *_, **__: iter(()))
    root = series_with_style("h2 { color: navy }\n.story p { float: footnote;\n  display: none }\n", tmp_path)
    order = ["pack", "2026-03-late-handover", "--series", root, "-o", str(tmp_path / "x.pdf")]
    result = CliRunner().invoke(main, order)
    assert result.exit_code == 1
    assert "1 pack could not be printed" in result.output
    assert ": theme/print.css:2: without this style the pack is printed; with it, " in result.output
    assert not (tmp_path / "x.pdf").exists()
