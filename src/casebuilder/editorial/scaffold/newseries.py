"""A new series: one that builds at once, with an example."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import ValidationError

from casebuilder.editorial.scaffold.filling import Scaffold, ScaffoldError, fill_templates, in_yaml, printable
from casebuilder.editorial.scaffold.openingdays import FRIDAY, WEEK
from casebuilder.editorial.scaffold.provenance import Source
from casebuilder.model import LICENCE_ADDRESSES, LICENCES, Language, Record, SiteAddress
from casebuilder.model.series import Settings
from casebuilder.slugs import slug
from casebuilder.wording import SOURCE as ENGLISH

#: A person or a team on GitHub.
_OWNER = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:/[A-Za-z0-9._-]+)?")
#: How much of a series' name its ids hold; a part of a host's name has at most 63 letters.
_LONGEST_ID = 40
#: The example has been released for at least a day, whatever time zone is chosen.
_AGE = 2 * WEEK + timedelta(days=2)
#: A version in a lock, with the condition under which it is installed.
_LOCKED = re.compile(r"^(\S+==\S+(?: ; [^\\\n]+?)?) \\$", re.MULTILINE)
_TABLE_ROW = re.compile(r"(?:cases|commentary)/(\d{4}-\d{2}-spare-chair)\b")


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chooses for a new series.

    Attributes:
        owner: who must review what is code, as CODEOWNERS names them, or empty if unknown.
        language: of the pages (BCP 47).
        licence: of everything that does not name its own (SPDX).
        timezone: of all dates, as the time zone database names it.
        site_url: the address of the site, or empty if unknown.
    """

    owner: str = ""
    language: str = ENGLISH
    licence: str = "CC-BY-4.0"
    timezone: str = "UTC"
    site_url: str = ""


def new_series(
    name: str, today: date, choices: Choices | None = None, source: Source | None = None, token: str = ""
) -> Scaffold:
    """Return a series that builds at once, with one example case, which is complete.

    Args:
        name: as printed.
        today: the day that it is; the example was released shortly before.
        choices: the first settings; the default ones if None.
        source: where casebuilder comes from; unknown if None.
        token: letters and digits that no other series of the same name has, for its `id_base`.

    Raises:
        ScaffoldError: the name cannot be printed, or a choice is not a possible value.
    """
    name, choices, source = printable("--name", name), choices or Choices(), source or Source()
    _check_choices(choices)
    opens = today - _AGE
    opens -= timedelta(days=(opens.weekday() - FRIDAY) % 7)
    example = f"{opens:%Y-%m}-spare-chair"
    dates = {
        "opens": opens,
        "closes": opens + WEEK,
        "releases": opens + 2 * WEEK,
        "before": opens - 2 * WEEK,
        "days": [opens + timedelta(days=number) for number in range(7)],
        # A host that cannot exist (RFC 2606): nobody else's ids can be the same, and no address is claimed.
        "id_base": "-".join(filter(None, (slug(name)[:_LONGEST_ID].strip("-") or "series", token))) + ".invalid",
    }
    filled_texts = fill_templates(
        "series", {**_series_facts(name, example, choices, source), **dates}, choices.language
    )
    texts = {path.replace("EXAMPLE", example): text for path, text in filled_texts.items()}
    texts["constraints.txt"] = constraints(texts["constraints.lock"])
    return Scaffold("", texts, "")


def machinery(name: str, example: str, choices: Choices, source: Source) -> dict[str, str]:
    """Return the files of a series that casebuilder keeps up to date, by path: all but the settings and authors' texts.

    Args:
        name: of the series.
        example: the folder of its example case.
        choices: its settings.
        source: where casebuilder comes from.
    """
    facts = _series_facts(name, example, choices, source)
    texts = fill_templates("series", facts, choices.language, only=is_machinery)
    texts["constraints.txt"] = constraints(texts["constraints.lock"])
    return texts


def is_machinery(path: str) -> bool:
    """Return whether casebuilder keeps a file of a series up to date, by its path."""
    return path.startswith(".github/") or ("/" not in path and path != "mkdocs.yml")


def constraints(lock: str) -> str:
    """Return the versions of a lock without their digests, for `pip install --constraint`."""
    head = "# What casebuilder was tested with. Written by casebuilder; do not edit."
    return "\n".join((head, *_LOCKED.findall(lock))) + "\n"


def example_of(readme: str) -> str:
    """Return the folder of the example case, as a series' own README names it; a name without a date if it does not."""
    match = _TABLE_ROW.search(readme)
    return match[1] if match else "YYYY-MM-spare-chair"


def _series_facts(name: str, example: str, choices: Choices, source: Source) -> dict[str, object]:
    return {
        "name": name,
        "name_in_yaml": in_yaml(name),
        "example": example,
        "owner": choices.owner,
        "language": choices.language,
        "english": choices.language.partition("-")[0].casefold() == ENGLISH,
        "timezone": choices.timezone,
        "site_url": choices.site_url,
        "licence": choices.licence,
        "licence_name": LICENCES.get(choices.licence, choices.licence),
        "licence_address": LICENCE_ADDRESSES.get(choices.licence, f"https://spdx.org/licenses/{choices.licence}.html"),
        "source": source.line,
        "handbook": source.handbook,
    }


def _check_choices(choices: Choices) -> None:
    """Look at each choice as the settings will.

    Raises:
        ScaffoldError: one is not a possible value.
    """
    if choices.owner and not _OWNER.fullmatch(choices.owner):
        raise ScaffoldError("--owner", f'"{choices.owner}" is neither @name nor @organisation/team')
    try:
        _Site(language=choices.language, site_url=choices.site_url)
        Settings(licence=choices.licence, timezone=choices.timezone)
    except ValidationError as error:
        detail = error.errors()[0]
        hint = detail.get("ctx", {}).get("hint", "")
        option = str(detail["loc"][0]).replace("_", "-")
        raise ScaffoldError(f"--{option}", f"{detail['msg']}; {hint}".rstrip("; ")) from None


class _Site(Record):
    language: Language
    site_url: SiteAddress
