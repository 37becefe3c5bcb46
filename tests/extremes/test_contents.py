"""Whatever `check` passes is printed: extreme texts in every place of a case that takes Markdown.

Each text is put into story, questions, response, commentary, brief, notes and board plan at once. `printed` fails if a
word is missing, or drawn outside the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import zoo_keeper
from casebuilder import pipeline, published
from casebuilder.outputs.packs.views import PackRequest, requested_job
from cputime import at_most
from pack_reader import printed

if TYPE_CHECKING:
    from pathlib import Path

SLUG = "2026-03-late-handover"
CASE = f"cases/{SLUG}"
SENTENCE = "The nurse asked whether somebody could have a look at her."


def markdown_table(rows: int, columns: int, cell: str = "a few words") -> str:
    """A table as GitHub writes it."""
    lines = [" | ".join([text] * columns) for text in ("Head", "---", *[cell] * rows)]
    return "\n".join(f"| {line} |" for line in lines)


def html_table(heads: str, rows: str) -> str:
    """A table in HTML."""
    return f"<table>\n<thead>\n{heads}\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def indented(text: str, start: str) -> str:
    """A text whose lines all begin with the same signs."""
    return "\n".join(f"{start}{line}".rstrip() for line in text.splitlines())


TEXTS = {
    "many rows": markdown_table(120, 9),
    "many columns": markdown_table(20, 24),
    "many heads": html_table("<tr><th>A</th><th>B</th></tr>\n" * 70, "<tr><td>x</td><td>y</td></tr>"),
    "a cell over all rows": html_table(
        "<tr><th>A</th><th>B</th></tr>",
        '<tr><td rowspan="60">x</td><td>y</td></tr>' + "\n<tr><td>z</td></tr>" * 59,
    ),
    "a cell of 1,000 words": markdown_table(1, 2, " ".join(f"word{number}" for number in range(1000))),
    "no-break spaces": markdown_table(3, 9, "\u00a0".join(SENTENCE.split())),
    "endless words": markdown_table(3, 6, "p" * 200),
    "a table in a cell": html_table(
        "<tr><th>A</th><th>B</th></tr>", f"<tr><td>\n\n{markdown_table(60, 2)}\n\n</td><td>y</td></tr>"
    ),
    "code in a cell": html_table(
        "<tr><th>A</th><th>B</th></tr>", "<tr><td>\n\n```\n" + "x y z " * 60 + "\n```\n\n</td><td>y</td></tr>"
    ),
    "tasks in a table": html_table(
        "<tr><th>A</th><th>B</th></tr>", "<tr><td>\n\n- [x] done\n- [ ] open\n\n</td><td>y</td></tr>\n" * 40
    ),
    "lists of 30 levels": "\n".join(f"{'  ' * level}- {SENTENCE}" for level in range(30)),
    "quotes in a list in a quote": indented(f"- A\n\n{indented(' '.join([SENTENCE] * 30), '  > ')}", "> "),
    "code": "```\n" + "\n".join(["c" * 400] * 60) + "\n```",
    "headings": "\n\n".join(f"### Heading {number}" for number in range(40)) + "\n\nText.",
    "emoji": "🩺\n\n- 👩🏽‍⚕️\n\n| 🩺 | 🙂 |\n|--|--|\n| 👍🏿 | 🇮🇪 |",
    "two directions": "| الدواء | Dose |\n|--|--|\n" + "| أسبرين ثلاث مرات | take 2 (mg) مرات |\n" * 40,
    "rules": "Text.\n\n---\n\n---\n\nText.",
    "addresses": " ".join(f"[paper {number}](https://example.org/{'a' * 300}/{number})" for number in range(20)),
    "a long caption": f"<figure>\n<p>{SENTENCE}</p>\n<figcaption>{' '.join([SENTENCE] * 90)}</figcaption>\n</figure>",
}


def series_with(text: str, root: Path) -> Path:
    """The sound series with a text in every place of its case."""
    series = zoo_keeper.lay_out("_sound", root)
    for path in (
        f"{CASE}/scenario.md",
        f"{CASE}/questions.md",
        f"{CASE}/responses/ben-okafor.md",
        f"commentary/{SLUG}/commentary.md",
    ):
        with (series / path).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{text}\n")
    notes = "".join(f"## About {name} {{#{name}}}\n\n{text}\n\n" for name in ("brief", "prepare", "the-bus", "board"))
    (series / f"{CASE}/facilitation.md").write_text(notes, encoding="utf-8")
    return series


@pytest.mark.large
@pytest.mark.parametrize("edition", ["guide", "slides"])
@pytest.mark.parametrize("name", TEXTS)
def test_what_check_passes_is_printed_in_every_place_in_a_few_seconds(name: str, edition: str, tmp_path: Path) -> None:
    reading = pipeline.read(series_with(TEXTS[name], tmp_path), as_of="2026-06-01")
    assert reading.errors() == ()
    public = published.publish(reading.series, reading.as_of)
    job = requested_job(public, PackRequest(cases=(SLUG,), edition=edition))
    pictures = {path: reading.tree.pictures[path].read_bytes() for path in job.addresses.values()}
    with at_most(40):
        assert printed(job, pictures).startswith(b"%PDF")
