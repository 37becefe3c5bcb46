"""Addresses of e-mail and of computers in what a network says of an author: they are never kept, however written."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from ipaddress import ip_address
from urllib.parse import unquote

#: How others name somebody on a network of many servers; it looks like an address of e-mail and is none.
_HANDLE = re.compile(r"@[\w-]+(?:\.[\w-]+)*@(?![\d.]+$)[\w-]+(?:\.[\w-]+)+")
_SIGN = re.compile(r"[^\s@/(\[{<,;:]@\s?[\w\[]|\s@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2}", re.IGNORECASE)
#: "ida (at) ward.example", "ida AT ward DOT example".
_SPELT = re.compile(
    r"[\[({<|«]\s?(?:at|@|arroba)\s?[\])}>|»]|\w\s(?:at|arroba|chez)\s[\w-]{1,63}(?:\.|\s(?:dot|punto|point)\s)[\w-]{2}"
    r"|\w\s?[\[({]a[\])}]\s?[\w-]{1,63}\.[a-z]{2}"
    r"|[^\W_][_-]at[_-][a-z\d-]{1,63}(?:\.|[_-]dot[_-])[a-z]{2,24}(?![\w-])",
    re.IGNORECASE,
)
_FOUR = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)")
_SIX = re.compile(r"(?<![\w:])[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*[0-9a-f](?!\w)", re.IGNORECASE)
#: How people hide the full stops of an address from programs: "203[.]0[.]113[.]7", "203 . 0 . 113 . 7", "203,0,113,7".
_STOP = re.compile(r"(?<=\d)\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?(?=\d)|(?<=\d)(?:\s?\.\s?|,)(?=\d)", re.IGNORECASE)
#: Between the parts of a web address.
_PARTS = re.compile(r"[/?&=#;]")
#: What each of these has, and codes; thousands of names have none of it, and the whole look takes ten times as long.
_SUSPECT = re.compile(r"[@:%&(\[{<|]|\d\s?[.,]\s?\d|[\s_-](?:at|arroba|chez)[\s_-]", re.IGNORECASE)
#: No name is longer; an address in a longer text would be found as well, and a text of a megabyte would take its time.
_LONGEST = 1000
#: How often one code may stand within another, as exports of exports have them.
_ENCODED = 3


def is_in(text: str) -> bool:
    """Return whether an author's name or handle holds an address of e-mail or of a computer, in any form."""
    if text.isascii() and not _SUSPECT.search(text):
        return False
    decoded = _decoded_text(text[:_LONGEST])
    if _FOUR.search(_STOP.sub(".", decoded)):
        return True
    if _HANDLE.fullmatch(decoded):
        return False
    return bool(_SIGN.search(decoded) or _SPELT.search(decoded)) or any(map(_is_address, _SIX.findall(decoded)))


def handle_of(user: str) -> str:
    """Return the handle of a user of a network with one server; "" if there is none, or if it is an address."""
    return f"@{user}" if user and not is_in(user) else ""


def is_in_address(address: str) -> bool:
    """Return whether the web address of a post holds one, in any part but the name of its server."""
    server, *parts = _PARTS.split(unescape(unescape(address.partition("://")[2] or address)))
    return "@" in server or any(map(is_in, parts))


def _decoded_text(text: str) -> str:
    """Return a text without entities, codes of addresses, letters of another width, and signs that nobody sees."""
    for _ in range(_ENCODED):
        text = unquote(unescape(text), errors="replace")
    normalised = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in normalised if unicodedata.category(sign) != "Cf").strip()


def _is_address(part: str) -> bool:
    try:
        ip_address(part)
    except ValueError:
        return False
    return True
