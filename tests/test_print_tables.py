"""Tables in print: cells over several rows and pages, heads of several rows, rows higher than a page or a slide."""

from __future__ import annotations

import io

import pypdf
import pytest

from casebuilder.outputs.packs.views import slides
from casebuilder.outputs.packs.views.paperhtml import fit_for_paper
from casebuilder.outputs.packs.views.tablegrid import with_square_tables
from pack_reader import job_of, printed, rows_of_tables
from series_factory import make_case, make_series, part

_HEAD = "<thead><tr><th>A</th><th>B</th></tr></thead>"
_LAST = "<tr><td>z</td></tr></tbody>"


@pytest.mark.parametrize(
    ("rows", "square"),
    [
        (  # a foot stands at the end, and is no head of the next page
            f"{_HEAD}<tfoot><tr><td>sum</td><td>9</td></tr></tfoot><tbody><tr><td>1</td><td>2</td></tr></tbody>",
            f"{_HEAD}<tbody><tr><td>1</td><td>2</td></tr></tbody><tbody><tr><td>sum</td><td>9</td></tr></tbody>",
        ),
        (  # a table has one head
            f"{_HEAD}<tbody><tr><td>1</td><td>2</td></tr></tbody>{_HEAD}",
            f"{_HEAD}<tbody><tr><td>1</td><td>2</td></tr></tbody><tbody><tr><th>A</th><th>B</th></tr></tbody>",
        ),
        (  # heads in the first rows name the columns, on each page
            "<tbody><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></tbody>",
            f"{_HEAD}<tbody><tr><td>1</td><td>2</td></tr></tbody>",
        ),
        (  # more columns and rows than there are
            f'{_HEAD}<tbody><tr><td colspan="9" rowspan="9">x</td></tr></tbody>',
            f'{_HEAD}<tbody><tr><td colspan="2">x</td></tr></tbody>',
        ),
        (  # rows that hold only cells from above
            f'{_HEAD}<tbody><tr><td rowspan="3">x</td><td rowspan="2">y</td></tr><tr></tr><tr><td>z</td></tr></tbody>',
            f'{_HEAD}<tbody><tr><td rowspan="2" data-again="x (continued)">x</td><td>y</td></tr>{_LAST}',
        ),
        (  # to the last row
            f'{_HEAD}<tbody><tr><td rowspan="0">x</td><td>y</td></tr><tr><td>z</td></tr></tbody>',
            f'{_HEAD}<tbody><tr><td rowspan="2" data-again="x (continued)">x</td><td>y</td></tr>{_LAST}',
        ),
        (  # one cell over another
            f'{_HEAD}<tbody><tr><td>x</td><td rowspan="2">y</td></tr><tr><td colspan="2">z</td></tr></tbody>',
            f'{_HEAD}<tbody><tr><td>x</td><td rowspan="2" data-again="y (continued)">y</td></tr>{_LAST}',
        ),
    ],
    ids=["foot", "two heads", "first row", "too many", "empty row", "to the last row", "overlap"],
)
def test_each_place_of_a_table_has_one_cell(rows: str, square: str) -> None:
    assert with_square_tables(f"<table>{rows}</table>", "en") == f"<table>{square}</table>"


@pytest.mark.parametrize(("rows", "tied"), [(2, 1), (8, 7), (9, 0)])
def test_rows_that_a_cell_joins_stay_on_one_page_if_they_are_few(rows: int, tied: int) -> None:
    assert fit_for_paper(_spanning(rows), "en").count('<tr class="tied">') == tied


def _row(label: str, *cells: str) -> str:
    return f"<tr>{label}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _spanning(rows: int) -> str:
    label = f'<td rowspan="{rows}">Beta blockers</td>'
    body = "\n".join(_row(label if not number else "", f"dose {number}", "daily") for number in range(rows))
    head = "<tr><th>Group</th><th>Dose</th><th>How often</th></tr>"
    return f"<table>\n{head}\n{body}\n</table>"


