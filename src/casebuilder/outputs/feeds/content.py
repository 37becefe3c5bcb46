"""The full text of an entry: HTML that stands alone, wherever a reader's program shows it.

No style, no script, no class; and no relative address, since nobody knows what it would be relative to.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from casebuilder import markdown
from casebuilder.editions import of_state
from casebuilder.markdown import prose
from casebuilder.model import LICENCE_ADDRESSES, LICENCES, Role, State, instant
from casebuilder.outputs.feeds.happenings import Event
from casebuilder.published import references
from casebuilder.wording import Words
from casebuilder.wording import answers as promised
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.model import Case, Pack, Series
    from casebuilder.outputs.feeds.happenings import Happening

#: The state in which a case has the packs that go with each entry.
_STATES = {Event.OPENED: State.OPEN, Event.RELEASED: State.COMPLETE, Event.WITHDRAWN: State.WITHDRAWN}
#: A link or a picture, whole; values of attributes stand in double quotes in what nh3 and the templates write.
_TAG = re.compile(r"<(?:a|img)\b(?:[^\"'>]|\"[^\"]*\")*>")
_ADDRESS = re.compile(r' (?P<name>href|src)="(?P<address>[^"]*)"')
#: What XML 1.0 cannot hold, not even escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Stands for the root of a site that has no address, while addresses are joined.
_ROOT = "https://root.invalid/"


@dataclass(frozen=True, slots=True)
class Signature:
    """How somebody is named over a text: the name, the page, where from, and what was disclosed."""

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


def html(happening: Happening, public: Series, packs: Sequence[Pack], base: str) -> str:
    """The full text that tells of a happening.

    Args:
        happening: what happened.
        public: the published series.
        packs: the packs of its case.
        base: what leads from the feed to the site's root.
    """
    case, event = happening.case, happening.event
    licence = case.licence or public.settings.licence
    language = case.language or public.language
    say = Words(language, public.zone)
    template = environment("outputs.feeds", language).get_template(f"{event}.html.j2")
    made = template.render(
        case=case,
        series=public,
        language=language,
        page=f"{base}cases/{case.slug}/",
        times=[_time(case, name, public, say) for name in ("opens", "closes", "releases")],
        numbers=prose.reference_numbers(case),
        references=_numbered(case, event),
        packs=_offered(packs, event),
        citation=references.case_citation(case, public),
        licence=LICENCES[licence],
        licence_address=LICENCE_ADDRESSES[licence],
        writers=[credit.person for credit in case.credits if Role.WRITER in credit.roles],
        signature=lambda name, disclosure="": _signature(name, disclosure, public, base, say),
        base=base,
        html=partial(prose.html, language=language),
        themes=prose.themes(case, level=4, language=language),
        vancouver=references.vancouver,
        found_at=references.address,
        say=say,
        promised=promised,
    )
    placed = prose.place(made, prose.pictured(base), prose.under(base))
    return legal(_absolute(placed, f"cases/{case.slug}/", public.site_url, base))


def legal(text: str) -> str:
    """A text without the characters that no XML can hold; Markdown can name them, as `&#8;`."""
    return _ILLEGAL.sub("", text)


def _absolute(made: str, page: str, site_url: str, base: str) -> str:
    """The HTML with every address in it led from the case's page.

    Without `site_url` an address is led from a stand-in for the site's root, for which `base` is then put.
    """
    root = site_url or _ROOT

    def led(match: re.Match[str]) -> str:
        written = entities.unescape(match["address"])
        # What the templates write begins with the base already.
        address = written if written.startswith(base) else urljoin(root + page, written)
        if not site_url and address.startswith(_ROOT):
            address = base + address.removeprefix(_ROOT)
        return f' {match["name"]}="{entities.escape(address)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(led, tag.group()), made)


def _time(case: Case, name: str, public: Series, say: Words) -> str:
    """When a case opens, closes or is released, in words."""
    moment = instant(getattr(case, name) or case.opens, public.zone)
    return say.moment(say.last(moment) if name == "closes" else moment, weekday=False)


def _numbered(case: Case, event: Event) -> list[Numbered]:
    """The references of an entry: those that its own text cites, or after the release all of them."""
    numbers = prose.reference_numbers(case)
    listed = case.references
    if event is Event.OPENED:
        texts = [*(part.body for part in case.story), *(question.body for question in case.questions)]
        cited = {found.id for text in texts for found in markdown.facts(text).citations}
        listed = tuple(reference for reference in case.references if reference.id in cited)
    made = (Numbered(numbers[each.id], references.vancouver(each), references.address(each)) for each in listed)
    return sorted(made, key=lambda each: each.number)


def _offered(packs: Sequence[Pack], event: Event) -> list[Pack]:
    """The packs that go with an entry, in the order of the table of editions."""
    order = [edition.name for edition in of_state(_STATES[event])]
    return sorted((pack for pack in packs if pack.edition in order), key=lambda pack: order.index(pack.edition))


def _signature(name: str, disclosure: str, public: Series, base: str, say: Words) -> Signature:
    """A person's signature. One who has no profile, which the checks refuse, is named by the id."""
    person = public.person(name)
    address = f"{base}experts/{name}/"
    if person is None:
        return Signature(name, address, "", disclosure)
    general = person.disclosure.text if person.disclosure else ""
    return Signature(person.signature, address, say.post(person), disclosure or general)
