"""A work as words: a reference that a text cites, and a case or a response as others cite it.

Source of the forms: Citing Medicine, 2nd edition (US National Library of Medicine), the Vancouver style that the
ICMJE recommends: authors up to six, then "et al."; title; container; year;volume(issue):pages. And the Publication
Manual of the American Psychological Association, 7th edition (sections 9.7 to 9.12 and 10.1).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote
from zoneinfo import ZoneInfo

from casebuilder.model import Role
from casebuilder.wording import SOURCE, Words, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.model import Case, Person, Reference, Response, Series

#: The ICMJE's recommendation lists six authors before "et al.".
_AUTHORS = 6
#: A citation tells days alone, which are those of the series.
_ZONE = ZoneInfo("UTC")
#: APA names up to twenty authors.
_APA_AUTHORS = 20
_LATIN_IN_BRACKETS = re.compile(r"\((?P<name>[^()]*[A-Za-z][^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Work:
    """A case, a response or a volume, as others cite it.

    Attributes:
        key: names it in a bibliography: "case-2026-03-late-handover".
        authors: those who wrote it, in the order of the credits.
        title: with "[withdrawn]" after it where that is so.
        container: the series' name.
        day: when it was published.
        volume: the season, or nothing.
        issue: the episode, or nothing.
        doi: or nothing.
        address: its page; empty if the series has no address.
        language: BCP 47.
        told_in: the language of our words in a citation, "Available from": its own, or the series' where that has no
            catalogue.
        abstract: a few sentences that give nothing away, or nothing.
        keywords: its topics.
        is_book: whether it is a volume, whose authors are its editors and whose container is its publisher.
    """

    key: str
    authors: tuple[Person, ...]
    title: str
    container: str
    day: date
    volume: str
    issue: str
    doi: str
    address: str
    language: str
    told_in: str
    abstract: str
    keywords: tuple[str, ...]
    is_book: bool = False

    @property
    def found_at(self) -> str:
        """Where it is found: its DOI first, since that outlives addresses; or nothing."""
        return doi_address(self.doi) if self.doi else self.address


def vancouver(reference: Reference) -> str:
    """A reference as plain text, without its address: "Chan T, Thoma B, Lin M. Title. Acad Med. 2015;90(6):785-9."."""
    authors = ", ".join(reference.authors[:_AUTHORS]) + (", et al" if len(reference.authors) > _AUTHORS else "")
    year = str(reference.year or "")
    return _sentences(
        authors,
        reference.title,
        reference.container,
        _numbers(year, reference.volume, reference.issue, reference.pages),
    )


def doi_address(doi: str) -> str:
    """Where a DOI leads; older ones hold signs that an address cannot, such as <, > and #."""
    return f"https://doi.org/{quote(doi, safe='/:;,()._-')}"


def address(reference: Reference) -> str:
    """Where a reference is found: its DOI first, since that outlives addresses; or nothing."""
    if reference.doi:
        return doi_address(reference.doi)
    if reference.url:
        return reference.url
    return f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/" if reference.pmid else ""


def cited_name(person: Person) -> str:
    """A person's name as a bibliography gives it, in Latin letters where the profile has them in brackets.

    The name stays whole. Any rule that guesses which part is the family name gets "Tan Mei Ling" or "Rosa Quispe
    Mamani" wrong, and a wrong name in other people's reference lists is there for ever.
    """
    latin = _LATIN_IN_BRACKETS.search(person.name)
    return latin["name"].strip() if latin else person.name


def work_of_case(case: Case, series: Series) -> Work:
    """A case as others cite it: its writers are its authors."""
    return Work(
        key=f"case-{case.slug}",
        authors=_people(series, (credit.person for credit in case.credits if Role.WRITER in credit.roles)),
        title=case.title,
        container=series.name,
        day=_day(case.opens),
        volume="" if case.season is None else str(case.season),
        issue="" if case.episode is None else str(case.episode),
        doi=case.doi,
        address=f"{series.site_url}cases/{case.slug}/" if series.site_url else "",
        language=case.language or series.language,
        told_in=_told_in(case.language or series.language, series),
        abstract=case.teaser,
        keywords=case.topics,
    )


def work_of_response(case: Case, response: Response, series: Series) -> Work:
    """One expert response as others cite it: published with the release, found on the case's page."""
    whole = work_of_case(case, series)
    return Work(
        key=f"{whole.key}-{response.person}",
        authors=_people(series, (response.person,)),
        title=_said(whole.told_in).gettext(
            "%(title)s [expert response to “%(case)s”]", title=response.title, case=case.title
        ),
        container=whole.container,
        day=_day(case.releases or case.opens),
        volume=whole.volume,
        issue=whole.issue,
        doi="",
        address=f"{whole.address}#{response_anchor(response)}" if whole.address else "",
        language=whole.language,
        told_in=whole.told_in,
        abstract="",
        keywords=whole.keywords,
    )


