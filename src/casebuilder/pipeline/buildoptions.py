"""The options of a build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The options of the command line, in addition to the series' settings.

    Attributes:
        as_of: a day or a time to look at the series from; None for its setting, or now.
        drafts: show drafts and scheduled cases, in a site that is not for readers.
        packs: make the packs, if the series' settings want them at all.
        dask: the address of a Dask scheduler whose workers print the packs; empty for processes of this machine.
        offline: the file for a copy of the site that opens without a network; None for no copy.
        publish: the site is for readers: refuse what would be wrong there.
        keep_going: leave out what has errors or cannot be printed, and build the rest.
        only: the slugs of the cases whose packs are printed; None for all packs.
    """

    as_of: str | None = None
    drafts: bool = False
    packs: bool = True
    dask: str = ""
    offline: Path | None = None
    publish: bool = False
    keep_going: bool = False
    only: frozenset[str] | None = None

    @property
    def tolerates_warnings(self) -> bool:
        """Whether MkDocs' warnings stop nothing, strict or not: without packs, links to them lead nowhere."""
        return self.keep_going or not self.packs or self.only is not None
