"""Structure: ids are defined once, names lead to something, and counts are usual."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.casefiles import record_path
from casebuilder.checks.meantnames import is_same_title, meant_by_title, of_another_level
from casebuilder.model import Kind, old_name
from casebuilder.problems import Problem
from casebuilder.readers.casefoldernames import meant_slug
from casebuilder.slugs import slug
from casebuilder.text import Guesses, did_you_mean, straight_quotes
from casebuilder.wordcount import has_blanks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sized

    from casebuilder.model import Framework
    from casebuilder.model.series import Series

#: Ids of facilitation notes besides those of questions.
NOTE_IDS = ("brief", "prepare", "board", "take-home")
_QUESTIONS = range(2, 8)
_OBJECTIVES = range(2, 6)
#: The length of the longest code in the frameworks; anything longer is a word.
_A_CODE = 4


def counts(series: Series) -> Iterator[Problem]:
    """A case has a usual number of questions and objectives, and a journal club has a paper."""
    for case in series.cases:
        if case.status is not None:
            continue
        path = f"cases/{case.slug}/questions.md"
        if case.questions and len(case.questions) not in _QUESTIONS:
            message = f"{_number_of(case.questions, 'question')}; a session has time for two to seven"
            hint = "choose the best" if len(case.questions) > _QUESTIONS[-1] else "add one"
            yield Problem(path, 1, 1, "question-count", message, hint)
        if len(case.objectives) not in _OBJECTIVES and case.origin.sound("objectives"):
            place = case.origin.at("objectives")
            message = f"{_number_of(case.objectives, 'objective')}; a session reaches two to five"
            hint = "choose the best" if len(case.objectives) > _OBJECTIVES[-1] else "add one"
            yield Problem(*place, "objective-count", message, hint)
        if case.kind is Kind.JOURNAL_CLUB and case.paper is None and case.origin.sound("paper"):
            hint = 'add "paper:" with id, authors, title, container, year, published and open_access'
            yield Problem(*case.origin.at(), "missing-field", '"paper" is missing: a journal club reads one', hint)
        if case.kind is Kind.CASE and case.paper is not None and case.story and case.origin.sound("kind"):
            hint = 'put it under "references", or write "kind: journal-club"'
            yield Problem(*case.origin.at_key("paper"), "wrong-kind", '"paper" belongs to a journal club', hint)


def _number_of(things: Sized, name: str) -> str:
    return f"the case has {len(things)} {name}{'s' * (len(things) != 1)}"


def duplicates(series: Series) -> Iterator[Problem]:
    """Report ids that a case defines twice, and numbers or old addresses that two cases share."""
    for case in series.cases:
        yield from _report_twice(((question.id, question.place) for question in case.questions), "question")
        yield from _report_twice(((note.id, note.place) for note in case.notes), "section")
        yield from _report_twice(
            ((quote.id, case.quotes_origin.at(i, "id")) for i, quote in enumerate(case.quotes)), "quote"
        )
        works = ((work.id, case.origin.at("references", i, "id")) for i, work in enumerate(case.references))
        paper = ((case.paper.id, case.origin.at("paper", "id")),) if case.paper else ()
        yield from _report_twice((*paper, *works), "reference")
        yield from _report_twice(
            ((contribution.id, contribution.place) for contribution in case.contributions), "contribution"
        )
        if case.commentary:
            origin = case.commentary.origin
            themes = ((theme.id, origin.at("themes", i, "id")) for i, theme in enumerate(case.commentary.themes))
            yield from _report_twice(themes, "theme")
    yield from _claimed_twice(series)


def _report_twice(ids_and_places: Iterable[tuple[str, tuple[str, int, int]]], sort: str) -> Iterator[Problem]:
    first_places: dict[str, tuple[str, int, int]] = {}
    for name, place in ids_and_places:
        if name in first_places:
            hint = f"the other is on line {first_places[name][1]}; give this one another id"
            yield Problem(*place, "duplicate-id", f'another {sort} has the id "{name}" already', hint, name)
        first_places.setdefault(name, place)


def _claimed_twice(series: Series) -> Iterator[Problem]:
    episodes: dict[tuple[int, int], str] = {}
    addresses = {case.slug: case.slug for case in series.cases}
    for case in series.cases:
        if case.season is not None and case.episode is not None:
            other = episodes.setdefault((case.season, case.episode), case.slug)
            if other != case.slug:
                message = f"season {case.season}, episode {case.episode} is {other} already"
                yield Problem(
                    *case.origin.at("episode"),
                    "duplicate-episode",
                    message,
                    "continue from the number of the last episode",
                )
        for index, alias in enumerate(case.aliases):
            name = old_name(alias)
            other = addresses.setdefault(name, case.slug)
            if other != case.slug or name == case.slug:
                message = f'the old address "{alias}" leads to {other} already'
                yield Problem(
                    *case.origin.at("aliases", index),
                    "duplicate-alias",
                    message,
                    "delete it from one of the two",
                )


def questions(series: Series) -> Iterator[Problem]:
    """Report unknown question ids in notes, quotes, contributions and session plans."""
    for case in series.cases:
        question_ids = [question.id for question in case.questions]
        if not question_ids or len(set(question_ids)) < len(
            question_ids
        ):  # a problem of its own: which ids are meant is not known yet
            continue
        for note in case.notes:
            if note.id not in question_ids and note.id not in NOTE_IDS:
                if found := of_another_level((each.body for each in case.questions), note.id):
                    message = f'the heading "{found[0]}" is not that of a question'
                    yield Problem(*found[1], "unknown-question", message, 'begin it with "## "', note.id)
                    continue
                named = next((each for each in case.questions if is_same_title(each.title, note.title)), None)
                hint = (
                    (f"write ## {note.title} {{#{named.id}}}" if named else "")
                    or did_you_mean(note.id, [*question_ids, *NOTE_IDS])
                    or f"one of: {', '.join((*question_ids, *NOTE_IDS))}"
                )
                message = f'the notes have a section "{note.id}", but the case has no such question'
                yield Problem(*note.place, "unknown-question", message, hint, note.id)
        named_questions = [
            (quote.question, case.quotes_origin.at(i, "question")) for i, quote in enumerate(case.quotes)
        ]
        named_questions += [(item.question, item.place) for item in case.contributions]
        timetable = enumerate(case.discussion.timetable)
        named_questions += [
            (item.question, case.origin.at("discussion", "timetable", i, "question")) for i, item in timetable
        ]
        for name, place in named_questions:
            if name and name not in question_ids:
                if found := of_another_level((each.body for each in case.questions), name):
                    message = f'the heading "{found[0]}" is not that of a question'
                    yield Problem(*found[1], "unknown-question", message, 'begin it with "## "', name)
                    continue
                meant = meant_by_title(name, {each.id: each.title for each in case.questions})
                hint = meant or did_you_mean(name, question_ids) or f"one of: {', '.join(question_ids)}"
                yield Problem(*place, "unknown-question", f'unknown question "{name}"', hint, name)


def quotes_in_commentary(series: Series) -> Iterator[Problem]:
    """Report unknown quotes in the commentary, and quotes that it places twice."""
    for case in series.cases:
        quote_ids = {quote.id for quote in case.quotes}
        uses: Counter[str] = Counter()
        for section in case.commentary.sections if case.commentary else ():
            for quote_place in markdown.facts(section.body).quotes:
                place = section.body.path, *quote_place.place
                uses[quote_place.id] += 1
                if quote_place.id not in quote_ids and case.quotes_origin.whole:
                    advice = "list it in quotes.yml" if quote_place.id else "write the quote's id between the brackets"
                    hint = did_you_mean(quote_place.id, quote_ids) or advice
                    yield Problem(*place, "unknown-quote", f'unknown quote "{quote_place.id}"', hint, quote_place.id)
                elif quote_place.id in quote_ids and uses[quote_place.id] > 1:
                    message = f'the quote "{quote_place.id}" is placed a second time'
                    yield Problem(*place, "quote-placed-twice", message, "delete one of the two lines")


def contributions(series: Series) -> Iterator[Problem]:
    """Report unknown contributions that quotes and replies name, if there is a record to compare with."""
    guesses = Guesses()
    for case in series.cases:
        contribution_ids = {contribution.id for contribution in case.contributions}
        if not contribution_ids or record_path(case.slug) in series.unread:
            continue
        named_contributions = [
            (q.source.contribution, case.quotes_origin.at(i, "source", "contribution"))
            for i, q in enumerate(case.quotes)
        ]
        named_contributions += [
            (item.in_reply_to, item.place) for item in case.contributions if item.in_reply_to != item.id
        ]
        own_ids = {item.place: item.id for item in case.contributions}
        for item in case.contributions:
            if item.in_reply_to == item.id:
                message = f'the contribution "{item.id}" answers itself'
                hint = 'write the id of the contribution that it answers, or delete "in_reply_to"'
                yield Problem(*item.place, "unknown-contribution", message, hint)
        for name, place in named_contributions:
            if name and name not in contribution_ids:
                others = contribution_ids - {own_ids.get(place, "")}
                hint = guesses.did_you_mean(name, others) or f"see commentary/{case.slug}/discussion.jsonl"
                yield Problem(*place, "unknown-contribution", f'unknown contribution "{name}"', hint, name)


def competencies(series: Series) -> Iterator[Problem]:
    """A competency is written `framework:code`, from a built-in framework or the series' own."""
    frameworks = series.frameworks()
    for case in series.cases:
        for index, competency in enumerate(case.competencies):
            framework, colon, code = competency.partition(":")
            place = case.origin.at("competencies", index)
            if competency == "…" or (framework not in frameworks and series.origin.path in series.unread):
                continue
            if not colon and has_blanks(competency) and not case.origin.sound("objectives"):
                continue  # the line "objectives:" is missing, and its sentences are in the list above it
            if not colon:
                hint = _competency_hint(competency, frameworks) or "write it as canmeds:leader"
                message = f'"{competency}" is not framework:code'
                yield Problem(*place, "unknown-competency", message, hint)
            elif framework not in frameworks:
                hint = straight_quotes(competency) or did_you_mean(framework, frameworks)
                hint = hint or f"one of: {', '.join(frameworks)}"
                yield Problem(*place, "unknown-competency", f'unknown framework "{framework}"', hint)
            elif code not in frameworks[framework].codes:
                known_codes = frameworks[framework].codes
                suggestion = did_you_mean(code.strip(), known_codes) or _competency_hint(
                    code, {framework: frameworks[framework]}
                )
                hint = (
                    suggestion.replace('"', f'"{framework}:', 1)
                    if suggestion and framework not in suggestion
                    else suggestion
                )
                yield Problem(
                    *place,
                    "unknown-competency",
                    f'"{code}" is not in {framework}',
                    hint or f"{framework} has: {', '.join(known_codes)}",
                )


