"""Code on paper: what a reader sees and copies of the output of a program, of a table drawn with letters, of a name."""

from __future__ import annotations

import subprocess
from functools import cache

import pypdfium2
import pytest

from casebuilder import fonts, markup
from casebuilder.outputs.packs.pdf import extraction
from casebuilder.outputs.packs.views import codelines, slides
from casebuilder.outputs.packs.views.paperhtml import fit_for_paper
from pack_reader import job_of, printed
from series_factory import make_case, make_series, part

OUTPUT = """\
glm(formula = died ~ age + sex, family = binomial, data = ward)

            Estimate Std. Error z value Pr(>|z|)
(Intercept) -3.98998    1.13995  -3.500 0.000465 ***
age          0.00226    0.00109   2.070 0.038465 *


    Null deviance: 499.98  on 399  degrees of freedom"""
BOX = """\
┌──────────┬────────┬─────────┐
│ Натрий   │  131   │ 135–145 │
│ Ελληνικά │ ≤ 2.1  │ µmol/L  │
│ Café →   │ ± 0.5  │ °C      │
└──────────┴────────┴─────────┘"""
TABS = "K\t5.9\thigh\nsodium\t131\tlow"
EIGHTY = "1234567890" * 8
LONG = f"{'a line that somebody pasted ' * 5}and its end"
STORY = f"""\
Set `p < 0.05` and `a  b`.

```
{OUTPUT}
```

```
{BOX}
```

```
{TABS}
```

```
{EIGHTY}
{LONG}
```

- An entry:

  ```
  K   5.9
  Na  131
  ```

> ```
> Mg  0.8
> ```

| Test | Output |
|--|--|
| One | <code>x[1]</code> |
"""
#: In points, of a block on paper in the largest type: the advance of a letter, the distance of lines.
ADVANCE, LEADING = 5.4, 12.6


@cache
def paper() -> bytes:
    return printed(job_of(make_series(make_case(story=(part(STORY, title="Ward"),)))))


@cache
def copied() -> str:
    completed = subprocess.run(
        ["pdftotext", "-layout", "-nopgbrk", "-", "-"], input=paper(), capture_output=True, check=True
    )
    return completed.stdout.decode()


def dedented(lines: list[str]) -> str:
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[indent:].rstrip() for line in lines)


@pytest.mark.parametrize("block", [OUTPUT, BOX, "K       5.9     high\nsodium  131     low"], ids=["r", "box", "tabs"])
def test_columns_are_copied_as_they_were_written(block: str) -> None:
    written, found = block.splitlines(), copied().splitlines()
    (start,) = [number for number, line in enumerate(found) if line.strip() == written[0].strip()]
    end = next(number for number in range(start, len(found)) if found[number].strip() == written[-1].strip())
    assert dedented([line for line in found[start : end + 1] if line.strip()]) == dedented([*filter(None, written)])


def test_blank_lines_are_as_high_as_others() -> None:
    page = pypdfium2.PdfDocument(paper())[0].get_textpage()
    text = page.get_text_range()
    feet = [page.get_charbox(text.index(word), loose=True)[1] for word in ("glm(formula", "Estimate", "Null deviance")]
    assert [feet[0] - foot for foot in feet] == pytest.approx([0, 2 * LEADING, 7 * LEADING], abs=0.5)


def test_every_letter_of_code_has_one_width() -> None:
    words = ("Натрий", "Ελληνικά", "µmol/L", "───", "135–145", "±", "Estimate")
    pieces = [piece for piece in extraction.pieces(paper()) if any(word in piece.text for word in words)]
    assert {word for word in words if any(word in piece.text for piece in pieces)} == set(words)
    widths = [(piece.right - piece.left) / len(piece.text) for piece in pieces]
    assert widths == pytest.approx([ADVANCE] * len(pieces), abs=0.01)


