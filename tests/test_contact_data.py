"""Addresses of authors, in whatever form an export has them, reach neither the record nor the list of participants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape

import pytest

from casebuilder.editorial.discussion import authorcontacts
from test_importers import RECORD, imported, record, series, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["series"]  # the fixture

ADDRESSES = [
    "ida@ward.example", "IDA@WARD.EXAMPLE", "ida\uff20ward.example", "ida\ufe6bward.example", "ida (at) ward.example",
    "ida[at]ward[dot]example", "ida AT ward DOT example", "ida at ward.example", "ida%40ward.example",
    "ida&#64;ward.example", "ida&amp;commat;ward.example", "ida\u200b@ward.example", "ida @ ward.example", "ida@ward",
    '"ida b"@ward.example', "mailto:ida@ward.example", "Ida B <ida@ward.example>", "ida@wärd.example",
    "ida@[192.0.2.7]", "@ida@192.0.2.7", "192.0.2.7", "192.0.2.7:80", "192.0.2.7 (guest)", "Guest 192.0.2.7",
    "\uff1192.0.2.7", "2001:db8::77", "[2001:db8::77]", "::ffff:192.0.2.7",
    "192[.]0[.]2[.]7", "192 . 0 . 2 . 7", "192,0,2,7", "@192.0.2.7@social.example", "ida|at|ward.example",
    "ida«at»ward.example", "ida (a) ward.example", "ida chez ward.example", "ida_at_ward.example",
]  # fmt: skip


@pytest.mark.parametrize("words", ADDRESSES)
def test_an_address_is_recognised_however_it_is_written(words: str) -> None:
    assert authorcontacts.is_in(words)
    assert authorcontacts.handle_of(words) == ""
    assert authorcontacts.is_in_address(f"https://blog.example/by/{quote(words)}/3")


@pytest.mark.parametrize(
    "words",
    [
        "Ida Holm", "@ida", "@ida@social.example", "@ida.b@social.example", "Ida @ Ward 7", "Dr M. Lee, MD (he/him)",
        "Night Owl :: nights", "Ida: a: b", "Consultant at St. Mary", "ida.bsky.social", "https://social.example/@ida",
        "Route 1.2.3", "did:plc:abc", "山田\uff1a花子", "", "12:30:45",
        "Ida (a) Holm", "Ida | Ward 7", "Look at that", "1.2, 3.4",
    ],
)  # fmt: skip
def test_a_name_or_handle_is_no_address(words: str) -> None:
    assert not authorcontacts.is_in(words)
    assert not authorcontacts.is_in_address(f"https://social.example/@ida@other.example/{words}?p=3#comment-1")


@pytest.mark.parametrize("words", ADDRESSES[1:8:3] + ADDRESSES[22:24] + ADDRESSES[25:26])
@pytest.mark.parametrize("names", ["pseudonyms", "keep"])
def test_an_address_in_every_field_of_an_author_reaches_no_file(series: Path, words: str, names: str) -> None:
    said, address = escape(words), 'xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"'
    author = f"<author><email>{said}</email><name>{said}</name><username>{said}</username></author>"
    page = '<thread dsq:id="1"><title>T</title><link>https://blog.example/t</link></thread>'
    post = f"<message>Yes.</message><createdAt>2026-04-07T09:00:00Z</createdAt>{author}<ipAddress>{said}</ipAddress>"
    export = f'<disqus {address}>{page}<post dsq:id="2">{post}<thread dsq:id="1"/></post></disqus>'
    assert imported(series, written(series, "d.xml", export), "--names", names).exit_code == 0
    assert [line["text"] for line in record(series)] == ["Yes."]
    texts = [(series / path).read_text(encoding="utf-8") for path in (RECORD, ".casebuilder/people.jsonl")]
    assert not any(re.search(r"ward\W+(?:dot\W+)?example|192\.0|[\s\"@]ida\b", text, re.IGNORECASE) for text in texts)