def _competency_hint(written: str, frameworks: dict[str, Framework]) -> str:
    """Return the hint for somebody who wrote only a code or a name: "communication", "Medical Expert"."""
    code_slug = slug(written)
    names = [
        (f"{key}:{code}", {slug(code), slug(label)})
        for key, framework in frameworks.items()
        for code, label in framework.codes.items()
    ]
    exact = next((name for name, slugs in names if code_slug in slugs), "")
    word = code_slug[:-2] if len(code_slug) > _A_CODE else "\n"
    suggestion = exact or next((name for name, slugs in names if any(word in candidate for candidate in slugs)), "")
    return f'did you mean "{suggestion}"?' if suggestion else ""


def collections(series: Series) -> Iterator[Problem]:
    """Report unknown and repeated cases in a collection."""
    case_slugs = [case.slug for case in series.cases]
    corrected_slugs = {meant_slug(case.slug, case.opens) for case in series.cases}
    for collection in series.collections:
        for index, entry in enumerate(collection.cases):
            if entry.case not in {*case_slugs, *corrected_slugs} and f"cases/{entry.case}" not in series.unread:
                name = entry.case.rstrip("/").rpartition("/")[2]
                meant = meant_by_title(name, {case.slug: case.title for case in series.cases})
                hint = f'did you mean "{name}"?' if name in case_slugs else meant or did_you_mean(name, case_slugs)
                hint = hint or "write the name of a folder in cases/"
                place = collection.origin.at("cases", index, "case")
                yield Problem(*place, "unknown-case", f'unknown case "{entry.case}"', hint, entry.case)
        listed_slugs: set[str] = set()
        for index, entry in enumerate(collection.cases):
            if entry.case in listed_slugs:
                place = collection.origin.at("cases", index, "case")
                yield Problem(*place, "duplicate-id", f'"{entry.case}" is listed twice', "delete one of the two")
            listed_slugs.add(entry.case)
