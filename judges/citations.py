"""Citations in Vancouver and APA style, by citation-js: what the site prints, and hostile names, titles and numbers.

`REWRITES` are the differences that are right wherever they occur, `NAMES` those of single names, each with its reason;
a row that is not needed any more is a finding. Sources: Citing Medicine, 2nd edition (US National Library of Medicine),
and the Publication Manual of the American Psychological Association, 7th edition.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from casebuilder.model import PartialDate, Prose
from casebuilder.outputs.citationfiles import csl
from casebuilder.published import CitedName, PublishedPerson, Work
from casebuilder.published.citations import citation
from judges.verdict import INSTALLED, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_FORMATTER = "judges/cite.mjs"
_PRINTED = re.compile(
    r'<p class="cb-citation">(?P<vancouver>.*?)</p>\s*'
    r'<p class="cb-citation"><span class="cb-meta">[^<]*</span>(?P<apa>.*?)</p>.*?href="(?P<file>[^"]*\.json)"',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")

#: An item of CSL-JSON.
Item: TypeAlias = "Mapping[str, object]"


@dataclass(frozen=True)
class Citation:
    """How a work is cited.

    Attributes:
        where: the page, or what is tried.
        item: the work in CSL-JSON.
        vancouver, apa: how we cite it.
        reason: why it may differ from how citation-js cites it, or nothing.
    """

    where: str
    item: Item
    vancouver: str
    apa: str
    reason: str = ""


@dataclass(frozen=True)
class Rewrite:
    """A difference that is right wherever it occurs: what citation-js writes, what we write in its place, and why."""

    style: str
    theirs: str
    ours: str
    reason: str


REWRITES = (
    Rewrite("vancouver", r"^1\. ", "", "a number belongs to a list, not to a work"),
    Rewrite("vancouver", r" \[Internet\]", "", "the address says so"),
    Rewrite(
        "vancouver",
        r"\. doi:(\S+)$",
        r". Available from: https://doi.org/\1",
        "an address can be followed, on paper too",
    ),
    Rewrite(
        "apa",
        r"\((?P<year>\d{4})\)\. (?!.*BOOK$)",
        "(DATE). ",
        "section 9.14: what appears on the web on a day has its day",
    ),
)

#: Names that citation-js must write like us: family name, given names, suffix.
ALIKE = (
    ("Lafrenière", "Marie", ""),
    ("King", "Martin Luther", "Jr."),
    ("van der Berg", "Johanna", ""),
    ("Tan", "Mei Ling", ""),
    ("Nguyễn", "Thị Mai", ""),
    ("Sartre", "Jean-Paul", ""),
    ("Quispe Mamani", "Rosa", ""),
    ("Ortega y Gasset", "José", ""),
    ("Ó Súilleabháin", "Niamh", ""),
    ("O’Neill", "Ann", ""),
    ("Ben-David", "Yael", ""),
    ("Doe", "J. M.", ""),
    ("Łukasiewicz", "Łucja", ""),
    ("Мельник", "Оксана", ""),
    ("Παπαδοπούλου", "Ελένη", ""),
    ("Sukarno", "", ""),
    ("", "Tan Mei Ling", ""),
    ("Smith & Wesson", "Ann", ""),
)
#: Names that we write otherwise: family name, given names, suffix; Vancouver, APA, and why.
NAMES = (
    ("Smith", "James Q.", "III", "Smith JQ 3rd", "Smith, J. Q., III",
     "Citing Medicine, chapter 2: a Roman numeral becomes an Arabic ordinal"),
    ("Sartre", "Jean-Paul Charles Aymard", "", "Sartre JP", "Sartre, J.-P. C. A.",
     "Citing Medicine, chapter 2: at most two initials"),
    ("Beethoven", "Ludwig van", "", "Beethoven L", "Beethoven, L. van",
     "Citing Medicine, chapter 2: particles among given names are left out"),
    ("hooks", "bell", "", "hooks b", "hooks, b.",
     "a given name that is written small is a name; citation-js takes it for a particle"),
    ("Doe", "JM", "", "Doe JM", "Doe, J. M.", "capitals that stand together are initials"),
    ("李", "小龙", "", "李 小龙", "李, 小龙", "the family name stays apart, so that it can be searched"),
)  # fmt: skip
#: Titles that end in signs of their own, or hold signs of formats.
TITLES = ("Who asks?", "Stop!", "“Lucky” night", "A full stop.", "R&D at 100%: $5 #1", "One: two, three; four (five)")
_COUNTS = (0, 1, 2, 3, 6, 7, 8, 20, 21, 25)


def judge(site: Path) -> Verdict:
    """Ask citation-js about every citation of the site, and about hostile ones."""
    printed, hostile = list(_printed_citations(site)), list(_hostile_citations())
    rewritten, findings = set[Rewrite](), list[str]()
    for ours, theirs in zip(
        [*printed, *hostile], _ask_citation_js([each.item for each in (*printed, *hostile)]), strict=True
    ):
        findings += _compare(ours, theirs, rewritten)
    findings += [f"no longer needed: {row.theirs} ({row.reason})" for row in REWRITES if row not in rewritten]
    if not printed:
        findings.append("the site cites nothing")
    return Verdict(f"{len(printed)} citations, {len(hostile)} hostile ones", tuple(findings))


def _compare(ours: Citation, theirs: Mapping[str, str], rewritten: set[Rewrite]) -> Iterator[str]:
    theirs_by_style = {}
    for style in ("vancouver", "apa"):
        text = " ".join(theirs[style].split())
        for row in REWRITES:
            if row.style == style and not (row.ours == "(DATE). " and ours.item["type"] == "book"):
                text, count = re.subn(row.theirs, row.ours.replace("DATE", _day(ours.item)), text)
                rewritten |= {row} if count else set()
        theirs_by_style[style] = text
    ours_by_style = {"vancouver": ours.vancouver, "apa": ours.apa}
    if ours.reason and theirs_by_style == ours_by_style:
        yield f"{ours.where}: no longer differs ({ours.reason})"
    if not ours.reason:
        yield from (
            f"{ours.where}: {ours_by_style[each]} | citation-js: {theirs_by_style[each]}"
            for each in ours_by_style
            if ours_by_style[each] != theirs_by_style[each]
        )


def _day(item: Item) -> str:
    issued = item["issued"]
    if not isinstance(issued, dict):
        raise TypeError(issued)
    ((year, month, day),) = issued["date-parts"]
    return f"{year}, {date(year, month, day):%B} {day}"


def _ask_citation_js(items: Sequence[Item]) -> list[dict[str, str]]:
    command = ("node", _FORMATTER, INSTALLED / "node_modules")
    completed = subprocess.run(command, input=json.dumps(items), capture_output=True, text=True, check=False)
    if completed.returncode:
        raise SystemExit(f"citation-js said nothing (exit {completed.returncode})\n{completed.stderr}")
    answer: list[dict[str, str]] = json.loads(completed.stdout)
    return answer


def _printed_citations(site: Path) -> Iterator[Citation]:
    """Every citation in English that a page prints: citation-js has few other languages, and its own words in them."""
    for page in sorted(site.rglob("*.html")):
        for match in _PRINTED.finditer(page.read_text(encoding="utf-8")):
            (item,) = json.loads((page.parent / match["file"]).read_text(encoding="utf-8"))
            if item.get("language", "en").partition("-")[0] == "en":
                vancouver, apa = (html.unescape(_TAG.sub("", match[style])).strip() for style in ("vancouver", "apa"))
                yield Citation(str(page.relative_to(site)), item, vancouver, apa)


def _hostile_citations() -> Iterator[Citation]:
    """Citations that are hard to write."""
    author = CitedName("Ada Byrne", "Byrne", "Ada")
    for family, given, suffix in ALIKE:
        name = CitedName(family or given, family, given if family else "", suffix)
        yield _make_citation(f"{family} {given}".strip(), _make_work(name))
    for family, given, suffix, vancouver, apa, reason in NAMES:
        made = _make_citation(f"{family} {given}", _make_work(CitedName(family, family, given, suffix)), reason)
        if not (made.vancouver.startswith(f"{vancouver}. ") and made.apa.startswith(f"{apa.rstrip('.')}. (")):
            made = replace(made, reason="")  # not what the row says: let it be a finding
        yield made
    british = "British punctuation: a full stop that is not of the quotation follows it"
    yield _make_citation("a quotation", replace(_make_work(author), title="“Lucky night”"), british)
    for title in TITLES:
        yield _make_citation(title, replace(_make_work(author), title=title))
    authors = [CitedName(f"N{number}", f"N{number}", "Ada") for number in range(max(_COUNTS))]
    for count in _COUNTS:
        yield _make_citation(f"{count} authors", _make_work(*authors[:count]))
        yield _make_citation(
            f"{count} editors", replace(_make_work(*authors[:count]), is_book=True, volume="", issue="")
        )
    yield _make_citation("no issue", replace(_make_work(author), issue=""))
    yield _make_citation("no volume", replace(_make_work(author), volume="", issue=""))
    yield _make_citation("no address", replace(_make_work(author), address=""))
    yield _make_citation("a DOI", replace(_make_work(author), doi="10.5555/12345"))


def _make_citation(where: str, work: Work, reason: str = "") -> Citation:
    ours = citation(work)
    return Citation(where, csl(work), ours.vancouver, ours.apa, reason)


def _make_work(*names: CitedName) -> Work:
    authors = tuple(PublishedPerson(name.whole, name.whole, name, name.whole, "", "", Prose("")) for name in names)
    return Work(
        key="case-pager", authors=authors, title="The Case of the Quiet Pager", container="Quiet Dilemmas",
        issued=PartialDate(2025, 5, 23), volume="1", issue="3", doi="", address="https://example.org/pager/",
        language="en", words_in="en",
    )  # fmt: skip
