"""Addresses in MkDocs' settings that a page leads to: of the web, of an email, or of the site itself."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from casebuilder.markup import address_hint, is_address
from casebuilder.pipeline.mkdocssettings import valuekinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
    from casebuilder.pipeline.mkdocssettings.valuekinds import Steps
    from casebuilder.problems import Problem

_ALLOWED = frozenset(("http", "https", "mailto"))
#: Schemes that run something, or open what the address itself contains, wherever a template puts them.
_RUNNING = frozenset(("javascript", "vbscript", "data", "blob", "file"))
#: What the name of a scheme consists of, beside letters and digits.
_SIGNS = str.maketrans("", "", "+.-")
#: Browsers ignore these around an address, and line breaks and tabs within it (URL Living Standard, 4.4).
_AROUND = "".join(map(chr, range(0x21)))
_WITHIN = str.maketrans("", "", "\t\n\r")
#: Ends of the names of those fields of `extra` that templates make links of: `link`, `homepage`, `privacy_url`.
_LINKS = ("link", "url", "uri", "href", "homepage")
#: Attributes of HTML that lead somewhere.
_LEADING = ("href", "src", "action", "formaction", "xlink:href")


def scheme(value: str) -> str:
    """Return the scheme of an address as browsers find it, in small letters; empty if it has none.

    An address without one that begins with two slashes, which means any other host, has the scheme `//`.
    """
    address = unescape(value).strip(_AROUND).translate(_WITHIN)
    if address.replace("\\", "/").startswith("//"):
        return "//"
    name, colon, _ = address.partition(":")
    is_scheme = colon and name.isascii() and name[:1].isalpha() and name.translate(_SIGNS).isalnum()
    return name.lower() if is_scheme else ""


def link(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept an address of the web or of an email, or the path of a page."""
    yield from valuekinds.filled(settings, value, steps)
    yield from of_address(settings, value, steps)


def optional_link(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept the same, or nothing."""
    yield from valuekinds.text(settings, value, steps)
    yield from of_address(settings, value, steps)


def of_address(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Yield the problem of an address that leads where no link may, or nowhere; of what is no text, none."""
    if not isinstance(value, str):
        return
    if (found := scheme(value)) and found not in _ALLOWED:
        yield _refused(settings, value, steps)
    elif "//" in value and not is_address(value):
        yield settings.problem(steps, "bad-value", f'"{value}" is not an address', address_hint(value))


def extra(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept any fields; templates of a theme may make links of those that are named so."""
    yield from valuekinds.fields(settings, value, steps)
    yield from _within(settings, value, steps) if isinstance(value, dict) else ()


def _within(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in parts:
        yield from _within(settings, below, (*steps, step))
    if isinstance(value, str) and str(steps[-1]).lower().endswith(_LINKS):
        yield from of_address(settings, value, steps)
    elif isinstance(value, str) and scheme(value) in _RUNNING:
        yield _refused(settings, value, steps)


def text_with_links(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept text, or nothing; it may be HTML, as the words about copyright."""
    yield from valuekinds.text(settings, value, steps)
    if isinstance(value, str) and "<" in value:
        from casebuilder import markup

        for element in markup.elements(markup.parse(value)):
            for name in _LEADING:
                yield from of_address(settings, element.get(name), steps)


def _refused(settings: SettingsFile, value: str, steps: Steps) -> Problem:
    hint = "write an address that begins with https:// or mailto:, or the name of a page"
    return settings.problem(steps, "link-scheme", f'a link cannot lead to "{value}"', hint)
