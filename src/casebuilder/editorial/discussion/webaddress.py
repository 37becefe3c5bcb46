"""The parts of an address that somebody else wrote: one that is broken has none, and stops no import."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_NONE = SplitResult("", "", "", "", "")


def parts(address: str) -> SplitResult:
    """Return the parts of an address, all empty if it is not an address, such as "https://[::1"."""
    try:
        return urlsplit(address)
    except ValueError:
        return _NONE
