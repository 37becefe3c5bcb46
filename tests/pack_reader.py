"""Packs read back: the text, the structure and the bookmarks of the PDF that a job makes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pikepdf
import pypdf

from casebuilder.markdown import prose
from casebuilder.outputs.packs import views
from casebuilder.outputs.packs.press.task import merge_job, print_job, used_fonts

if TYPE_CHECKING:
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


def job_of(series: Series, edition: str = "handout", paper: str = "a4", style: str = "") -> views.Job:
    return next(job for job in views.jobs(series, style) if (job.edition, job.paper or "a4") == (edition, paper))


def reader(series: Series, edition: str = "handout", pictures: dict[str, bytes] | None = None) -> pypdf.PdfReader:
    return read(job_of(series, edition), pictures)


def read(job: views.Job, pictures: dict[str, bytes] | None = None) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(printed(job, pictures)))


def printed(job: views.Job, pictures: dict[str, bytes] | None = None) -> bytes:
    contents = {address: (pictures or {})[path] for address, path in job.addresses.items()}
    equipment = (job.html, job.style, contents, used_fonts(job.html), job.page_numbering)
    if job.parts:
        parts = [(printed(part, pictures), part.title) for part in job.parts]
        return merge_job(*equipment, parts)[0]
    return print_job(*equipment)[0]


def whole_html(job: views.Job) -> str:
    """What is printed for a pack, with what is bound in it."""
    return "".join((job.html, *map(whole_html, job.parts)))


def text(document: pypdf.PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in document.pages))


def sealed_sentences(case: Case) -> list[str]:
    """Every sentence of a case that a participant must not read."""
    assert case.commentary
    texts = [
        *case.objectives,
        case.commentary.method,
        *(theme.title for theme in case.commentary.themes),
        *(prose.plain(section.body).replace("::quote[q1]", ". ") for section in case.commentary.sections),
        *(note.body.source for note in case.notes),
        *(quote.text for quote in case.quotes),
        *(prose.plain(response.body) for response in case.responses),
        *(response.title for response in case.responses),
        *(step.activity for session in case.sessions for step in session.steps),
        "Noor Khan",
        "Tom Otieno",
        "Notes of the night",
    ]
    sentences_of_texts = [re.split(r"(?<=[.?!])\s+|\n+", words) for words in texts]
    without_marks = (
        re.sub(r"^[#\s-]+|\[@[\w-]+\]$", "", words).strip() for sentences in sentences_of_texts for words in sentences
    )
    return [re.sub(r"\s+(?=[.,])", "", words) for words in without_marks if words.strip(".")]


def titles(document: pypdf.PdfReader) -> str:
    def walk(outline: list[object]) -> list[str]:
        return [title for item in outline for title in (walk(item) if isinstance(item, list) else [item.title])]

    return re.sub(r"\s+", " ", " ".join(walk(document.outline)))


def alternatives(element: pypdf.generic.DictionaryObject) -> list[str]:
    own_texts = [str(element["/Alt"])] if "/Alt" in element else []
    children = element.get("/K", [])
    inside = [child.get_object() for child in (children if isinstance(children, list) else [children])]
    return own_texts + [alt for child in inside if isinstance(child, dict) for alt in alternatives(child)]


def rows_of_tables(content: bytes) -> list[list[tuple[int, list[str]]]]:
    """Of each part of a table on a page: the columns that each row fills, and the heads of its cells by number."""
    with pikepdf.open(io.BytesIO(content)) as document:
        elements = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        names = {str(one.ID): number for number, one in enumerate(one for one in elements if "/ID" in one)}
        found = []
        for table in (one for one in elements if one.S == "/Table"):
            rows = [row for group in table.K for row in (group.K if group.S != "/TR" else [group])]
            reaching, widths = [0], []
            for number, row in enumerate(rows):
                cells = [(int(cell.A.get("/ColSpan", 1)), int(cell.A.get("/RowSpan", 1))) for cell in row.K]
                reaching += [0] * (max(height for _, height in cells) + number + 1 - len(reaching))
                widths.append(sum(width for width, _ in cells) + reaching[number])
                for width, height in cells:
                    for below in range(number + 1, number + height):
                        reaching[below] += width
            heads = [
                [str(names.get(str(name))) for cell in row.K for name in cell.A.get("/Headers", [])] for row in rows
            ]
            found.append(list(zip(widths, heads, strict=True)))
        return found
