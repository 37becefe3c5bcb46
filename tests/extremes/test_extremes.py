"""Everything too long, too many, too large or in another script, at once: every pack holds it and keeps its shape."""

from __future__ import annotations

import io
import random
import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pydantic import BaseModel

from casebuilder.model import Picture, Prose
from casebuilder.model.case import Case
from casebuilder.model.series import Series
from casebuilder.outputs.packs import pdf, views
from casebuilder.outputs.packs.press.task import print_job, used_fonts
from pack_reader import job_of, read
from page_reader import faults
from series_factory import make_case, make_person, make_question, make_quote, make_response, make_series, part

if TYPE_CHECKING:
    from casebuilder.model.series import Series

TITLE = (
    "The Case of the Consultant Who Was Asked, Twice, by Two Trainees on Two Wards, Whether Anybody Had Read the Letter"
)
THAI, HINDI, ARABIC = "สมชาย วงศ์สุวรรณ", "अनुराधा श्रीवास्तव", "ليلى منصور"
ANSWER = "لم يكن الصمت علامة على الأمان."
ANSWERS = f"""{ANSWER} سألت المناوبة (MEdIC) ثلاث مرات، ثم كتبت في الملف عند الساعة 12: لا جديد.

- السؤال الأول
- السؤال الثاني"""
ROWS = 60
_SYLLABLES = re.findall(r"\w+", "ra to mi shun del va ker no lis tem por qua sen di bel or ga thi mun ster")


def prose(words: int, seed: int) -> str:
    """Paragraphs of invented words, the same every time."""
    luck = random.Random(seed)  # noqa: S311 - nothing is secret
    invented_words = ["".join(luck.choices(_SYLLABLES, k=luck.randint(1, 5))) for _ in range(words)]
    return "\n\n".join(
        " ".join(invented_words[start : start + 120]).capitalize() + "." for start in range(0, words, 120)
    )


def photograph() -> bytes:
    """A picture of 6,000 by 4,000 pixels with too much detail to be small."""
    luck = random.Random(6000)  # noqa: S311 - nothing is secret
    small_picture = Image.frombytes("RGB", (600, 400), luck.randbytes(600 * 400 * 3))
    buffer = io.BytesIO()
    small_picture.resize((6000, 4000)).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def extreme_series() -> Series:
    """One case in which everything is too much."""
    table = "| Hour | Who was asked | What was said |\n|---|---|---|\n" + "".join(
        f"| Hour {row} | {prose(4, row).rstrip('.')} | {prose(14, row + 100).rstrip('.')} |\n"
        for row in range(1, ROWS + 1)
    )
    steps = "1. First, a paragraph.\n\n    And a second one below it.\n\n2. Then:\n\n    - nested\n\n    - and spaced\n"
    quotes = tuple(
        make_quote(f"q{number}", f"Quote {number}. " + prose(20 + number % 7 * 10, number), theme="silence")
        for number in range(1, 41)
    )
    case = make_case(
        title=TITLE,
        teaser=prose(60, 1),
        image=Picture(file="ward.jpg", alt="A ward at night.", credit="R. Example", licence="CC-BY-4.0"),
        story=(part(prose(1800, 2)), part(f"{table}\n\n{steps}", title="What the letter said")),
        questions=(
            make_question("long", prose(90, 3).rstrip(".") + "?"),
            *(make_question(f"q-{number}", f"Question {number}: {prose(9, number)}") for number in range(2, 8)),
        ),
        notes=(),
        sessions=(),
        responses=(
            make_response("leila", "الصمت ليس أمانا", ANSWERS),
            make_response("somchai", "Long", prose(900, 5), perspective="learner"),
            make_response("anuradha", "Short", f"As {HINDI} said: no."),
        ),
        quotes=quotes,
    )
    people = (
        make_person("leila", name=ARABIC),
        make_person("somchai", name=THAI, credentials="MD, MMedEd, FRCP (Edin), FRCP (Glasg), PhD, DipClinEd"),
        make_person("anuradha", name=HINDI),
        *(make_person(name) for name in ("ada-byrne", "luis-ferrer", "mia-sato")),
    )
    return make_series(case, people=people)


@cache
def job(edition: str) -> views.Job:
    return next(job for job in views.jobs(extreme_series()) if job.edition == edition)


@cache
def printed(edition: str) -> bytes:
    pack_job = job(edition)
    pictures = {address: photograph() for address in pack_job.addresses}
    return print_job(pack_job.html, pack_job.style, pictures, used_fonts(pack_job.html))[0]


EDITIONS = ("handout", "guide", "case", "slides")


def pages(edition: str) -> list[str]:
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(printed(edition))]
    return [page.replace("\u00a0", " ") for page in texts]


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_runs_out_of_its_page(edition: str) -> None:
    for number, page in enumerate(pypdfium2.PdfDocument(printed(edition)), start=1):
        width, height = page.get_size()
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert boxes, f"page {number} is empty"
        assert min(box[0] for box in boxes) > 40, f"page {number}"
        assert max(box[2] for box in boxes) < width - 40, f"page {number}"
        assert min(box[1] for box in boxes if box[3] > box[1]) > 12, f"page {number}"
        assert max(box[3] for box in boxes) < height - 12, f"page {number}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_last_words_are_as_whole_as_the_first(edition: str) -> None:
    found = pdf.letters(" ".join(pages(edition)))
    story, asked = prose(1800, 2).split(), prose(90, 3).split()
    for words in (story[:4], story[-2:], asked[:4], asked[-2:], ["Hour", str(ROWS)], TITLE.split()):
        assert pdf.letters("".join(words)) in found


