"""Links and pictures that are mistyped, so that their brackets would be printed, and how to write them."""

from __future__ import annotations

import re
from typing import NamedTuple

#: An address, as opposed to a remark in round brackets: of another site, of a page or a picture of the series.
_REST = r"(?:[^\s()<>\[\]{}“”„\"]|\([^\s()<>]{0,80}\)){1,500}"
_WEB_ADDRESS = rf"(?:https?://|www\.|mailto:){_REST}"
_ADDRESS = (
    rf"(?:{_WEB_ADDRESS}|(?:\.\.?/|#(?=\w)|/(?=\w+/)){_REST}"
    r"|[^\s()<>\[\]{}\"]{1,200}\.(?:jpe?g|png|svg|webp|md)\b)"
)
_WORDS = r"(?P<sign>!?)\[(?P<words>[^\[\]\n]{1,200})\]"
_SPACED = re.compile(r"!?\[[^\[\]\n]*\]\((?=[^ ()<>\n]* )[^()<>\n]*\)")
_TITLE = re.compile(r"""(?<! ) +(?:"[^"]*"|'[^']*')$""")
_CURLY_TITLE = re.compile(r"(?<!\s)\s{1,9}[“„”]([^“”]{1,200})[“”]$")
_OPEN_TITLE = re.compile(r"""(?<!\s)\s{1,9}(?:"([^"']{1,200})|'([^"']{1,200})|([^"']{1,200})["'])$""")
_SIZE = re.compile(
    r"(?<!\s)\s{1,9}(?:=\d*%?x?\d*%?(?:px)?|(?:(?:width|height|align|class|style|float)\s?[=:]\s?[\"'“”]?[\w%.]+[\"'“”]?\s{0,3}){1,4})$",
    re.IGNORECASE,
)
#: A blank between the words and the address. A picture may have any address there.
_PARTED = re.compile(
    rf"{_WORDS}(?P<gap>[ \t\u00a0]{{1,3}}|[ \t]?\n[ \t]?)\(<?(?P<address>{_ADDRESS})>?(?P<title> +\"[^\"\n]*\")?\)"
)
_UNCLOSED = re.compile(rf"{_WORDS}\(<?(?P<address>{_ADDRESS})")
_OTHER_BRACKETS = re.compile(
    rf"{_WORDS}(?:<(?P<pointed>{_WEB_ADDRESS})>|\{{(?P<curly>{_WEB_ADDRESS})\}}|\[(?P<square>{_WEB_ADDRESS})\])"
)
_EXCHANGED = re.compile(r"\[(?P<address>(?:https?://|www\.)[^\s\[\]]{1,500})\]")
#: Words in round brackets, right before the address in square ones.
_ROUND_WORDS = re.compile(r"\(([^()\[\]\n]{1,200})\)\Z")
_WEB = re.compile(r"\s*(?:https?://|www\.)\S+\s*")
#: Numbers of references, as in "[1] (https://...)", are meant as text.
_NUMBERS = re.compile(r"[\d,;\s\u2010-\u2014-]+")
_IN_PLACE_OF_TEMPLATE = {
    "link": "write the full address in its place",
    "picture": "put the picture into the case's folder, and write only its name",
}


class Broken(NamedTuple):
    """A mistyped link or picture: where it ends in the text, what is wrong, and how to fix it."""

    end: int
    message: str
    hint: str


def broken(text: str, start: int, end: int) -> Broken | None:
    """Return what is wrong with the link or picture that begins at an offset; None if nothing there is meant as one.

    Args:
        text: the text of a block; the parser found no link at `start`.
        start: the offset of its "[" or "!".
        end: where to stop reading.
    """
    if match := _SPACED.match(text, start, end):
        return Broken(match.end(), *_spaced(match.group()))
    if (match := _PARTED.match(text, start, end)) and not _NUMBERS.fullmatch(match["words"]):
        link = f"{match['sign']}[{match['words']}]({match['address']}{match['title'] or ''})"
        gap = "line break" if "\n" in match["gap"] else "space"
        message = f"the {_noun(match['sign'])} cannot be read: there is a {gap} between ] and ("
        return Broken(match.end(), message, rf"delete the {gap}: {link}; to print the brackets, write \[")
    if match := _OTHER_BRACKETS.match(text, start, end):
        address = match["pointed"] or match["curly"] or match["square"]
        message = f"the {_noun(match['sign'])} cannot be read: its address must be in round brackets"
        return Broken(match.end(), message, f"write {match['sign']}[{match['words']}]({address})")
    match = _UNCLOSED.match(text, start, end)
    if match and not (match["sign"] and text.startswith("\n", match.end())):  # not a link over lines: `wrappedlinks`
        address = match["address"].rstrip(".,;:!?")
        message = f"the {_noun(match['sign'])} cannot be read: there is no ) after its address"
        return Broken(match.end(), message, f"write {match['sign']}[{match['words']}]({address})")
    if (match := _EXCHANGED.match(text, start, end)) and (
        words := _ROUND_WORDS.search(text, max(0, start - 210), start)
    ):
        message = "the link cannot be read: its words must be in square brackets, and its address in round ones"
        return Broken(match.end(), message, f"write [{words[1]}]({match['address']})")
    return None


def _noun(sign: str) -> str:
    return "picture" if sign else "link"


def _spaced(source: str) -> tuple[str, str]:
    """Return message and hint for a link with a blank in its address."""
    noun = _noun(source[:1].strip("["))
    words, _, destination = source[:-1].partition("](")
    title = title_match[0] if (title_match := _TITLE.search(destination)) else ""
    address = destination.removesuffix(title).strip()
    if "{{" in address or "{%" in address:
        message = f'the address of this {noun} is an instruction of a template: "{address}"'
        return message, _IN_PLACE_OF_TEMPLATE[noun]
    if _WEB.fullmatch(words.lstrip("![")) and not _WEB.match(address):
        return (
            f"the words and the address of this {noun} are exchanged",
            f"write [{address}]({words.lstrip('![').strip()})",
        )
    message = f'the {noun} "{address}" cannot be read: there is a space in its address'
    if size := _SIZE.search(address):
        message = f'the {noun} cannot be read: "{size[0].strip()}" after its address is a setting of another program'
        return message, f"delete it, since pages choose the size: {words}]({address[: size.start()]}{title})"
    if curly := _CURLY_TITLE.search(address):
        return (
            message,
            f'put straight quotation marks around {curly[1]}: {words}]({address[: curly.start()]} "{curly[1]}")',
        )
    if not title and (half := _OPEN_TITLE.search(address)):
        title_words = half[1] or half[2] or half[3]
        return message, f'put quotation marks around {title_words}: {words}]({address[: half.start()]} "{title_words}")'
    return message, f"put < and > around it: {words}](<{address}>{title}); or write %20 for each space"
