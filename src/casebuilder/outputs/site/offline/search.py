"""The search of a copy: words of titles, teasers, headings, topics and names, in a script that needs no other file."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.outputs.site.offline.offlinepage import Leaf
    from casebuilder.outputs.site.pagefind_files import Result
    from casebuilder.outputs.site.searchindex import Facets

_SCRIPT = Path(__file__).with_name("index.js")
#: A heading on more pages than this is the same on every case, and not worth finding.
_COMMON = 3
#: The head metadata with topics and names.
_MARKS = ("article:tag", "citation_author")


def script(results: Iterable[Result], facets: Facets, leaves: Mapping[str, Leaf]) -> str:
    """Return the script that replaces Pagefind; loaded before the script of the search page.

    Args:
        results: the pages that can be found.
        facets: what they are, by their ids.
        leaves: the pages of the copy, by their place.
    """
    sorted_results = sorted(results, key=lambda result: result.address)
    heading_counts = Counter(
        heading for result in sorted_results for heading in {title for _, title in result.headings}
    )
    pages = [_page_entry(result, facets, leaves, heading_counts) for result in sorted_results]
    index = {"facets": facets["facets"], "pages": pages}
    json_text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return _SCRIPT.read_text(encoding="utf-8").replace("{}", json_text, 1)


def _page_entry(
    result: Result, facets: Facets, leaves: Mapping[str, Leaf], heading_counts: Counter[str]
) -> dict[str, object]:
    place = f"{result.address}index.html" if result.address.endswith("/") or not result.address else result.address
    meta = leaves[place].meta if place in leaves else {}
    pages = {
        "place": place,
        "title": result.title,
        "language": result.language,
        "teaser": " ".join(meta.get("description", ())),
        "marks": ", ".join(word for name in _MARKS for word in meta.get(name, ())),
        "headings": [[anchor, title] for anchor, title in result.headings if heading_counts[title] <= _COMMON],
        "facets": facets["pages"].get(result.id, []),
    }
    return {name: value for name, value in pages.items() if value}
