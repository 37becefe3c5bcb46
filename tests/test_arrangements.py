"""Handouts arranged for the room, read back from the PDF: who gets which sheet, and that none tells too much."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf.generic import NameObject, TextStringObject

from casebuilder.model import Character
from casebuilder.outputs.packs import views
from casebuilder.outputs.packs.press.task import print_job, used_fonts
from pack_reader import read, sealed_sentences, text, titles
from series_factory import SLUG, make_case, make_question, make_series, make_settings, part

if TYPE_CHECKING:
    from casebuilder.model.series import Series

VARIANTS = {
    "groups": views.Arrangement(copies="groups"),
    "jigsaw": views.Arrangement(jigsaw=True),
    "reveal cards": views.Arrangement(reveal_cards=True),
    "role cards": views.Arrangement(role_cards=True),
    "fillable": views.Arrangement(fillable=True),
    "everything": views.Arrangement("groups", jigsaw=True, reveal_cards=True, role_cards=True, fillable=True),
}


def job(arrangement: views.Arrangement, series: Series | None = None, *, large: bool = False) -> views.Job:
    request = views.PackRequest(cases=(SLUG,), arrangement=arrangement, large=large)
    return views.requested_job(series or make_series(), request)


def made(arrangement: views.Arrangement, *, large: bool = False) -> bytes:
    """The bytes of the PDF."""
    pack_job = job(arrangement, large=large)
    return print_job(pack_job.html, pack_job.style, {}, used_fonts(pack_job.html))[0]


def pictures(content: bytes) -> list[Image.Image]:
    """Each page with what is typed into its fields, in grey, a pixel a point."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    return [page.render(scale=1, may_draw_forms=True).to_pil().convert("L") for page in document]


def rules(page: Image.Image) -> list[int]:
    """Where lines run over two thirds of a page's width, in points from its head."""
    width, height = page.size
    dark = [sum(page.crop((0, y, width, y + 1)).histogram()[:230]) > width * 2 / 3 for y in range(height)]
    return [y for y, is_line in enumerate(dark) if is_line]


def pages(document: pypdf.PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in document.pages]


def fields(document: pypdf.PdfReader) -> dict[str, str]:
    """What a screen reader says of each field, by the field's name."""
    return {name: str(field["/TU"]) for name, field in (document.get_fields() or {}).items()}


@pytest.mark.parametrize("large", [False, True], ids=["usual print", "large print"])
@pytest.mark.parametrize("arrangement", VARIANTS.values(), ids=VARIANTS)
def test_no_arrangement_has_one_sealed_sentence_anywhere(arrangement: views.Arrangement, *, large: bool) -> None:
    case = make_case()
    found = read(job(arrangement, make_series(case), large=large))
    names = " ".join(word for field in fields(found).items() for word in field)
    everything = " ".join((text(found), str(found.metadata), str(found.xmp_metadata), titles(found), names))
    assert "Should Rhona ask why?" in everything
    assert [sentence for sentence in sealed_sentences(case) if sentence in everything] == []


def test_each_arrangement_has_a_name_and_a_form_of_its_own() -> None:
    jobs = [job(arrangement) for arrangement in (views.Arrangement(), *VARIANTS.values())]
    assert jobs[0].path == f"packs/{SLUG}-handout-a4.pdf"
    assert jobs[-1].path == f"packs/{SLUG}-handout-groups-jigsaw-reveal-cards-role-cards-fillable-a4.pdf"
    assert len({one.path for one in jobs}) == len({one.html for one in jobs}) == len(jobs)


def test_a_jigsaw_gives_each_question_a_sheet_with_a_place_for_the_group_and_its_report() -> None:
    story, *sheets, decision = pages(read(job(VARIANTS["jigsaw"])))
    assert "At six the phone rang." in story
    assert len(sheets) == 2
    for sheet, mine, other in zip(sheets, ("ask why?", "Who tells"), ("Who tells", "ask why?"), strict=True):
        assert mine in sheet
        assert other not in sheet
        assert "Our group" in sheet
        assert "What we report back" in sheet
    assert "What our group decides" in decision


def test_a_revealed_part_is_on_no_sheet_that_is_given_out_before_it() -> None:
    parts = (part("The pager was quiet."), part("The phone rang.", title="At six"), part("Nobody came.", title="Later"))
    first, second, third, questions = pages(read(job(VARIANTS["reveal cards"], make_series(make_case(story=parts)))))
    assert "The pager was quiet." in first
    assert "So far" in first
    assert "CARD 2 OF 3" in second.upper()
    assert "The phone rang." in second
    assert "CARD 3 OF 3" in third.upper()
    assert "Nobody came." in third
    for early, told in ((first, "phone rang"), (first, "Nobody came"), (second, "Nobody came")):
        assert told not in early
    for sheet in (first, second, third):
        assert "Should Rhona ask why?" not in sheet
    assert "Should Rhona ask why?" in questions


def test_role_cards_are_four_to_a_page_and_name_everyone() -> None:
    people = [Character(name=f"Person {number}", role="resident", pronouns="they/them") for number in range(1, 7)]
    *_, first, second = pages(read(job(VARIANTS["role cards"], make_series(make_case(characters=tuple(people))))))
    assert re.findall(r"Person \d", first) == ["Person 1", "Person 2", "Person 3", "Person 4"]
    assert re.findall(r"Person \d", second) == ["Person 5", "Person 6"]
    assert first.count("What do I fear?") == 4
    assert "resident (they/them)" in second


