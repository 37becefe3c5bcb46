"""A desk: the record of a case's discussion with the curation so far, and only what may be shown of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import casecuration, deskmemory, deskthread, suggestions
from casebuilder.editorial.curation.deskschema import Desk, DeskQuestion
from casebuilder.wording import Translator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.editorial.discussion import Person
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: Who may read a record, in words for the page. The page's interface is English.
_PUBLIC = "The record of this discussion is public in the series’ repository. How to reach people is not in this file."
_PRIVATE = (
    "This desk holds the record of a discussion that is private. Give it only to this series’ editors and the curators "
    "of this case, never by a public link, and delete it when the commentary is released."
)


@dataclass(frozen=True, slots=True)
class Material:
    """What a desk is made of.

    Attributes:
        series: the whole series.
        case: the case to curate, as it was read from `texts`.
        texts: the series' texts by path.
        remembered: what the desk remembered of earlier sessions.
        people: who is who; None if that is not known here, or not to be in this desk.
        history: the page's own, for undo.
    """

    series: Series
    case: Case
    texts: Mapping[str, str]
    remembered: deskmemory.Memory
    people: Sequence[Person] | None = None
    history: object = None


def desk(material: Material, desk_id: str) -> Desk:
    """Return everything that the page of a desk is given, except suggestions. Two desks never share an id."""
    series, case, remembered = material.series, material.case, material.remembered
    contributions = deskthread.shown(case)
    texts = {item.id: item.text for item in contributions}
    in_files = casecuration.curation_of(case, material.texts, desk_id)
    curation = deskmemory.remembered(in_files, remembered, texts, has_commentary=case.commentary is not None)
    return Desk(
        desk=desk_id,
        case=case.slug,
        title=case.title,
        language=case.language or series.language,
        kind=case.kind,
        base=curation.base,
        questions=tuple(DeskQuestion(id=question.id, title=question.title) for question in case.questions),
        contributions=deskthread.rows(contributions, Translator("en", series.zone)),
        people=deskthread.people(
            material.people, contributions, (*case.quotes, *deskmemory.refused(remembered)), case.slug
        ),
        suggestions={},
        templates={},
        who_may_have_it=_PRIVATE if series.settings.discussions == "private" else _PUBLIC,
        curation=curation,
        history=material.history,
    )


def suggestions_for(case: Case) -> dict[str, object]:
    """Return what may help to read a case's record.

    It takes seconds, so that a page asks for it once the thread is there.
    """
    return suggestions.suggest(deskthread.shown(case), {quote.source.contribution for quote in case.quotes}).as_json()
