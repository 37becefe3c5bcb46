"""Cases and responses for other people's reference managers: BibTeX, RIS, CSL-JSON; and the series as CITATION.cff.

Each writes the same `published.Work`. A series with seasons and episodes is cited as a periodical with volumes and
issues, the one form that all three formats and every citation style can print. A name has its parts where the
profile names them: see `published.citednames`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebuilder.model import File

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.model import Pack, PartialDate
    from casebuilder.published import CitedName, PublishedPerson, PublishedSeries, Work

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # BibTeX counts braces whatever stands before them: only a pair may be written "\\{" and "\\}".
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
#: Signs that TeX would join into another: "--" into a dash, "``" into a quotation mark, "?`" into a turned one.
_TEX_JOINED = re.compile(r"-(?=-)|`(?=`)|'(?=')|,(?=,)|<(?=<)|>(?=>)|[?!](?=`)")
_TEX_SIGNS = re.compile("|".join(map(re.escape, _TEX)))
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
#: Characters that would split a BibTeX name, or begin a command in it.
_NOT_IN_NAMES = re.compile(r"[,{}\\]|\band\b", re.IGNORECASE)
#: Characters that would end a BibTeX field or entry in an address, where TeX's commands have no effect.
_NOT_IN_ADDRESSES = re.compile(r"[\s{}\\\"]")


def render(public: PublishedSeries, packs: Sequence[Pack] = ()) -> Iterator[File]:
    """Yield the citation files of every case and response, of the volumes, and of the series.

    A withdrawn case has none, nor has the volume of a year or a season that is neither among the packs nor among the
    books. A collection always has a page, and its files lie beside it.
    """
    for case in public.cases:
        if case.is_withdrawn:
            continue
        yield from _citation_files(f"{case.address}cite", case.citation.work)
        if case.paper_citation:
            yield from _citation_files(f"{case.address}paper", case.paper_citation.work)
        for response in case.responses:
            yield from _citation_files(f"{case.address}cite-{response.person.id}", response.citation.work)
    offered = {pack.subject for pack in packs}
    for volume in public.volumes:
        if volume.is_collection:
            yield from _citation_files(f"{volume.address}cite", volume.citation.work)
        elif volume.id in offered:
            yield from _citation_files(f"packs/{volume.id}", volume.citation.work)
    if public.cases:
        yield File("CITATION.cff", cff(public).encode())


def _citation_files(stem: str, work: Work) -> Iterator[File]:
    for ending, write in _FORMATS.items():
        yield File(f"{stem}.{ending}", write(work).encode())


def bibtex(work: Work) -> str:
    """Return a work as a BibTeX entry, in UTF-8.

    Letters are not written as TeX commands, which programs that read BibTeX undo wrongly; the ten signs that TeX
    keeps for itself are. A whole name is in braces, since BibTeX would take its last word for the family name,
    and so is a keyword with a comma in it. Identifiers and addresses are taken as they are by whatever reads them.
    """
    names = (_tex_name(person.cited) for person in work.authors)
    fields = {
        "editor" if work.is_book else "author": " and ".join(names),
        "title": f"{{{_escape_tex(work.title)}}}",
        "publisher" if work.is_book else "journal": f"{{{_escape_tex(work.container)}}}",
        "year": str(work.issued.year),
        "month": f"{work.issued.first:%b}".lower() if work.issued.month else "",
        "day": str(work.issued.day or ""),
        "volume": work.volume,
        "number": work.issue,
        "pages": _escape_tex(work.pages),
        "doi": _tex_address(work.doi),
        "url": _tex_address(work.address),
        "language": work.language,
        "keywords": ", ".join(
            f"{{{_escape_tex(word)}}}" if "," in word else _escape_tex(word) for word in work.keywords
        ),
        "abstract": _escape_tex(work.abstract),
    }
    # A month's name is a macro of BibTeX, and goes without braces.
    lines = [f"  {key} = {value if key == 'month' else f'{{{value}}}'}," for key, value in fields.items() if value]
    return "\n".join([f"@{'book' if work.is_book else 'article'}{{{work.key},", *lines, "}", ""])


def ris(work: Work) -> str:
    """Return a work in RIS: a tag of two signs, two spaces, a hyphen, a space and the value on each line."""
    lines = [
        ("TY", "BOOK" if work.is_book else "JOUR"),
        ("ID", work.key),
        *(("ED" if work.is_book else "AU", person.cited.inverted) for person in work.authors),
        ("TI", work.title),
        ("PB" if work.is_book else "T2", work.container),
        ("PY", str(work.issued.year)),
        ("DA", _ris_date(work.issued)),
        ("VL", work.volume),
        ("IS", work.issue),
        ("SP", work.pages.partition("-")[0]),
        ("EP", work.pages.partition("-")[2]),
        ("DO", work.doi),
        ("UR", work.address),
        ("LA", work.language),
        ("AB", work.abstract),
        *(("KW", word) for word in work.keywords),
    ]
    tagged_lines = [f"{tag}  - {_one_line(value)}" for tag, value in lines if value]
    return "".join(f"{line}\r\n" for line in [*tagged_lines, "ER  - "])


def _ris_date(issued: PartialDate) -> str:
    """Return a date in RIS: "2014/07/01"; "2014/07/" or "2014//" if the day, or the month too, is not known."""
    return "/".join(f"{part:02d}" for part in issued.parts) + "/" * (len("ymd") - len(issued.parts))


def csl(work: Work) -> dict[str, object]:
    """Return a work in CSL-JSON: what citation processors and Zotero read."""
    fields: dict[str, object] = {
        "id": work.key,
        "type": "book" if work.is_book else "article-journal",
        "editor" if work.is_book else "author": [_csl_name(person.cited) for person in work.authors],
        "title": work.title,
        "publisher" if work.is_book else "container-title": work.container,
        "issued": {"date-parts": [list(work.issued.parts)]},
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "DOI": work.doi,
        "URL": work.address,
        "language": work.language,
        "abstract": work.abstract,
        "keyword": ", ".join(work.keywords),
    }
    return {key: value for key, value in fields.items() if value}


def csl_json(work: Work) -> str:
    """Return a work as a file of CSL-JSON: a list of one."""
    return json.dumps([csl(work)], ensure_ascii=False, indent=1) + "\n"


#: The formats: the ending of a file, and what writes it.
_FORMATS = {"bib": bibtex, "ris": ris, "json": csl_json}


def cff(public: PublishedSeries) -> str:
    """Return the series in the Citation File Format 1.2, which is YAML.

    JSON is YAML too, and escapes every string rightly.
    """
    days = [case.opens.date() for case in public.cases if not case.is_withdrawn]
    fields: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Please cite the series like this, and a single case as its own page says.",
        "type": "dataset",
        "title": _one_line(public.name),  # YAML folds U+0085 and U+2028 in quotation marks
        "abstract": _one_line(public.description),
        "authors": [*map(_cff_author, _editors(public))] or [{"name": _one_line(public.name)}],
        "date-released": max(days).isoformat() if days else "",
        "license": public.licence.spdx,
        "url": public.site_url,
        "keywords": sorted({_one_line(topic) for case in public.cases for topic in case.topics}),
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value)
    return "\n".join([*lines, ""])


def _editors(public: PublishedSeries) -> list[PublishedPerson]:
    """Return those who edited the series, by how many of its cases; the names decide between equals."""
    cases_by_editor = Counter(person for case in public.cases for person in case.editors)
    return sorted(cases_by_editor, key=lambda person: (-cases_by_editor[person], person.filed))


def _cff_author(person: PublishedPerson) -> dict[str, str]:
    """Return somebody as CFF has it, in its form for whole names where the profile does not say which part is which."""
    name = person.cited
    parts = {"family-names": name.family, "given-names": name.given, "name-suffix": name.suffix}
    fields = {**(parts if name.family and name.given else {"name": name.family or name.whole}), "orcid": person.orcid}
    return {key: _one_line(value) for key, value in fields.items() if value}


def _csl_name(name: CitedName) -> dict[str, str]:
    """Return a name in CSL-JSON; whole where it has one part, or the profile does not say which part is which."""
    if not (name.family and name.given):
        return {"literal": name.family or name.whole}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value}


def _tex_name(name: CitedName) -> str:
    """Return a name for BibTeX: "Lafrenière, Marie", or "King, Jr., Martin Luther"; or whole, in braces.

    BibTeX takes small words before the family name for particles, as they are, and parts names at commas and at "and":
    what it would take otherwise is in braces.
    """
    if not (name.family and name.given):
        return f"{{{_escape_tex(name.family or name.whole)}}}"
    begins_small = [word[:1].islower() for word in name.family.split()]
    is_mixed = begins_small != sorted(begins_small, reverse=True) or all(begins_small)
    family = f"{{{_escape_tex(name.family)}}}" if is_mixed else _tex_name_part(name.family)
    return ", ".join(filter(None, (family, _tex_name_part(name.suffix), _tex_name_part(name.given))))


def _tex_name_part(part: str) -> str:
    """Return a part of a name for BibTeX."""
    escaped = _escape_tex(part)
    return f"{{{escaped}}}" if _NOT_IN_NAMES.search(escaped) else escaped


def _escape_tex(text: str) -> str:
    """Return words on one line for TeX, with its special characters as commands, and no two joined into a third."""
    line = _one_line(text)
    paired_places = _paired_braces(line)

    def escape_sign(match: re.Match[str]) -> str:
        return f"\\{match.group()}" if match.start() in paired_places else _TEX[match.group()]

    parts = _TEX_SIGNS.sub(escape_sign, line)
    return _TEX_JOINED.sub(lambda found: f"{found.group()}{{}}", parts)


def _paired_braces(text: str) -> set[int]:
    """Return the places of braces that belong together."""
    opened: list[int] = []
    paired: set[int] = set()
    for place, sign in enumerate(text):
        if sign == "{":
            opened.append(place)
        elif sign == "}" and opened:
            paired |= {opened.pop(), place}
    return paired


def _tex_address(address: str) -> str:
    """Return an identifier or address for BibTeX.

    The signs that would end it are written as addresses write them (%7B).
    """
    return _NOT_IN_ADDRESSES.sub(lambda match: quote(match.group()), address)


def _one_line(text: str) -> str:
    """Return words on one line."""
    return _BREAKS.sub(" ", text).strip()
