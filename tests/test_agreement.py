"""One case and one volume, as every output shows them: what two outputs both say, they say in the same words.

`CASE` and `VOLUME` say what is to be read, in the form that text has. The tables of outputs say where another form
stands (a date in a file for machines), and what an output does not show by design, and why; what is not to be shown
is looked for, too, so that no row outlives its reason.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeAlias
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import bibtexparser
import lxml.html
import pytest
import rispy
import yaml

from casebuilder.model import Commentary, Credit, Disclosure, Pack, Role, Theme
from casebuilder.outputs import citationfiles, epub, feeds, seriesjson
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import headmetadata, linkeddata, pages
from pack_reader import whole_html
from series_factory import SITE, SLUG, at, make_case, make_person, make_response, make_series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casebuilder.published import PublishedSeries

#: What an output says of each fact: either whole text, in which the words stand, or the values of each field.
Said: TypeAlias = "str | Mapping[str, tuple[str, ...]]"
DOI = "10.5555/quiet(2025)1<3>"
LINK = "https://doi.org/10.5555/quiet(2025)1%3C3%3E"
PAGE = f"{SITE}cases/{SLUG}/"
BOUND = "facilitators/#volume-2025"
LATER = "2025-06-late-word"
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
#: Invisible signs that control line breaks and direction.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\u2066-\u2069]")
_NAMES = {
    "ada-byrne": ("Ada Byrne", "Ada writes for a living."),
    "tan-mei-ling": ("Tan Mei Ling", "Mei Ling owns a pager."),
    "luis-ferrer": ("Luis Ferrer", "Luis edits two journals."),
    "ines-duarte": ("Inês Duarte", "Inês was paid to curate."),
    "mia-sato": ("Mia Sato", "Mia hosts a podcast."),
    "noor-khan": ("Noor Khan", "Noor sells no pagers."),
}
#: What profiles say of family and given names; that of Inês and of Noor say nothing.
_PARTS = {
    "ada-byrne": {"family": "Byrne", "given": "Ada"},
    "tan-mei-ling": {"family": "Tan", "given": "Mei Ling"},
    "luis-ferrer": {"family": "Ferrer", "given": "Luis"},
    "mia-sato": {"family": "Sato", "given": "Mia"},
}
_PEOPLE = tuple(
    make_person(
        name,
        name=shown,
        **_PARTS.get(name, {}),
        disclosure=Disclosure(text=words, on=date(2025, 1, 10)),
    )
    for name, (shown, words) in _NAMES.items()
)


def credit(person: str, *roles: Role) -> Credit:
    return Credit(person=person, roles=roles)


@cache
def series_of(doi: str = "") -> PublishedSeries:
    """A case whose moderator does nothing else and whose curator the commentary alone names; and a later one.

    Luis edited both, Mia the later one alone: he comes first among the volume's editors.
    """
    case = make_case(
        doi=doi,
        licence="CC-BY-NC-4.0",
        credits=(
            credit("ada-byrne", Role.WRITER), credit("tan-mei-ling", Role.WRITER), credit("luis-ferrer", Role.EDITOR),
        ),
        responses=(make_response("noor-khan", "Quiet is a finding", "A quiet pager is **data**.[@night-notes]"),),
        commentary=Commentary(
            curators=("ines-duarte",),
            method="One of us read all of it.",
            themes=(Theme(id="silence", title="Silence is not safety"),),
            sections=(),
        ),
        quotes=(),
        changes=(),
    )  # fmt: skip
    later = make_case(
        slug=LATER,
        title="The Case of the Late Word",
        season=2,
        opens=at(2025, 6, 20),
        closes=at(2025, 6, 27),
        releases=at(2025, 7, 4),
        credits=(credit("ada-byrne", Role.WRITER), credit("mia-sato", Role.EDITOR), credit("luis-ferrer", Role.EDITOR)),
        responses=(),
        commentary=None,
        quotes=(),
        changes=(),
    )
    return make_series(case, later, people=_PEOPLE)


_CITED = "Byrne A, Tan ML. The Case of the Quiet Pager. Quiet Dilemmas. 2025 May 23;1(3). Available from: "

#: What every output says of the case that says it at all.
CASE: dict[str, tuple[str, ...]] = {
    "title": ("The Case of the Quiet Pager",),
    "authors": ("Ada Byrne", "Tan Mei Ling"),
    "editors": ("Luis Ferrer",),
    "moderators": ("Mia Sato",),
    "curators": ("Inês Duarte",),
    "experts": ("Noor Khan",),
    "date": ("2025 May 23",),
    "licence": ("CC BY-NC 4.0",),
    "licence's address": ("https://creativecommons.org/licenses/by-nc/4.0/",),
    "address": (PAGE,),
    "doi": (),
    "citation": (_CITED + PAGE,),
    "disclosures of authors": ("Ada writes for a living.", "Mei Ling owns a pager."),
    "disclosures of editors": ("Luis edits two journals.",),
    "disclosures of moderators": ("Mia hosts a podcast.",),
    "disclosures of curators": ("Inês was paid to curate.",),
    "disclosures of experts": ("Noor sells no pagers.",),
    "story": ("“Lucky night,” said Rhona.", "At six the phone rang."),
}
#: What every output says of the volume that says it at all.
VOLUME: dict[str, tuple[str, ...]] = {
    "title": ("Quiet Dilemmas 2025",),
    "editors": ("Luis Ferrer", "Mia Sato"),
    "date": ("2025",),
    "licence": ("CC BY-NC 4.0",),
    "licence's address": ("https://creativecommons.org/licenses/by-nc/4.0/",),
    "address": (f"{SITE}{BOUND}",),
    "citation": (
        f"Ferrer L, Sato M, editors. Quiet Dilemmas 2025. Quiet Dilemmas; 2025. Available from: {SITE}{BOUND}",
    ),
    "cases": ("The Case of the Quiet Pager", "The Case of the Late Word"),
}


@dataclass(frozen=True, eq=False)
class Output:
    """An output.

    Attributes:
        read: what it says of a series' first case or volume.
        forms: facts that it says in another form.
        hidden: facts that it does not show, and why.
    """

    read: Callable[[PublishedSeries], Said]
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)


def text(html: str | bytes) -> str:
    """What stands in HTML: its words, then where its links lead."""
    tree = lxml.html.fromstring(html if html.strip() else "<p>")
    for head in tree.xpath("//head | //script"):
        head.drop_tree()
    text = " ".join(["".join(tree.itertext()), *(link for _, _, link, _ in tree.iterlinks())])
    return " ".join(_UNSEEN.sub("", text).split())


def page(series: PublishedSeries) -> str:
    texts = {each.path: each.text for each in pages.render(series, PACKS)}
    return text(texts[f"cases/{SLUG}/index.md"])


def offered(series: PublishedSeries) -> str:
    """The part of the page for facilitators that offers the volume, with the address that leads there."""
    texts = {each.path: each.text for each in pages.render(series, PACKS)}
    tree = lxml.html.fromstring(texts["facilitators/index.md"])
    (section,) = tree.xpath("//section[@id='volume-2025']")
    return f"{text(lxml.html.tostring(section, encoding='unicode'))} {SITE}facilitators/#{section.get('id')}"


def job(series: PublishedSeries, path: str) -> str:
    return whole_html(next(each for each in views.jobs(series) if each.path == path))


def pack(edition: str) -> Callable[[PublishedSeries], str]:
    name = f"packs/{SLUG}-{edition}.pdf"
    return lambda series: text(job(series, name))


def properties(path: str) -> Callable[[PublishedSeries], Said]:
    """What a PDF says of itself in its head."""

    def read(series: PublishedSeries) -> Said:
        tree = lxml.html.fromstring(job(series, path))
        return {
            "title": (tree.findtext(".//title").partition(":")[0],),
            "authors": tuple(tree.xpath("//meta[@name='author']/@content")),
            "date": tuple(tree.xpath("//meta[@name='dcterms.created']/@content")[:1]),
        }

    return read


def archive(series: PublishedSeries, name: str) -> ZipFile:
    files = {each.path: each.read() for each in epub.render(series, lambda _: b"")}
    return ZipFile(io.BytesIO(files[f"packs/{name}.epub"]))


def book(name: str) -> Callable[[PublishedSeries], str]:
    def read(series: PublishedSeries) -> str:
        opened = archive(series, name)
        return " ".join(text(opened.read(each)) for each in opened.namelist() if each.endswith(".xhtml"))

    return read


def package(name: str) -> Callable[[PublishedSeries], Said]:
    """What a library's shelf reads of a book."""

    def read(series: PublishedSeries) -> Said:
        root = ET.fromstring(archive(series, name).read("EPUB/package.opf"))  # noqa: S314 - our own
        roles = {each.get("refines"): each.text for each in root.iter() if each.get("property") == "role"}
        roles_and_names = [
            (roles.get(f"#{each.get('id')}"), each.text) for each in root.iter() if each.tag.startswith(DC)
        ]
        name_, _, address = root.findtext(f".//{DC}rights", "").partition(", ")
        codes = {"authors": "aut", "editors": "edt", "moderators": "mod", "curators": "cur", "experts": "ctb"}
        identifiers = [each.text or "" for each in root.iter(f"{DC}identifier")]
        return {
            "title": (root.findtext(f".//{DC}title", ""),),
            "date": (root.findtext(f".//{DC}date", ""),),
            "licence": (name_,),
            "licence's address": (address,),
            "doi": tuple(each for each in identifiers if "doi.org" in each),
            **{
                fact: tuple(person_name for role, person_name in roles_and_names if role == code)
                for fact, code in codes.items()
            },
        }

    return read


