"""The status of a series as text, as JSON, and as Markdown for the issue of the month."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING

from casebuilder.editorial.previewreport.markdownreport import plain
from casebuilder.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from casebuilder.editorial.lastbuild import LastBuild
    from casebuilder.editorial.scaffold import Gap
    from casebuilder.published.statusreport import CaseStatus, Date, Status, Wait

_WRONG = "These settings are wrong, so this board uses their default values"
_STEPS = {"opens": "opens", "closes": "closes", "releases": "is released"}


def text(status: Status, built: LastBuild, gaps: Sequence[Gap] = (), wrong: Sequence[str] = ()) -> str:
    """Return the status for people: the cases by due date, then the dates of the next 90 days, then the last build.

    Args:
        status: the cases and the dates.
        built: the last build of the site.
        gaps: the days in the next 90 on which a case should open and none is planned.
        wrong: the settings that cannot be used, a line each; what depends on them goes by their default values.
    """
    lines = [f"As of {_when(status.as_of)} ({status.as_of.tzname()})", ""]
    if wrong:
        lines += [f"{_WRONG}:", *(f"  {line}" for line in wrong), ""]
    width = max((len(case.slug) for case in status.cases), default=0)
    for case in status.cases:
        step = "; ".join(filter(None, (f"{case.next} {_when(case.due)}" if case.due else "", _fault(case))))
        lines.append(f"{case.slug:<{width}}  {_state(case):<9}  {step}".rstrip())
        lines += [f"{'':<{width}}  - {item}" for item in case.missing]
    lines += ["", "The next 90 days"]
    dates = [(date.on.date(), _date(date)) for date in status.dates]
    dates += [(gap.day, f"{gap.day!s:<17}  opens     no {_kind(gap)} yet") for gap in gaps]
    lines += _by_day(dates) or ["nothing"]
    return "\n".join([*lines, "", _built(built)])


def _date(date: Date) -> str:
    return f"{_when(date.on):<17}  {date.what:<8}  {date.slug}{' (a draft)' if date.is_draft else ''}"


def as_json(status: Status, built: LastBuild, gaps: Sequence[Gap] = (), wrong: Sequence[str] = ()) -> str:
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
    last = {"at": built.at.isoformat() if built.at else None, "published": built.is_published}
    free = [{"on": gap.day.isoformat(), "kind": gap.kind} for gap in gaps]
    value = {
        "as_of": status.as_of.isoformat(),
        "last_build": last,
        "cases": rows,
        "dates": dates,
        "gaps": free,
        "wrong_settings": [*wrong],
    }
    return json.dumps(value, indent=2)


def markdown(status: Status, built: LastBuild, gaps: Sequence[Gap] = (), wrong: Sequence[str] = ()) -> str:
    """Return the status for an issue: what is missing, who is waited for, and what is next.

    It has no links or mentions.

    The arguments are those of `text`.
    """
    lines = [f"As of {_when(status.as_of)} ({status.as_of.tzname()}). {plain(_built(built))}"]
    if wrong:
        lines += ["", f"{_WRONG}:", "", *(f"- [ ] {plain(line)}" for line in wrong)]
    lines += ["", "## What is missing", ""]
    lines += [line for case in status.cases if case.lacks or case.has_errors for line in _tasks(case)] or ["Nothing."]
    lines += ["", "## Who is waited for", ""]
    waits = [(case, each) for case in status.cases for each in case.waiting]
    lines += [f"- [ ] {_request(case, each)}" for case, each in waits] or ["Nobody."]
    lines += ["", "## The next 90 days", ""]
    lines += list(_calendar(status, gaps)) or ["Nothing."]
    return "\n".join(lines)


def _tasks(case: CaseStatus) -> Iterator[str]:
    """Yield a case and what it lacks, as boxes to tick."""
    due = f", {_STEPS[case.next]} {_when(case.due)}" if case.due else ""
    yield f"- **{plain(case.title)}** (`{case.slug}`): {_state(case)}{due}"
    yield from (f"  - [ ] {plain(item)}" for item in (_fault(case), *case.lacks) if item)


def _request(case: CaseStatus, each: Wait) -> str:
    where = f" ({plain(each.where)})" if each.where else ""
    return f"{plain(each.whom)}{where}: consent for {plain(each.what)} of `{case.slug}`"


def _calendar(status: Status, gaps: Sequence[Gap]) -> Iterator[str]:
    if status.dates or gaps:
        yield from ("| Day | Case | What |", "|---|---|---|")
    rows = [(gap.day, f"| {gap.day} | **no {_kind(gap)} yet** | opens |") for gap in gaps]
    for date in status.dates:
        what = _STEPS[date.what] + (" (a draft)" if date.is_draft else "")
        rows.append((date.on.date(), f"| {_when(date.on)} | {plain(date.title)} | {what} |"))
    yield from _by_day(rows)


def _by_day(lines: Sequence[tuple[date, str]]) -> list[str]:
    """Return the lines in the order of their days; those of one day in the order in which they come."""
    return [line for _, line in sorted(lines, key=itemgetter(0))]


def _kind(gap: Gap) -> str:
    return gap.kind.replace("-", " ")


def _built(built: LastBuild) -> str:
    if built.at is None:
        return "Last build: not known"
    where = f"published at {built.place}" if built.is_published else f"on this computer, in {built.place}"
    return f"Last build: {_when(built.at)}, {where}"


def _state(case: CaseStatus) -> str:
    return case.state or "unknown"


def _fault(case: CaseStatus) -> str:
    """Return the sentence that a case has errors, and their effect; a draft is not published anyway."""
    if not case.has_errors:
        return ""
    return "has errors" if case.state is State.DRAFT else "has errors: not published"


def _when(moment: datetime) -> str:
    """Return a day, with the time if it is not midnight."""
    return f"{moment:%Y-%m-%d}" if not (moment.hour or moment.minute) else f"{moment:%Y-%m-%d %H:%M}"


FORMATS = {"text": text, "json": as_json, "markdown": markdown}
