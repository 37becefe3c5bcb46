"""The syntax of every pack, by qpdf, which reads PDF strictly and with a parser of its own."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from judges.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path


def judge(site: Path) -> Verdict:
    """Ask qpdf about every pack of the site."""
    packs = sorted(site.glob("packs/*.pdf"))
    if not packs:
        return Verdict("no pack", ("the site has no pack",))
    checks = [subprocess.run(["qpdf", "--check", p], capture_output=True, text=True, check=False) for p in packs]
    # 2 is an error and 3 a warning: that it repaired something and went on.
    return Verdict(f"{len(packs)} packs", tuple(check.stderr.strip() for check in checks if check.returncode))
