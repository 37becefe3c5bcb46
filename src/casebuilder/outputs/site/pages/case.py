"""A case's page: the story, the questions, and behind a fold, from the release on, what others answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.markdown import prose
from casebuilder.model import Kind, Use
from casebuilder.outputs.site.pages import discussion, facets, withdrawn
from casebuilder.outputs.site.pages.markdownpage import Block
from casebuilder.wording import message, reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase

_ROOT = "../../"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: its condition, heading and template.

    Attributes:
        name: its template below `case/`, and, after "section-", its anchor.
        heading: empty if the template has its own or needs none.
        shown: whether a case has it.
    """

    name: str
    heading: str
    shown: Callable[[PublishedCase], bool]


def _is_upcoming(case: PublishedCase) -> bool:
    return (case.is_open or case.is_curating) and bool(case.announced)


#: The page in reading order, as a phone shows it; a wide screen has packs and facts beside the text.
SECTIONS = (
    Section("top", "", lambda _: True),
    Section("paper", message("The paper"), lambda case: case.paper is not None),
    Section("story", message("The case"), lambda case: bool(case.story)),
    Section("questions", message("Questions for discussion"), lambda case: bool(case.questions)),
    Section("packs", "", lambda _: True),
    Section("join", message("Join the discussion"), lambda case: case.is_open),
    Section("announced", message("Who will answer"), _is_upcoming),
    Section("responses", message("Expert responses"), lambda case: bool(case.responses)),
    Section("commentary", message("Community commentary"), lambda case: case.commentary is not None),
    Section("thread", message("The discussion on GitHub"), lambda case: case.has_opened),
    Section("objectives", message("Learning objectives"), lambda case: bool(case.objectives)),
    Section("facts", "", lambda _: True),
    Section("counted", message("Participation"), lambda case: case.figures is not None),
    Section("figures", message("Reach"), lambda case: bool(case.metrics)),
    Section("references", message("References"), lambda case: bool(case.references)),
    Section("credits", message("Credits and disclosures"), lambda case: bool(case.credits)),
    Section("cite", message("How to cite"), lambda _: True),
    Section("versions", message("Version history"), lambda case: bool(case.changes)),
    Section("onward", message("More cases"), lambda _: True),
)
#: The opening text of a journal club is about the paper, which has its own section.
_HEADINGS = {("story", Kind.JOURNAL_CLUB): message("Why this paper")}


def render(site: SiteView) -> Iterator[Page]:
    """Yield a page for each case."""
    for case in site.cases:
        in_language = site.of(case)
        page = withdrawn.page(in_language, case) if case.is_withdrawn else _case_page(in_language, case)
        yield replace(page, facets=facets.of_case(site, case))


def commentary(site: SiteView, case: PublishedCase, root: str) -> str:
    """Return the commentary alone, as HTML, for a look at it before the release.

    Args:
        site: the series that has the case.
        case: with a commentary.
        root: the relative way to the site's root.
    """
    in_language = site.of(case)
    return in_language.fill("case/commentary.html", root, case=case, **_commentary_values(in_language, case))


def _commentary_values(site: SiteView, case: PublishedCase) -> dict[str, object]:
    """Return what the template of the commentary names."""
    return {
        "language": site.language(case),
        "numbers": case.numbers,
        "themes": prose.themes(
            case.commentary.sections if case.commentary else (),
            case.quoted(Use.SITE),
            level=4,
            numbers=case.numbers,
            language=site.translator.language,
        ),
    }


def _case_page(site: SiteView, case: PublishedCase) -> Page:
    language = site.language(case)
    values = {
        **_commentary_values(site, case),
        "case": case,
        "editions": site.editions(case.slug),
        "windows": reach.windows(case.metrics),
        "counted": discussion.of_case(site, case),
        "beside": site.neighbours[case.slug],
        "related": site.related(case),
        "paper": case.paper_reference,
    }

    def blocks() -> Iterator[Block]:
        for section in SECTIONS:
            if not section.shown(case):
                continue
            html = site.fill(f"case/{section.name}.html", _ROOT, **values)
            heading = _HEADINGS.get((section.name, case.kind), section.heading)
            if html.strip():
                yield Block(html, site.translator.gettext(heading) if heading else "", f"section-{section.name}")

    return site.page(
        f"{case.address}index.md",
        title=case.title,
        description=case.teaser,
        blocks=blocks(),
        above=site.fill("kicker.html", _ROOT, case=case),
        language=language,
    )
