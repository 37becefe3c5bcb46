"""Where this casebuilder's handbook can be read: on a site, or in its repository at the commit that is installed."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: The line of requirements.txt that installs casebuilder from a Git repository.
_GIT_LINE = re.compile(r"^casebuilder\s*@\s*git\+(?P<address>[^\s#]+)@(?P<commit>[0-9a-f]{40})\b", re.MULTILINE)
#: How hosts of repositories show a file of a commit: a pattern of hosts, and the path between repository and commit.
_HOSTS = ((r"github\.com$", "blob"), (r"(^|\.)gitlab\.", "-/blob"), (r"codeberg\.org$|gitea|forgejo", "src/commit"))
_PLACE = re.compile(r"(?:https?|ssh)://(?:[^/@]*@)?(?P<host>[^/:]+)(?::\d+)?/(?P<path>.+?)(?:\.git)?/?$")


@dataclass(frozen=True, slots=True)
class Handbook:
    """A handbook.

    Attributes:
        address: of its folder, with a slash at the end; empty if it is not known.
        ending: what follows the name of a page: ".md" in a repository, "/" on a site.
    """

    address: str = ""
    ending: str = "/"

    def page(self, name: str, heading: str = "") -> str:
        """Return the address of a page, such as "problems", and of a heading in it; empty if it is not known."""
        if not self.address:
            return ""
        return f"{self.address}{name}{self.ending}" + (f"#{heading}" if heading else "")

    def code(self, code: str) -> str:
        """Return where a problem's code is explained; empty if it is not known."""
        return self.page("problems", code)


#: A handbook whose address is not known: reports then have no links.
UNKNOWN = Handbook()


def at(address: str) -> Handbook:
    """Return the handbook at an address: of a folder on a site, or of a folder that a host of repositories shows."""
    if not address:
        return Handbook()
    is_shown_by_host = any(f"/{infix}/" in address for _, infix in _HOSTS)
    return Handbook(f"{address.rstrip('/')}/", ".md" if is_shown_by_host else "/")


def in_repository(address: str, commit: str) -> Handbook:
    """Return the handbook of a commit, as the web pages of its repository show it; unknown for other hosts."""
    place = _PLACE.match(address)
    if place is None or not commit:
        return Handbook()
    path_of_host = next((path for pattern, path in _HOSTS if re.search(pattern, place["host"])), None)
    if path_of_host is None:
        return Handbook()
    return Handbook(f"https://{place['host']}/{place['path']}/{path_of_host}/{commit}/docs/handbook/", ".md")


def of_requirements(text: str) -> Handbook:
    """Return the handbook of the casebuilder that a requirements.txt installs."""
    match = _GIT_LINE.search(text)
    return in_repository(match["address"], match["commit"]) if match else Handbook()
