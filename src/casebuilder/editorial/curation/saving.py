"""From a curation that a page or a file brings to the new texts of the case's files. Pure: writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.casefiles import commentary_path, quotes_path, record_path
from casebuilder.editorial.curation import (
    casecuration,
    commentaryfile,
    concurrentedits,
    curationchecks,
    methodwording,
    newerrors,
    quotefile,
    recordfile,
)
from casebuilder.editorial.curation.yamledits import EditError, one_space
from casebuilder.model import ConsentState, Discussions
from casebuilder.wording import Translator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.curation.concurrentedits import Conflict
    from casebuilder.editorial.curation.deskschema import Base, Curation
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of a curation.

    Attributes:
        curation: what is to be remembered: merged with what was edited outside, and with its new base.
        edits: new texts by path, where they differ; None deletes a file.
        reasons: why it is refused: nothing is to be written then.
        conflicts: parts that were edited outside, too: nothing is to be written before a person decides.
        dropped: what was left out, a sentence each.
        outside: whether something was taken over that the page does not have.
    """

    curation: Curation
    edits: Mapping[str, str | None] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    dropped: tuple[str, ...] = ()
    outside: bool = False


def saved(series: Series, texts: Mapping[str, str], curation: Curation, keep: str = "") -> Saved:
    """Return the files to write for a curation.

    Args:
        series: as it was read from `texts`.
        texts: the series' texts by path, as they are now.
        curation: what came in.
        keep: whose version counts where both sides changed something: "mine", "theirs", or "" to ask.
    """
    case = series.case(curation.case)
    if case is None:
        return Saved(curation, reasons=(f'there is no case "{curation.case}"',))
    present = casecuration.curation_of(case, texts, curation.desk)
    people = {person.id for person in series.people}
    verdict = curationchecks.judged(curation, case, present, people)
    merged = concurrentedits.merge(verdict.curation, present, keep)
    if verdict.reasons or merged.conflicts:
        return Saved(curation, reasons=verdict.reasons, conflicts=merged.conflicts, dropped=verdict.dropped)
    merged_verdict = curationchecks.judged(merged.curation, case, present, people)
    # Each side is sound, and both together are not: a theme that one deleted and the other uses.
    if merged_verdict.reasons:
        return Saved(curation, reasons=merged_verdict.reasons)
    wanted_curation = merged_verdict.curation
    if wanted_curation.method_automatic:
        translator = Translator(case.language or series.language, series.zone)
        wanted_curation = replace(wanted_curation, method=methodwording.line(translator))
    try:
        edits, base = _make_edits(series, case, texts, (present, wanted_curation))
    except EditError as error:
        return Saved(curation, reasons=(str(error),))
    has_outside_changes = merged.outside or bool(verdict.dropped) or _is_widened(curation, wanted_curation)
    return Saved(replace(wanted_curation, base=base), edits, (), (), verdict.dropped, outside=has_outside_changes)


def _is_widened(curation: Curation, wanted_curation: Curation) -> bool:
    """Return whether a passage ended within a word, so that the page shows another one than the files."""
    sent_passages = {quote.id: quote.passages for quote in curation.quotes}
    return any(quote.passages != sent_passages.get(quote.id, quote.passages) for quote in wanted_curation.quotes)


def own_texts(texts: Mapping[str, str], slug: str) -> dict[str, str]:
    """Return the texts that a case's curation depends on: its own, the settings and the people."""
    other_folders, own_folders = (
        ("cases/", "commentary/", "collections/", "docs/"),
        (f"cases/{slug}/", f"commentary/{slug}/"),
    )
    return {
        path: text for path, text in texts.items() if path.startswith(own_folders) or not path.startswith(other_folders)
    }


def _make_edits(
    series: Series, case: Case, texts: Mapping[str, str], curations: tuple[Curation, Curation]
) -> tuple[dict[str, str | None], Base]:
    """Return the new texts and their base, read again and compared with what they are to hold.

    Raises:
        EditError: a file is written in a form in which it cannot be edited safely.
    """
    present, wanted_curation = curations
    paths = (quotes_path(case.slug), commentary_path(case.slug), record_path(case.slug))
    quotes, commentary, record = (texts.get(path, "") for path in paths)
    is_private = series.settings.discussions is Discussions.PRIVATE
    new_texts: tuple[str | None, ...] = (
        quotefile.edited(quotes, quotefile.Writing(case, present, wanted_curation, private=is_private)),
        commentaryfile.edited(commentary, case.commentary, present, wanted_curation),
        recordfile.edited(record, case, wanted_curation),
    )
    edits = {path: text for path, text in zip(paths, new_texts, strict=True) if (text or "") != texts.get(path, "")}
    return edits, _verify_edits(case, texts, edits, wanted_curation) if edits else present.base


def _verify_edits(
    case: Case, texts: Mapping[str, str], edits: Mapping[str, str | None], wanted_curation: Curation
) -> Base:
    """Return the base of the new files.

    Refuses edits that give another curation than the wanted one, that change what no desk shows, or after which a
    file has an error that it did not have.

    Raises:
        EditError: they would.
    """
    new_texts = {path: text for path, text in {**own_texts(texts, case.slug), **edits}.items() if text}
    series, problems = readers.read(new_texts)
    newerrors.refuse(edits, readers.read(own_texts(texts, case.slug))[1], problems)
    case_then = series.case(case.slug)
    curation_read = casecuration.curation_of(case_then, new_texts, wanted_curation.desk) if case_then else None
    if (
        case_then is None
        or curation_read is None
        or not (
            _is_as_wanted(curation_read, wanted_curation, case_then) and _other_fields_are_unchanged(case, case_then)
        )
    ):
        raise EditError(f"{', '.join(edits)} cannot be edited safely, because of the form in which it is written")
    return curation_read.base


def _is_as_wanted(curation: Curation, wanted_curation: Curation, case: Case) -> bool:
    """Return whether files hold what they are to hold, apart from white space around texts."""
    if case.commentary is None:  # not written yet, because no curators are named
        wanted_curation = replace(curation, quotes=wanted_curation.quotes, contributions=wanted_curation.contributions)
    return _comparable_parts(curation) == _comparable_parts(wanted_curation)


def _comparable_parts(curation: Curation) -> dict[str, object]:
    """Return the parts of a curation that stand in files, without white space that a file does not keep."""
    themes = tuple(replace(theme, summary=theme.summary.strip()) for theme in curation.themes)
    quotes = tuple(replace(quote, text=one_space(quote.text)) for quote in curation.quotes)
    return casecuration.parts(
        replace(
            curation,
            themes=themes,
            quotes=quotes,
            method=one_space(curation.method),
            method_automatic=False,
            introduction=curation.introduction.strip(),
        )
    )


def _other_fields_are_unchanged(before: Case, after: Case) -> bool:
    """Return whether withdrawn quotes, the sources of the others and the record are what they were, apart from spam."""
    old, new = ({quote.id: quote for quote in case.quotes} for case in (before, after))
    for name, quote in old.items():
        if quote.consent.state is ConsentState.WITHDRAWN and new.get(name) != quote:
            return False
        new_quote = new.get(name)
        if new_quote and new_quote.source.contribution != quote.source.contribution:
            return False
    contents = [
        [
            (contribution.id, contribution.text, contribution.author_key, contribution.posted)
            for contribution in case.contributions
        ]
        for case in (before, after)
    ]
    return contents[0] == contents[1]