def entry(name: str) -> Callable[[PublishedSeries], str]:
    """The entries of a feed that tell of the case: its opening, and its release."""

    def read(series: PublishedSeries) -> str:
        files = {each.path: each.read() for each in feeds.render(series, ())}
        if name == "feed.json":
            items = [each for each in json.loads(files[name])["items"] if SLUG in each["url"]]
            records = [json.dumps({**each, "content_html": ""}, ensure_ascii=False) for each in items]
            return " ".join([*records, *(text(each["content_html"]) for each in items)])
        root = ET.fromstring(files[name])  # noqa: S314 - our own
        entries = [each for tag in ("item", f"{ATOM}entry") for each in root.iter(tag)]
        parts = [part for each in entries if SLUG in str(ET.tostring(each)) for part in each.iter()]
        return " ".join(value for part in parts for value in (*part.attrib.values(), text(part.text or "")) if value)

    return read


def series_json(series: PublishedSeries) -> Said:
    content = next(file.read() for file in seriesjson.render(series) if file.path == "series.json")
    case = next(each for each in json.loads(content)["cases"] if each["slug"] == SLUG)
    return {
        "title": (case["title"],),
        "authors": tuple(case["writers"]),
        "editors": tuple(case["editors"]),
        "date": (case["opens"].partition("T")[0],),
        "licence": (case["licence"],),
        "address": (case["url"],),
        "doi": tuple(filter(None, (case["doi"],))),
    }


