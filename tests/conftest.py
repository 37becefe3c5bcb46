"""What all tests share."""

from __future__ import annotations

import gc
import importlib
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from examples import FUZZ

# Fonts for the web are kept for the next run. This stands here and not in a fixture because fixtures of modules and
# sessions build sites too.
os.environ["CASEBUILDER_CACHE"] = str(Path(__file__).parents[1] / ".cache" / "tests")
os.environ["NO_MKDOCS_2_WARNING"] = "1"

# `make test` tries the same examples each time, so that only a change makes it fail; `make fuzz` draws new ones.
settings.register_profile("test", derandomize=True, deadline=None, database=None, max_examples=40)  # 100 in `make fuzz`
settings.register_profile("fuzz", deadline=None, print_blob=True, suppress_health_check=list(HealthCheck))
settings.load_profile("fuzz" if FUZZ else "test")


#: Files and folders of tests that print PDFs or build whole sites: what `make quick` leaves out.
PRESS = frozenset((
    "extremes", "sealing", "test_appearance.py", "test_arrangements.py", "test_cli_pack.py", "test_cli_site.py",
    "test_commonmark.py",
    "test_faults.py", "test_first_page.py", "test_fuzz.py", "test_glyphs.py", "test_headmetadata.py",
    "test_keep_going.py",
    "test_leftovers.py", "test_merged_pdf.py", "test_month.py", "test_naughty.py", "test_pack_forms.py",
    "test_packs.py", "test_pdf.py", "test_picture_outputs.py", "test_local_preview.py", "test_pull_request_preview.py",
    "test_press.py", "test_press_together.py", "test_print_tables.py", "test_real_material.py", "test_recipes.py",
    "test_site_build.py", "test_slides.py", "test_typography.py", "test_verification.py", "test_volumes.py",
    "test_weasyprint_internals.py",
))  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what `make quick` leaves out. In `make fuzz` only properties are tried, and what is marked as such."""
    if missing := [name for name in sorted(PRESS) if not Path(__file__).with_name(name).exists()]:
        raise pytest.UsageError(f"PRESS in tests/conftest.py names what is not there: {', '.join(missing)}")
    for item in items:
        if PRESS & {item.path.name, item.path.parent.name}:
            item.add_marker("press")
    if FUZZ:
        properties = [
            item
            for item in items
            if item.get_closest_marker("fuzz") or getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in properties])
        items[:] = properties


def pytest_configure(config: pytest.Config) -> None:
    """Let each worker prepare its share of the tests' modules first: else each would prepare all.

    pytest writes their `assert`s anew at the first import in a fresh clone, and keeps the result for other processes.
    """
    if worker := getattr(config, "workerinput", None):
        number, count = int(worker["workerid"].removeprefix("gw")), int(worker["workercount"])
        by_size = sorted(Path(__file__).parent.glob("test_*.py"), key=lambda path: -path.stat().st_size)
        for path in by_size[number::count]:
            with suppress(Exception):  # pytest imports them all again, and reports it
                importlib.import_module(path.stem)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Cut the fonts for the web before the workers start: each of the first to build a site would cut all of them."""
    if session.config.getoption("numprocesses", 0) and not hasattr(session.config, "workerinput"):
        from casebuilder.outputs.site import webfonts
        from casebuilder.pipeline.sitecontents import cached_in

        for _ in webfonts.render(cached_in(Path(os.environ["CASEBUILDER_CACHE"], "fonts"))):
            pass


def pytest_collection_finish() -> None:
    """Have garbage searched for less often, and not among the tests themselves: it took an eighth of the time."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)
