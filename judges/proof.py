"""A judge that finds nothing may be asleep: it must pass a good sample and name each fault of a bad one."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from judges.verdict import Verdict

_SAMPLES = Path(__file__).with_name("samples")

# What each judge must say of the bad sample, each a part of one finding.
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
    "qpdf": ("broken.pdf",),
    "markup": ("No “p” element in scope", "An “img” element must have an “alt” attribute"),
    "links": ("#nowhere", "https://example.org/series/#gone: Cannot find fragment", "missing.svg"),
    "schemas": ("sting",),
}


def prove(judges: Mapping[str, Callable[[Path], Verdict]]) -> None:
    """Stop with a message if a judge is blind to a fault that it is there for, or sees one where none is."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        good = shutil.copytree(_SAMPLES / "good", Path(folder) / "good")
        bad = shutil.copytree(_SAMPLES / "bad", Path(folder) / "bad")
        _write_pack(good / "packs/pack.pdf", language="en")
        _write_pack(bad / "packs/pack.pdf", language="")
        (bad / "packs/broken.pdf").write_bytes((good / "packs/pack.pdf").read_bytes()[:-900])
        verdicts = pool.map(lambda judge: (judge(good), judge(bad)), judges.values())
        for name, (of_good, of_bad) in zip(judges, verdicts, strict=True):
            if of_good.findings:
                raise SystemExit(f"{name} finds fault with a good sample: {of_good.findings}")
            if blind := [fault for fault in FAULTS[name] if not any(fault in said for said in of_bad.findings)]:
                raise SystemExit(f"{name} does not see {blind} in a bad sample, only {of_bad.findings}")


def _write_pack(file: Path, *, language: str) -> None:
    from weasyprint import HTML

    file.parent.mkdir()
    html = f'<html lang="{language}"><title>Pack</title><h1>Pack</h1><p>One page.</p>'
    HTML(string=html).write_pdf(file, pdf_variant="pdf/ua-1")
