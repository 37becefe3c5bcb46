"""A judge that finds nothing may be asleep: it must pass a good sample and name each fault of a bad one."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from judges.verdict import Verdict

_SAMPLES = Path(__file__).with_name("samples")

# What each judge must say of the bad sample, each a part of one finding. That of real prose looks at no site:
# tests/test_verification.py shows that the proof-reader sees each of thirty losses.
FAULTS: dict[str, tuple[str, ...]] = {
    "browser": (
        "color-contrast",
        "image-alt",
        "px wide",
        "noSuchFunction",
        "404",
        "https://example.com/tracker",
    ),
    "pdfua": ("rule 7.2-29", "broken.pdf: cannot be judged"),
    "epub": ('element "blink" not allowed', "cannot.epub"),
    "lighthouse": ("accessibility is", "image-alt", "seo is"),
    "qpdf": ("broken.pdf",),
    "markup": ("No “p” element in scope", "An “img” element must have an “alt” attribute"),
    "links": ("#nowhere", "https://example.org/series/#gone: Cannot find fragment", "missing.svg"),
    "schemas": ("sting",),
    "citations": ("index.html: Ada Byrne. A title.",),
    "feeds": (
        "atom.xml: line 3",
        "feed.xml: the channel has no title",
        "no date of RFC 822",
        "not whole in an entry: ../gone/",
        "<script> in an entry",
        "the id urn:x:1 is given 2 times",
        "no date of RFC 3339",
        "does not end in CR and LF",
        "a line of 90 octets",
        "VEVENT has no UID",
    ),
}


# The least that an EPUB is made of.
_BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    ),
    "book.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:book</dc:identifier>'
        "<dc:title>Book</dc:title><dc:language>en</dc:language>"
        '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>'
        '<spine><itemref idref="nav"/></spine></package>'
    ),
    "nav.xhtml": (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Book</title>'
        '</head><body><nav epub:type="toc"><ol><li><a href="nav.xhtml">Book</a></li></ol></nav>PAGE</body></html>'
    ),
}


def prove(judges: Mapping[str, Callable[[Path], Verdict]]) -> None:
    """Stop with a message if a judge is blind to a fault that it is there for, or sees one where none is."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        good_site = shutil.copytree(_SAMPLES / "good", Path(folder) / "good")
        bad_site = shutil.copytree(_SAMPLES / "bad", Path(folder) / "bad")
        _write_pack(good_site / "packs/pack.pdf", language="en")
        _write_pack(bad_site / "packs/pack.pdf", language="")
        (bad_site / "packs/broken.pdf").write_bytes((good_site / "packs/pack.pdf").read_bytes()[:-900])
        _write_book(good_site / "packs/book.epub", "<p>One page.</p>")
        _write_book(bad_site / "packs/book.epub", "<p><blink>One page.</blink></p>")
        (bad_site / "packs/cannot.epub").write_bytes(b"no zip file")
        judges_with_faults = {name: judge for name, judge in judges.items() if name in FAULTS}
        verdicts = pool.map(lambda judge: (judge(good_site), judge(bad_site)), judges_with_faults.values())
        for name, (of_good, of_bad) in zip(judges_with_faults, verdicts, strict=True):
            if of_good.findings:
                raise SystemExit(f"{name} finds fault with a good sample: {of_good.findings}")
            if blind := [fault for fault in FAULTS[name] if not any(fault in finding for finding in of_bad.findings)]:
                raise SystemExit(f"{name} does not see {blind} in a bad sample, only {of_bad.findings}")


def _write_pack(file: Path, *, language: str) -> None:
    from weasyprint import HTML

    file.parent.mkdir()
    html = f'<html lang="{language}"><title>Pack</title><h1>Pack</h1><p>One page.</p>'
    HTML(string=html).write_pdf(file, pdf_variant="pdf/ua-1")


def _write_book(file: Path, page: str) -> None:
    with ZipFile(file, "w") as book:
        for name, content in _BOOK.items():
            book.writestr(name, content.replace("PAGE", page))
