"""Anonymous quotes reveal no name by their id or role, and a pseudonym is one person's."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from casebuilder.model import ConsentState, Mode
from casebuilder.problems import Problem
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebuilder.model import Quote
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: Words in ids that identify nobody.
_NEUTRAL_WORDS = """
    quote quotes anon anonymous comment post reply answer thread tweet first second third fourth fifth last one two
    three four five theme question nurse doctor resident student patient midwife surgeon teacher learner registrar
    consultant intern trainee fellow faculty
"""
_NEUTRAL = frozenset(_NEUTRAL_WORDS.split())
#: Words that often have a capital in a role and are not names.
_ROLES_WORDS = """
    senior junior chief head lead staff ward charge emergency intensive critical care family general internal
    medicine medical surgical paediatric pediatric obstetric clinical nurse nursing physician doctor surgeon
    resident registrar consultant attending fellow intern student trainee professor lecturer educator teacher
    director manager officer specialist practitioner assistant associate hospital university department programme
    program academic foundation house year final operating theatre community public health mental primary acute
    anaesthetist anesthesiologist pharmacist physiotherapist therapist midwife paramedic librarian patient advocate
    researcher educator simulation quality improvement
"""
_ROLES = frozenset(_ROLES_WORDS.split())
_TITLED = re.compile(r"\b(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sr|Sra|Dra|Herr|Frau|M|Mme)\b\.? +[^\W\d_a-z][\w’'-]+")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
#: Languages that write every noun with a capital.
_NOUNS_IN_CAPITALS = ("de", "lb")


def quotes(series: Series) -> Iterator[Problem]:
    """The id and the role of an anonymous quote contain no name."""
    for case in series.cases:
        known_words: frozenset[str] | None = None
        for index, quote in enumerate(case.quotes):
            if quote.mode is Mode.NAMED or quote.by.name or quote.consent.state is ConsentState.WITHDRAWN:
                continue
            if known_words is None:
                known_words = _name_words((*_quoted_names(case), *(person.name for person in series.people)))
            name_words = known_words | _name_words(_authors(case, quote))
            if giveaway := _name_in_id(case, quote, name_words):
                message = f'the id "{quote.id}" of a quote without a name may say whose it is ("{giveaway}")'
                hint = f"anyone who can read the repository can read it: call it q{index + 1}, also where it is placed"
                yield Problem(*case.quotes_origin.at(index, "id"), "telling-quote", message, hint)
            language = case.language or series.language
            if giveaway := _name_in_role(quote, name_words, nouns=language.partition("-")[0] in _NOUNS_IN_CAPITALS):
                message = f'the role of a quote without a name may say whose it is ("{giveaway}")'
                hint = "write what the person does, such as ward nurse"
                yield Problem(*case.quotes_origin.at(index, "by", "role"), "telling-quote", message, hint)


def pseudonyms(series: Series) -> Iterator[Problem]:
    """No pseudonym means two people of a record: two curators may have imported at the same time."""
    for case in series.cases:
        first_places: dict[str, dict[str, tuple[str, int, int]]] = {}
        for item in case.contributions:
            first_places.setdefault(item.author, {}).setdefault(item.author_key, item.place)
        shared = {author: places for author, places in first_places.items() if len(places) > 1 and author}
        if not shared:
            continue
        from casebuilder.wording import recordwords

        numbers = [int(number[1]) for author in first_places if (number := recordwords.numbered().fullmatch(author))]
        for author, places in shared.items():
            number = recordwords.numbered().fullmatch(author)
            first_key, *other_keys = places
            for key in other_keys if number else ():
                numbers.append(max(numbers) + 1)
                free = author.replace(number[1], str(numbers[-1])) if number else ""
                message = f'"{author}" is the pseudonym of two people in this record'
                hint = (
                    f'write "{free}" as author of the contributions with the author_key {key}; or, if somebody said '
                    f"that both are one person: casebuilder discussion same-person {first_key} {key}"
                )
                yield Problem(*places[key], "shared-pseudonym", message, hint)


def _name_words(names: Iterable[str]) -> frozenset[str]:
    """Return the words of names."""
    parts_of_names = chain.from_iterable(slug(name).split("-") for name in names)
    return frozenset(word for word in parts_of_names if len(word) >= _SHORTEST)


def _quoted_names(case: Case) -> Iterator[str]:
    """Return the name of everybody quoted by name."""
    return (quote.by.name for quote in case.quotes)


def _authors(case: Case, quote: Quote) -> Iterator[str]:
    """Return the author of the contribution that a quote is from."""
    wanted = quote.source.contribution
    return (contribution.author for contribution in case.contributions if contribution.id == wanted)


def _name_in_id(case: Case, quote: Quote, name_words: frozenset[str]) -> str:
    """Return the words of an id that the case never writes in lower case, as it would an ordinary word."""
    words = [word for word in _WORD.findall(quote.id) if len(word) >= _SHORTEST and word not in _NEUTRAL]
    suspect = [word for word in words if word in name_words]
    if words and not suspect:
        ordinary_words = _lower_case_words(case)
        suspect = [word for word in words if word not in ordinary_words]
    return " ".join(suspect)


def _name_in_role(quote: Quote, name_words: frozenset[str], *, nouns: bool) -> str:
    """Return a name in a role: after a title, a handle, a known name, or two capitalised words; empty if none."""
    role = quote.by.role
    if match := _TITLED.search(role) or re.search(r"(?<![\w.])@\w[\w.]+", role):
        return match.group()
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", role) if word[0].isupper() and not word.isupper()]
    names = [word for word in words if slug(word) in name_words and word.casefold() not in _ROLES]
    if names:
        return " ".join(names)
    pairs = () if nouns else pairwise(re.findall(r"[^\s,;()]+", role))
    return next((f"{first} {second}" for first, second in pairs if _is_name(first) and _is_name(second)), "")


def _is_name(word: str) -> bool:
    """Return whether a word is capitalised and not usual in roles, unlike "Senior" or "ICU"."""
    return bool(re.fullmatch(r"[^\W\d_a-z][^\W\d_]*[a-zß-ÿ][\w’'-]*", word)) and word.casefold() not in _ROLES


def _lower_case_words(case: Case) -> frozenset[str]:
    """Return every word that the case writes in lower case."""
    texts = (
        case.title,
        case.teaser,
        *case.topics,
        *case.objectives,
        *(quote.text for quote in case.quotes),
        *(quote.by.role for quote in case.quotes),
        *(quote.theme for quote in case.quotes),
        *(part.body.source for part in case.story),
        *(text for question in case.questions for text in (question.id, question.title, question.body.source)),
        *(
            text
            for section in (case.commentary.sections if case.commentary else ())
            for text in (section.title, section.body.source)
        ),
    )
    return frozenset(word for text in texts for word in _WORD.findall(text) if word.islower())
