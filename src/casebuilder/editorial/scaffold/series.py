"""A new series: one that builds at once, with an example."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from importlib import metadata

from casebuilder.editorial.scaffold.scheduling import FRIDAY, WEEK
from casebuilder.editorial.scaffold.texts import Scaffold, ScaffoldError, fill_templates, in_yaml, printable
from casebuilder.text import slug

#: A person or a team on GitHub.
_OWNER = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:/[A-Za-z0-9._-]+)?")
#: How much of a series' name its ids hold; a part of a host's name has at most 63 letters.
_LONGEST_ID = 40
#: The example has been released for at least a day, whatever time zone is chosen.
_AGE = 2 * WEEK + timedelta(days=2)


def new_series(name: str, today: date, source: str = "", token: str = "", owner: str = "") -> Scaffold:
    """A series that builds at once, with one example case, which is complete.

    Args:
        name: as printed.
        today: the day that it is; the example was released shortly before.
        source: the line of requirements.txt that installs casebuilder, or empty if unknown.
        token: letters and digits that no other series of the same name has, for its `id_base`.
        owner: who must review what is code, as CODEOWNERS names them, or empty if unknown.

    Raises:
        ScaffoldError: the name cannot be printed, or the owner is neither a person nor a team.
    """
    name = printable("--name", name)
    if owner and not _OWNER.fullmatch(owner):
        raise ScaffoldError("--owner", f'"{owner}" is neither @name nor @organisation/team')
    opens = today - _AGE
    opens -= timedelta(days=(opens.weekday() - FRIDAY) % 7)
    example = f"{opens:%Y-%m}-spare-chair"
    facts = {
        "name": name,
        "name_in_yaml": in_yaml(name),
        "example": example,
        "opens": opens,
        "closes": opens + WEEK,
        "releases": opens + 2 * WEEK,
        "before": opens - 2 * WEEK,
        "days": [opens + timedelta(days=number) for number in range(7)],
        "source": source,
        "owner": owner,
        # A host that cannot exist (RFC 2606): nobody else's ids can be the same, and no address is claimed.
        "id_base": "-".join(filter(None, (slug(name)[:_LONGEST_ID].strip("-") or "series", token))) + ".invalid",
    }
    texts = {path.replace("EXAMPLE", example): text for path, text in fill_templates("series", facts).items()}
    return Scaffold("", texts, _advice(name, len(texts), source=source, owner=owner))


def source() -> str:
    """The line of requirements.txt that installs this casebuilder elsewhere; empty if it was installed from a folder.

    PEP 610 records the origin of an installation that is not from an index.
    """
    try:
        found = metadata.distribution("casebuilder")
    except metadata.PackageNotFoundError:
        return ""
    direct = found.read_text("direct_url.json")
    if direct is None:
        return f"casebuilder=={found.version}"
    place = json.loads(direct)
    if version := place.get("vcs_info"):
        return f"casebuilder @ {version['vcs']}+{place['url']}@{version['commit_id']}"
    return f"casebuilder @ {place['url']}" if place["url"].startswith("https:") else ""


def _advice(name: str, count: int, *, source: str, owner: str) -> str:
    missing = [] if source else ["requirements.txt does not say yet where others get casebuilder. It says how."]
    missing += [] if owner else [".github/CODEOWNERS does not say yet who must review what is code. It says how."]
    asked = "".join(f"  {line}\n" for line in missing)
    asked = f"\nStill to do:\n{asked}" if asked else ""
    return f"""Made the series "{name}": {count} files, with one invented case as an example.

Next, in its folder:
  casebuilder check                         should find no problems
  casebuilder serve                         shows the site on your own machine
  casebuilder new "The Case of the ..."     begins your first case
README.md explains where things are, how to publish, and how to delete the example.
{asked}"""
