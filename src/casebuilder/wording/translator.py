"""The interface's words in one language: labels, attributions and counted things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from casebuilder.editions import BOOK, BOOK_TITLE, NAMED
from casebuilder.model import CREDIT_NAMES, ConsentState, Mode, Role, State
from casebuilder.text import tenths
from casebuilder.wording import labels
from casebuilder.wording import promisedanswers as promised
from casebuilder.wording.locales import Locale

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from casebuilder.model import Answer, Framework, Kind, Pack

_THOUSAND = 1000
#: About three lines of a list.
_OPENING = 200


class Employed(Protocol):
    """A person with a place of work."""

    @property
    def post(self) -> str:
        """Their position."""

    @property
    def institution(self) -> str:
        """The institution."""

    @property
    def country(self) -> str | None:
        """The country (ISO 3166-1 alpha-2)."""


class QuoteAuthor(Protocol):
    """The author of a quote, as far as they may be named."""

    @property
    def name(self) -> str:
        """Their name; may be empty."""

    @property
    def role(self) -> str:
        """What they do; may be empty."""

    @property
    def country(self) -> str | None:
        """The country (ISO 3166-1 alpha-2)."""


class Quote(QuoteAuthor, Protocol):
    """A quote with its author's answer."""

    @property
    def mode(self) -> Mode:
        """Whether it is named, anonymous or a paraphrase."""

    @property
    def consent(self) -> ConsentState:
        """The answer."""


class Live(Protocol):
    """A part of a discussion in which people write at the same time."""

    @property
    def minutes(self) -> int:
        """How long it is."""

    @property
    def place(self) -> str:
        """The type of its channel; empty for everywhere."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the guests."""


