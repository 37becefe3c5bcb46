"""Withdrawing a quote, a contribution or a case: the file edits, as new texts. Pure: writes nothing.

Only the entry in question is rewritten, so that comments and the order of everything else stay. Each edit is read
again before it is handed on: if anything but the entry changed, nothing is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.casefiles import case_path, quotes_path, record_path
from casebuilder.checks.verbatim import found_in
from casebuilder.fingerprints import fingerprint, holds
from casebuilder.model import ChangeKind, ConsentState, ContributionKind, Mode, Status
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from casebuilder.model import Contribution, Quote
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

    #: New texts by path; None is a file to be deleted.
    Edits = dict[str, str | None]


#: The note in a released case's `changes` for a withdrawn quote.
_NOTE = "A quote was removed at its author's request."


class WithdrawalError(Exception):
    """The text to withdraw cannot be found, or its file cannot be edited safely."""


@dataclass(frozen=True, slots=True)
class WithdrawalRequest:
    """A request to withdraw a quote, a contribution, or else the whole case.

    Attributes:
        slug: the case.
        on: the day of the withdrawal.
        quote: a quote's id; may be empty.
        contribution: a contribution's id; may be empty.
        reason: for the public, where the whole case goes.
        delete: whether the case's texts go out of its folders too.
    """

    slug: str
    on: date
    quote: str = ""
    contribution: str = ""
    reason: str = ""
    delete: bool = False


def edits(series: Series, texts: Mapping[str, str], request: WithdrawalRequest, *, released: bool) -> Edits:
    """Return the file edits that carry out a withdrawal.

    Args:
        series: as it was read from `texts`.
        texts: the series' texts by path.
        request: what to withdraw.
        released: whether the case is released, so that its `changes` must record the withdrawal.

    Raises:
        WithdrawalError: there is no such thing, or its file cannot be edited safely.
    """
    case = series.case(request.slug)
    if case is None:
        raise WithdrawalError(f'there is no case "{request.slug}"')
    if not (request.quote or request.contribution):
        return _verify_edits(_withdraw_case(case, texts, request), texts, request.slug)
    all_edits = _withdraw_words(case, texts, request)
    # A case.yml that cannot be read holds up no withdrawal: nothing of the case is published until it is corrected.
    if released and quotes_path(case.slug) in all_edits and is_readable(case):
        data = case_path(case.slug)
        all_edits[data] = _add_change(texts[data], data, request.on, ChangeKind.TAKEDOWN, _NOTE)
    return _verify_edits(all_edits, texts, request.slug)


def is_readable(case: Case) -> bool:
    """Return whether the `case.yml` of a case could be read, so that lines can be added to it."""
    return bool(case.origin.keys)


def _withdraw_words(case: Case, texts: Mapping[str, str], request: WithdrawalRequest) -> Edits:
    """Return the edits that withdraw a quote with its contribution, or a contribution with every quote from it.

    The record lies in the same repository as the quotes: to empty one and keep the other would keep the words.
    """
    recorded = {item.id for item in case.contributions if not item.withdrawn or item.text or item.url}
    if request.contribution and request.contribution not in (recorded or _quoted_contributions(case)):
        raise WithdrawalError(_message_not_found(case, request.contribution))
    name = request.contribution or _origin_of_quote(_find_quote(case, request.quote), case)
    if request.quote and name not in recorded and _is_gone(_find_quote(case, request.quote)):
        raise WithdrawalError(f'the quote "{request.quote}" of {case.slug} is withdrawn already')
    all_edits: Edits = {}
    path = quotes_path(case.slug)
    for index, quote in reversed(list(enumerate(case.quotes))):
        if quote.id == request.quote or (name and not _is_gone(quote) and _origin_of_quote(quote, case) == name):
            all_edits[path] = _write_slot(all_edits.get(path) or texts[path], case, index, request.on)
    return all_edits | (_edit_record(case, texts, name, request.on) if name in recorded else {})


def _quoted_contributions(case: Case) -> set[str]:
    """Return the contributions that quotes with words name, of a case whose record is not here."""
    contribution_ids = {quote.source.contribution for quote in case.quotes if not _is_gone(quote)} - {""}
    return set() if case.contributions else contribution_ids


def _message_not_found(case: Case, name: str) -> str:
    if any(item.id == name for item in case.contributions):
        return f'the contribution "{name}" of {case.slug} is withdrawn already'
    if case.contributions:
        return f'the record of {case.slug} has no contribution "{name}" to withdraw'
    command = f"casebuilder withdraw {case.slug} --contribution {name}"
    return (
        f"the record of {case.slug} is not on this computer, and no quote names {name}; whoever has it runs: {command}"
    )


def _origin_of_quote(quote: Quote, case: Case) -> str:
    """Return the id of the contribution that a quote was drawn from: without the record, the one that it names."""
    return drawn_from(quote, case) if case.contributions else quote.source.contribution


def drawn_from(quote: Quote, case: Case) -> str:
    """Return the id of the contribution that a quote was drawn from; empty if that is not certain.

    It is the one that the quote names, else the one with the same address, else the only one that holds its words. Of
    several that hold them, one may be the author's, and others may repeat it: then only people can tell.
    """
    recorded = [item for item in case.contributions if not item.withdrawn]
    contribution_id = quote.source.contribution
    if any(item.id == contribution_id for item in case.contributions):
        return contribution_id if any(item.id == contribution_id for item in recorded) else ""
    of_same_address = [item for item in recorded if item.url and item.url == quote.source.url]
    print_ = fingerprint(quote.text)
    holding = [
        item
        for item in recorded
        if holds(item.text, print_) or (quote.mode is not Mode.PARAPHRASE and found_in(quote.text, item.text))
    ]
    originals = [item for item in holding if item.kind is not ContributionKind.REPOST]
    return next((candidates[0].id for candidates in (of_same_address, holding, originals) if len(candidates) == 1), "")


def _find_quote(case: Case, name: str) -> Quote:
    quote_found = next((quote for quote in case.quotes if quote.id == name), None)
    if quote_found is None:
        quote_ids = ", ".join(quote.id for quote in case.quotes) or "none"
        raise WithdrawalError(f'{case.slug} has no quote "{name}"; it has: {quote_ids}')
    return quote_found


def _is_gone(quote: Quote) -> bool:
    """Return whether a quote has no text or name left to withdraw."""
    return quote.consent.state is ConsentState.WITHDRAWN and not (quote.text or quote.by.name)


def _edit_record(case: Case, texts: Mapping[str, str], name: str, on: date) -> Edits:
    """Return the record of the discussion with one contribution emptied."""
    withdrawn = next(contribution for contribution in case.contributions if contribution.id == name)
    path = record_path(case.slug)
    lines = texts[path].split("\n")
    lines[withdrawn.place[1] - 1] = _emptied_line(lines[withdrawn.place[1] - 1], withdrawn, on)
    return {path: "\n".join(lines)}


def _withdraw_case(case: Case, texts: Mapping[str, str], request: WithdrawalRequest) -> Edits:
    """Return the edits that withdraw a whole case: its page becomes a notice with the reason."""
    path = case_path(case.slug)
    if not is_readable(case):
        raise WithdrawalError(f"{path} cannot be read")
    all_edits: Edits = {} if case.status is Status.WITHDRAWN else _mark_withdrawn(case, texts[path], path, request)
    if request.delete:
        folders = (f"cases/{case.slug}/", f"commentary/{case.slug}/")
        all_edits |= dict.fromkeys(name for name in texts if name.startswith(folders) and name != path)
    if not all_edits:
        raise WithdrawalError(
            f"{case.slug} is withdrawn already{'; nothing is left to delete' if request.delete else ''}"
        )
    return all_edits


def _mark_withdrawn(case: Case, text: str, path: str, request: WithdrawalRequest) -> Edits:
    """Return `case.yml` with its new status, and with the reason."""
    lines = text.rstrip("\n").split("\n")
    if ("status",) in case.origin.keys:
        lines[case.origin.keys["status",][0] - 1] = "status: withdrawn"
    else:
        lines.insert(min(line for line, _ in case.origin.keys.values()) - 1, "status: withdrawn")
    return {path: _add_change("\n".join(lines) + "\n", path, request.on, ChangeKind.WITHDRAWAL, request.reason)}


def _add_change(text: str, path: str, on: date, kind: ChangeKind, note: str) -> str:
    """Return `case.yml` with one more entry in its `changes`."""
    lines = text.rstrip("\n").split("\n")
    head = next((number for number, line in enumerate(lines) if line.startswith("changes:")), None)
    if head is None:
        lines.append("changes:")
        head = len(lines) - 1
    elif lines[head].partition("#")[0].rstrip() != "changes:":
        raise WithdrawalError(f'{path}: write "changes:" as a list of lines, not in brackets, and run this again')
    first_entry = next((line for line in lines[head + 1 :] if line.strip()), "")
    margin = (
        first_entry[: len(first_entry) - len(first_entry.lstrip())] if first_entry.lstrip().startswith("- ") else "  "
    )
    entry = [f"- date: {on}", f"  kind: {kind}", f"  note: {json.dumps(note, ensure_ascii=False)}"]
    lines[head + 1 : head + 1] = [margin + line for line in entry]
    return "\n".join(lines) + "\n"


def _write_slot(text: str, case: Case, index: int, on: date) -> str:
    """Return `quotes.yml` with one entry rewritten as a slot: from its hyphen to the next entry's."""
    lines = text.rstrip("\n").split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("-")]
    if len(starts) != len(case.quotes):
        raise WithdrawalError(f"cases/{case.slug}/quotes.yml: begin each quote with a hyphen at the left margin first")
    end = starts[index + 1] if index + 1 < len(starts) else len(lines)
    while end > starts[index] + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1  # comments between two entries belong to the next
    return "\n".join([*lines[: starts[index]], *_slot_lines(case.quotes[index], on), *lines[end:]]) + "\n"


