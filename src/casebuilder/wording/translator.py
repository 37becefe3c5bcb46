"""What an output says in words of its own: labels, attributions, and things with their number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from casebuilder.editions import BOOK, BOOK_TITLE, NAMED
from casebuilder.model import CREDIT_NAMES, Mode, Role, State
from casebuilder.wording import answers as promised
from casebuilder.wording import tables
from casebuilder.wording.locales import Locale

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from casebuilder.model import Answer, Framework, Kind, Pack, Quote

_THOUSAND = 1000
#: About three lines of a list.
_OPENING = 200


class Placed(Protocol):
    """Somebody with a place of work."""

    @property
    def post(self) -> str:
        """What they are there."""

    @property
    def institution(self) -> str:
        """Where."""

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class Translator(Locale):
    """What is said in one language and one time zone, of everything that a series has."""

    def cases(self, count: int, *, spelt: bool = False) -> str:
        """So many cases: "2 cases", or "two cases" if it is spelt."""
        return self.ngettext("%(num)s case", "%(num)s cases", count, **self._spelt(count, spelt=spelt))

    def responses(self, count: int, *, spelt: bool = False) -> str:
        """So many responses."""
        return self.ngettext("%(num)s response", "%(num)s responses", count, **self._spelt(count, spelt=spelt))

    def themes(self, count: int, *, spelt: bool = False) -> str:
        """So many themes."""
        return self.ngettext("%(num)s theme", "%(num)s themes", count, **self._spelt(count, spelt=spelt))

    def quotes(self, count: int, *, spelt: bool = False) -> str:
        """So many quotes."""
        return self.ngettext("%(num)s quote", "%(num)s quotes", count, **self._spelt(count, spelt=spelt))

    def pages(self, count: int) -> str:
        """So many pages."""
        return self.ngettext("%(num)s page", "%(num)s pages", count)

    def minutes(self, count: int) -> str:
        """So many minutes."""
        return self.ngettext("%(num)s minute", "%(num)s minutes", count)

    def _spelt(self, count: int, *, spelt: bool) -> dict[str, str]:
        return {"num": self.number(count)} if spelt else {}

    def metric(self, name: str) -> str:
        """What a figure counts; a name that nobody foresaw is made readable: "poll-votes" is "Poll votes"."""
        return self.label(tables.METRICS, re.sub(r"[-_\s]+", " ", name).strip(), key=name)

    def opening(self, text: str) -> str:
        """The first sentences of a text, as many as a list has room for."""
        sentences = re.split(r"(?<=[.!?…])\s+", " ".join(text.split()))
        taken = sentences[:1]
        for sentence in sentences[1:]:
            if len(" ".join((*taken, sentence))) > _OPENING:
                break
            taken.append(sentence)
        return " ".join(taken)

    def size(self, size: int) -> str:
        """A file's size, from bytes: "84 kB", "1.2 MB"."""
        kilobytes = max(1, round(size / _THOUSAND))
        if kilobytes < _THOUSAND:
            return f"{kilobytes} kB"
        return f"{self.decimal(round(size / _THOUSAND**2, 1))} MB"

    def label(self, table: Mapping[str, str], word: str, *, key: str = "") -> str:
        """What a table calls a word; one that it does not know is shown as it is, beginning large."""
        known = table.get(key or word)
        return self.gettext(known) if known else self.capital(word)

    def state(self, state: State, answers: frozenset[Answer]) -> str:
        """What state a case is in: "Open for discussion"; before its release, what is coming."""
        return self.gettext(promised.CURATING[answers] if state is State.CURATING else tables.STATES[state])

    def kind(self, kind: Kind) -> str:
        """What kind of case it is."""
        return self.gettext(tables.KINDS[kind])

    def edition(self, edition: str, answers: frozenset[Answer]) -> str:
        """What an edition of a pack is called in a list; that of the whole case, by the answers that are in it."""
        return self.gettext(BOOK_TITLE if edition == BOOK else NAMED[edition].title.of(answers))

    def paper(self, paper: str) -> str:
        """What a paper is called: "US Letter"."""
        return self.label(tables.PAPERS, paper)

    def channel(self, channel: str) -> str:
        """Where a discussion goes on: "Bluesky"."""
        return self.label(tables.CHANNELS, channel)

    def perspective(self, perspective: str) -> str:
        """From where somebody answers: "A learner’s perspective"."""
        return self.label(tables.PERSPECTIVES, perspective)

    def change(self, change: str) -> str:
        """What kind of change it was: "Correction"."""
        return self.label(tables.CHANGES, change)

    def basis(self, basis: str) -> str:
        """What a story rests on."""
        return self.label(tables.BASES, basis)

    def role(self, role: Role, *, credit: bool = True) -> str:
        """What somebody did: "writer (Writing – original draft)".

        Args:
            role: theirs.
            credit: whether to add CRediT's name of a role that has one.
        """
        named, contribution = self.gettext(tables.ROLES[role]), CREDIT_NAMES.get(role)
        return f"{named} ({self.gettext(contribution)})" if contribution and credit else named

    def frameworks(self, every: Mapping[str, Framework], own: Collection[str]) -> dict[str, Framework]:
        """Competency frameworks: the built-in ones in this language, a series' own as they are written.

        Args:
            every: all of them, by name.
            own: the names of those that the series brought.
        """
        return {name: one if name in own else self._framework(one) for name, one in every.items()}

    def _framework(self, built_in: Framework) -> Framework:
        codes = {code: self.gettext(label) for code, label in built_in.codes.items()}
        return built_in.model_copy(update={"codes": codes})

    def competencies(self, named: Iterable[str], frameworks: Mapping[str, Framework]) -> dict[str, tuple[str, ...]]:
        """What a case teaches: each framework's name, and the labels of the competencies that it names in it.

        Args:
            named: as a case names them: "acgme:PC1".
            frameworks: what `frameworks` returned.
        """
        found: dict[str, tuple[str, ...]] = {}
        for word in named:
            key, _, code = word.partition(":")
            known = frameworks.get(key)
            title, label = (known.title, known.codes.get(code, code)) if known else (key, code)
            found[title] = (*found.get(title, ()), label)
        return found

    def post(self, person: Placed) -> str:
        """Where somebody works: "Programme director, Teaching Hospital, Senegal"."""
        return self.parted(person.post, person.institution, self.country(person.country))

    def speaker(self, quote: Quote) -> str:
        """Who said a quote: "A resident, Philippines"."""
        by = quote.by
        return self.capital(self.parted(by.name, by.role, self.country(by.country))) or self.gettext("A participant")

    def right(self, quote: Quote) -> str:
        """By what right a quote is printed: "quoted with permission"."""
        if quote.mode is Mode.PARAPHRASE:
            return self.gettext("paraphrased")
        named, anonymous = tables.RIGHTS.get(quote.consent.state, ("", ""))
        words = anonymous if quote.mode is Mode.ANONYMOUS else named
        return self.gettext(words) if words else ""

    def attribution(self, quote: Quote) -> str:
        """Who said a quote, and by what right it is printed: "A resident, Philippines · quoted with permission"."""
        return f"{self.speaker(quote)} · {self.right(quote)}"

    def pack(self, pack: Pack, answers: frozenset[Answer]) -> str:
        """What a pack is: "Facilitator guide, A4, 9 pages, 142 kB"."""
        pages, size = self.pages(pack.pages), self.size(pack.size)
        return self.parted(self.edition(pack.edition, answers), self.paper(pack.paper), pages, size)

    def numbered(self, season: int | None, episode: int | None) -> tuple[str, ...]:
        """Where a case stands in its series: "Season 2", "Episode 3"."""
        parts = (
            self.gettext("Season %(number)s", number=season) if season is not None else "",
            self.gettext("Episode %(number)s", number=episode) if episode is not None else "",
        )
        return tuple(part for part in parts if part)
