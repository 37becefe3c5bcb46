"""A new profile of somebody who signs something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.editorial.scaffold.filling import Scaffold, ScaffoldError, fill_templates, in_yaml, printable
from casebuilder.slugs import person_slug

if TYPE_CHECKING:
    from datetime import date

    from casebuilder.model.series import Series


def new_expert(series: Series, name: str, family: str, given: str, today: date) -> Scaffold:
    """Return the profile of a person, to fill in.

    Args:
        series: the series, whose profiles may not be there already.
        name: as the person writes it.
        family: the family name for bibliographies; empty if it is not known. That of a single name is the name.
        given: the other names; may be empty.
        today: the day, for the disclosure.

    Raises:
        ScaffoldError: a name cannot be printed, has no Latin letters, or has a profile.
    """
    name = printable("NAME", name)
    parts = {"--family": family or ("" if " " in name else name), "--given": given}
    facts = {option.strip("-"): in_yaml(printable(option, value)) if value else "" for option, value in parts.items()}
    person = person_slug(name) or person_slug(f"{given} {family}")
    if not person:
        raise ScaffoldError("NAME", "no file name can be made of it; add the name in Latin letters in brackets")
    if series.person(person):
        raise ScaffoldError("NAME", f"experts/{person}.md is there already; nothing was written")
    (text,) = fill_templates("expert", {**facts, "name": in_yaml(name), "today": today}).values()
    return Scaffold("experts", {f"{person}.md": text}, _next_steps(person, is_filed=bool(facts["family"])))


def _next_steps(person: str, *, is_filed: bool) -> str:
    names = "" if is_filed else "  family, given     how bibliographies write the name\n"
    return f"""Made experts/{person}.md. Still to fill in:

{names}  disclosure        their interests; none is an answer, too
  TODO              the biography, at the end

Next, in the series' folder:
  casebuilder check experts/{person}.md"""
