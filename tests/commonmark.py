"""CommonMark's own examples, which `make` fetches with the source of the parser, and the words that one sees."""

from __future__ import annotations

import json
import re
import tarfile
from html.parser import HTMLParser
from pathlib import Path


def examples() -> list[dict[str, str]]:
    """The 652 examples of CommonMark 0.31."""
    (source,) = Path(__file__).parents[1].joinpath(".venv/sources").glob("markdown_it_py-*.tar.gz")
    with tarfile.open(source) as archive:
        name = next(name for name in archive.getnames() if name.endswith("test_cmark_spec/commonmark.json"))
        member = archive.extractfile(name)
        assert member is not None
        return list(json.load(member))


class Seen(HTMLParser):
    """The words that one sees, each without signs; a picture's are its alternative text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._out: list[str] = []
        self.feed(html)
        self.close()
        self.words = re.findall(r"\w+", "".join(self._out))

    def handle_data(self, data: str) -> None:
        self._out.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._out.append(f" {dict(attrs).get('alt') or ''} " if tag == "img" else "")
        self._out.append(" " if tag in {"a", "p", "li", "br", "hr", "pre", "blockquote", "h1", "h2", "div"} else "")
