"""The full text of an entry: HTML that works in any feed reader.

No style, no script, no class; and no relative address, since nobody knows what it would be relative to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from casebuilder import markdown, markup
from casebuilder.editions import of_state
from casebuilder.markdown import prose
from casebuilder.model import State, Use
from casebuilder.outputs.feeds.events import EventKind
from casebuilder.wording import Translator
from casebuilder.wording import promisedanswers as promised
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.model import Pack
    from casebuilder.outputs.feeds.events import Event
    from casebuilder.published import NumberedReference, PublishedCase, PublishedPerson, PublishedSeries

#: The state in which a case has the packs that go with each entry.
_STATES = {EventKind.OPENED: State.OPEN, EventKind.RELEASED: State.COMPLETE, EventKind.WITHDRAWN: State.WITHDRAWN}
#: Characters that XML 1.0 forbids, even escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: A placeholder for the root of a site without an address, while addresses are joined.
_ROOT = "https://root.invalid/"


@dataclass(frozen=True, slots=True)
class Signature:
    """How somebody is named over a text: the name, the page, where from, and what was disclosed."""

    name: str
    address: str
    about: str
    disclosure: str


def html(event: Event, public: PublishedSeries, packs: Sequence[Pack], base: str) -> str:
    """Return the full text of an event's entry, as HTML.

    Args:
        event: what happened.
        public: the published series.
        packs: the packs of its case.
        base: the prefix of addresses: the site's address, or "../" steps from the feed.
    """
    case, kind = event.case, event.kind
    language, translator = case.language, Translator(case.language, public.zone)
    sections, times = (
        case.commentary.sections if case.commentary else (),
        (case.opens, translator.last(case.closes), case.releases),
    )
    template = environment("outputs.feeds", language).get_template(f"{kind}.html.j2")
    rendered = template.render(
        case=case,
        series=public,
        language=language,
        page=f"{base}{case.address}",
        times=[translator.moment(moment, weekday=False) for moment in times],
        numbers=case.numbers,
        references=_references_of_entry(case, kind),
        packs=_packs_of_entry(packs, kind),
        paper=case.paper_reference,
        signature=lambda person, disclosure="": _signature(person, disclosure, base, translator),
        base=base,
        html=partial(prose.html, language=language),
        themes=prose.themes(sections, case.quoted(Use.SITE), level=4, numbers=case.numbers, language=language),
        translator=translator,
        promised=promised,
    )
    with_addresses = prose.place(rendered, prose.pictured(base), prose.under(base))
    return legal(_with_full_addresses(with_addresses, case.address, public.site_url, base))


def legal(text: str) -> str:
    """Return a text without the characters that no XML can hold; Markdown can name them, as `&#8;`."""
    return _ILLEGAL.sub("", text)


def _with_full_addresses(html_text: str, page: str, site_url: str, base: str) -> str:
    """Return the HTML with every address in it led from the case's page.

    Without `site_url` an address is led from a stand-in for the site's root, for which `base` is then put.
    """
    root = site_url or _ROOT

    def full_address(link: str) -> str:
        # Addresses from the templates begin with the base already.
        address = link if link.startswith(base) else markup.joined(root + page, link)
        return base + address.removeprefix(_ROOT) if not site_url and address.startswith(_ROOT) else address

    tree = markup.parse(html_text)
    for element in markup.elements(tree, "a", "img"):
        for name in ("href", "src"):
            if element.has(name):
                element.set(name, full_address(element.get(name)))
    return markup.write(tree)


def _references_of_entry(case: PublishedCase, kind: EventKind) -> tuple[NumberedReference, ...]:
    """Return the references of an entry: those that its text cites, or after the release all; without the paper."""
    references = [numbered for numbered in case.references if numbered.reference is not case.paper]
    if kind is EventKind.OPENED:
        texts = [*(part.body for part in case.story), *(question.body for question in case.questions)]
        cited = {citation.id for text in texts for citation in markdown.facts(text).citations}
        references = [numbered for numbered in references if numbered.reference.id in cited]
    return tuple(references)


def _packs_of_entry(packs: Sequence[Pack], kind: EventKind) -> list[Pack]:
    """Return the packs that go with an entry, in the order of the table of editions."""
    order = [edition.name for edition in of_state(_STATES[kind])]
    return sorted((pack for pack in packs if pack.edition in order), key=lambda pack: order.index(pack.edition))


def _signature(person: PublishedPerson, disclosure: str, base: str, translator: Translator) -> Signature:
    """Return a person's signature, with what was disclosed for this text, or else in general."""
    return Signature(
        person.signature, f"{base}{person.address}", translator.post(person), disclosure or person.disclosure
    )
