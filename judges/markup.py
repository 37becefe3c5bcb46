"""The HTML of every page, by the Nu Html Checker: what the W3C's validator runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from judges.verdict import INSTALLED, Verdict, ask

if TYPE_CHECKING:
    from pathlib import Path

_CHECKER = INSTALLED / "node_modules/vnu-jar/build/dist/vnu.jar"


class Known(NamedTuple):
    """A finding that we know and let pass: the exact words, the exact markup, and why."""

    message: str
    markup: str
    reason: str


_AUTOCOMPLETE = (
    "Attribute “autocomplete” is only allowed when the input type is “color”, “date”, “datetime-local”, "
    "“email”, “hidden”, “month”, “number”, “password”, “range”, “search”, “tel”, “text”, “time”, “url”, "
    "or “week”."
)
_WHY = "Material's hidden toggles say so to keep Firefox from restoring an open menu on reload"
KNOWN = tuple(
    Known(
        _AUTOCOMPLETE,
        f'<input class="md-toggle" data-md-toggle="{name}" type="checkbox" id="__{name}" autocomplete="off">',
        _WHY,
    )
    for name in ("drawer", "search")
)


def judge(site: Path) -> Verdict:
    """Ask the checker about every page of the site."""
    pages = sorted(site.rglob("*.html"))
    # Each page is named: given a folder, the checker chooses, and says nothing of what it left out.
    report = ask("java", "-jar", _CHECKER, "--format", "json", "--stdout", "--exit-zero-always", *pages)
    findings = []
    used = set()
    for message in json.loads(report)["messages"]:
        known = next((known for known in KNOWN if _is(message, known)), None)
        if known:
            used.add(known)
        elif not _is_advice(message):
            findings.append(_line(message))
    findings += [
        f"judges/markup.py lets pass what no page has any more: {known.markup}" for known in KNOWN if known not in used
    ]
    return Verdict(f"{len(pages)} pages", tuple(findings))


def _is(message: dict[str, str], known: Known) -> bool:
    return message["message"] == known.message and known.markup in message.get("extract", "")


def _is_advice(message: dict[str, str]) -> bool:
    # An "info" that is not a warning, such as that a slash at the end of <br/> does nothing.
    return message["type"] == "info" and message.get("subType") != "warning"


def _line(message: dict[str, str]) -> str:
    place = unquote(urlsplit(message.get("url", "")).path)
    extract = " ".join(message.get("extract", "").split())
    return f"{place}:{message.get('lastLine', 0)}: {message['message']} | {extract}"
