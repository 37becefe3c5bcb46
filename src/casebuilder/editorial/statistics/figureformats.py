"""Figures as text, as JSON and as CSV. A number that is too small to be shown is "<3" in each of them, or null."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown, Figures, Spread
from casebuilder.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebuilder.editorial.statistics.gathering import CaseFigures

#: What each figure is called in a text.
LABELS: Mapping[str, str] = {
    "contributions": "Contributions",
    "kinds": "By kind",
    "media": "Comments and posts",
    "channels": "By channel",
    "first_comments": "Comments, first 7 days",
    "first_posts": "Posts, first 7 days",
    "questions": "By question",
    "course": "By hours since opening",
    "participants": "Participants",
    "rounds": "New and returning",
    "roles": "By role",
    "country_count": "Countries",
    "countries": "By country",
    "continent_count": "Continents",
    "continents": "By continent",
    "posts_each": "Contributions per participant, median (IQR)",
    "most_active": "Share of the most active tenth, %",
    "words": "Words per contribution, median (IQR)",
    "depth": "Longest chain of replies",
    "moderators": "Share of moderators, %",
    "authors_took_part": "The paper's authors took part",
    "spam": "Marked as spam, in no count",
}
_UNKNOWN = {
    "another-key": "a record was made with another key, so that nobody can be recognised from round to round",
    "record-elsewhere": "the record of an earlier round is not on this computer, so that nobody can be recognised",
}
_NUMBER = "%.15g"
_FORMULAS = frozenset("=+-@")


def text(cases: Sequence[CaseFigures]) -> str:
    """Return the figures for people: a block for each case."""
    width = max(map(len, LABELS.values())) + 2
    blocks = []
    for case in cases:
        lines = [f"{case.slug}{'' if case.is_counted else _source_note(case)}"]
        if case.figures:
            lines += [f"  {LABELS[name]:<{width}}{_figure_as_text(case.figures, name)}" for name in LABELS]
        for metric in case.metrics:
            value = "no longer available" if metric.value is None else grouped(metric.value)
            availability = " (no longer available)" if metric.discontinued and metric.value is not None else ""
            window = f"first {metric.hours} h" if metric.window_hours else f"first {metric.window_days} d"
            provenance = f"{window}; {metric.source}, {metric.collected}" + (
                f", by {metric.tool}" if metric.tool else ""
            )
            lines.append(f"  {metric.metric:<{width}}{value}{availability}  [{provenance}]")
        blocks.append("\n".join(line.rstrip() for line in lines))
    return "\n\n".join(blocks) or "nothing was counted: no case has a record of its discussion, or figures"


def _source_note(case: CaseFigures) -> str:
    return "  (from figures.yml: the record is not on this computer)" if case.figures else "  (typed figures only)"


def _figure_as_text(figures: Figures, name: str) -> str:
    """Return one figure as text."""
    value, hidden_number = getattr(figures, name), f"<{figures.least_alone}"
    if name == "rounds" and figures.rounds_unknown:
        return f"not counted: {_UNKNOWN.get(figures.rounds_unknown, figures.rounds_unknown)}"
    if isinstance(value, Breakdown):
        parts = [f"{part} {count}" for part, count in value.cells.items()]
        note_on_hidden = ["not shown: parts too small"] if value.is_hidden and value.other else []
        others = [f"others {value.other}"] if value.other and not note_on_hidden else []
        return ", ".join((*parts, *others, *note_on_hidden)) or "-"
    if isinstance(value, Spread):
        return f"{grouped(value.median)} ({grouped(value.lower)}-{grouped(value.upper)})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return hidden_number if name == "participants" else "-"
    return str(value)


def rows(figures: Figures) -> Iterator[tuple[str, str, str]]:
    """Yield each number with its figure and its part; of a spread the parts are median, lower and upper quartile."""
    for name in LABELS:
        value = getattr(figures, name)
        if isinstance(value, Breakdown):
            yield from ((name, part, str(count)) for part, count in value.cells.items())
            if value.other:
                yield name, "(hidden)", str(value.other)
        elif isinstance(value, Spread):
            yield from ((name, part, _NUMBER % number) for part, number in value.model_dump().items())
        elif isinstance(value, bool):
            yield name, "", "yes" if value else "no"
        elif value is not None:
            yield name, "", str(value)
        elif name == "participants":
            yield name, "", f"<{figures.least_alone}"


def as_csv(cases: Sequence[CaseFigures]) -> str:
    """Return the figures for spreadsheets: one number a row."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(("case", "figure", "part", "value", "window_hours", "source", "collected"))
    for case in cases:
        if case.figures:
            source = "record" if case.is_counted else "figures.yml"
            writer.writerows(
                (case.slug, name, safe(part), value, "", source, "") for name, part, value in rows(case.figures)
            )
        for metric in case.metrics:
            value = "" if metric.value is None else f"{metric.value:.15g}"
            writer.writerow((case.slug, metric.name, "", value, metric.hours, safe(metric.source), metric.collected))
    return output.getvalue().rstrip("\n")


def safe(text: str) -> str:
    """Return words that a spreadsheet does not take for a formula.

    East Asian ones know the signs in full width, too.
    """
    return f"'{text}" if unicodedata.normalize("NFKC", text).lstrip()[:1] in _FORMULAS else text


def as_json(cases: Sequence[CaseFigures]) -> str:
    """Return the figures for programs."""
    value = [
        {
            "case": case.slug,
            "opens": case.opens.isoformat(),
            "source": "record" if case.is_counted else "figures.yml" if case.figures else None,
            "figures": case.figures.model_dump(mode="json") if case.figures else None,
            "metrics": [metric.model_dump(mode="json") for metric in case.metrics],
        }
        for case in cases
    ]
    return json.dumps(value, indent=2)


FORMATS = {"text": text, "json": as_json, "csv": as_csv}