def test_eighty_columns_fit_and_a_longer_line_goes_on_indented() -> None:
    lines = copied().splitlines()
    assert EIGHTY in map(str.strip, lines)
    start = lines.index(next(line for line in lines if line.strip().startswith("a line that somebody")))
    first, second = lines[start : start + 2]
    assert " ".join(f"{first} {second}".split()) == LONG
    assert len(second) - len(second.lstrip()) == len(first) - len(first.lstrip()) + 2


def test_an_arrow_is_drawn_where_a_line_goes_on() -> None:
    """It is no text: who copies the code does not want it."""
    pages = pypdfium2.PdfDocument(paper())
    page = next(page for page in pages if "and its end" in page.get_textpage().get_text_range())
    picture, height = page.render(scale=2).to_pil().convert("L"), page.get_height()
    text = page.get_textpage()
    place = text.get_text_range().index("a line that somebody")
    left, foot, _, top = text.get_charbox(place, loose=True)

    def darkest(lines_below: int) -> int:
        shift = lines_below * LEADING
        box = (left, height - top + shift, left + 2 * ADVANCE - 1, height - foot + shift)
        return int(picture.crop(tuple(round(2 * edge) for edge in box)).getextrema()[0])

    assert "↳" not in copied()
    assert darkest(1) < 160
    assert darkest(2) == 255


def test_a_line_has_an_element_and_tags_over_lines_are_on_each() -> None:
    block = '<pre>\na <b id="x">b\n\nc</b>\td<br>e\n</pre>'
    assert fit_for_paper(block, "en") == (
        '<pre style="--columns: 9" class="undivided"><span class="codeline">a <b id="x">b</b>\n</span>'
        '<span class="codeline"><b></b>\n</span>'
        '<span class="codeline"><b>c</b>       d\n</span><span class="codeline">e\n</span></pre>'
    )


def test_only_a_long_block_is_divided_between_pages() -> None:
    story = part("Line.\n\n" * 20 + "```\n" + "row\n" * 15 + "```\n\nEnd.", title="Ward")
    document = pypdfium2.PdfDocument(printed(job_of(make_series(make_case(story=(story,))))))
    assert [page.get_textpage().get_text_range().count("row") for page in document] == [0, 15, 0]
    assert "undivided" not in fit_for_paper("<pre>" + "row\n" * 16 + "</pre>", "en")


def test_blanks_at_the_end_of_lines_need_no_room() -> None:
    blanks = " " * 300
    assert fit_for_paper(f"<pre>a{blanks}\n<b>b {blanks}</b>{blanks}\n{blanks}\n</pre>", "en") == (
        '<pre style="--columns: 1" class="undivided"><span class="codeline">a\n</span>'
        '<span class="codeline"><b>b</b>\n</span>'
        '<span class="codeline">\n</span></pre>'
    )


@pytest.mark.parametrize(
    ("widths", "columns"), [((3, 60), 60), ((80, 200), 80), ((300,), 80), ((108, 109), 108), ((0,), 1)]
)
def test_a_block_needs_the_columns_of_the_longest_line_that_fits(widths: tuple[int, ...], columns: int) -> None:
    assert codelines.columns_of([["x" * width] for width in widths]) == columns


def test_code_is_cut_for_slides_between_lines_and_keeps_its_type() -> None:
    lines = [f"{number}{'x' * 73 * (number == 0)}" for number in range(40)]
    dealt = slides.split_into_slides("<pre><code>" + "\n".join(lines) + "\n</code></pre>", "Ward")
    assert [slide.count("</code>") for slide in dealt] == [10, 10, 10, 10]
    assert all('style="--columns: 74"' in slide for slide in dealt)
    assert [line for slide in dealt for line in markup.text(markup.parse(slide)).splitlines()] == lines


def test_the_face_for_code_has_the_signs_that_tables_and_output_are_made_of() -> None:
    signs = "─│┌┐└┘├┤┬┴┼═║ ±≤≥→←µμ°²³×÷½–—“”‘’•√∞≠≈ΔΣβ ЖяЇ Ññçőß €£"
    faces = [face for face in fonts.faces() if (face.family, face.style) == (fonts.CODE, "normal")]
    assert fonts.uncovered(signs, faces) == frozenset()
