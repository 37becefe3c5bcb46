"""A quote that names a contribution is in it, word for word.

Words and punctuation are compared in order, after quotation marks, dashes and white space have been made alike. The
first letter may differ in case, and a mark may be missing at either end. `[...]` or `…` omits words, and `[word]`
replaces a few of the contribution's own.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

from casebuilder.model import Discussions, Mode
from casebuilder.problems import Problem
from casebuilder.wordcount import UNSPACED, may_be_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Contribution, Quote
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_ALIKE = str.maketrans("‘’‚‛`´“”„«»‐‑‒–—―−\u00a0\u202f", "'" * 6 + '"' * 5 + "-" * 7 + "  ")
_WORD_OR_MARK = r"\[\s*(?:\.\.\.|…)\s*\]|\[[^\[\]]+\]|…|\.\.\.|[^\W_]+(?:['-][^\W_]+)*|[^\w\s]|_"
_TOKEN_OF_SPACED_SCRIPT = re.compile(_WORD_OR_MARK)
_LEFT_OUT = re.compile(r"\[?\s*(?:\.\.\.|…)\s*\]?")
#: How many words a word in square brackets may replace.
_REPLACED = 6


def quotes(series: Series) -> Iterator[Problem]:
    """Check every quote that names a contribution, except paraphrases."""
    for case in series.cases:
        yield from case_quotes(case)


def case_quotes(case: Case) -> Iterator[Problem]:
    """Check the quotes of one case."""
    record = {item.id: item for item in case.contributions}
    for index, quote in enumerate(case.quotes):
        contribution = record.get(quote.source.contribution)
        if (
            contribution is None
            or contribution.withdrawn
            or not comparable(quote)
            or found_in(quote.text, contribution.text)
        ):
            continue
        place = case.quotes_origin.at(index, "text")
        message = f'the quote "{quote.id}" is not word for word in contribution "{contribution.id}"'
        yield Problem(*place, "quote-not-verbatim", message, _show_difference(quote, contribution))


def digests(series: Series) -> Iterator[Problem]:
    """If records are private, each quote carries the digest of its contribution, which still matches."""
    private = series.settings.discussions is Discussions.PRIVATE
    for case in series.cases:
        yield from case_digests(case, private=private)


def case_digests(case: Case, *, private: bool) -> Iterator[Problem]:
    """Check the digests of one case's quotes."""
    record = {item.id: item for item in case.contributions}
    for index, quote in enumerate(case.quotes):
        name, digest = quote.source.contribution, quote.source.digest
        contribution = record.get(name)
        if not quote.text or (contribution and contribution.withdrawn):
            continue
        place = case.quotes_origin.at(index, "source", "digest" if digest else "contribution")
        if private and name and not digest and case.quotes_origin.sound(index, "source"):
            hint = f"whoever has the record runs: casebuilder discussion verify {case.slug} --digests"
            message = f'the quote "{quote.id}" has no digest of contribution "{name}"'
            yield Problem(*place, "missing-digest", message, hint)
        elif digest and contribution and digest != contribution.digest:
            hint = f"compare both; if the quote is right, run: casebuilder discussion verify {case.slug} --digests"
            message = f'the contribution "{name}" has changed since the quote "{quote.id}" was drawn from it'
            yield Problem(*place, "digest-mismatch", message, hint)


def comparable(quote: Quote) -> bool:
    """Return whether a quote claims to be verbatim and names its contribution."""
    return bool(quote.text and quote.source.contribution) and quote.mode is not Mode.PARAPHRASE


def _token(text: str) -> re.Pattern[str]:
    """Return the pattern of a word or mark; in a script without spaces, each letter is one."""
    return re.compile(f"{UNSPACED}|{_WORD_OR_MARK}") if may_be_unspaced(text) else _TOKEN_OF_SPACED_SCRIPT


def tokens(text: str) -> list[str]:
    """Split a text into words and marks, with one form for each."""
    compared = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return _token(compared).findall(compared)


def spans(text: str) -> list[tuple[int, int]]:
    """Return where each word and mark of a text begins and ends, in code points."""
    with_joined_accents = ""
    for letter in text.translate(_ALIKE):  # an accent that is a character of its own belongs to its word
        with_joined_accents += (
            "x" if unicodedata.category(letter)[0] == "M" and with_joined_accents[-1:].isalnum() else letter
        )
    return [match.span() for match in _token(with_joined_accents).finditer(with_joined_accents)]


def found_in(quote: str, contribution: str) -> bool:
    """Return whether the words of a quote are in a contribution, in order."""
    quoted = tokens(quote)
    while quoted and not quoted[-1][-1].isalnum() and not quoted[-1].startswith("["):
        quoted.pop()
    while quoted and not quoted[0][0].isalnum() and not quoted[0].startswith("["):
        quoted.pop(0)
    if not quoted:  # signs alone: emoji, say. Nothing but an ellipsis is no quote
        quoted = [token for token in tokens(quote) if not _LEFT_OUT.fullmatch(token)]
    if not quoted:
        return False
    contribution_tokens = _split_brackets(tokens(contribution))
    if f" {' '.join(quoted)} " in f" {' '.join(contribution_tokens)} ":  # true of nearly every quote, and quick
        return True
    places = set(range(len(contribution_tokens)))
    for number, token in enumerate(quoted):
        places = _places_after(token, contribution_tokens, places, first=number == 0)
    return bool(places)


def _split_brackets(contribution_tokens: list[str]) -> list[str]:
    """Return the contribution's words; its own brackets are ordinary marks."""
    return [
        part
        for token in contribution_tokens
        for part in (re.findall(r"\w+|[^\w\s]", token) if token[0] == "[" else [token])
    ]


def _places_after(token: str, recorded: list[str], places: set[int], *, first: bool) -> set[int]:
    """Return the places in a contribution that one more token of the quote can reach, from each of these."""
    end = len(recorded)
    if _LEFT_OUT.fullmatch(token):
        return set(range(min(places), end + 1)) if places else places
    if token.startswith("["):
        return {place + count for place in places for count in range(1, _REPLACED + 1) if place + count <= end}
    start = token[0].lower() if first else token[0]
    return {
        place + 1
        for place in places
        if place < end
        and recorded[place][1:] == token[1:]
        and (recorded[place][0].lower() if first else recorded[place][0]) == start
    }


def _show_difference(quote: Quote, contribution: Contribution) -> str:
    """Return both texts, with the differing words marked."""
    quoted, recorded = tokens(quote.text), tokens(contribution.text)
    quote_marked, record_marked = [], []
    matcher = difflib.SequenceMatcher(
        a=[t.casefold() for t in quoted], b=[t.casefold() for t in recorded], autojunk=False
    )
    blocks = matcher.get_opcodes()
    for number, (sort, a1, a2, b1, b2) in enumerate(blocks):
        is_outside = sort == "insert" and number in {0, len(blocks) - 1}
        if sort == "equal":
            quote_marked.append(" ".join(quoted[a1:a2]))
            record_marked.append(" ".join(recorded[b1:b2]))
        elif is_outside:
            record_marked.append("…")
        else:
            quote_marked.append(f">>{' '.join(quoted[a1:a2])}<<")
            record_marked.append(f">>{' '.join(recorded[b1:b2])}<<")
    return f"the quote: {_join_tokens(quote_marked)} | the record: {_join_tokens(record_marked)}"


def _join_tokens(parts: list[str]) -> str:
    return re.sub(r" ([.,;:!?)])", r"\1", " ".join(part for part in parts if part))
