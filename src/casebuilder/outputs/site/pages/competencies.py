"""Which competencies the cases cover: each framework with the number of cases a competency, and a table by case."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Framework
from casebuilder.outputs.site.pages.markdownpage import Block
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase

#: How many cases a table has at most, the newest; with all of them the page would grow with the series.
_ROWS = 24


@dataclass(frozen=True, slots=True)
class Coverage:
    """A framework and the cases that name it.

    Attributes:
        name: before the colon of a competency: "acgme".
        codes: its codes with their words, those that no case covers, too.
        heads: what a column is called: the code, or its words where the code is only their address ("health-advocate").
        counts: how many cases cover a code.
        cases: the newest cases that name the framework, with the codes that each covers.
    """

    name: str
    codes: Mapping[str, str]
    heads: Mapping[str, str]
    counts: Mapping[str, int]
    cases: tuple[tuple[PublishedCase, frozenset[str]], ...]


def render(site: SiteView) -> Iterator[Page]:
    """Yield the page of competencies."""
    original_frameworks, translated = site.series.frameworks, site.frameworks
    cases_by_framework = sorted(_cases_by_framework(site).items())
    frameworks_used = {name: translated.get(name, Framework(title=name, codes={})) for name, _ in cases_by_framework}
    titles = sorted(framework.title for framework in frameworks_used.values())
    blocks = [Block(site.fill("competencies/top.html", "../", frameworks=titles))]
    for name, cases in cases_by_framework:
        framework = frameworks_used[name]
        coverage = _framework_coverage(name, original_frameworks.get(name, framework).codes, framework.codes, cases)
        html = site.fill("competencies/framework.html", "../", coverage=coverage, title=framework.title)
        blocks.append(Block(html, framework.title, f"section-framework-{name}"))
    yield site.page(
        "competencies/index.md",
        title=site.translator.gettext("Competencies"),
        description=site.translator.gettext(
            "Which competencies the cases of %(series)s cover.", series=site.series.name
        ),
        blocks=blocks,
    )


def _cases_by_framework(site: SiteView) -> dict[str, list[tuple[PublishedCase, frozenset[str]]]]:
    """Return cases by framework, newest first, with the codes of it that each covers."""
    cases_of: dict[str, list[tuple[PublishedCase, frozenset[str]]]] = defaultdict(list)
    for case in site.cases:
        codes: dict[str, set[str]] = defaultdict(set)
        for word in case.competencies:
            framework, _, code = word.partition(":")
            codes[framework].add(code)
        for framework, covered in codes.items():
            cases_of[framework].append((case, frozenset(covered)))
    return cases_of


def _framework_coverage(
    name: str,
    original_labels: Mapping[str, str],
    codes: Mapping[str, str],
    cases: list[tuple[PublishedCase, frozenset[str]]],
) -> Coverage:
    unknown_codes = sorted({code for _, covered in cases for code in covered} - codes.keys())
    labels = {**codes, **{code: code for code in unknown_codes}}
    counts = {code: sum(code in covered for _, covered in cases) for code in labels}
    heads = {code: label if slug(original_labels.get(code, code)) == code else code for code, label in labels.items()}
    return Coverage(name, labels, heads, counts, tuple(cases[:_ROWS]))
