"""The full text of an entry: HTML that stands alone, wherever a reader's program shows it.

No style, no script, no class; and no relative address, since nobody knows what it would be relative to.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from casebuilder import outline, prose, references
from casebuilder.feeds.happenings import Event
from casebuilder.model import COUNTRIES, LICENCE_ADDRESSES, LICENCES, Mode, Role, instant
from casebuilder.templates import environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from casebuilder.feeds.happenings import Happening
    from casebuilder.model import Case, Pack, Person, Quote, Reference, Series

_PAPERS = {"a4": "A4", "letter": "US Letter"}
#: The editions that go with each entry, in the order in which they are offered.
_EDITIONS = {Event.OPENED: ("handout",), Event.RELEASED: ("handout", "guide", "case", "slides"), Event.WITHDRAWN: ()}
_KILO = 1000
#: A link or a picture, whole; values of attributes stand in double quotes, in what nh3 and our templates write.
_TAG = re.compile(r"<(?:a|img)\b(?:[^\"'>]|\"[^\"]*\")*>")
_ADDRESS = re.compile(r' (?P<name>href|src)="(?P<address>[^"]*)"')
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Stands for the root of a site that has no address, while addresses are joined.
_ROOT = "https://root.invalid/"


@dataclass(frozen=True, slots=True)
class Signature:
    """How somebody is named under a text: the name, what for, and what was disclosed."""

    name: str
    address: str
    about: str
    disclosure: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reference with its number in the case's list, its words and its address."""

    number: int
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack to download, in words."""

    words: str
    address: str


def html(happening: Happening, public: Series, packs: Sequence[Pack], base: str) -> str:
    """The full text that tells of a happening.

    Args:
        happening: what happened.
        public: the published series.
        packs: the packs of its case.
        base: what leads from the feed to the site's root.
    """
    case, event = happening.case, happening.event
    made = (
        environment("feeds")
        .get_template(f"{event}.html")
        .render(
            case=case,
            series=public,
            language=case.language or public.language,
            page=f"{base}cases/{case.slug}/",
            window=[
                _day(instant(each or case.opens, public.zone)) for each in (case.opens, case.closes, case.releases)
            ],
            numbers=prose.reference_numbers(case),
            references=_numbered(case, event),
            packs=_offers(packs, event, base),
            citation=references.case_citation(case, public),
            licence=LICENCES[case.licence or public.settings.licence],
            licence_address=LICENCE_ADDRESSES[case.licence or public.settings.licence],
            written=[_signature(credit.person, public, base) for credit in case.credits if Role.WRITER in credit.roles],
            signature=lambda name, about="", disclosure="": _signature(name, public, base, about, disclosure),
            attribution=_attribution,
            picture=lambda file: f"picture:cases/{case.slug}/{file}",
            day=_day,
            prose=prose.html,
            vancouver=references.vancouver,
            found_at=references.address,
            themes=prose.themes(case, level=4),
        )
    )
    placed = prose.place(made, lambda path: base + quote(path))
    return legal(_absolute(placed, f"cases/{case.slug}/", public.site_url, base))


def _absolute(made: str, page: str, site_url: str, base: str) -> str:
    """The HTML with every address in it led from the case's page.

    Without `site_url` the address is led from a stand-in for the site's root, which `base` then replaces.
    """
    root = site_url or _ROOT

    def led(match: re.Match[str]) -> str:
        written = entities.unescape(match["address"])
        # What the templates write already begins with the base.
        address = written if written.startswith(base) else urljoin(root + page, written)
        if not site_url and address.startswith(_ROOT):
            address = base + address.removeprefix(_ROOT)
        return f' {match["name"]}="{entities.escape(address)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(led, tag.group()), made)


def legal(words: str) -> str:
    """Words without the characters that XML 1.0 cannot hold, not even escaped; Markdown can name them (`&#8;`)."""
    return _ILLEGAL.sub("", words)


def _numbered(case: Case, event: Event) -> list[Numbered]:
    """The references of an entry: those that its own text cites, or after the release all of them."""
    if event is Event.OPENED:
        texts = [*(part.body for part in case.story), *(question.body for question in case.questions)]
        cited = {found.target for text in texts for found in outline.citations(text.source)}
        listed = [reference for reference in case.references if reference.id in cited]
    else:
        listed = list(case.references)
    numbers = prose.reference_numbers(case)
    return sorted((_in_words(reference, numbers[reference.id]) for reference in listed), key=lambda each: each.number)


def _in_words(reference: Reference, number: int) -> Numbered:
    return Numbered(number, references.vancouver(reference), references.address(reference))


def _offers(packs: Sequence[Pack], event: Event, base: str) -> list[Offer]:
    """The packs that go with an entry: before the release the handout alone is there."""
    order = _EDITIONS[event]
    offered = sorted((pack for pack in packs if pack.edition in order), key=lambda each: order.index(each.edition))
    return [Offer(_pack_words(pack), base + pack.path) for pack in offered]


def _pack_words(pack: Pack) -> str:
    """What a pack is: "Handout, A4, 3 pages, 142 kB"."""
    pages = f"{pack.pages} page{'' if pack.pages == 1 else 's'}"
    paper = _PAPERS.get(pack.paper, pack.paper)
    return ", ".join(part for part in (pack.edition.capitalize(), paper, pages, f"{-(-pack.size // _KILO)} kB") if part)


def _signature(name: str, public: Series, base: str, about: str = "", disclosure: str = "") -> Signature:
    """A person's signature; one whose profile is missing is named by the id, which the checks refuse."""
    person = public.person(name)
    if person is None:
        return Signature(name, f"{base}experts/{name}/", about, disclosure)
    said = disclosure or (person.disclosure.text if person.disclosure else "")
    return Signature(person.signature, f"{base}experts/{name}/", _about(person, about), said)


def _about(person: Person, about: str) -> str:
    """Post and place: "Registrar, Galway University Hospital (learner)"."""
    place = ", ".join(part for part in (person.post, person.institution) if part)
    return f"{place} ({about})" if place and about else place or about


def _attribution(quoted: Quote) -> str:
    """Whom a quote is from, as far as its author agreed to be known."""
    who = [quoted.by.name, quoted.by.role, COUNTRIES.get(quoted.by.country or "", "")]
    words = ", ".join(part for part in who if part)
    if quoted.mode is Mode.PARAPHRASE:
        return f"paraphrased; {words}" if words else "paraphrased"
    return words or "anonymous"


def _day(moment: date | datetime) -> str:
    """A day, "23 May 2025", or with the time where the author wrote one: "6 October 2025, 07:00 (Europe/Dublin)"."""
    words = f"{moment.day} {moment:%B %Y}"
    if not isinstance(moment, datetime) or moment.time() == time():
        return words
    return f"{words}, {moment:%H:%M} ({moment.tzinfo})"
