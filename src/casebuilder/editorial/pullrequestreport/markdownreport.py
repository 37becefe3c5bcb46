"""The report on a pull request in Markdown: the comment on a pull request, and the summary of a run.

Every word of a report may be a stranger's: it is written so that it is no link, no mention, no picture and no HTML.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.handbook import UNKNOWN, Handbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebuilder.editorial.pullrequestreport.report import CaseReport, PackPages, PullRequestReport, TextLength

#: By this line our comment is found again, to be updated and not repeated.
MARKER = "<!-- casebuilder:preview -->"
#: GitHub refuses a comment and an issue of more than 65,536 characters; some are for what we put around.
_LONGEST = 64_000
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$^=:])")
#: What GitHub makes links, mentions and pictures of: names after @, numbers after #, GH-12, addresses, ids of commits
#: (a fork's are there, too), of at most 64 digits, and :names: of emoji.
_REFERENCE = re.compile(r"(?i)([@#]|:(?=//|[\w+-]+:)|\bgh(?=-)|\bwww(?=\.)|[0-9a-f]{6}(?=[0-9a-f]{1,64}+\b))")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
#: Control characters, and those that turn a line round; two of them are letters of Persian and parts of emoji.
_UNSEEN, _JOINERS = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp")), frozenset("\u200c\u200d")
_BREAK = "\u200b"
_KINDS = {
    "teaser": "Teaser",
    "story": "Story",
    "questions": "Questions",
    "notes": "Facilitation notes",
    "response": "Response of",
    "commentary": "Commentary",
}
_EDITIONS = {"handout": "Handout", "guide": "Facilitator guide", "case": "Reading copy", "slides": "Slides"}
_PAPERS = {"": "", "a4": ", A4", "letter": ", US Letter"}


@dataclass(frozen=True, slots=True)
class Links:
    """Where the files of a pull request's preview are.

    Attributes:
        run: the address of the run, where the whole site is kept.
        files: the address of each file, by its name: "2026-03-late-handover.html".
        handbook: what explains the problems' codes.
    """

    run: str
    files: Mapping[str, str]
    handbook: Handbook = UNKNOWN


def comment(report: PullRequestReport, links: Links, commit: str) -> str:
    """Return the comment on a pull request.

    Args:
        report: what was found.
        links: where the files are.
        commit: the full id of the commit, as GitHub names it.
    """
    links_to_site = f"[The whole site, and the preview with all drafts]({links.run}#artifacts), are kept for 14 days."
    hint = "You must be signed in to GitHub to open these links."
    end = ("", f"{links_to_site} {hint}", *_build_note(report, commit))
    rest_note = f"The rest is in [the summary of the run]({links.run})."
    return "\n".join((MARKER, *fitting(_report_lines(report, links), rest_note), *end)) + "\n"


def summary(report: PullRequestReport, handbook: Handbook = UNKNOWN) -> str:
    """Return the summary of a run; a handbook explains the problems' codes."""
    return "\n".join((*_report_lines(report, Links("", {}, handbook)), *_build_note(report, report.commit))) + "\n"


def fitting(lines: Iterable[str], rest_note: str) -> Iterator[str]:
    """Yield the whole lines that a comment or an issue has room for; then, if there are more, where the rest is."""
    room = _LONGEST
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            yield from ("", rest_note)
            return
        yield line


def _report_lines(report: PullRequestReport, links: Links) -> Iterator[str]:
    yield "## Preview of this pull request"
    yield ""
    yield _problem_counts(report)
    yield from (
        f"- {plain(problem.severity)}: {plain(f'{problem.path}:{problem.line}')}: {plain(problem.message)}"
        f"{_explanation_link(problem.code, links.handbook)}"
        for problem in report.worst
    )
    if not report.is_built:
        yield ""
        yield "**The site could not be built**, because of errors that concern the whole series. Fix these first."
    for case in report.cases:
        yield from _case_lines(case, links.files)
    if report.deleted:
        yield ""
        names = ", ".join(f"`{slug}`" for slug in report.deleted)
        yield f"This pull request deletes: {names}. Their addresses will lead nowhere."
    if report.others:
        yield ""
        more_word = "more " * bool(report.cases)
        count = f"1 {more_word}case" if report.others == 1 else f"{report.others} {more_word}cases"
        yield f"It touches {count} without a page here. Look at the whole preview, which leaves out cases with errors."
    if not (report.cases or report.deleted or report.others):
        yield ""
        yield "It changes no case."


