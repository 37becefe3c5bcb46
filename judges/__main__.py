"""A line for each judge's verdict on a site, and exit 1 if any has a finding."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from judges import browser, citations, epub, feeds, lighthouse, links, markup, pdfua, proof, prose, qpdf, schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from judges.verdict import Verdict

_ROOT = Path(__file__).parents[1]
JUDGES: dict[str, Callable[[Path], Verdict]] = {
    "prose": prose.judge,  # the slowest first
    "browser": browser.judge,
    "pdfua": pdfua.judge,
    "lighthouse": lighthouse.judge,
    "epub": epub.judge,
    "qpdf": qpdf.judge,
    "markup": markup.judge,
    "links": links.judge,
    "schemas": schemas.judge,
    "feeds": feeds.judge,
    "citations": citations.judge,
}


def main() -> int:
    """Let all judges, or the one that is named, judge a site."""
    parser = ArgumentParser(prog="judges", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--only", choices=JUDGES)
    arguments = parser.parse_args()
    # Processes of the press do not look in the current folder, and that of prose calls functions of this package.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    judges = {name: judge for name, judge in JUDGES.items() if arguments.only in (None, name)}
    proof.prove(judges)
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for name, verdict in zip(judges, pool.map(lambda judge: judge(arguments.site), judges.values()), strict=True):
            failed += bool(verdict.findings)
            word = f"FAIL ({len(verdict.findings)})" if verdict.findings else "pass"
            print(f"{name:10} {word:10} {verdict.seen}", flush=True)
            for finding in verdict.findings:
                print("   ", " ".join(finding.split()), flush=True)
    print(f"{len(judges) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
