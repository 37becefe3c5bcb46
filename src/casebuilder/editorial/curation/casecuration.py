"""The curation that a case's own files hold: quotes.yml and commentary.md, as a desk shows them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from casebuilder.casefiles import commentary_path, quotes_path
from casebuilder.editorial.curation import passages
from casebuilder.editorial.curation.deskschema import (
    Agreement,
    Author,
    Base,
    Curation,
    DeskTheme,
    MarkedQuote,
    Marks,
    plain_curation,
)
from casebuilder.model import Arranged, ConsentState, Mode, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.model import Commentary, Quote
    from casebuilder.model.case import Case

_COLOURS = 8


def curation_of(case: Case, texts: Mapping[str, str], desk: str) -> Curation:
    """Return the curation in a case's files, with its base.

    Args:
        case: as it was read from `texts`, without errors in its quotes and commentary.
        texts: the series' texts by path.
        desk: the id of the desk that it is for.
    """
    commentary = case.commentary
    curation = Curation(
        case=case.slug,
        desk=desk,
        arranged=commentary.arranged if commentary else Arranged.THEMES,
        curators=commentary.curators if commentary else _credited_curators(case),
        method=commentary.method if commentary else "",
        method_automatic=commentary is None,
        introduction=_introduction(commentary),
        themes=_desk_themes(commentary),
        quotes=_marked_quotes(case),
        contributions={contribution.id: Marks(spam=True) for contribution in case.contributions if contribution.spam},
    )
    return replace(curation, base=base(curation, texts))


def base(curation: Curation, texts: Mapping[str, str]) -> Base:
    """Return what a curation that was read from some texts began from."""
    return Base(
        quotes=digest(texts.get(quotes_path(curation.case), "")),
        commentary=digest(texts.get(commentary_path(curation.case), "")),
        parts={name: digest(json.dumps(part, sort_keys=True)) for name, part in parts(curation).items()},
    )


def parts(curation: Curation) -> dict[str, object]:
    """Return the parts of a curation that stand in files, by name, as plain values.

    They are compared and merged singly.
    """
    values: dict[str, object] = {
        "arranged": curation.arranged.value,
        "curators": list(curation.curators),
        "method": "" if curation.method_automatic else curation.method,
        "introduction": curation.introduction,
        "order": [theme.id for theme in curation.themes],
    }
    values |= {f"theme {theme.id}": {"title": theme.title, "summary": theme.summary} for theme in curation.themes}
    values |= {f"quote {quote['id']}": quote for quote in _quotes_in_file(curation)}
    return values | {f"spam {name}": True for name, marks in curation.contributions.items() if marks.spam}


def _credited_curators(case: Case) -> tuple[str, ...]:
    return tuple(credit.person for credit in case.credits if Role.CURATOR in credit.roles)


def _quotes_in_file(curation: Curation) -> Iterator[dict[str, object]]:
    """Yield the quotes of a curation that stand in quotes.yml, without what only the desk knows."""
    quotes = replace(curation, quotes=tuple(quote for quote in curation.quotes if quote.quoted))
    private = {"memo", "passages", "extra", "quoted"}
    for quote in cast("list[dict[str, object]]", plain_curation(quotes)["quotes"]):
        yield {name: value for name, value in quote.items() if name not in private}


def digest(text: str) -> str:
    """Return the digest of a text; empty for an empty one."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def _introduction(commentary: Commentary | None) -> str:
    return next((each.body.source for each in (commentary.sections if commentary else ()) if not each.title), "")


def _desk_themes(commentary: Commentary | None) -> tuple[DeskTheme, ...]:
    if commentary is None:
        return ()
    texts = {each.theme: each.body.source for each in reversed(commentary.sections) if each.title}
    ids_in_order = [each.theme for each in commentary.sections if each.title]
    # Readers see the order of the headings; the list in the front matter may have another.
    themes_in_order = sorted(
        commentary.themes, key=lambda theme: ids_in_order.index(theme.id) if theme.id in texts else len(ids_in_order)
    )
    return tuple(
        DeskTheme(
            id=theme.id,
            title=theme.title,
            colour=number % _COLOURS,
            letter=letter(number),
            summary=texts.get(theme.id, ""),
        )
        for number, theme in enumerate(themes_in_order)
    )


def letter(number: int) -> str:
    """Return the letter of a theme that nobody gave one: A to Z, then AA."""
    cycles, index = divmod(number, 26)
    return (letter(cycles - 1) if cycles else "") + chr(ord("A") + index)


def _marked_quotes(case: Case) -> tuple[MarkedQuote, ...]:
    texts = {contribution.id: contribution.text for contribution in case.contributions}
    return tuple(
        _marked_quote(quote, texts) for quote in case.quotes if quote.consent.state is not ConsentState.WITHDRAWN
    )


def _marked_quote(quote: Quote, texts: Mapping[str, str]) -> MarkedQuote:
    name = quote.source.contribution
    verbatim = quote.mode is not Mode.PARAPHRASE
    return MarkedQuote(
        id=quote.id,
        contribution=name,
        passages=passages.located(quote.text, texts.get(name, "")) if verbatim else (),
        text=quote.text,
        mode=quote.mode,
        by=Author(name=quote.by.name, role=quote.by.role, country=quote.by.country or ""),
        theme=quote.theme,
        question=quote.question,
        dissent=quote.dissent,
        quoted=True,
        consent=Agreement(
            state=quote.consent.state, on=quote.consent.on, how=quote.consent.how, uses=quote.consent.uses
        ),
        extra=bool(quote.source.archived),
    )
