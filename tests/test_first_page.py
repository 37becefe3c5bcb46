"""The guide's first page: two columns where they fit, and whatever an editor writes there, over as many pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casebuilder.model import Note, Prose
from casebuilder.outputs.packs.views.case import CaseView
from casebuilder.outputs.packs.views.firstpage import FirstPage, set_first_page
from cputime import at_most
from pack_reader import reader, text
from series_factory import PLACE, make_case, make_series

if TYPE_CHECKING:
    from casebuilder.model.case import Case

_SMALL_TABLE = "| a | b |\n|--|--|\n| x | y |\n"


def _with_notes(**texts: str) -> Case:
    notes = tuple(Note(id=name, title=name, body=Prose(source), place=PLACE) for name, source in texts.items())
    return make_case(notes=notes)


@pytest.mark.parametrize(
    ("texts", "first_page"),
    [
        ({"brief": "A note."}, FirstPage(10.5, in_columns=True)),
        ({"brief": "One word. " * 150}, FirstPage(9.5, in_columns=True)),
        ({"brief": "One word. " * 240}, FirstPage(9.75, in_columns=False)),  # on one page all the same
        ({"brief": "十年。" * 200}, FirstPage(10.5, in_columns=True)),
        ({"brief": "十年。" * 400}, FirstPage(9.75, in_columns=False)),
        ({"brief": _SMALL_TABLE}, FirstPage(10.5, in_columns=False)),
        ({"prepare": "```\nx\n```\n"}, FirstPage(10.5, in_columns=False)),
        ({"brief": "One word. " * 3000}, FirstPage(10.5, in_columns=False)),
    ],
)
def test_the_first_page_has_two_columns_where_both_fit(texts: dict[str, str], first_page: FirstPage) -> None:
    series = make_series(_with_notes(**texts))
    assert set_first_page(CaseView(series, series.cases[0], "guide", "a4")) == first_page


def test_a_brief_of_any_length_is_printed_in_the_time_of_a_guide() -> None:
    """Two columns measured the long cell letter by letter, for minutes, and lost the heads below the page."""
    heads = "".join(f"<tr><th>Name {row}</th><th>Other</th></tr>" for row in range(70))
    long_cell = " ".join(f"word{number}" for number in range(1500))
    table = f"<table>\n<thead>{heads}</thead>\n<tbody><tr><td>x</td><td>y</td></tr></tbody>\n</table>"
    deep_list = "\n".join(f"{'  ' * level}- Level {level} and what is said there" for level in range(30))
    brief = f"{table}\n\n| a | b |\n|--|--|\n| x | {long_cell} |\n\n{deep_list}\n"
    with at_most(6):
        guide = reader(make_series(_with_notes(brief=brief)), "guide")
    printed = text(guide)
    assert printed.count("Name 69") == 1
    assert "word1498 word1499" in printed
    assert "Level 29 and what is said there" in printed
    assert len(guide.pages) < 20, "each level of the list is indented less than the one above it"