def _explanation_link(code: str, handbook: Handbook) -> str:
    """Return a link to what explains a code, whose form `report` has checked; nothing without a handbook."""
    address = handbook.code(code)
    return f" ([{code}]({address}))" if address else ""


def _problem_counts(report: PullRequestReport) -> str:
    counts = ((report.errors, "error"), (report.warnings, "warning"), (report.notes, "note"))
    counts_in_words = [f"{count} {name}{'s' * (count != 1)}" for count, name in counts if count]
    if not counts_in_words:
        return "The check found no problems."
    worst = ". The worst:" if report.worst else "."
    return f"The check found {', '.join(counts_in_words)} in the series{worst}"


def _case_lines(case: CaseReport, files: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield f"### {plain(case.title)}"
    yield ""
    step = f"; {plain(case.step)} {case.due}" if case.step else ""
    yield f"`{case.slug}`" + (f" · {plain(case.state)}{step}" if case.state else "")
    if not case.is_shown:
        yield ""
        yield "Its page could not be built: fix its errors first."
    elif links := _case_links(case, files):
        yield ""
        yield links
    if case.missing:
        yield ""
        yield "**Missing for its next step:**"
        yield ""
        yield from (f"- {plain(item)}" for item in case.missing)
    yield from _table_lines(
        ("Text", "Words before", "Words now", "Limits", "Usual here"), [_text_row(row) for row in case.texts]
    )
    yield from _table_lines(("Pack", "Pages before", "Pages now"), [_pack_row(row) for row in case.packs])


def _case_links(case: CaseReport, files: Mapping[str, str]) -> str:
    links = (("**Look at the page**", f"{case.slug}.html"), ("Handout (PDF)", f"{case.slug}-handout-a4.pdf"))
    return " · ".join(f"[{label}]({files[name]})" for label, name in links if name in files)


def _table_lines(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield ""
        yield f"| {' | '.join(heads)} |"
        yield f"|{' --- |' + ' ---: |' * (len(heads) - 1)}"
        yield from (f"| {' | '.join(row)} |" for row in rows)


def _text_row(text: TextLength) -> tuple[str, ...]:
    limits = "–".join(f"{limit}" for limit in (text.low, text.high) if limit is not None)
    limits = f"up to {limits}" if text.low is None and limits else limits
    is_outside = (text.now or 0) > (text.high or 10**6) or (text.now is not None and text.now < (text.low or 0))
    length = f"**{text.now}** ⚠️" if is_outside else _count_or_dash(text.now)
    name = plain(f"{_KINDS.get(text.kind, text.kind)} {text.person}")
    return name, _count_or_dash(text.before), length, limits, _count_or_dash(text.usual)


def _pack_row(pack: PackPages) -> tuple[str, ...]:
    page_count = _count_or_dash(pack.now)
    is_changed = None not in {pack.before, pack.now} and pack.before != pack.now
    return (
        plain(f"{_EDITIONS.get(pack.edition, pack.edition)}{_PAPERS.get(pack.paper, pack.paper)}"),
        _count_or_dash(pack.before),
        f"**{page_count}**" if is_changed else page_count,
    )


def _count_or_dash(count: int | None) -> str:
    return "–" if count is None else str(count)


def _build_note(report: PullRequestReport, commit: str) -> Iterator[str]:
    yield ""
    origin = f"Made by casebuilder from commit {commit[:7]}, with {report.as_of} as today."
    yield f"<sub>{origin} This text is updated with each push.</sub>"


def plain(text: str) -> str:
    """Return somebody's words as Markdown that shows exactly them: on one line, without a link, a mention or markup."""
    visible = "".join(" " if unicodedata.category(char) in _UNSEEN and char not in _JOINERS else char for char in text)
    line = _REFERENCE.sub(rf"\1{_BREAK}", " ".join(visible.split()))
    return "".join(_HTML.get(char, char) for char in _MARKUP.sub(r"\\\1", line))
