"""Pages per second of our packs, of mkdocs-to-pdf and of Chromium, on the same cases in the same run.

All three print the reading copies of the same cases on A4, from the same print HTML. mkdocs-to-pdf makes one file of
a site whose pages hold the body of that HTML, and its time is that of the build with it less the build without it;
it sets type with WeasyPrint, as we do, but writes no tags, and does not read its file back. Chromium is started once.
Ours has a row more: what a site offers of these cases is the copies and the volumes and collections that are bound of
them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from casebuilder import fonts, pipeline, published
from casebuilder.outputs.packs import press, views
from casebuilder.outputs.packs.press.task import used_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebuilder.outputs.packs.views import Job

_CHROMIUM = "/usr/bin/chromium"
_CONFIGURATION = """site_name: Cases
theme:
  name: mkdocs
plugins:
  - to-pdf:
      enabled_if_env: WITH_PDF
      output_path: cases.pdf
      cover: false
      toc_level: 2
"""


@dataclass(frozen=True, slots=True)
class Printed:
    """What somebody printed.

    Attributes:
        who: the name for the table.
        pages: how many pages.
        words: how many words stand on them; a page of one may hold more than a page of another.
        size: of all files, in bytes.
        seconds: on the clock.
        cores: how many processors worked.
    """

    who: str
    pages: int
    words: int
    size: int
    seconds: float
    cores: int = 1

    @property
    def speed(self) -> float:
        """Pages a second a processor."""
        return self.pages / self.seconds / self.cores

    @property
    def words_a_second(self) -> float:
        """Words a second a processor."""
        return self.words / self.seconds / self.cores


def main(root: Path) -> bool:
    """Print the table; whether ours prints at least twice the pages a second a processor of mkdocs-to-pdf."""
    reading = pipeline.read(root)
    public = published.publish(reading.series, reading.as_of)
    offered = [job for job in views.jobs(public) if job.edition == "case" and job.paper == "a4"]
    jobs = [job for job in offered if not job.parts]

    def picture(path: str) -> bytes:
        return reading.tree.pictures[path].read_bytes()

    print(f"\n{len(jobs)} reading copies on A4")
    print(f"{'':28}{'pages':>7}{'MB':>7}{'s':>8}{'pages/s':>9}{'/core':>7}{'words/s/core':>14}")
    with TemporaryDirectory() as folder:
        ours = [_print_ours(jobs, Path(folder, str(count)), picture, count) for count in (1, 2)]
        bound = _print_ours(offered, Path(folder, "bound"), picture, 1)
        ours.append(replace(bound, who=f"  and {len(offered) - len(jobs)} bound of them"))
        theirs = _print_with_mkdocs(jobs, Path(folder))
        for row in (*ours, theirs, _print_with_chromium(jobs, Path(folder), picture)):
            _print_row(row)
    ratio = ours[0].speed / theirs.speed
    word_ratio = ours[0].words_a_second / theirs.words_a_second
    bound_ratio = bound.speed / theirs.speed
    print(
        f"ours, a processor: {ratio:.1f} times the pages of mkdocs-to-pdf, {word_ratio:.1f} times its words; "
        f"with what is bound of them, {bound_ratio:.1f} times its pages"
    )
    return ratio >= 2  # noqa: PLR2004 - what was promised


def _print_ours(jobs: Sequence[Job], cache: Path, picture: Callable[[str], bytes], count: int) -> Printed:
    start = time.perf_counter()
    packs = press.print_packs(jobs, cache=cache, workers=count, files=picture)
    seconds = time.perf_counter() - start
    return _measure_pdfs(f"casebuilder, {count} worker{'s' * (count > 1)}", [path for _, path in packs], seconds, count)


def _measure_pdfs(who: str, paths: Sequence[Path], seconds: float, cores: int = 1) -> Printed:
    import pypdfium2  # type: ignore[import-untyped]  # it has no types

    pages = words = 0
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        pages += len(document)
        words += sum(len(page.get_textpage().get_text_range().split()) for page in document)
        document.close()
    return Printed(who, pages, words, sum(path.stat().st_size for path in paths), seconds, cores)


def _print_with_mkdocs(jobs: Sequence[Job], folder: Path) -> Printed:
    site = folder / "mkdocs"
    (site / "docs").mkdir(parents=True)
    (site / "mkdocs.yml").write_text(_CONFIGURATION, encoding="utf-8")
    for number, job in enumerate(jobs):
        body = job.html[job.html.index("<body") : job.html.index("</body>")]
        body = re.sub(r"<(?:img|svg)\b.*?(?:</svg>|>)", "", body.split(">", 1)[1], flags=re.DOTALL)
        body = re.sub(r"(</?)(?:article|main)\b", r"\1div", body)  # it takes the first of these for the whole page
        page = "index.md" if number == 0 else f"case-{number}.md"
        (site / "docs" / page).write_text(f"<div>{_without_blank_lines(body)}</div>\n", encoding="utf-8")
    without_pdf, with_pdf = (_time_build(site, pdf=pdf) for pdf in (False, True))
    return _measure_pdfs("mkdocs-to-pdf", [site / "site" / "cases.pdf"], with_pdf - without_pdf)


def _without_blank_lines(html: str) -> str:
    """HTML that Markdown takes as one block."""
    return re.sub(r"\n\s*\n", "\n", html)


def _time_build(site: Path, *, pdf: bool) -> float:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **({"WITH_PDF": "1"} if pdf else {})}
    start = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    completed = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)
    if completed.returncode:
        raise SystemExit(completed.stderr)
    return time.perf_counter() - start


def _print_with_chromium(jobs: Sequence[Job], folder: Path, picture: Callable[[str], bytes]) -> Printed:
    from playwright.sync_api import sync_playwright

    pages = [_write_page(job, folder / f"chromium-{number}", picture) for number, job in enumerate(jobs)]
    with sync_playwright() as playwright:
        start = time.perf_counter()
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        paths = []
        for page in pages:
            tab.goto(page.as_uri())
            paths.append(page.with_suffix(".pdf"))
            tab.pdf(path=paths[-1], prefer_css_page_size=True, tagged=True, outline=True)
        browser.close()
        seconds = time.perf_counter() - start
    return _measure_pdfs("Chromium", paths, seconds)


def _write_page(job: Job, folder: Path, picture: Callable[[str], bytes]) -> Path:
    """The print HTML with its style, fonts and pictures, as a browser takes it."""
    folder.mkdir()
    html = job.html
    for number, (address, path) in enumerate(job.addresses.items()):
        place = folder / f"{number}{Path(path).suffix}"
        place.write_bytes(picture(path))
        html = html.replace(address, place.name)
    style = fonts.css((font.face for font in used_fonts(job.html)), lambda face: face.path.as_uri()) + job.style
    page = folder / "page.html"
    page.write_text(html.replace("</head>", f"<style>{style}</style></head>", 1), encoding="utf-8")
    return page


def _print_row(row: Printed) -> None:
    speeds = f"{row.pages / row.seconds:9.1f}{row.speed:7.1f}{row.words_a_second:14.0f}"
    print(f"{row.who:28}{row.pages:7}{row.size / 1e6:7.2f}{row.seconds:8.1f}{speeds}", flush=True)
