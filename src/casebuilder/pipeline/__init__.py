"""The order of things, from folders to a site. The only module that writes.

A series is read and checked; `publish` removes what may not be seen; every output is made of what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import lazynames

if TYPE_CHECKING:
    from casebuilder.pipeline.buildoptions import BuildOptions
    from casebuilder.pipeline.comparing import Touched, touched, unsealed
    from casebuilder.pipeline.machinecache import CACHE
    from casebuilder.pipeline.partialbuild import sound_part, withheld
    from casebuilder.pipeline.preparedpictures import Gallery
    from casebuilder.pipeline.printing import pack, print_shard
    from casebuilder.pipeline.reading import (
        Reading,
        agrees,
        changed_since,
        differences,
        lacks,
        misplaced,
        no_pages,
        read,
    )
    from casebuilder.pipeline.serieschanges import (
        PRIVATE,
        copies,
        new_figures,
        plan_withdrawal,
        record_elsewhere,
        withdraw,
        write_edits,
    )
    from casebuilder.pipeline.sitecontents import Site, digest, make, write_into, write_tree

__all__ = [
    "CACHE",
    "PRIVATE",
    "BuildOptions",
    "Gallery",
    "Reading",
    "Site",
    "Touched",
    "agrees",
    "changed_since",
    "copies",
    "differences",
    "digest",
    "lacks",
    "make",
    "misplaced",
    "new_figures",
    "no_pages",
    "pack",
    "plan_withdrawal",
    "print_shard",
    "read",
    "record_elsewhere",
    "sound_part",
    "touched",
    "unsealed",
    "withdraw",
    "withheld",
    "write_edits",
    "write_into",
    "write_tree",
]

__getattr__ = lazynames.of(
    __name__,
    {
        "buildoptions": ("BuildOptions",),
        "comparing": ("Touched", "touched", "unsealed"),
        "serieschanges": (
            "PRIVATE",
            "copies",
            "new_figures",
            "plan_withdrawal",
            "record_elsewhere",
            "withdraw",
            "write_edits",
        ),
        "machinecache": ("CACHE",),
        "partialbuild": ("sound_part", "withheld"),
        "preparedpictures": ("Gallery",),
        "printing": ("pack", "print_shard"),
        "reading": (
            "Reading",
            "agrees",
            "changed_since",
            "differences",
            "lacks",
            "misplaced",
            "no_pages",
            "read",
        ),
        "sitecontents": ("Site", "digest", "make", "write_into", "write_tree"),
    },
)
