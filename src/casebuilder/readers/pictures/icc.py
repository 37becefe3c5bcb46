"""Colour profiles (ICC.1:2022) without their texts: author, device and date are removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD, _COUNT, _ENTRY = 128, 4, 12
#: A profile has some twenty tags.
_MOST_TAGS = 100
#: Tags that determine colours; not descriptions, copyrights, devices, measurements or private tags.
_COLOUR = frozenset(
    [b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"cicp", b"gamt"]
    + [kind + number for kind in (b"A2B", b"B2A", b"D2B", b"B2D") for number in (b"0", b"1", b"2", b"3")]
)
#: Header fields that name a manufacturer, device or program, and the checksum.
_NAMES = ((4, 8), (40, 44), (48, 56), (80, 128))
#: The date of every profile: 1 January 2000.
_DATE, _DATE_PLACE = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)), slice(24, 36)
_NAME = "colours"


def wordless_profile(profile: bytes) -> bytes:
    """Return the same profile without personal data; empty if it is not a profile, which changes no colour.

    A description and a copyright are required, so both are there with neutral text.
    """
    if len(profile) < _HEAD + _COUNT or profile[36:40] != b"acsp":
        return b""
    tags = dict(_tags(profile))
    if not tags:
        return b""
    version4 = profile[8] >= 4  # noqa: PLR2004 - texts changed their form with version 4
    tags |= {b"desc": _multilingual_text(_NAME) if version4 else _ascii_description(_NAME)}
    tags |= {b"cprt": _multilingual_text("-") if version4 else b"text\0\0\0\0-\0"}
    head = bytearray(profile[:_HEAD])
    for start, end in _NAMES:
        head[start:end] = bytes(end - start)
    head[_DATE_PLACE] = _DATE
    return _assemble(head, tags)


def _assemble(head: bytearray, tags: dict[bytes, bytes]) -> bytes:
    """Assemble a profile from these tags; equal data, as of three curves, are stored once."""
    table, data, places = bytearray(len(tags).to_bytes(4, "big")), bytearray(), dict[bytes, int]()
    start = _HEAD + _COUNT + _ENTRY * len(tags)
    for name, value in tags.items():
        if value not in places:
            places[value] = start + len(data)
            data += value + bytes(-len(value) % 4)
        table += name + places[value].to_bytes(4, "big") + len(value).to_bytes(4, "big")
    head[:4] = (start + len(data)).to_bytes(4, "big")
    return bytes(head + table + data)


def _tags(profile: bytes) -> Iterator[tuple[bytes, bytes]]:
    count = min(int.from_bytes(profile[_HEAD : _HEAD + _COUNT], "big"), _MOST_TAGS)
    for place in range(_HEAD + _COUNT, min(_HEAD + _COUNT + _ENTRY * count, len(profile) - _ENTRY + 1), _ENTRY):
        name, start, size = profile[place : place + 4], *_offset_and_size(profile[place + 4 : place + 12])
        if name in _COLOUR and start + size <= len(profile):
            yield name, profile[start : start + size]


def _offset_and_size(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[:4], "big"), int.from_bytes(data[4:], "big")


def _multilingual_text(text: str) -> bytes:
    """Return a text in version 4's form: one record, in US English."""
    encoded_text = text.encode("utf-16-be")
    record = b"enUS" + len(encoded_text).to_bytes(4, "big") + (28).to_bytes(4, "big")
    return b"mluc\0\0\0\0" + (1).to_bytes(4, "big") + (12).to_bytes(4, "big") + record + encoded_text


def _ascii_description(description: str) -> bytes:
    """Return a description in version 2's form: ASCII only."""
    text = description.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + len(text).to_bytes(4, "big") + text + bytes(8 + 3 + 67)
