"""Packs read back: the text, the structure and the bookmarks of the PDF that a job makes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

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
