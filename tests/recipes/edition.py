"""Run in a copy of the project that has the edition "poster" of CONTRIBUTING: everything that offers it."""

from __future__ import annotations

import sys
from pathlib import Path

from casebuilder import pipeline, published
from casebuilder.model import Pack
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import pages

SLUG = "2026-03-late-handover"


def main(series: Path) -> None:
    """Print the path of each pack, and each page of the site that leads to one."""
    reading = pipeline.read(series, as_of="2026-06-01")
    public = published.publish(reading.series, reading.as_of)
    jobs = views.jobs(public)
    packs = [Pack(job.path, job.subject, job.edition, job.paper, 1, 1000) for job in jobs]
    paths = [job.path for job in jobs if job.edition == "poster"]
    paths += [file.path for file in views.screens(public) if "poster" in file.path]
    for page in pages.render(public, packs):
        if f"packs/{SLUG}-poster-a4.pdf" in page.text:
            paths.append(page.path)
        if '<option value="poster" data-plural="Posters">Poster</option>' in page.text:
            paths.append(f"{page.path}: option")
    sys.stdout.write("\n".join(paths))


main(Path(sys.argv[1]))
