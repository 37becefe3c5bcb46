"""Digests of private contributions for the quotes drawn from them. Pure: returns new texts, writes nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.casefiles import quotes_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Origin
    from casebuilder.model.case import Case

_VALUE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s,}#]+")


class DigestError(Exception):
    """`quotes.yml` cannot be edited safely; nothing was written."""


def with_digests(case: Case, texts: Mapping[str, str]) -> tuple[dict[str, str | None], int]:
    """Return the new text of a case's `quotes.yml` by its path, and how many digests it gets.

    {} and 0 if none is missing.

    Args:
        case: with its record.
        texts: the series' texts by path.

    Raises:
        DigestError: the file cannot be edited safely.
    """
    path = quotes_path(case.slug)
    record = {item.id: item for item in case.contributions if not item.withdrawn}
    lines = texts.get(path, "").split("\n")
    new_digests: dict[int, str] = {}
    for index, quote in reversed(list(enumerate(case.quotes))):
        contribution = record.get(quote.source.contribution)
        if quote.text and contribution and quote.source.digest != contribution.digest:
            _insert_digest(lines, case.quotes_origin, index, contribution.digest)
            new_digests[index] = contribution.digest
    if not new_digests:
        return {}, 0
    new_text = "\n".join(lines)
    _verify_edit(case, {**texts, path: new_text}, new_digests, path)
    return {path: new_text}, len(new_digests)


def _insert_digest(lines: list[str], origin: Origin, index: int, digest: str) -> None:
    """Write a digest over the old one, else after the contribution's id: in braces, or on a line of its own."""
    old = ("source", "digest") if (index, "source", "digest") in origin.marks else ("source", "contribution")
    _, line, column = origin.at(index, *old)
    _, _, start = origin.at_key(index, *old)
    text = lines[line - 1]
    match = _VALUE.match(text, column - 1)
    end = match.end() if match else len(text)
    if old[1] == "digest":
        lines[line - 1] = f'{text[: column - 1]}"{digest}"{text[end:]}'
    elif text[: start - 1].strip(" -"):
        lines[line - 1] = f'{text[:end]}, digest: "{digest}"{text[end:]}'
    else:
        lines.insert(line, f'{" " * (start - 1)}digest: "{digest}"')


def _verify_edit(case: Case, texts: Mapping[str, str], new_digests: Mapping[int, str], path: str) -> None:
    """Refuse an edit that changed anything but the digests.

    Raises:
        DigestError: it would have.
    """
    series, _ = readers.read(texts)
    after = series.case(case.slug)
    expected = tuple(
        quote.with_digest(new_digests[index]) if index in new_digests else quote
        for index, quote in enumerate(case.quotes)
    )
    if after is None or after.quotes != expected:
        raise DigestError(f"{path} cannot be edited safely; nothing was written")