@dataclass(frozen=True, slots=True)
class Translator(Locale):
    """The interface's words about a series, in one language and one time zone."""

    def cases(self, count: int, *, spelt: bool = False) -> str:
        """Return a number of cases: "2 cases", or "two cases" if spelt."""
        return self.ngettext("%(num)s case", "%(num)s cases", count, **self._in_letters(count, spelt=spelt))

    def responses(self, count: int, *, spelt: bool = False) -> str:
        """Return a number of responses."""
        return self.ngettext("%(num)s response", "%(num)s responses", count, **self._in_letters(count, spelt=spelt))

    def themes(self, count: int, *, spelt: bool = False) -> str:
        """Return a number of themes."""
        return self.ngettext("%(num)s theme", "%(num)s themes", count, **self._in_letters(count, spelt=spelt))

    def quotes(self, count: int, *, spelt: bool = False) -> str:
        """Return a number of quotes."""
        return self.ngettext("%(num)s quote", "%(num)s quotes", count, **self._in_letters(count, spelt=spelt))

    def pages(self, count: int) -> str:
        """Return a number of pages."""
        return self.ngettext("%(num)s page", "%(num)s pages", count)

    def minutes(self, count: int) -> str:
        """Return a number of minutes."""
        return self.ngettext("%(num)s minute", "%(num)s minutes", count)

    def _in_letters(self, count: int, *, spelt: bool) -> dict[str, str]:
        return {"num": self.number(count)} if spelt else {}

    def live(self, hour: Live) -> str:
        """Return what is known of a live hour besides when it begins: "60 minutes, Bluesky, with Ana Ruiz"."""
        guests = self.gettext("with %(names)s", names=self.listed(hour.names)) if hour.names else ""
        return self.parted(self.minutes(hour.minutes), self.channel(hour.place) if hour.place else "", guests)

    def metric(self, name: str) -> str:
        """Return the label of a figure; a name without a label becomes one: "poll-votes" gives "Poll votes"."""
        return self.label(labels.METRICS, re.sub(r"[-_\s]+", " ", name).strip(), key=name)

    def opening(self, text: str) -> str:
        """Return the first sentences of a text, as many as fit into a list."""
        sentences = re.split(r"(?<=[.!?…])\s+", " ".join(text.split()))
        fitting = sentences[:1]
        for sentence in sentences[1:]:
            if len(" ".join((*fitting, sentence))) > _OPENING:
                break
            fitting.append(sentence)
        return " ".join(fitting)

    def size(self, size: int) -> str:
        """Return a size in bytes for people: "84 kB", "1.2 MB"."""
        kilobytes = max(1, int(size / _THOUSAND + 0.5))
        if kilobytes < _THOUSAND:
            return f"{kilobytes} kB"
        return f"{self.decimal(tenths(size / _THOUSAND**2))} MB"

    def label(self, table: Mapping[str, str], word: str, *, key: str = "") -> str:
        """Return a table's label for a value, or the value itself, capitalised, if the table has none."""
        template = table.get(key or word)
        return self.gettext(template) if template else self.capital(word)

    def state(self, state: State, answers: frozenset[Answer]) -> str:
        """Return the label of a case's state: "Open for discussion"; before the release, what is coming."""
        return self.gettext(promised.CURATING[answers] if state is State.CURATING else labels.STATES[state])

    def kind(self, kind: Kind) -> str:
        """Return the label of a kind of case."""
        return self.gettext(labels.KINDS[kind])

    def edition(self, edition: str, answers: frozenset[Answer]) -> str:
        """Return the title of an edition in a list; that of the reading copy depends on its answers."""
        return self.gettext(BOOK_TITLE if edition == BOOK else NAMED[edition].title.of(answers))

    def paper(self, paper: str) -> str:
        """Return the name of a paper size: "US Letter"."""
        return self.label(labels.PAPERS, paper)

    def channel(self, channel: str) -> str:
        """Return the label of a channel: "Bluesky"."""
        return self.label(labels.CHANNELS, channel)

    def perspective(self, perspective: str) -> str:
        """Return the label of a perspective: "A learner’s perspective"."""
        return self.label(labels.PERSPECTIVES, perspective)

    def change(self, change: str) -> str:
        """Return the label of a kind of change: "Correction"."""
        return self.label(labels.CHANGES, change)

    def basis(self, basis: str) -> str:
        """Return the sentence about the basis of a story."""
        return self.label(labels.BASES, basis)

    def role(self, role: Role, *, credit: bool = True) -> str:
        """Return the label of a role: "writer (Writing – original draft)".

        Args:
            role: the role.
            credit: whether to add CRediT's name, if the role has one.
        """
        role_label, contribution = self.gettext(labels.ROLES[role]), CREDIT_NAMES.get(role)
        return f"{role_label} ({self.gettext(contribution)})" if contribution and credit else role_label

    def frameworks(self, all_frameworks: Mapping[str, Framework], own_names: Collection[str]) -> dict[str, Framework]:
        """Return competency frameworks: built-in ones in this language, the series' own unchanged.

        Args:
            all_frameworks: all frameworks, by name.
            own_names: the names of the series' own.
        """
        return {
            name: function if name in own_names else self._framework(function)
            for name, function in all_frameworks.items()
        }

    def _framework(self, built_in: Framework) -> Framework:
        codes = {code: self.gettext(label) for code, label in built_in.codes.items()}
        return built_in.with_codes(codes)

    def competencies(
        self, codes_named: Iterable[str], frameworks: Mapping[str, Framework]
    ) -> dict[str, tuple[str, ...]]:
        """Return the competencies of a case: the labels, by the framework's title.

        Args:
            codes_named: competencies in the form "acgme:PC1".
            frameworks: what `frameworks` returned.
        """
        by_framework: dict[str, tuple[str, ...]] = {}
        for word in codes_named:
            key, _, code = word.partition(":")
            framework = frameworks.get(key)
            title, label = (framework.title, framework.codes.get(code, code)) if framework else (key, code)
            by_framework[title] = (*by_framework.get(title, ()), label)
        return by_framework

    def post(self, person: Employed) -> str:
        """Return somebody's position: "Programme director, Teaching Hospital, Senegal"."""
        return self.parted(person.post, person.institution, self.country(person.country))

    def speaker(self, by: QuoteAuthor) -> str:
        """Return the author of a quote: "A resident, Philippines"."""
        return self.capital(self.parted(by.name, by.role, self.country(by.country))) or self.gettext("A participant")

    def right(self, quote: Quote) -> str:
        """Return the permission for a quote: "quoted with permission"."""
        if quote.mode is Mode.PARAPHRASE:
            return self.gettext("paraphrased")
        when_named, when_anonymous = labels.RIGHTS.get(quote.consent, ("", ""))
        template = when_anonymous if quote.mode is Mode.ANONYMOUS else when_named
        return self.gettext(template) if template else ""

    def attribution(self, quote: Quote) -> str:
        """Return author and permission of a quote: "A resident, Philippines · quoted with permission"."""
        return f"{self.speaker(quote)} · {self.right(quote)}"

    def pack(self, pack: Pack, answers: frozenset[Answer]) -> str:
        """Return the description of a pack: "Facilitator guide, A4, 9 pages, 142 kB"."""
        pages, size = self.pages(pack.pages), self.size(pack.size)
        return self.parted(self.edition(pack.edition, answers), self.paper(pack.paper), pages, size)

    def numbered(self, season: int | None, episode: int | None) -> tuple[str, ...]:
        """Return the numbers of a case in its series: "Season 2", "Episode 3"."""
        parts = (
            self.gettext("Season %(number)s", number=season) if season is not None else "",
            self.gettext("Episode %(number)s", number=episode) if episode is not None else "",
        )
        return tuple(part for part in parts if part)