def test_a_group_shares_a_copy_with_its_names_and_roles() -> None:
    shared, own = job(VARIANTS["groups"]), job(views.Arrangement())
    printed = text(read(shared))
    for words in ("Our group", "Names", "Scribe", "Speaker", "Timekeeper", "What would change our mind"):
        assert words in printed
        assert words not in own.html
    question, mine = (one.html.split('id="room-question-ask-why"', maxsplit=1)[0] for one in (shared, own))
    assert question.rsplit("Should", maxsplit=1)[1].count('class="line"') < mine.rsplit("Should", maxsplit=1)[1].count(
        'class="line"'
    )


def test_a_fillable_handout_has_a_labelled_field_for_each_answer_in_place_of_lines() -> None:
    found = pypdf.PdfReader(io.BytesIO(made(VARIANTS["fillable"])))
    assert fields(found) == {
        "question-ask-why": "Question 1: Should Rhona ask why?",
        "question-who-tells": "Question 2: Who tells the consultant?",
        "decision-we-would": "What our group decides: we would",
        "decision-because": "What our group decides: because",
    }
    assert 'class="line"' not in job(VARIANTS["fillable"]).html
    multiline = 1 << 12
    assert all(field["/Ff"] & multiline for field in (found.get_fields() or {}).values())
    assert made(VARIANTS["fillable"]) == made(VARIANTS["fillable"])


def test_what_is_typed_into_a_field_can_be_seen() -> None:
    empty = made(VARIANTS["fillable"])
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(empty))
    fields_of = [note.get_object() for page in writer.pages for note in page.get("/Annots", ())]
    (answer,) = [field for field in fields_of if field.get("/T") == "question-ask-why"]
    answer[NameObject("/V")] = TextStringObject("Call Zoë at once, said Þórunn.")
    typed = io.BytesIO()
    writer.write(typed)
    before, after = pictures(empty), pictures(typed.getvalue())
    (changed,) = [
        box for one, two in zip(before, after, strict=True) if (box := ImageChops.difference(one, two).getbbox())
    ]
    left, top, right, bottom = changed
    assert right - left > 100  # points: a sentence, not a letter
    assert bottom - top < 20  # and on one line


def test_the_fields_of_two_cases_in_one_file_are_not_the_same_fields() -> None:
    other = make_case(slug="2025-06-other", title="The Other Case")
    request = views.PackRequest(cases=(SLUG, other.slug), arrangement=VARIANTS["fillable"])
    names = list(fields(read(views.requested_job(make_series(make_case(), other), request))))
    assert len(names) == 8
    assert {"0-question-ask-why", "1-question-ask-why"} <= set(names)


@pytest.mark.parametrize(
    ("name", "sides"),
    [("jigsaw", "/Simplex"), ("reveal cards", "/Simplex"), ("role cards", "/Simplex"), ("groups", None)],
)
def test_a_print_dialogue_offers_one_side_where_backs_must_stay_empty(name: str, sides: str | None) -> None:
    assert read(job(VARIANTS[name])).trailer["/Root"]["/ViewerPreferences"].get("/Duplex") == sides


def test_large_print_fills_its_pages_with_lines_too() -> None:
    questions = tuple(make_question(f"q{number}", f"What of {number}?") for number in range(1, 6))
    pack_job = job(views.Arrangement(), make_series(make_case(questions=questions)), large=True)
    content, count = print_job(pack_job.html, pack_job.style, {}, used_fonts(pack_job.html))
    middle = pictures(content)[1]
    foot = middle.height - 62  # points: the margin of large print
    assert count > 2
    assert rules(middle)[-1] > foot - 2 * 32.6  # no room for two lines more


def test_the_guide_says_what_to_copy() -> None:
    guide = views.requested_job(make_series(), views.PackRequest(cases=(SLUG,), edition="guide"))
    printed = text(read(guide))
    assert "anonymous: please leave your name off" in pages(read(guide))[-1]
    last = "it is the last sheet of this guide"
    for words in ("2 sheets, one question per group", "1 card, copied on one side", "1 role card", last):
        assert words in printed
    plain = make_case(characters=(), story=(part("One part."),))
    output = text(read(views.requested_job(make_series(plain), views.PackRequest(cases=(SLUG,), edition="guide"))))
    assert "role card" not in output


@pytest.mark.parametrize("edition", ["handout", "guide", "case", "slides"])
def test_no_pack_mentions_a_command(edition: str) -> None:
    printed = text(read(views.requested_job(make_series(), views.PackRequest(cases=(SLUG,), edition=edition))))
    assert "casebuilder" not in printed
    assert " --" not in printed


def test_the_guide_leads_to_the_pack_builder_with_its_case_chosen() -> None:
    request = views.PackRequest(cases=(SLUG,), edition="guide")
    guide = read(views.requested_job(make_series(), request))
    address = f"https://example.org/series/facilitators/build/?cases={SLUG}"
    links = [
        note.get_object()["/A"].get("/URI")
        for page in guide.pages
        for note in page.get("/Annots", ())
        if "/A" in note.get_object()
    ]
    assert address in links
    assert address.removeprefix("https://") in text(guide).replace(" ", "")
    assert "from the pack builder on the site" in text(guide)
    for series in (make_series(site_url=""), make_series(settings=make_settings(packs=False))):
        assert "pack builder" not in text(read(views.requested_job(series, request)))