def json_ld(series: PublishedSeries) -> Said:
    case = linkeddata.case(series, series.case(SLUG))
    keys = {"authors": "author", "editors": "editor", "moderators": "contributor"}
    return {
        "title": (case["name"],),
        "date": (case["datePublished"].partition("T")[0],),
        "licence's address": (case["license"],),
        "address": (case["url"],),
        "doi": (case["identifier"],) if "identifier" in case else (),
        "experts": tuple(each["author"]["name"] for each in case["hasPart"]),
        **{fact: tuple(each["name"] for each in case.get(key, ())) for fact, key in keys.items()},
    }


def highwire(series: PublishedSeries) -> Said:
    texts = {each.path: each.text for each in headmetadata.render(series, pages.render(series))}
    rows = yaml.safe_load(texts[f"cases/{SLUG}/index.md"].split("---\n")[1])["metadata"]["meta"]
    keys = {
        "title": "citation_title", "authors": "citation_author", "date": "citation_publication_date",
        "address": "citation_public_url", "doi": "citation_doi", "licence's address": "DC.rights",
    }  # fmt: skip
    return {fact: tuple(content for name, content in rows if name == key) for fact, key in keys.items()}


def cite(series: PublishedSeries, stem: str, ending: str) -> str:
    return next(file.read().decode() for file in citationfiles.render(series, PACKS) if file.path == f"{stem}.{ending}")


def bibtex(stem: str) -> Callable[[PublishedSeries], Said]:
    def read(series: PublishedSeries) -> Said:
        (entry_,) = bibtexparser.parse_string(cite(series, stem, "bib")).entries
        fields = {each.key: str(each.value) for each in entry_.fields}
        names = {
            fact: tuple(name.strip("{}") for name in fields.get(key, "").split(" and ") if name)
            for fact, key in (("authors", "author"), ("editors", "editor"))
        }
        day = " ".join(fields[key] for key in ("year", "month", "day"))
        return {
            **names,
            "title": (fields["title"].strip("{}"),),
            "date": (day,),
            "address": (fields["url"],),
            "doi": (fields["doi"],) if "doi" in fields else (),
        }

    return read


def ris(stem: str) -> Callable[[PublishedSeries], Said]:
    def read(series: PublishedSeries) -> Said:
        (entry_,) = rispy.loads(cite(series, stem, "ris"))
        return {
            "title": (entry_["title"],),
            "authors": tuple(entry_.get("authors", ())),
            "editors": tuple(re.findall(r"^ED  - (.*?)\r?$", cite(series, stem, "ris"), re.MULTILINE)),
            "date": (entry_["date"],),
            "address": tuple(entry_["urls"]),
            "doi": (entry_["doi"],) if "doi" in entry_ else (),
        }

    return read


