"""The new text of quotes.yml after a curation: one block a quote, and only blocks that changed are touched.

A new quote stands below the line of its contribution (`anchors`), or else behind the quote of the contribution that
came before its own in the record. So two curators who add quotes on two machines write at different places, and Git
merges their work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import mergelines
from casebuilder.editorial.curation.yamledits import EditError, Edits, Folded, entry, one_space
from casebuilder.model import ConsentState, Mode
from casebuilder.readers import yamltext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.editorial.curation.deskschema import Curation, MarkedQuote
    from casebuilder.editorial.curation.yamledits import Fields, Value
    from casebuilder.model import Contribution
    from casebuilder.model.case import Case

#: The order of the fields of an entry, which says where a new field goes.
_ORDER = ("id", "text", "mode", "by", "consent", "source", "theme", "question", "dissent")
#: What a quote without its author's name must not say of where it was said.
_TELLTALE = ("url", "archived")


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written into quotes.yml.

    Attributes:
        case: as its files are now.
        before: the curation that they hold.
        after: the curation that they are to hold.
        private: whether each quote carries the digest of its contribution.
    """

    case: Case
    before: Curation
    after: Curation
    private: bool = False


def edited(text: str, writing: Writing) -> str | None:
    """Return the new text of the file; None if nothing is left of it, so that it is to be deleted.

    Args:
        text: the present file; empty if there is none.
        writing: what is written.

    Raises:
        EditError: the file is written in a form in which it cannot be edited safely.
    """
    old = {quote.id: quote for quote in writing.before.quotes if quote.quoted}
    new = {quote.id: quote for quote in writing.after.quotes if quote.quoted}
    record = {contribution.id: contribution for contribution in writing.case.contributions}
    places = {name: place for place, name in enumerate(record)}
    new_quotes = sorted(
        (quote for name, quote in new.items() if name not in old), key=lambda each: _sort_key(each, places)
    )
    if old == new:
        return text
    document, _ = yamltext.read(text, "")
    if text.strip() and (document is None or not isinstance(document.value, list | None)):
        raise EditError("the file is not a list of quotes")
    entries = document.value if document and isinstance(document.value, list) else []
    blocks = {index: str(each.get("id", "")) for index, each in enumerate(entries) if isinstance(each, dict)}
    if document is None or not blocks:
        return _first_quotes(_header_lines(text), new_quotes, record, writing)
    edits = Edits(text, document.origin)
    for index, name in blocks.items():
        if name in old and name not in new:
            edits.replace(*edits.block(index), [])
        elif name in old and new[name] != old[name]:
            _change_quote(edits, index, _entry_fields(entries[index]), (old[name], new[name]), record)
    _insert_quotes(edits, blocks, new_quotes, (record, places), writing)
    new_text = edits.result()
    remaining_ids = [name for name in blocks.values() if name not in old or name in new]
    return new_text if remaining_ids or new_quotes else _without_entries(new_text)


def _entry_fields(entry_: object) -> dict[str, object]:
    """Return the fields of an entry as they are written."""
    return dict(entry_) if isinstance(entry_, dict) else {}


def _sort_key(quote: MarkedQuote, places: Mapping[str, int]) -> tuple[int, str]:
    return places.get(quote.contribution, len(places)), quote.id


def _header_lines(text: str) -> list[str]:
    """Return what stands in a file without quotes: comments, but no empty list."""
    lines = (
        line.lstrip().removeprefix("[]").lstrip() if line.lstrip().startswith("[]") else line
        for line in text.split("\n")
    )
    return [line for line in lines if line.strip()]


def _first_quotes(
    lines: list[str], new_quotes: Sequence[MarkedQuote], record: Mapping[str, Contribution], writing: Writing
) -> str:
    """Return the text of a file that had no quote: each stands below the line of its contribution, or at the end."""
    for quote in reversed(new_quotes):
        place = mergelines.below(lines, record, quote.contribution)
        place = len(lines) if place is None else place
        lines[place:place] = _quote_lines(quote, record, writing)
    return "\n".join(lines) + "\n"


