"""The characters that packs can be printed with, and emoji among them."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdf
import pytest
from glyphs.__main__ import TABLE, drawn, written
from PIL import Image

from casebuilder import glyphs
from casebuilder.outputs.site import cards
from pack_reader import job_of, printed, text
from series_factory import make_case, make_quote, make_series, part

#: One of each kind: alone, with a skin tone, joined to a family, a flag of two letters, a flag of tags, a keycap.
EMOJI = ("😀", "👍🏽", "👨‍👩‍👧‍👦", "🇮🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "7️⃣")


def test_the_table_promises_nothing_that_the_fonts_lack() -> None:
    promised = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    had = drawn()
    lost = [line for line in promised if not {int(end, 16) for end in line.split("-")} <= had]
    assert lost == []
    assert written({0x41, 0x42, 0x1F600}).splitlines()[1:] == ["41-42", "1F600"]


def test_letters_and_emoji_are_in_the_table_and_private_and_unassigned_characters_are_not() -> None:
    sound = (
        "Ελένη Оксана Wanjirũ Adéyẹmí Łukasz 日本語 한국어 ไทย हिन्दी العربية עברית −5 µg ≤ ½ “”–\u2011\u202f\u00ad"
        + "".join(EMOJI)
    )
    assert glyphs.lacking(sound) == frozenset()
    assert glyphs.lacking("a\ue123\uf0b7\u0378\U0010fffd") == {"\ue123", "\uf0b7", "\u0378", "\U0010fffd"}


@pytest.mark.parametrize("edition", ["handout", "guide", "case", "slides"])
def test_emoji_are_printed_and_lend_nothing_to_the_words_beside_them(edition: str) -> None:
    story = (part(f"Before 12 {' after 34 '.join(EMOJI[:5])} and on ↔ ™ ©."), part("More.", title=f"Part {EMOJI[0]}"))
    case = make_case(
        title=f"The Quiet {EMOJI[0]} Pager", story=story, quotes=(make_quote("q1", f"Yes {EMOJI[1]} 56."),)
    )
    content = printed(job_of(make_series(case), edition, "a4"))
    drawn_by_it = spelt(content, "Emoji")
    assert set(EMOJI[0]) <= set(drawn_by_it)
    assert not set("0123456789 ↔™©") & set(drawn_by_it)
    assert "Before 12" in text(pypdf.PdfReader(io.BytesIO(content)))


def test_a_card_goes_without_its_emoji() -> None:
    with_one, without = (
        [file.read() for file in cards.render(make_series(make_case(title=f"The{sign} Quiet Pager")))][1]
        for sign in (f" {EMOJI[0]}", "")
    )
    assert Image.open(io.BytesIO(with_one)).size == Image.open(io.BytesIO(without)).size


def spelt(content: bytes, name: str) -> str:
    """The characters that the fonts of a name draw in a document."""
    with pikepdf.open(io.BytesIO(content)) as document:
        character_maps = {
            str(font.BaseFont): font.ToUnicode.read_bytes()
            for page in document.pages
            for font in page.resources.Font.values()
        }
    maps = b"".join(spelling for key, spelling in character_maps.items() if name in key)
    return "".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in re.findall(rb"<\w+> <(\w+)>", maps))
