"""The pictures beside a link: what stands on them, that it fits, and that nothing else is in the file."""

from __future__ import annotations

import struct
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from casebuilder import fonts, pipeline
from casebuilder.outputs.site import cards
from casebuilder.outputs.site.cards import card, picture
from casebuilder.outputs.site.cards.typesetting import Setting
from casebuilder.published import publish
from sealing import canaries
from series_factory import SLUG, make_case, make_journal_club, make_series, make_withdrawn_case

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.model.case import Case
    from casebuilder.outputs.site.cards.picture import Line

LONG = (
    "The Case of the Resident Who Stayed Two Hours After Every Shift, and of the Nurses Who Thought It Was Dedication"
)
ARABIC = "حالة SBAR في قسم الطوارئ (2026) وما بعدها"
THAI = "กรณีของการส่งเวรล่าช้าในหอผู้ป่วยอายุรกรรมและแพทย์ประจำบ้านที่ไม่เคยกลับบ้านตรงเวลา"
TITLES = {
    "short": ("Tears", "en"),
    "long": (LONG, "en"),
    "one word": ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "de"),
    "far too long": (LONG * 8, "en"),
    "Arabic": (ARABIC, "ar"),
    "Thai": (THAI, "th"),
    "Hindi": ("देर से हुई ड्यूटी हस्तांतरण की कहानी और उसके बाद की रात", "hi"),
    "mixed": ("Pager: ملاحظة (SBAR) ของเวร and Ελένη’s “note”", "en"),
}


def drawn(*cases: Case) -> dict[str, bytes]:
    return {file.path: file.read() for file in cards.render(make_series(*cases))}


def setting(card_shown: card.Card) -> Setting:
    faces = [face for face in fonts.faces() if face.style == "normal"]
    return Setting((*faces, *fonts.fallbacks(fonts.uncovered("".join(card_shown.texts()), faces))), card_shown.language)


def card_of(case: Case) -> card.Card:
    series = make_series(case)
    return card.of_case(series, series.cases[0])


def compose(case: Case) -> tuple[Line, ...]:
    shown = card_of(case)
    return picture.compose(shown, setting(shown))


def title_of(case: Case) -> list[Line]:
    return [line for line in compose(case) if line.style.family == fonts.SERIF]


def chunks(png: bytes) -> list[bytes]:
    """The kinds of a PNG's parts."""
    kinds, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        kinds.append(png[place + 4 : place + 8])
        place += 12 + length
    return kinds


def test_each_case_has_a_card_and_so_has_the_series() -> None:
    made = drawn(make_case(), make_journal_club())
    assert set(made) == {"cards/series.png", f"cards/{SLUG}.png", "cards/2025-10-a-year-of-posts.png"}
    assert len(set(made.values())) == 3
    for png in made.values():
        assert Image.open(BytesIO(png)).size == (1200, 630)
        assert len(png) < 40_000
        assert chunks(png) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"], "a palette, a picture, and no word"
    assert made == drawn(make_case(), make_journal_club())


def test_a_card_names_series_case_writer_and_day() -> None:
    words = [line.words for line in compose(make_case())]
    assert words == [
        "Quiet Dilemmas",
        "Season 1 · Episode 3",
        "The Case of the",
        "Quiet Pager",
        "example.org/series",
        "Ada Byrne · 23 May 2025",
    ]


def test_a_card_says_the_same_every_day_until_a_case_is_withdrawn() -> None:
    assert compose(make_case())[1].words == "Season 1 · Episode 3"
    withdrawn = compose(make_withdrawn_case())[1]
    assert (withdrawn.words, withdrawn.style.ink) == ("Withdrawn", "signal")
    assert compose(make_journal_club())[1].words == "Journal club · Season 1 · Episode 4"


@pytest.mark.parametrize("name", TITLES)
def test_every_title_fits(name: str) -> None:
    title, language = TITLES[name]
    case = make_case(title=title, language=language)
    placed = compose(case)
    of_series, kicker, *rest = sorted(placed, key=lambda line: line.y)
    title_lines = [line for line in rest if line.style.family == fonts.SERIF]
    shown = setting(card_of(case))
    for line in placed:
        assert line.x >= 88
        assert line.x + shown.width(line.words, line.style) <= 1200 - 88 + 1
    assert of_series.y + 24 < kicker.y - kicker.style.size * 0.7
    assert kicker.y < title_lines[0].y - title_lines[0].style.size * 0.7
    assert title_lines[-1].y + title_lines[-1].style.size * 0.45 < 524, "above the rule"
    assert 36 <= title_lines[0].style.size <= 100


def test_a_picture_has_ink_inside_its_edges_only() -> None:
    for png in drawn(make_case(title=LONG), make_case(slug="other", title=ARABIC, language="ar")).values():
        image = Image.open(BytesIO(png))
        left, top, right, bottom = image.point(lambda colour: 255 if colour else 0, "L").getbbox() or (0, 0, 0, 0)
        assert left >= 84
        assert top >= 80
        assert right <= 1116
        assert bottom <= 590


def test_a_title_is_whole_and_its_words_are_unless_one_is_wider_than_the_card() -> None:
    assert " ".join(line.words for line in title_of(make_case(title=LONG))) == LONG
    word = TITLES["one word"][0]
    assert "".join(line.words for line in title_of(make_case(title=word, language="de"))) == word
    assert title_of(make_case(title=LONG * 8))[-1].words.endswith("…")


def test_a_line_of_thai_begins_with_no_mark() -> None:
    lines = [line.words for line in title_of(make_case(title=THAI, language="th"))]
    assert "".join(lines) == THAI
    assert len(lines) > 1
    assert not [line for line in lines if line[0] in "ะาำิีึืุู่้๊๋็์"]


def test_arabic_begins_at_the_right_and_latin_words_in_it_keep_their_order() -> None:
    case = make_case(title=ARABIC, language="ar")
    (series, *_) = compose(case)
    assert round(series.x + series.width) == 1200 - 88
    shown = setting(card_of(case))
    line = title_of(case)[0]
    seen = [stretch.words.strip() for stretch in shown.stretches(line.words, line.style)]
    assert "SBAR" in seen
    assert seen.index("حالة") > seen.index("SBAR"), "the first word is the one at the right"


def test_before_the_opening_there_is_no_card_and_before_the_release_no_sealed_word(tmp_path: Path) -> None:
    canaries.write(tmp_path, canaries.tree())
    series = pipeline.read(tmp_path).series
    for day, slugs in ((5, []), (6, [canaries.SLUG])):
        public = publish(series, datetime(2026, 3, day, tzinfo=series.zone))
        assert [file.path for file in cards.render(public)] == ["cards/series.png", *(f"cards/{s}.png" for s in slugs)]
        words = " ".join(text for case in public.cases for text in card.of_case(public, case).texts())
        assert not [name for name in (*canaries.SEALED, *canaries.NEVER) if canaries.word(name) in words]
