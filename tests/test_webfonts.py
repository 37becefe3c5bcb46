"""The typefaces for the web: each character in one file, and a style sheet that says which."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import combinations

import pytest
from fontTools.ttLib import TTFont

from casebuilder.outputs.site import webfonts

NAMES = (
    "Ελένη Παπαδοπούλου Оксана Мельник Nguyễn Thị Mai Wanjirũ Kamau Łukasz Wójcik Grace Adéyẹmí Hēmi Whārangi “–” ’ · …"
)
RULE = re.compile(
    r'font-family: "(?P<family>[^"]+)"; font-weight: (?P<weight>\d+); font-style: (?P<style>\w+);.*?'
    r'url\("(?P<file>[^"]+)"\).*?unicode-range: (?P<range>[^}]+) }'
)


def uncut() -> dict[str, bytes]:
    """What is rendered, with the keys in place of the fonts: cutting them all takes seconds."""
    return {file.path: file.read() for file in webfonts.render(lambda key, _: key.encode())}


def test_no_character_is_in_two_ranges() -> None:
    points = {
        name: {point for first, last in spans for point in range(first, last + 1)}
        for name, spans in webfonts.RANGES.items()
    }
    assert [(one, other) for one, other in combinations(points, 2) if points[one] & points[other]] == []


def test_the_ranges_have_every_letter_of_the_names_of_the_sample() -> None:
    points = {point for spans in webfonts.RANGES.values() for first, last in spans for point in range(first, last + 1)}
    assert {letter for letter in NAMES if ord(letter) not in points} == set()


def test_the_style_sheet_names_every_file_and_no_other() -> None:
    files = uncut()
    rules = [found.groupdict() for found in RULE.finditer(files["assets/fonts/fonts.css"].decode())]
    fonts = {path.rpartition("/")[2] for path in files if path.endswith(".woff2")}
    assert {rule["file"] for rule in rules} == fonts
    assert {(rule["family"], rule["weight"], rule["style"]) for rule in rules} == {
        (family, weight, style)
        for family in ("Source Serif", "Source Sans")
        for weight in ("400", "600")
        for style in ("normal", "italic")
    }
    assert b"SIL OPEN FONT LICENSE" in files["assets/fonts/LICENSE.txt"].upper()


def test_what_was_kept_is_not_cut_again_and_each_cut_has_its_own_key() -> None:
    keys = [content for path, content in uncut().items() if path.endswith(".woff2")]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(rb"[0-9a-f]{64}", key) for key in keys)


@pytest.mark.parametrize("name", ["source-sans-400-italic-vietnamese"])
def test_a_cut_has_its_range_and_the_same_bytes_whenever_it_is_made(name: str) -> None:
    def made() -> bytes:
        wanted: dict[str, bytes] = {}
        keys = {content: path for path, content in uncut().items()}

        def kept(key: str, make: webfonts.Making) -> bytes:
            if keys[key.encode()].endswith(f"{name}.woff2"):
                wanted[name] = make()
            return b""

        list(webfonts.render(kept))
        return wanted[name]

    content = made()
    assert content == made()
    with TTFont(BytesIO(content)) as font:
        assert font.flavor == "woff2"
        letters = set(font.getBestCmap())
    assert letters <= {
        point for first, last in webfonts.RANGES[name.rpartition("-")[2]] for point in range(first, last + 1)
    }
    assert len(letters) > 50