@pytest.mark.parametrize("edition", ["handout", "guide", "case"])
def test_a_long_table_repeats_its_head_and_cuts_no_row(edition: str) -> None:
    with_rows = [page for page in pages(edition) if re.search(r"^Hour\s+\d+\b", page, re.MULTILINE)]
    assert len(with_rows) > 2
    assert all(re.search(r"Hour\s+Who was asked\s+What was said", page) for page in with_rows)


@pytest.mark.parametrize("edition", ["case", "slides"])
def test_every_quote_is_printed_with_its_attribution(edition: str) -> None:
    text = " ".join(pages(edition))
    assert [number for number in range(1, 41) if f"Quote {number}." not in text] == []
    assert text.count("Femi Ojo") == 40
    assert not any(page.lstrip().startswith("Femi Ojo") for page in pages(edition))


@pytest.mark.parametrize("edition", ["handout", "guide", "case"])
def test_no_heading_ends_a_page_and_no_page_is_left_almost_empty(edition: str) -> None:
    assert faults(printed(edition), job(edition).html) == []


@pytest.mark.parametrize("edition", ["handout", "guide", "case"])
def test_a_question_of_ninety_words_is_on_one_page(edition: str) -> None:
    whole = pdf.letters(prose(90, 3))
    assert [whole in pdf.letters(page) for page in pages(edition)].count(True) == 1


def test_no_slide_has_a_heading_alone() -> None:
    without = [page for page in pages("slides") if len(page.split()) < len(TITLE.split()) + 12]
    assert [page for page in without if "Silence is not safety" in page] == []


def test_a_large_picture_is_made_small_enough_to_send() -> None:
    assert len(photograph()) > 2_000_000
    assert len(printed("case")) < 600_000
    with pikepdf.open(io.BytesIO(printed("case"))) as document:
        widths = [int(found.Width) for found in document.objects if _is_picture(found)]
    assert widths
    assert max(widths) < 1500


def _is_picture(element: pikepdf.Object) -> bool:
    return isinstance(element, pikepdf.Stream) and element.get("/Subtype") == "/Image"


def test_other_scripts_are_read_back_as_they_were_written() -> None:
    text = " ".join(" ".join(pages("case")).split())
    assert THAI in text
    assert HINDI in text
    assert all(word in text for word in ("الصمت", "ليس", "المناوبة", "ليلى", "منصور"))


def test_the_tags_show_the_language_of_each_part() -> None:
    with pikepdf.open(io.BytesIO(printed("case"))) as document:
        languages = [(str(tag.S), str(tag.Lang)) for tag in document.objects if _is_tag(tag) and "/Lang" in tag]
        assert str(document.Root.Lang) == "en"
    assert {("/Span", "th"), ("/Span", "und-Deva"), ("/Span", "und-Arab")} <= set(languages)
    assert {("/P", "und-Arab"), ("/L", "und-Arab"), ("/H3", "und-Arab")} <= set(languages)


def test_each_list_item_holds_a_label_and_one_body() -> None:
    with pikepdf.open(io.BytesIO(printed("handout"))) as document:
        items = [[str(kid.S) for kid in tag.K] for tag in document.objects if _is_tag(tag) and tag.S == "/LI"]
    assert ["/Lbl", "/LBody"] in items
    assert [kids for kids in items if kids not in (["/Lbl", "/LBody"], ["/LBody"], ["/Lbl"])] == []


def _is_tag(element: pikepdf.Object) -> bool:
    return isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem"


#: Ninety letters, as words of chemistry and addresses without a blank have them.
ENDLESS = ("Pneumonoultramicroscopicsilicovolcanoconiosis" * 2)[:90]


def _endless(value: object) -> object:
    """Every text in a record made of a word that no line holds; ids, addresses and dates stay."""
    if isinstance(value, Prose):
        return Prose(f"{ENDLESS} {value.source}", value.path)
    if isinstance(value, BaseModel):
        names = type(value).model_fields.keys() - {"series", "origin", "settings", "zone"}
        return value.model_copy(update={name: _word(name, getattr(value, name)) for name in names})
    return tuple(map(_endless, value)) if isinstance(value, tuple) else value


def _word(name: str, value: object) -> object:
    if name in {
        "title",
        "teaser",
        "name",
        "role",
        "post",
        "activity",
        "note",
        "label",
        "content_note",
        "method",
        "how",
    }:
        return ENDLESS if isinstance(value, str) and not isinstance(value, Enum) else value
    if name == "objectives":
        return (ENDLESS, f"{ENDLESS}.")
    return _endless(value)


@pytest.mark.parametrize("edition", ["handout", "guide", "case", "slides"])
def test_a_word_longer_than_a_line_in_every_field_is_printed(edition: str) -> None:
    case = _endless(make_case())
    assert isinstance(case, Case)
    found = read(job_of(make_series(case), edition))
    letters = re.sub(r"\s+", "", " ".join(page.extract_text() for page in found.pages))
    assert letters.count(ENDLESS) >= 5
