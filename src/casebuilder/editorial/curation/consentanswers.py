"""What the authors of quotes answered: the new texts of quotes.yml and of the record. Pure: writes nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder.casefiles import record_path
from casebuilder.editorial.curation import casecuration
from casebuilder.editorial.curation.quoteedits import NO_DESK, Quoted, edited_quotes
from casebuilder.model import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.curation.deskschema import Agreement
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


def answered(
    series: Series,
    case: Case,
    texts: Mapping[str, str],
    answers: Mapping[str, Agreement],
    addresses: Mapping[str, str],
) -> Quoted:
    """Return the file with what the authors of some quotes answered.

    A quote that names its author with their consent gets the address of the post, and so does the record; without
    consent neither has it.

    Args:
        series: for its settings.
        case: as it was read from `texts`.
        texts: the series' texts by path.
        answers: by the ids of the quotes.
        addresses: where posts are, as far as that is known, by the ids of the contributions.

    Raises:
        QuotingError: the file cannot be edited safely.
    """
    present = casecuration.curation_of(case, texts, NO_DESK)
    quotes = tuple(replace(quote, consent=answers.get(quote.id, quote.consent)) for quote in present.quotes)
    changed_ids = tuple(new.id for old, new in zip(present.quotes, quotes, strict=True) if old != new)
    if not changed_ids:
        return Quoted({}, ())
    wanted_addresses = {
        quote.contribution: addresses.get(quote.contribution, "") if quote.consent.state.is_given else ""
        for quote in quotes
        if quote.id in changed_ids and quote.mode is Mode.NAMED
    }
    case_with_addresses, edits = _with_addresses(case, texts, wanted_addresses)
    return Quoted(
        {**edited_quotes(series, case_with_addresses, texts, present, replace(present, quotes=quotes)), **edits},
        changed_ids,
    )


def _with_addresses(
    case: Case, texts: Mapping[str, str], wanted_addresses: Mapping[str, str]
) -> tuple[Case, dict[str, str | None]]:
    """Return the case whose contributions have these addresses (empty for none), and its record's new text."""
    path = record_path(case.slug)
    lines, items = texts.get(path, "").split("\n"), []
    for contribution in case.contributions:
        address = wanted_addresses.get(contribution.id)
        if address is None or contribution.withdrawn or (contribution.url or "") == address:
            items.append(contribution)
            continue
        value = json.loads(lines[contribution.place[1] - 1])
        value.pop("url", None)
        line = {**value, "url": address} if address else value
        lines[contribution.place[1] - 1] = json.dumps(line, ensure_ascii=False)
        items.append(contribution.at_address(address or None))
    text = "\n".join(lines)
    return case.with_contributions(tuple(items)), {path: text} if text != texts.get(path, "") else {}
