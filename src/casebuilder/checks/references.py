"""References: every citation has a reference, and every reference is cited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.problems import Problem
from casebuilder.text import Guesses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebuilder.model import Prose
    from casebuilder.model.series import Series


def cited(series: Series) -> Iterator[Problem]:
    """Report citations of works that the case does not list, and references that no text cites."""
    guesses = Guesses()
    for case in series.cases:
        work_ids = dict.fromkeys(work.id for work in case.works())
        cited_ids: set[str] = set()
        for text in case.texts():
            for citation in markdown.facts(text).citations:
                cited_ids.add(citation.id)
                if citation.id not in work_ids and case.origin.sound("references") and case.origin.sound("paper"):
                    hint_to_list = f'list it under "references" in cases/{case.slug}/case.yml'
                    hint = guesses.did_you_mean(citation.id, work_ids) or hint_to_list
                    message = f'unknown reference "{citation.id}"'
                    yield Problem(text.path, *citation.place, "unknown-reference", message, hint, citation.id)
            for work_id, at, written in _mistyped(text, work_ids):
                cited_ids.add(work_id)
                message = f'"{written}" is not read as a citation, and would be printed as plain characters'
                yield Problem(text.path, *at, "unsupported-syntax", message, f"write [@{work_id}]")
        if case.status is not None or any(path.split("/")[1:2] == [case.slug] for path in series.unread):
            continue
        unknown = cited_ids - {*work_ids}
        for index, reference in enumerate(case.references):
            if reference.id not in cited_ids and not guesses.did_you_mean(reference.id, unknown):
                hint = f"cite it in a text as [@{reference.id}], or delete it"
                place = case.origin.at("references", index, "id")
                yield Problem(*place, "unused-reference", f'no text cites "{reference.id}"', hint)


def numbers(series: Series) -> Iterator[Problem]:
    """Report words and full stops around volume, issue and pages, which each style of citation adds itself."""
    for case in series.cases:
        works = [(("references", index), work) for index, work in enumerate(case.references)]
        for steps, work in (*works, *([(("paper",), case.paper)] if case.paper else [])):
            for field in ("volume", "issue", "pages"):
                value = getattr(work, field)
                if value and (value[-1] in ".;," or value[0] in "(pPvVnN") and (plain := _plain_number(value)) != value:
                    message = f'"{value}" is printed with more than the number ("{field}")'
                    place = case.origin.at(*steps, field)
                    yield Problem(*place, "bad-value", message, f"write {field}: {plain}")


def _plain_number(value: str) -> str:
    plain = re.sub(r"^(?:pages?|pp?|vol(?:ume)?|issue|no|nr|number)\b[. :]*(?=\d)", "", value, flags=re.IGNORECASE)
    plain = re.sub(r"^\((.*)\)$", r"\1", plain)
    return plain.rstrip(".;, ") if re.search(r"\d", plain) else value


def _mistyped(text: Prose, work_ids: Iterable[str]) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Yield what is nearly a citation of a listed work: its id, the place, and what is written, such as "(@chan2015)".

    An id in square brackets without @ counts only if it has a digit: others are words, as in "[sic]".
    """
    signs = text.source.count("@") > len(markdown.facts(text).citations)
    for work_id in work_ids if signs or "[" in text.source else ():
        if (signs and f"@{work_id}" in text.source) or f"[{work_id}]" in text.source or f"[#{work_id}]" in text.source:
            bare = rf"|(?<![\\`!\]])\[{re.escape(work_id)}\](?![(\[:])" if re.search(r"\d", work_id) else ""
            escaped = re.escape(work_id)
            bare += rf"|\[#{escaped}\](?![(\[:])"
            bare += rf"|(?<![\w\[({{/@\\`.-])(?<!\[[ \u00a0])@{escaped}(?![\w\])}}/@-]|\.\w)"
            for match in re.finditer(rf"(?<![\\`\w])[({{\[]@{re.escape(work_id)}[)}}]{bare}", text.source):
                line_start = text.source.rfind("\n", 0, match.start()) + 1
                line = text.line + text.source.count("\n", 0, match.start())
                yield work_id, (line, match.start() - line_start + 1), match.group()
