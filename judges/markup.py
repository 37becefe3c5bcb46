"""The HTML of every page, by the Nu Html Checker: what the W3C's validator runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from judges.verdict import INSTALLED, Verdict, ask

if TYPE_CHECKING:
    from pathlib import Path

_CHECKER = INSTALLED / "node_modules/vnu-jar/build/dist/vnu.jar"


def judge(site: Path) -> Verdict:
    """Ask the checker about every page of the site."""
    pages = sorted(site.rglob("*.html"))
    # Each page is named: given a folder, the checker chooses, and says nothing of what it left out.
    report = ask("java", "-jar", _CHECKER, "--format", "json", "--stdout", "--exit-zero-always", *pages)
    findings = tuple(_line(message) for message in json.loads(report)["messages"] if not _is_advice(message))
    return Verdict(f"{len(pages)} pages", findings)


def _is_advice(message: dict[str, str]) -> bool:
    # An "info" that is not a warning, such as that a slash at the end of <br/> does nothing.
    return message["type"] == "info" and message.get("subType") != "warning"


def _line(message: dict[str, str]) -> str:
    place = unquote(urlsplit(message.get("url", "")).path)
    extract = " ".join(message.get("extract", "").split())
    return f"{place}:{message.get('lastLine', 0)}: {message['message']} | {extract}"
