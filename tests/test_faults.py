"""A few of the bad days of `judges/faults.py`, which tries many."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from judges.faults import Trial

if TYPE_CHECKING:
    from pathlib import Path


def test_whatever_happens_the_last_good_site_is_there_and_the_next_build_is_whole(tmp_path: Path) -> None:
    trial = Trial(tmp_path, thorough=False)
    trial.kill(signal.SIGTERM, 0.9)
    trial.fill(60_000)
    trial.settle("all")
    assert trial.findings == []
    assert trial.tried.total() == 2