def _without_entries(text: str) -> str | None:
    """Return a file whose last quote is gone: its comments and an empty list; None without comments."""
    lines = _header_lines(text)
    return "\n".join([*lines, "[]"]) + "\n" if lines else None


def _insert_quotes(
    edits: Edits,
    blocks: Mapping[int, str],
    new_quotes: Sequence[MarkedQuote],
    record: tuple[Mapping[str, Contribution], Mapping[str, int]],
    writing: Writing,
) -> None:
    """Put each new quote behind the present one that is nearest before it in the record; else before the first."""
    present_keys = {quote.id: _sort_key(quote, record[1]) for quote in writing.before.quotes}
    start, _ = edits.block(next(iter(blocks)))
    margin = edits.margin(start)
    lines = edits.text.split("\n")
    for quote in new_quotes:
        sort_key = _sort_key(quote, record[1])
        at = mergelines.below(lines, record[0], quote.contribution)
        if at is None:
            earlier_entries = [
                (present_keys[name], index)
                for index, name in blocks.items()
                if name in present_keys and present_keys[name] < sort_key
            ]
            at = edits.block(max(earlier_entries)[1])[1] if earlier_entries else start
        edits.replace(at, at, [" " * margin + line for line in _quote_lines(quote, record[0], writing)])


def _quote_lines(quote: MarkedQuote, record: Mapping[str, Contribution], writing: Writing) -> list[str]:
    """Return the lines of a new quote."""
    contribution = record.get(quote.contribution)
    fields = {**_quote_fields(quote), "source": _source_fields(quote, contribution, private=writing.private)}
    return entry({name: fields[name] for name in _ORDER if fields[name]})


def _quote_fields(quote: MarkedQuote) -> dict[str, Value]:
    """Return what the desk knows of a quote, as the fields of its entry; an empty value is not written."""
    has_name = quote.mode is not Mode.ANONYMOUS
    by: Fields = {"name": quote.by.name if has_name else "", "role": quote.by.role, "country": quote.by.country}
    consent: Fields = {
        "state": quote.consent.state.value,
        "on": quote.consent.on.isoformat() if quote.consent.on else "",
        "how": quote.consent.how,
        "uses": [use.value for use in quote.consent.uses or ()],
    }
    return {
        "id": quote.id,
        "text": Folded(quote.text),
        "mode": quote.mode.value,
        "by": _without_empty(by),
        "consent": _without_empty(consent),
        "theme": quote.theme,
        "question": quote.question,
        "dissent": quote.dissent,
    }


def _source_fields(quote: MarkedQuote, contribution: Contribution | None, *, private: bool) -> dict[str, Value]:
    """Return where a quote was said. Without its author's name, nothing that leads to them.

    Of a private record that includes the moment: whoever looks at the network then finds the post.
    """
    if contribution is None:
        return _without_empty({"contribution": quote.contribution})
    return _without_empty({
        "channel": contribution.channel,
        "url": (contribution.url or "") if quote.mode is Mode.NAMED else "",
        "posted": "" if private and quote.mode is not Mode.NAMED else contribution.posted.isoformat(),
        "contribution": quote.contribution,
        "digest": contribution.digest if private else "",
    })  # fmt: skip


def _without_empty(fields: Fields) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value}


