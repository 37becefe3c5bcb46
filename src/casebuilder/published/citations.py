"""Citations of a case, a response or a volume: in Vancouver and APA style, and as facts for other formats.

Sources of the forms: Citing Medicine, 2nd edition (US National Library of Medicine), the Vancouver style that the
ICMJE recommends; and the Publication Manual of the American Psychological Association, 7th edition (sections 9.7 to
9.12 and 10.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casebuilder.published.references import AUTHORS, doi_address, numbers, sentences

if TYPE_CHECKING:
    from casebuilder.model import PartialDate
    from casebuilder.published.people import PublishedPerson
    from casebuilder.wording import Translator

#: Citations contain days only, already in the series' zone, so any zone will do.
_ZONE = ZoneInfo("UTC")
#: APA names up to twenty authors.
_APA_AUTHORS = 20


@dataclass(frozen=True, slots=True)
class Work:
    """The bibliographic facts of a case, a response or a volume.

    Attributes:
        key: its key in a bibliography: "case-2026-03-late-handover".
        authors: its writers, in the order of the credits; for a volume, its editors.
        title: the title of the case, the response or the volume.
        container: the series' name.
        issued: when it was published; of a paper perhaps only the month or the year.
        volume: the season; may be empty.
        issue: the episode; may be empty.
        doi: its DOI; may be empty.
        address: its page; empty if the series has no address.
        language: BCP 47.
        words_in: the language of words such as "Available from": its own, or the series' if that has no catalogue.
        abstract: a few sentences that reveal no answer; may be empty.
        keywords: its topics.
        pages: of a paper in a journal.
        is_book: whether it is a volume, whose authors are its editors and whose container is its publisher.
    """

    key: str
    authors: tuple[PublishedPerson, ...]
    title: str
    container: str
    issued: PartialDate
    volume: str
    issue: str
    doi: str
    address: str
    language: str
    words_in: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    pages: str = ""
    is_book: bool = False

    @property
    def found_at(self) -> str:
        """The address of its DOI, or else of its page; may be empty."""
        return doi_address(self.doi) if self.doi else self.address


@dataclass(frozen=True, slots=True)
class Citation:
    """The citation of a work.

    Attributes:
        work: the facts.
        vancouver: in Vancouver style (ICMJE), with the address.
        apa: in APA style, with the address.
    """

    work: Work
    vancouver: str
    apa: str


def citation(work: Work) -> Citation:
    """Return the citation of a work in each style."""
    return Citation(work, vancouver_of(work), apa_of(work))


def vancouver_of(work: Work) -> str:
    """Return a work in Vancouver style: "Byrne A. Title. Series. 2025 May 23;1(3). Available from: ..."."""
    names = [person.cited.vancouver for person in work.authors]
    authors = ", ".join(names[:AUTHORS]) + (", et al." if len(names) > AUTHORS else "")
    translator = words_of(work.words_in)
    parts = [str(part) for part in work.issued.parts]
    parts[1:2] = [translator.short_month(work.issued.first)] if work.issued.month else []
    day = " ".join(parts)
    if work.is_book:
        editors = authors and translator.ngettext("%(names)s, editor", "%(names)s, editors", len(names), names=authors)
        publication = "; ".join(filter(None, (work.container, str(work.issued.year))))
        return _with_address(sentences(editors, work.title, publication), work)
    return _with_address(
        sentences(authors, work.title, work.container, numbers(day, work.volume, work.issue, work.pages)), work
    )


def apa_of(work: Work) -> str:
    """Return a work in APA style, as plain text: "Byrne, A. (2025, May 23). Title. Series, 1(3). https://..."."""
    names = [person.cited.apa for person in work.authors]
    translator = words_of(work.words_in)
    if len(names) > _APA_AUTHORS:
        names = [*names[: _APA_AUTHORS - 1], f"… {names[-1]}"]
    elif len(names) > 1:
        names[-1] = f"& {names[-1]}"
    issue = f"({work.issue})" if work.issue else ""
    container = ", ".join(part for part in (work.container, work.volume + issue, work.pages) if part)
    day = f"({_apa_date(work, translator)})"
    if work.is_book and names:
        names[-1] = translator.ngettext("%(names)s (Ed.)", "%(names)s (Eds.)", len(names), names=names[-1])
    text = sentences(", ".join(names), day, work.title, container) if names else sentences(work.title, day, container)
    return f"{text} {work.found_at}".rstrip()


def _apa_date(work: Work, translator: Translator) -> str:
    """Return a date in APA style: "2025, May 23"; "2014, July" without its day; of a book, or a year, "2014"."""
    issued, year = work.issued, str(work.issued.year)
    if work.is_book or issued.month is None:
        return year
    month_and_day = translator.day_of_year(issued.first) if issued.day else translator.month_name(issued.first)
    return f"{year}, {month_and_day}"


def language_of_words(language: str, otherwise: str) -> str:
    """Return the language of words about a work: its own, or the other if that has no catalogue (both BCP 47)."""
    from casebuilder.wording import spoken  # the catalogues are slow to load, and `check` needs none

    return language if language.partition("-")[0] == spoken(language).partition("-")[0] else otherwise


def words_of(language: str) -> Translator:
    """Return the translator for a language, or for English if it has no catalogue."""
    from casebuilder.wording import SOURCE, Translator, spoken

    # English has one form wherever it is spoken: "Sep", and "May 23".
    return Translator(SOURCE if spoken(language) == SOURCE else language, _ZONE)


def _with_address(text: str, work: Work) -> str:
    if not work.found_at:
        return text
    # Translators: a citation in Vancouver style, whose parts end in full stops; then the address.
    return words_of(work.words_in).gettext("%(work)s Available from: %(address)s", work=text, address=work.found_at)
