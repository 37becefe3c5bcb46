"""The status of a series as text, as JSON, and as Markdown for the issue of the month."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING

from casebuilder.editorial.pullrequestreport.markdownreport import plain
from casebuilder.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from casebuilder.editorial.lastbuild import LastBuild
    from casebuilder.editorial.scaffold import Gap
    from casebuilder.published.seriesstatus import CaseStatus, Date, Status, Wait

_WRONG = "These settings are wrong, so this board uses their default values"
_STEPS = {"opens": "opens", "closes": "closes", "releases": "is released"}


def text(status: Status, built: LastBuild, gaps: Sequence[Gap] = (), setting_problems: Sequence[str] = ()) -> str:
    """Return the status for people: the cases by due date, then the dates of the next 90 days, then the last build.

    Args:
        status: the cases and the dates.
        built: the last build of the site.
        gaps: the days in the next 90 on which a case should open and none is planned.
        setting_problems: the settings that cannot be used, a line each; their default values are used.
    """
    lines = [f"As of {_format_moment(status.as_of)} ({status.as_of.tzname()})", ""]
    if setting_problems:
        lines += [f"{_WRONG}:", *(f"  {line}" for line in setting_problems), ""]
    width = max((len(case.slug) for case in status.cases), default=0)
    for case in status.cases:
        step = "; ".join(
            filter(None, (f"{case.next} {_format_moment(case.due)}" if case.due else "", _fault_sentence(case)))
        )
        lines.append(f"{case.slug:<{width}}  {_state_in_words(case):<9}  {step}".rstrip())
        lines += [f"{'':<{width}}  - {item}" for item in case.missing]
    lines += ["", "The next 90 days"]
    dates = [(date.on.date(), _date_line(date)) for date in status.dates]
    dates += [(gap.day, f"{gap.day!s:<17}  opens     no {_gap_kind(gap)} yet") for gap in gaps]
    lines += _by_day(dates) or ["nothing"]
    return "\n".join([*lines, "", _last_build_line(built)])


def _date_line(date: Date) -> str:
    return f"{_format_moment(date.on):<17}  {date.what:<8}  {date.slug}{' (a draft)' if date.is_draft else ''}"


def as_json(status: Status, built: LastBuild, gaps: Sequence[Gap] = (), setting_problems: Sequence[str] = ()) -> str:
    """Return the status for programs: one JSON object. See `text`."""
    rows = [
        {
            "case": case.slug,
            "title": case.title,
            "state": case.state,
            "has_errors": case.has_errors,
            "next": case.next or None,
            "due": case.due.isoformat() if case.due else None,
            "missing": list(case.missing),
            "waiting": [{"for": each.what, "whom": each.whom, "where": each.where} for each in case.waiting],
        }
        for case in status.cases
    ]
    dates = [
        {"on": date.on.isoformat(), "case": date.slug, "what": date.what, "draft": date.is_draft}
        for date in status.dates
    ]
    last_build = {"at": built.at.isoformat() if built.at else None, "published": built.is_published}
    free_days = [{"on": gap.day.isoformat(), "kind": gap.kind} for gap in gaps]
    value = {
        "as_of": status.as_of.isoformat(),
        "last_build": last_build,
        "cases": rows,
        "dates": dates,
        "gaps": free_days,
        "wrong_settings": [*setting_problems],
    }
    return json.dumps(value, indent=2)


def markdown(status: Status, built: LastBuild, gaps: Sequence[Gap] = (), setting_problems: Sequence[str] = ()) -> str:
    """Return the status for an issue: what is missing, who is waited for, and what is next.

    It has no links or mentions.

    The arguments are those of `text`.
    """
    lines = [f"As of {_format_moment(status.as_of)} ({status.as_of.tzname()}). {plain(_last_build_line(built))}"]
    if setting_problems:
        lines += ["", f"{_WRONG}:", "", *(f"- [ ] {plain(line)}" for line in setting_problems)]
    lines += ["", "## What is missing", ""]
    lines += [line for case in status.cases if case.lacks or case.has_errors for line in _case_tasks(case)] or [
        "Nothing."
    ]
    lines += ["", "## Who is waited for", ""]
    cases_and_waits = [(case, wait) for case in status.cases for wait in case.waiting]
    lines += [f"- [ ] {_request_line(case, wait)}" for case, wait in cases_and_waits] or ["Nobody."]
    lines += ["", "## The next 90 days", ""]
    lines += list(_calendar_rows(status, gaps)) or ["Nothing."]
    return "\n".join(lines)


def _case_tasks(case: CaseStatus) -> Iterator[str]:
    """Yield a case and what it lacks, as boxes to tick."""
    due = f", {_STEPS[case.next]} {_format_moment(case.due)}" if case.due else ""
    yield f"- **{plain(case.title)}** (`{case.slug}`): {_state_in_words(case)}{due}"
    yield from (f"  - [ ] {plain(item)}" for item in (_fault_sentence(case), *case.lacks) if item)


def _request_line(case: CaseStatus, wait: Wait) -> str:
    contact = f" ({plain(wait.where)})" if wait.where else ""
    return f"{plain(wait.whom)}{contact}: consent for {plain(wait.what)} of `{case.slug}`"


def _calendar_rows(status: Status, gaps: Sequence[Gap]) -> Iterator[str]:
    if status.dates or gaps:
        yield from ("| Day | Case | What |", "|---|---|---|")
    rows = [(gap.day, f"| {gap.day} | **no {_gap_kind(gap)} yet** | opens |") for gap in gaps]
    for date in status.dates:
        step = _STEPS[date.what] + (" (a draft)" if date.is_draft else "")
        rows.append((date.on.date(), f"| {_format_moment(date.on)} | {plain(date.title)} | {step} |"))
    yield from _by_day(rows)


def _by_day(lines: Sequence[tuple[date, str]]) -> list[str]:
    """Return the lines in the order of their days; those of one day in the order in which they come."""
    return [line for _, line in sorted(lines, key=itemgetter(0))]


def _gap_kind(gap: Gap) -> str:
    return gap.kind.replace("-", " ")


def _last_build_line(built: LastBuild) -> str:
    if built.at is None:
        return "Last build: not known"
    place = f"published at {built.place}" if built.is_published else f"on this computer, in {built.place}"
    return f"Last build: {_format_moment(built.at)}, {place}"


def _state_in_words(case: CaseStatus) -> str:
    return case.state or "unknown"


def _fault_sentence(case: CaseStatus) -> str:
    """Return the sentence that a case has errors, and their effect; a draft is not published anyway."""
    if not case.has_errors:
        return ""
    return "has errors" if case.state is State.DRAFT else "has errors: not published"


def _format_moment(moment: datetime) -> str:
    """Return a day, with the time if it is not midnight."""
    return f"{moment:%Y-%m-%d}" if not (moment.hour or moment.minute) else f"{moment:%Y-%m-%d %H:%M}"


FORMATS = {"text": text, "json": as_json, "markdown": markdown}
