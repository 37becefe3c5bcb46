"""A card drawn: few colours, each in sixteen steps from the paper, so that a picture of a few words stays small."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from casebuilder import fonts
from casebuilder.model import CARD_SIZE
from casebuilder.outputs.site.cards import typesetting
from casebuilder.outputs.site.cards.typesetting import Setting, Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from casebuilder.outputs.site.cards.card import Card

_WIDTH, _HEIGHT = CARD_SIZE
_EDGE = 88
_MEASURE = _WIDTH - 2 * _EDGE
#: The light colours of theme/assets/stylesheets/tokens.css: programs show a card on any ground, and never ask which.
_PAPER = (0xFB, 0xFA, 0xF6)
_INKS = {
    "ink": (0x1D, 0x24, 0x30),
    "muted": (0x57, 0x60, 0x6E),
    "accent": (0x0E, 0x5A, 0x61),
    "signal": (0x8F, 0x3A, 0x10),
    "rule": (0xD8, 0xD3, 0xC7),
}
#: Steps of each colour; 16 is where an eye sees no stairs, and five colours have room in one byte.
_STEPS = 16
#: The sizes that a title may have, largest first.
_TITLES = (100, 92, 84, 76, 70, 64, 58, 52, 46, 40, 36)
#: From this size down, a word that is wider than a line is broken: a script without blanks is not made tiny.
_CUT = 52
#: From one baseline of a title to the next, and from its first up to its highest letter, in its size: of our families,
#: and of the taller faces of other scripts.
_LEADING, _OVER = 1.12, 0.74
_TALL, _TALL_OVER = 1.42, 1.02
#: Baselines and edges, in pixels from the top.
_BAR, _SERIES, _RULE, _FOOT = 80, 136, 524, 570
_BAR_WIDTH = 72
#: More letters than a line ever has room for.
_MOST_LETTERS = 1000
_TITLE_FOOT = 476
_SERIES_GAP, _KICKER_GAP, _BELOW_GAP, _FOOT_GAP = 24, 30, 30, 40
_TITLE_STYLE = Style(fonts.SERIF, 600, _TITLES[0], "ink")
_SERIES_STYLE = Style(fonts.SANS, 600, 32, "ink")
_KICKER_STYLE = Style(fonts.SANS, 600, 30, "accent")
_WORDS_STYLE = Style(fonts.SERIF, 400, 36, "muted")
_FOOT_STYLE = Style(fonts.SANS, 400, 28, "muted")


@dataclass(frozen=True, slots=True)
class Line:
    """Words in their place.

    Attributes:
        words: of one line.
        style: how they are set.
        x: where they begin, at the left, in pixels.
        y: the baseline, in pixels from the top.
        width: in pixels.
    """

    words: str
    style: Style
    x: float
    y: float
    width: float


def png(card: Card, faces: Sequence[fonts.Face]) -> bytes:
    """Return a card as a PNG of 1200 by 630 pixels: a palette, and nothing but the picture."""
    setting = Setting(faces, card.language)
    image = _draw(compose(card, setting), setting)
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=5)
    return buffer.getvalue()


def compose(card: Card, setting: Setting) -> tuple[Line, ...]:
    """Return the position of each line; lines stay within the width and do not overlap."""
    return tuple(_card_lines(card, setting))


def _card_lines(card: Card, setting: Setting) -> Iterator[Line]:
    words_lines = _break_into_lines(card.words, _WORDS_STYLE, setting, 3)
    step = _WORDS_STYLE.size * (1.6 if setting.is_tall(card.words, _WORDS_STYLE) else 1.35)
    foot = _TITLE_FOOT - (len(words_lines) * step + _BELOW_GAP if words_lines else 0)
    yield from _line_at_margin(card.series, _SERIES_STYLE, _SERIES, setting)
    yield from _title_and_kicker(card, setting, foot)
    for place, line_text in enumerate(words_lines, 1):
        yield from _line_at_margin(line_text, _WORDS_STYLE, foot + _BELOW_GAP + place * step, setting)
    first, last = card.foot
    measure = float(_MEASURE)
    for line in _line_at_margin(last, _FOOT_STYLE, _FOOT, setting, _MEASURE * 0.55):
        measure -= line.width + _FOOT_GAP
        yield replace(line, x=_EDGE if setting.leftward else _WIDTH - _EDGE - line.width)
    yield from _line_at_margin(first, _FOOT_STYLE, _FOOT, setting, measure)


def _title_and_kicker(card: Card, setting: Setting, foot: float) -> Iterator[Line]:
    """Yield the title, set from the bottom up, and the kicker above it."""
    is_tall = setting.is_tall(card.title, _TITLE_STYLE)
    leading, over = (_TALL, _TALL_OVER) if is_tall else (_LEADING, _OVER)
    top = _SERIES + _SERIES_GAP + _KICKER_STYLE.size + _KICKER_GAP if card.series else _SERIES
    style, title = _fit_title(card.title, setting, foot - top, leading, over)
    first = foot - (len(title) - 1) * style.size * leading
    kicker = replace(_KICKER_STYLE, ink="signal") if card.warns else _KICKER_STYLE
    yield from _line_at_margin(card.kicker, kicker, first - style.size * over - _KICKER_GAP, setting)
    for place, line_text in enumerate(title):
        yield from _line_at_margin(line_text, style, first + place * style.size * leading, setting)


def _line_at_margin(text: str, style: Style, y: float, setting: Setting, measure: float = _MEASURE) -> Iterator[Line]:
    """Yield one line at the margin, shortened to fit; none for an empty text."""
    if shortened := _shorten(text, style, setting, measure):
        width = setting.width(shortened, style)
        yield Line(shortened, style, _WIDTH - _EDGE - width if setting.leftward else _EDGE, y, width)


def _shorten(text: str, style: Style, setting: Setting, measure: float) -> str:
    """Return words that are no wider than the measure: as many letters as there is room for, and an ellipsis."""
    if len(text) <= _MOST_LETTERS and setting.width(text, style) <= measure:
        return text
    fits, too_long = 0, min(len(text), _MOST_LETTERS)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        is_too_wide = setting.width(f"{text[:middle].rstrip()}…", style) > measure
        fits, too_long = (fits, middle) if is_too_wide else (middle, too_long)
    return f"{text[:fits].rstrip()}…"


def _break_into_lines(text: str, style: Style, setting: Setting, most_lines: int) -> list[str]:
    """Return words broken into at most `most_lines` lines."""
    all_lines = typesetting.broken(text, setting, style, _MEASURE, cuts_words=True) or []
    return (
        all_lines
        if len(all_lines) <= most_lines
        else [*all_lines[: most_lines - 1], _shorten(f"{all_lines[most_lines - 1]}…", style, setting, _MEASURE)]
    )


def _fit_title(title: str, setting: Setting, height: float, leading: float, over: float) -> tuple[Style, list[str]]:
    """Return the largest size at which a title has room, and its lines; one that never has is cut."""
    for size in _TITLES:
        style = replace(_TITLE_STYLE, size=size)
        most_lines = 1 + int((height - size * over) // (size * leading))
        title_lines = typesetting.broken(title, setting, style, _MEASURE, cuts_words=size <= _CUT)
        if title_lines and len(title_lines) <= most_lines:
            return style, title_lines
    return style, _break_into_lines(title, style, setting, most_lines)


def _draw(composition: Sequence[Line], setting: Setting) -> Image:
    """Return the picture: the number of a colour at each place, and the colours."""
    from PIL import Image, ImageDraw

    image = Image.new("L", CARD_SIZE, 0)
    pen = ImageDraw.Draw(image)
    left = _WIDTH - _EDGE - _BAR_WIDTH if setting.leftward else _EDGE
    pen.rectangle((left, _BAR, left + _BAR_WIDTH - 1, _BAR + 7), fill=_palette_indexes("accent")[-1])
    pen.rectangle((_EDGE, _RULE, _WIDTH - _EDGE - 1, _RULE + 1), fill=_palette_indexes("rule")[-1])
    for line in composition:
        _draw_line(image, line, setting)
    image.putpalette(_palette_bytes())
    return image


def _draw_line(image: Image, line: Line, setting: Setting) -> None:
    """Draw one line, on a strip that is large enough for overhanging letters."""
    from PIL import Image, ImageChops, ImageDraw

    size = line.style.size
    left, top = int(line.x) - size, int(line.y) - 2 * size
    box = (left, top, left + int(line.width) + 2 * size, top + 3 * size)
    strip = Image.new("L", (box[2] - left, box[3] - top), 0)
    pen, x = ImageDraw.Draw(strip), line.x - left
    for stretch in setting.stretches(line.words, line.style):
        face, steering = typesetting.font(stretch.path, size), typesetting.steering(stretch, setting.language)
        pen.text((x, line.y - top), stretch.words, 255, face, anchor="ls", **steering)
        x += typesetting.width(stretch, size, setting.language)
    image.paste(ImageChops.lighter(image.crop(box), strip.point(_palette_indexes(line.style.ink))), box)


@cache
def _palette_indexes(ink: str) -> tuple[int, ...]:
    """Return the palette index for each of Pillow's 256 levels of an ink; level 0 is the paper, index 0."""
    steps = [round(level * (_STEPS - 1) / 255) for level in range(256)]
    return tuple(step and list(_INKS).index(ink) * (_STEPS - 1) + step for step in steps)


def _palette_bytes() -> list[int]:
    """Return red, green and blue of each number: the paper, then each ink from its faintest step to itself."""
    steps = [
        tuple(round(paper + (ink - paper) * step / (_STEPS - 1)) for paper, ink in zip(_PAPER, colour, strict=True))
        for colour in _INKS.values()
        for step in range(1, _STEPS)
    ]
    return [value for colour in (_PAPER, *steps) for value in colour]