def _change_quote(
    edits: Edits,
    index: int,
    entry_fields: Mapping[str, object],
    quotes: tuple[MarkedQuote, MarkedQuote],
    record: Mapping[str, Contribution],
) -> None:
    """Write the fields of a quote that changed, each in its place."""
    before, after = (_quote_fields(quote) for quote in quotes)
    if _is_in_braces(edits, index, entry_fields):
        changed_fields = {name: value for name, value in after.items() if before[name] != value}
        fields = {**{name: _value_as_written(name, value) for name, value in entry_fields.items()}, **changed_fields}
        start, end = edits.block(index)
        margin = " " * edits.margin(start)
        edits.replace(start, end, [margin + line for line in entry(_without_empty(fields))])
        return
    for name in _ORDER:
        if name == "source" or before[name] == after[name]:
            continue
        present_value, old, new = entry_fields.get(name), before[name], after[name]
        if isinstance(old, Mapping) and isinstance(new, Mapping) and isinstance(present_value, Mapping):
            _change_inside(edits, (index, name), present_value, (old, new))
        else:
            edits.put((index, name), new or None, _field_above(index, name, entry_fields))
    _change_source(edits, index, entry_fields, quotes, record)


def _is_in_braces(edits: Edits, index: int, entry_fields: Mapping[str, object]) -> bool:
    """Return whether an entry is written on one line, in braces, so that none of its fields has a line of its own."""
    start, _ = edits.block(index)
    return edits.original(start, start + 1)[0].lstrip(" -").startswith("{") and bool(entry_fields)


def _value_as_written(name: str, value: object) -> Value:
    """Return a value as it was written, to be written again."""
    if isinstance(value, Mapping):
        return {str(key): str(item) if not isinstance(item, list) else item for key, item in value.items()}
    return Folded(str(value)) if name == "text" else str(value)


def _is_block(edits: Edits, index: int, name: str, entry_fields: Mapping[str, object]) -> bool:
    """Return whether each part of a field, such as those of `consent`, has a line of its own."""
    line = edits.origin.keys[index, name][0]
    return bool(entry_fields) and all(edits.origin.keys[index, name, key][0] > line for key in entry_fields)


def _change_inside(
    edits: Edits, steps: tuple[int, str], entry_fields: Mapping[str, object], values: tuple[Fields, Fields]
) -> None:
    """Write the fields within a field that changed: the role of an author, the state of a consent."""
    before, after = values
    if not after:
        edits.put(steps, None)
        return
    if not _is_block(edits, *steps, entry_fields):
        other_fields = {name: str(value) for name, value in entry_fields.items() if name not in {*before, *after}}
        edits.put(steps, {**other_fields, **after})
        return
    last = list(entry_fields)[-1]
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            edits.put((*steps, name), after.get(name), (*steps, last))


def _field_above(index: int, name: str, entry_fields: Mapping[str, object]) -> tuple[int, str]:
    """Return the field of an entry below which another one is written."""
    fields_above = [each for each in _ORDER[: _ORDER.index(name)] if each in entry_fields]
    return index, fields_above[-1] if fields_above else next(iter(entry_fields))


def _change_source(
    edits: Edits,
    index: int,
    entry_fields: Mapping[str, object],
    quotes: tuple[MarkedQuote, MarkedQuote],
    record: Mapping[str, Contribution],
) -> None:
    """Add or delete the address of a quote's post: only a quote with its author's name and consent has one."""
    before, after = quotes
    source = entry_fields.get("source")
    is_same = before.mode is after.mode and before.consent.state is after.consent.state
    if is_same or not isinstance(source, dict) or not source:
        return
    shows_author = after.mode is Mode.NAMED and after.consent.state is not ConsentState.REFUSED
    contribution = record.get(after.contribution)
    fields: dict[str, Value] = {
        name: str(value) for name, value in source.items() if name not in _TELLTALE or shows_author
    }
    if shows_author and contribution and contribution.url and "url" not in fields:
        fields = {"channel": contribution.channel, "url": contribution.url, **fields}
    if fields != source and not _is_block(edits, index, "source", source):
        edits.put((index, "source"), fields)
    elif fields != source:
        field_above = "channel" if "channel" in source else list(source)[-1]
        for name in _TELLTALE:
            if fields.get(name) != source.get(name):
                edits.put((index, "source", name), fields.get(name), (index, "source", field_above))


def same_words(first: str, second: str) -> bool:
    """Return whether two texts differ in white space only, which a folded text does not keep."""
    return one_space(first) == one_space(second)
