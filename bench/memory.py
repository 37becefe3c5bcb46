"""How much memory one worker takes for a volume of sixty cases, of which it prints each and binds all."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generator import generate
from casebuilder import pipeline, published
from casebuilder.outputs.packs import press, views

CASES = 60
#: What was promised, in bytes.
PROMISED = 400_000_000
_UNIT = 1 if sys.platform == "darwin" else 1024


def main(sample: Path) -> bool:
    """Print the figures; whether the worker stayed under what was promised.

    Args:
        sample: the root of the sample series, of which the volume is made.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder) / "series"
        generate(sample, root, CASES)
        reading = pipeline.read(root)
        public = published.publish(reading.series, reading.as_of)
        request = views.PackRequest(cases=tuple(case.slug for case in public.cases), edition="case")
        start = time.perf_counter()
        ((pack, _),) = press.print_packs(
            (views.requested_job(public, request, ""),),
            cache=Path(folder) / "cache",
            workers=1,
            timeout=600,
            files=lambda path: reading.tree.pictures[path].read_bytes(),
        )
        seconds = time.perf_counter() - start
    # Of all processes that this one has waited for, the largest; of the others here none is larger than a worker.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _UNIT
    size = f"{pack.size / 1e6:.1f} MB"
    print(f"\na volume of {CASES} cases: {pack.pages} pages, {size}, {seconds:.0f} s, a worker of {peak / 1e6:.0f} MB")
    return peak < PROMISED