def csl(stem: str) -> Callable[[PublishedSeries], Said]:
    def read(series: PublishedSeries) -> Said:
        (entry_,) = json.loads(cite(series, stem, "json"))
        return {
            "title": (entry_["title"],),
            "authors": tuple(", ".join((each["family"], each["given"])) for each in entry_.get("author", ())),
            "editors": tuple(", ".join((each["family"], each["given"])) for each in entry_.get("editor", ())),
            "date": tuple("-".join(map(str, day)) for day in entry_["issued"]["date-parts"]),
            "address": (entry_["URL"],),
            "doi": (entry_["DOI"],) if "DOI" in entry_ else (),
        }

    return read


PACKS = tuple(Pack(f"packs/volume-2025-{paper}.pdf", "volume-2025", "case", paper, 9, 90_000) for paper in ("a4",))

_NO_LICENCE = "the format has no field for it, and its readers would print a note"
_TO_CITE = "the format names those who are cited: writers, of a volume its editors"
_FOR_MACHINES = "facts for machines; what people read is on the page that it leads to"
_LEFT_TO_PAGE = "participants have the page's address; who wrote it and how it is cited stands there"
_GUIDE = "cited from its page or its reading copy, which stand beside it; all names are in its credits"
_PROPERTIES = "the properties of a file have no field for it"
_CITING = {
    **dict.fromkeys(("moderators", "curators", "experts", "disclosures"), _TO_CITE),
    **dict.fromkeys(("licence", "licence's address"), _NO_LICENCE),
    **dict.fromkeys(("citation", "story"), "it is what citations are made of"),
}
#: Names as reference managers file them.
_FILED = ("Byrne, Ada", "Tan, Mei Ling")
_HANDOUT = dict.fromkeys(
    ("authors", "editors", "moderators", "curators", "experts", "disclosures", "date", "citation"), _LEFT_TO_PAGE
)