def work_of_volume(name: str, title: str, cases: Iterable[Case], series: Series) -> Work:
    """A volume as others cite it: a book of the series, edited by those who edited its cases, the busiest first.

    Args:
        name: "volume-2025", its place on the page of packs.
        title: for people.
        cases: what is in it; at least one.
        series: for its name, its people and its address.
    """
    bound = tuple(cases)
    edited = Counter(credit.person for case in bound for credit in case.credits if Role.EDITOR in credit.roles)
    return Work(
        key=name,
        authors=_people(series, sorted(edited, key=lambda person: (-edited[person], person))),
        title=title,
        container=series.name,
        day=max(_day(case.releases or case.opens) for case in bound),
        volume="",
        issue="",
        doi="",
        address=f"{series.site_url}facilitators/#{name}" if series.site_url else "",
        language=series.language,
        told_in=series.language,
        abstract="",
        keywords=(),
        is_book=True,
    )


def response_anchor(response: Response) -> str:
    """The id of a response on its case's page."""
    return f"response-{response.person}"


def case_citation(case: Case, series: Series) -> str:
    """How to cite a case, in Vancouver style, with its address."""
    return vancouver_of(work_of_case(case, series))


def vancouver_of(work: Work) -> str:
    """A case or a response in Vancouver style: "Ada Byrne. Title. Series. 2025 May 23;1(3). Available from: ..."."""
    names = [cited_name(person) for person in work.authors]
    authors = ", ".join(names[:_AUTHORS]) + (", et al" if len(names) > _AUTHORS else "")
    day = f"{work.day.year} {_said(work.told_in).short_month(work.day)} {work.day.day}"
    if work.is_book:
        editors = authors and _said(work.told_in).ngettext(
            "%(names)s, editor", "%(names)s, editors", len(names), names=authors
        )
        return _found(
            _sentences(editors, work.title, "; ".join(filter(None, (work.container, str(work.day.year))))), work
        )
    words = _sentences(authors, work.title, work.container, _numbers(day, work.volume, work.issue))
    return _found(words, work)


def _found(words: str, work: Work) -> str:
    if not work.found_at:
        return words
    # Translators: a citation in Vancouver style, whose parts end in full stops; then the address.
    return _said(work.told_in).gettext("%(work)s Available from: %(address)s", work=words, address=work.found_at)


def _told_in(language: str, series: Series) -> str:
    return language if language.partition("-")[0] == spoken(language).partition("-")[0] else series.language


def _said(language: str) -> Words:
    """Words that stand in a citation, or English ones where there is no catalogue."""
    # English has one form wherever it is spoken: "Sep", and "May 23".
    return Words(SOURCE if spoken(language) == SOURCE else language, _ZONE)


def apa_of(work: Work) -> str:
    """A case or a response in APA style, as plain text: "Ada Byrne. (2025, May 23). Title. Series, 1(3). https://..."."""
    names = [cited_name(person) for person in work.authors]
    if len(names) > _APA_AUTHORS:
        names = [*names[: _APA_AUTHORS - 1], f"… {names[-1]}"]
    elif len(names) > 1:
        names[-1] = f"& {names[-1]}"
    issue = f"({work.issue})" if work.issue else ""
    container = ", ".join(part for part in (work.container, work.volume + issue) if part)
    day = f"({work.day.year})" if work.is_book else f"({work.day.year}, {_said(work.told_in).day_of_year(work.day)})"
    if work.is_book and names:
        names[-1] = _said(work.told_in).ngettext("%(names)s (Ed.)", "%(names)s (Eds.)", len(names), names=names[-1])
    words = (
        _sentences(", ".join(names), day, work.title, container) if names else _sentences(work.title, day, container)
    )
    return f"{words} {work.found_at}".rstrip()


def _people(series: Series, names: Iterable[str]) -> tuple[Person, ...]:
    """The profiles of these people, each once."""
    return tuple(person for name in dict.fromkeys(names) if (person := series.person(name)))


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _numbers(when: str, volume: str, issue: str, pages: str = "") -> str:
    """When, and where in it: "2015;90(6):785-789", as far as there is something to tell."""
    numbers = volume + (f"({issue})" if issue else "") + (f":{pages}" if pages else "")
    return f"{when};{numbers}" if numbers else when


def _sentences(*sentences: str) -> str:
    """The sentences that say something, each with its full stop."""
    return " ".join(_sentence(sentence) for sentence in sentences if sentence)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."
