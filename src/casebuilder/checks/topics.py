"""Topics and audiences are grouped by address, so different ones must not share an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.problems import Problem
from casebuilder.slugs import topic_slug
from casebuilder.text import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.series import Series


def _several(name: str) -> list[str]:
    """Return the entries that one entry means: those between semicolons, or one without its "and"; else none."""
    parts = [re.sub(r"^(?:and|&) ", "", part.strip()) for part in name.split(";")]
    return list(filter(None, parts)) if parts != [name] else []


def addresses(series: Series) -> Iterator[Problem]:
    """Report topics and audiences with the same address: "résumé" and "resume", but not "Resume"."""
    for field in ("topics", "audience"):
        first_names: dict[str, tuple[str, str]] = {}
        for case in series.cases:
            for number, name in enumerate(getattr(case, field)):
                if (";" in name or name.startswith(("and ", "& "))) and (parts := _several(name)):
                    shown = ", ".join(parts)
                    message = f'"{name}" is one entry of "{field}", and gets one page'
                    yield Problem(*case.origin.at(field, number), "topic-spelling", message, f"write {shown}")
                    continue
                first_name, path = first_names.setdefault(topic_slug(name), (name, case.origin.path))
                if same_name(first_name) != same_name(name):
                    message = f'"{name}" and "{first_name}" ({path}) would share one address, "{topic_slug(name)}"'
                    hint = f'write it as "{first_name}" if it is the same; if not, choose other words for one of them'
                    yield Problem(*case.origin.at(field, number), "shared-address", message, hint)
                elif first_name.casefold() != name.casefold():
                    message = f'"{name}" is "{first_name}" in {path}, and both have one page'
                    hint = f'write it as "{first_name}", or change it there'
                    yield Problem(*case.origin.at(field, number), "topic-spelling", message, hint)