def _pages_with(words: str, content: bytes) -> list[str]:
    pages = (" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return [page for page in pages if words in page]


@pytest.mark.parametrize("edition", ["handout", "slides"])
def test_a_cell_over_more_rows_than_a_page_has_is_written_again_on_each(edition: str) -> None:
    content = printed(job_of(make_series(make_case(story=(part(_spanning(45)),))), edition))
    tables = [rows for rows in rows_of_tables(content) if len(rows[0]) and rows[0][0] == 3]
    assert len(tables) > 1
    assert all(width == 3 for rows in tables for width, _ in rows)
    pages = _pages_with("dose", content)
    assert ["Beta blockers (continued)" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert all("Group Dose How often" in page for page in pages)
    assert [number for number in range(45) if sum(f"dose {number} daily" in page for page in pages) != 1] == []


@pytest.mark.parametrize("edition", ["handout", "slides"])
def test_a_row_higher_than_a_page_has_its_label_and_the_names_of_the_columns_on_each(edition: str) -> None:
    words = " ".join(f"word{number}" for number in range(900))
    table = f"| Drug | Why |\n|--|--|\n| Aspirin | {words} |\n| Heparin | no |\n"
    content = printed(job_of(make_series(make_case(story=(part(table),))), edition))
    pages = _pages_with("word", content)
    assert len(pages) > 1
    assert all("Drug Why" in page for page in pages)
    assert all("Aspirin (continued)" in page for page in pages[1:])


def test_a_slide_begins_with_the_label_of_its_rows() -> None:
    found = slides.split_into_slides(with_square_tables(_spanning(20), "es"), "Part")
    assert len(found) > 2
    assert all("Beta blockers (continuación)</td>" in slide for slide in found[1:])
    assert sum(slide.count("<td>daily</td>") for slide in found) == 20


def test_a_table_in_another_direction_than_the_document_stays_on_the_page() -> None:
    """Its words would be drawn outside the page, which `printed` reports."""
    table = "| الدواء | الجرعة |\n|--|--|\n| أسبرين | ثلاث مرات |\n"
    series = make_series(make_case(story=(part(f'<div dir="rtl" lang="ar">\n\n{table}\n</div>'),)))
    assert rows_of_tables(printed(job_of(series, "handout")))


def test_a_head_of_two_rows_names_the_columns_below_it() -> None:
    heads = '<tr><th rowspan="2">Drug</th><th colspan="2">Dose</th></tr><tr><th>day</th><th>night</th></tr>'
    table = f"<table>\n<thead>{heads}</thead>\n<tbody><tr><td>x</td><td>1</td><td>2</td></tr></tbody>\n</table>"
    content = printed(job_of(make_series(make_case(story=(part(table),))), "handout"))
    *_, (width, names) = next(rows for rows in rows_of_tables(content) if len(rows) == 3)
    assert width == 3
    assert names == ["0", "1", "2", "1", "3"]


def test_a_table_below_a_paragraph_of_a_list_or_of_a_note_is_printed_with_the_heads_of_its_cells() -> None:
    table = "| a | b |\n    |---|---|\n    | x | y |"
    story = f"1.  First[^1]\n\n    {table}\n\n    Last.\n\n[^1]: A note\n\n    {table}\n"
    content = printed(job_of(make_series(make_case(story=(part(story),))), "case"))
    heads = [[named for _, named in rows] for rows in rows_of_tables(content)][:2]
    assert [[len(named) for named in rows] for rows in heads] == [[0, 2], [0, 2]]


_UNBROKEN = {
    "no-break spaces": "\u00a0".join(["given", "to", "nobody"] * 20),
    "signs": "R&D" * 60,
    "styles": "<b>ab</b><i>cd</i>" * 40,
    "marks": "नमस्ते" * 9 + " q" + "\u0303" * 9,
    "formulas": "C<sub>2</sub>H<sub>5</sub>" * 30,
}


@pytest.mark.parametrize("edition", ["handout", "slides"])
def test_letters_without_a_blank_between_them_stay_within_their_column(edition: str) -> None:
    """Words drawn outside the page are reported by `printed`; texts pasted from Word have no other spaces."""
    tables = "\n\n".join(f"| a | b | c |\n|--|--|--|\n| {letters} | y | z |" for letters in _UNBROKEN.values())
    content = printed(job_of(make_series(make_case(story=(part(tables),))), edition))
    assert len([rows for rows in rows_of_tables(content) if rows[0][0] == 3]) >= len(_UNBROKEN)


def test_words_that_fit_are_not_broken_in_cells() -> None:
    cells = "n&gt;100/mm<sup>3</sup> | 5\u00a0mg | H<sub>2</sub>O"
    table = fit_for_paper(f"<table><tr><th>a</th></tr><tr><td>{cells}</td></tr></table>", "en")
    assert "\u200b" not in table
    assert "joined" not in table


def test_a_table_with_a_direction_of_its_own_has_the_type_for_its_columns() -> None:
    cells = "".join(f"<th>{number}</th>" for number in range(10))
    assert '<table class="widest" dir="ltr">' in fit_for_paper(f'<table dir="ltr"><tr>{cells}</tr></table>', "ar")


def test_cells_over_two_rows_in_each_of_nine_columns_stay_on_the_slide() -> None:
    """Each had room for the word "(continued)", which many columns do not use."""
    names = "".join(f"<th>{number}</th>" for number in range(9))
    rows = "".join(f'<td rowspan="2">{number}</td>' for number in range(8)) + "<td>x</td></tr>\n<tr><td>y</td>"
    table = f"<table>\n<thead><tr>{names}</tr></thead>\n<tbody>\n<tr>{rows}</tr>\n</tbody>\n</table>"
    content = printed(job_of(make_series(make_case(story=(part(table),))), "slides"))
    assert [width for rows in rows_of_tables(content) for width, _ in rows] == [9, 9, 9]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>", "</td><td>y</td></tr>\n</table>"),
        ('<div dir="rtl" lang="ar">', "</div>"),
    ],
    ids=["cell", "direction"],
)
def test_a_long_line_of_code_in_a_cell_or_another_direction_stays_on_the_page(before: str, after: str) -> None:
    story = f"{before}\n\n```\n{'x y z ' * 60}\n```\n\n{after}\n"
    assert printed(job_of(make_series(make_case(story=(part(story),))), "handout"))


def test_a_list_of_thirty_levels_is_cut_into_slides_with_all_of_its_words() -> None:
    words = "what somebody says there, and what the others think of it"
    html = "".join(f"<ul>\n<li>level {level}: {words}" for level in range(30)) + "</li>\n</ul>" * 30
    found = "".join(slides.split_into_slides(html, "Part"))
    assert [level for level in range(30) if f"level {level}: what" not in found] == []