def _slot_lines(withdrawn: Quote, on: date) -> list[str]:
    print_ = withdrawn.consent.fingerprint or fingerprint(recordwords.own_words(withdrawn.text))
    lines = [f"- id: {withdrawn.id}", f"  mode: {withdrawn.mode}"]
    lines += ["  consent:", "    state: withdrawn", f"    on: {on}", f'    fingerprint: "{print_}"']
    lines += [f"  theme: {withdrawn.theme}"] * bool(withdrawn.theme)
    lines += [f"  question: {withdrawn.question}"] * bool(withdrawn.question)
    return lines


def _emptied_line(line: str, contribution: Contribution, on: date) -> str:
    """Return a line of the record without words, author and address; who it was is still counted once, by the key."""
    kept_values = {
        key: value for key, value in json.loads(line).items() if key not in {"text", "author", "url", "role"}
    }
    print_ = contribution.fingerprint or fingerprint(recordwords.own_words(contribution.text))
    emptied_values = {
        **kept_values,
        "author": "withdrawn",
        "text": "",
        "withdrawn": on.isoformat(),
        "fingerprint": print_,
    }
    return json.dumps(emptied_values, ensure_ascii=False)


def _verify_edits(edits: Edits, texts: Mapping[str, str], slug: str) -> Edits:
    """Return the edits, if the series read with them has the same cases, quotes and contributions as before.

    Raises:
        WithdrawalError: an edit would have changed more than it should; nothing was written.
    """
    texts_after = {path: text for path, text in {**texts, **edits}.items() if text is not None}
    before, _ = readers.read(texts)
    series_after, problems = readers.read(texts_after)
    old, new = before.case(slug), series_after.case(slug)
    is_same = old is not None and new is not None and (None in edits.values() or _are_only_emptied(old, new))
    yaml_problems = [problem for problem in problems if problem.path in edits and problem.code.startswith("yaml")]
    if not is_same or yaml_problems:
        raise WithdrawalError(f"{', '.join(edits)} cannot be edited safely; nothing was written")
    return edits


def _are_only_emptied(old: Case, new: Case) -> bool:
    """Return whether the same quotes and contributions are there, and those with words have not changed."""
    same_quotes = len(old.quotes) == len(new.quotes) and all(
        new_item == old_item or (new_item.id == old_item.id and new_item.consent.state is ConsentState.WITHDRAWN)
        for old_item, new_item in zip(old.quotes, new.quotes, strict=False)
    )
    same_record = len(old.contributions) == len(new.contributions) and all(
        new_item == old_item or (new_item.id == old_item.id and new_item.withdrawn is not None)
        for old_item, new_item in zip(old.contributions, new.contributions, strict=False)
    )
    return same_quotes and same_record
