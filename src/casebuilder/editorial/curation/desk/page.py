"""The page of a desk: one HTML document that loads nothing, with its style, its script and, as a file, its record."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING

from casebuilder.editorial.curation.deskschema import plain_desk
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from casebuilder.editorial.curation.deskschema import Desk

#: The scripts of the page, in the order in which they run, as one module.
SCRIPTS = (
    "offsets.js", "passages.js", "curation.js", "history.js", "outside.js", "exchange.js", "reading.js", "counts.js",
    "asking.js", "store.js", "elements.js", "cursor.js", "marking.js", "thread.js", "picker.js", "dialogs.js",
    "themes.js", "problems.js", "quotes.js", "consents.js", "preview.js", "suggestions.js", "filters.js", "tabs.js",
    "keys.js", "serving.js", "keeping.js", "desk.js",
)  # fmt: skip
#: The styles of the page, in order.
STYLES = ("desk.css",)


def page(title: str, language: str, data: Desk | None = None, look: str = "") -> tuple[str, str]:
    """Return the page and its Content-Security-Policy.

    Args:
        title: the case's.
        language: of the case, BCP 47.
        data: the desk, to be put inside a page that is a file of its own; None if a server has it.
        look: the site's style sheets with its typefaces inside, which come before the desk's own.
    """
    style, script = f"{look}{_read_files(STYLES)}", _read_files(SCRIPTS)
    policy = "; ".join((
        "default-src 'none'",
        f"script-src {_hash_source(script)}",
        f"style-src {_hash_source(style)}",
        "img-src 'self' data: blob:" if data is None else "img-src data: blob:",
        "font-src data:",
        "connect-src 'self'" if data is None else "connect-src 'none'",
        "frame-src 'self'" if data is None else "frame-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ))  # fmt: skip
    template = environment("editorial.curation.desk").get_template("desk.html.j2")
    html = template.render(
        title=title,
        language=language,
        style=style,
        script=script,
        policy=policy,
        served=data is None,
        data=_embed_json(data) if data else "",
    )
    return html, policy


def _read_files(names: tuple[str, ...]) -> str:
    folder = files(__package__)
    return "".join(f"\n{folder.joinpath(name).read_text(encoding='utf-8').strip()}\n" for name in names)


def _hash_source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _embed_json(data: Desk) -> str:
    """Return JSON that cannot end the element that it stands in."""
    text = json.dumps(plain_desk(data), ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
