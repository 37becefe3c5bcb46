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
from casebuilder.text import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Contribution, Quote
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_ALIKE = str.maketrans("‘’‚‛`´“”„«»‐‑‒–—―−\u00a0\u202f", "'" * 6 + '"' * 5 + "-" * 7 + "  ")
_TOKEN = re.compile(UNSPACED + r"|\[\s*(?:\.\.\.|…)\s*\]|\[[^\[\]]+\]|…|\.\.\.|[^\W_]+(?:['-][^\W_]+)*|[^\w\s]|_")
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
        said = record.get(quote.source.contribution)
        if said is None or said.withdrawn or not comparable(quote) or found_in(quote.text, said.text):
            continue
        place = case.quotes_origin.at(index, "text")
        message = f'the quote "{quote.id}" is not word for word in contribution "{said.id}"'
        yield Problem(*place, "quote-not-verbatim", message, _difference(quote, said))


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
        said = record.get(name)
        if not quote.text or (said and said.withdrawn):
            continue
        place = case.quotes_origin.at(index, "source", "digest" if digest else "contribution")
        if private and name and not digest and case.quotes_origin.sound(index, "source"):
            hint = f"whoever has the record runs: casebuilder discussion verify {case.slug} --digests"
            message = f'the quote "{quote.id}" has no digest of contribution "{name}"'
            yield Problem(*place, "missing-digest", message, hint)
        elif digest and said and digest != said.digest:
            hint = f"compare both; if the quote is right, run: casebuilder discussion verify {case.slug} --digests"
            message = f'the contribution "{name}" has changed since the quote "{quote.id}" was drawn from it'
            yield Problem(*place, "digest-mismatch", message, hint)


def comparable(quote: Quote) -> bool:
    """Return whether a quote claims to be verbatim and names its contribution."""
    return bool(quote.text and quote.source.contribution) and quote.mode is not Mode.PARAPHRASE


def tokens(words: str) -> list[str]:
    """Split a text into words and marks, with one form for each."""
    return _TOKEN.findall(unicodedata.normalize("NFC", words).translate(_ALIKE))


def spans(words: str) -> list[tuple[int, int]]:
    """Return where each word and mark of a text begins and ends, in code points."""
    made = ""
    for letter in words.translate(_ALIKE):  # an accent that is a character of its own belongs to its word
        made += "x" if unicodedata.category(letter)[0] == "M" and made[-1:].isalnum() else letter
    return [found.span() for found in _TOKEN.finditer(made)]


def found_in(quote: str, said: str) -> bool:
    """Return whether the words of a quote are in a contribution, in order."""
    own = tokens(quote)
    while own and not own[-1][-1].isalnum() and not own[-1].startswith("["):
        own.pop()
    while own and not own[0][0].isalnum() and not own[0].startswith("["):
        own.pop(0)
    if not own:  # signs alone: emoji, say. Nothing but an ellipsis is no quote
        own = [token for token in tokens(quote) if not _LEFT_OUT.fullmatch(token)]
    if not own:
        return False
    theirs = _unbracketed(tokens(said))
    if f" {' '.join(own)} " in f" {' '.join(theirs)} ":  # true of nearly every quote, and quick
        return True
    places = set(range(len(theirs)))
    for number, token in enumerate(own):
        places = _places_after(token, theirs, places, first=number == 0)
    return bool(places)


def _unbracketed(said: list[str]) -> list[str]:
    """Return the contribution's words; its own brackets are ordinary marks."""
    return [part for token in said for part in (re.findall(r"\w+|[^\w\s]", token) if token[0] == "[" else [token])]


def _places_after(token: str, theirs: list[str], places: set[int], *, first: bool) -> set[int]:
    """Return the places in a contribution that one more token of the quote can reach, from each of these."""
    end = len(theirs)
    if _LEFT_OUT.fullmatch(token):
        return set(range(min(places), end + 1)) if places else places
    if token.startswith("["):
        return {place + count for place in places for count in range(1, _REPLACED + 1) if place + count <= end}
    start = token[0].lower() if first else token[0]
    return {
        place + 1
        for place in places
        if place < end
        and theirs[place][1:] == token[1:]
        and (theirs[place][0].lower() if first else theirs[place][0]) == start
    }


def _difference(quote: Quote, said: Contribution) -> str:
    """Return both texts, with the differing words marked."""
    own, theirs = tokens(quote.text), tokens(said.text)
    own_marked, theirs_marked = [], []
    matcher = difflib.SequenceMatcher(a=[t.casefold() for t in own], b=[t.casefold() for t in theirs], autojunk=False)
    blocks = matcher.get_opcodes()
    for number, (sort, a1, a2, b1, b2) in enumerate(blocks):
        around = sort == "insert" and number in {0, len(blocks) - 1}
        if sort == "equal":
            own_marked.append(" ".join(own[a1:a2]))
            theirs_marked.append(" ".join(theirs[b1:b2]))
        elif around:
            theirs_marked.append("…")
        else:
            own_marked.append(f">>{' '.join(own[a1:a2])}<<")
            theirs_marked.append(f">>{' '.join(theirs[b1:b2])}<<")
    return f"the quote: {_set(own_marked)} | the record: {_set(theirs_marked)}"


def _set(parts: list[str]) -> str:
    return re.sub(r" ([.,;:!?)])", r"\1", " ".join(part for part in parts if part))