CASES = {
    "page": Output(page),
    "handout": Output(pack("handout-a4"), hidden={**_HANDOUT, "doi": _LEFT_TO_PAGE}),
    "guide": Output(pack("guide-a4"), hidden=dict.fromkeys(("date", "citation", "doi"), _GUIDE)),
    "reading copy": Output(pack("case-a4")),
    "slides": Output(
        pack("slides"),
        forms={"authors": ("Byrne A", "Tan ML")},
        hidden=dict.fromkeys(
            ("editors", "moderators", "curators", "experts", "disclosures"),
            "no credits on a wall: the last slide leads to the page",
        ),
    ),
    "PDF's properties": Output(
        properties(f"packs/{SLUG}-case-a4.pdf"),
        forms={"date": ("2025-05-23",)},
        hidden=dict.fromkeys(
            (
                "editors",
                "moderators",
                "curators",
                "experts",
                "licence",
                "licence's address",
                "address",
                "doi",
                "citation",
                "disclosures",
                "story",
            ),
            _PROPERTIES,
        ),
    ),
    "EPUB": Output(book(SLUG)),
    "EPUB's package": Output(
        package(SLUG),
        forms={"date": ("2025-05-23",)},
        hidden={
            **dict.fromkeys(("citation", "disclosures", "story"), _FOR_MACHINES),
            "address": "a book's identifier outlives its address",
        },
    ),
    **{
        name: Output(
            entry(path),
            forms={"date": forms},
            hidden={"editors": "a feed names those who sign what the entry holds", "moderators": "the same"},
        )
        for name, path, forms in (
            ("RSS", "feed.xml", ("Fri, 23 May 2025",)),
            ("Atom", "atom.xml", ("2025-05-23",)),
            ("JSON Feed", "feed.json", ("2025-05-23",)),
        )
    },
    "JSON-LD": Output(
        json_ld,
        forms={"date": ("2025-05-23",)},
        hidden={
            "licence": "schema.org has a licence's address in place of its name",
            "moderators": "they took part in the discussion, which is an event and no part of the resource",
            "curators": "schema.org has no such role; the commentary is no work of its own",
            **dict.fromkeys(("citation", "disclosures", "story"), _FOR_MACHINES),
        },
    ),
    "Highwire": Output(
        highwire,
        forms={"date": ("2025/05/23",), "doi": (DOI,), "authors": _FILED},
        hidden={
            **dict.fromkeys(("editors", "moderators", "curators", "experts", "disclosures"), _TO_CITE),
            **dict.fromkeys(("citation", "story"), "it is what citations are made of"),
            "licence": "Dublin Core has the licence's address",
        },
    ),
    "series.json": Output(
        series_json,
        forms={"date": ("2025-05-23",), "licence": ("CC-BY-NC-4.0",), "doi": (DOI,)},
        hidden={
            **dict.fromkeys(("moderators", "curators", "experts"), "it counts those who answered, and names none"),
            **dict.fromkeys(("disclosures", "citation", "story"), _FOR_MACHINES),
            "licence's address": "it has the licence's SPDX identifier",
        },
    ),
    "BibTeX": Output(
        bibtex(f"cases/{SLUG}/cite"),
        forms={"date": ("2025 may 23",), "doi": (DOI,), "authors": _FILED},
        hidden={**_CITING, "editors": _TO_CITE},
    ),
    "RIS": Output(
        ris(f"cases/{SLUG}/cite"),
        forms={"date": ("2025/05/23",), "doi": (DOI,), "authors": _FILED},
        hidden={**_CITING, "editors": _TO_CITE},
    ),
    "CSL": Output(
        csl(f"cases/{SLUG}/cite"),
        forms={"date": ("2025-5-23",), "doi": (DOI,), "authors": _FILED},
        hidden={**_CITING, "editors": _TO_CITE},
    ),
}
_BOOKS = {key: reason for key, reason in _CITING.items() if key in VOLUME} | {"cases": "it is cited as a whole"}
_EDITORS = ("Ferrer, Luis", "Sato, Mia")
#: Editors of its cases stand in each case's credits as well.
_EDITED = ("Edited by Luis Ferrer and Mia Sato",)
VOLUMES = {
    "page": Output(
        offered,
        forms={"editors": ("Ferrer L", "Sato M")},
        hidden={
            **dict.fromkeys(("licence", "licence's address"), "each case's own stands on its page, the volume's in it"),
            "cases": "it says how many; the years stand beside the list of cases",
        },
    ),
    "PDF": Output(lambda series: text(job(series, "packs/volume-2025-a4.pdf")), forms={"editors": _EDITED}),
    "EPUB": Output(book("volume-2025"), forms={"editors": _EDITED}),
    "EPUB's package": Output(
        package("volume-2025"),
        forms={"date": ("2025-07-04",)},
        hidden={
            **dict.fromkeys(("citation", "cases"), _FOR_MACHINES),
            "address": "a book's identifier outlives its address",
        },
    ),
    "BibTeX": Output(
        bibtex("packs/volume-2025"),
        forms={"date": ("2025 jul 4",), "editors": _EDITORS},
        hidden=_BOOKS,
    ),
    "RIS": Output(
        ris("packs/volume-2025"),
        forms={"date": ("2025/07/04",), "editors": _EDITORS},
        hidden=_BOOKS,
    ),
    "CSL": Output(csl("packs/volume-2025"), forms={"date": ("2025-7-4",), "editors": _EDITORS}, hidden=_BOOKS),
}


def reason(output: Output, fact: str) -> str:
    """Why an output does not show a fact; empty if it does. Whoever is not named discloses nothing."""
    fact_name, _, person_name = fact.partition(" of ")
    return (
        output.hidden.get(fact)
        or (person_name and (output.hidden.get(person_name) or output.hidden.get(fact_name)))
        or ""
    )


def disagreements(output: Output, series: PublishedSeries, facts: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What an output says otherwise than it is to be said, or shows although it has a reason not to."""
    facts_read = output.read(series)
    for fact, values in facts.items():
        expected = output.forms.get(fact, values) if values else ()
        shown = (
            tuple(each for each in expected if each in facts_read)
            if isinstance(facts_read, str)
            else facts_read.get(fact, ())
        )
        if (hidden_because := reason(output, fact)) and any(each in shown for each in expected):
            yield f"{fact}: {shown} is shown, although {hidden_because}"
        elif not hidden_because and shown != expected:
            yield f"{fact}: {shown} in place of {expected}"


@pytest.mark.parametrize("name", CASES)
def test_what_outputs_say_of_a_case_agrees(name: str) -> None:
    assert list(disagreements(CASES[name], series_of(), CASE)) == []


@pytest.mark.parametrize("name", CASES)
def test_what_outputs_say_of_a_case_with_a_doi_agrees(name: str) -> None:
    assert list(disagreements(CASES[name], series_of(DOI), CASE | {"citation": (_CITED + LINK,), "doi": (LINK,)})) == []


@pytest.mark.parametrize("name", VOLUMES)
def test_what_outputs_say_of_a_volume_agrees(name: str) -> None:
    assert list(disagreements(VOLUMES[name], series_of(), VOLUME)) == []
