"""Packs that several machines print: by a Dask cluster, and by shares."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from distributed import LocalCluster

from casebuilder.outputs.packs import press, views
from casebuilder.outputs.packs.pdf import PdfError
from casebuilder.outputs.packs.press import clusters
from casebuilder.outputs.packs.press.task import print_job, used_fonts
from casebuilder.outputs.packs.press.toolchain import toolchain
from sealing import canaries
from series_factory import make_case, make_open_case, make_series

if TYPE_CHECKING:
    from collections.abc import Iterator


def no_file(path: str) -> bytes:
    raise KeyError(path)


def own_cache(folder: Path) -> Path:
    """A cache without packs; the fonts for the web are those of all tests, since cutting them takes half a minute."""
    shared = Path(os.environ["CASEBUILDER_CACHE"]).resolve() / "fonts"
    shared.mkdir(parents=True, exist_ok=True)
    cache = folder / "cache"
    cache.mkdir()
    (cache / "fonts").symlink_to(shared)
    return cache


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield str(cluster.scheduler_address)


@pytest.mark.large
def test_a_cluster_prints_the_same_bytes(tmp_path: Path, scheduler: str) -> None:
    jobs = [job for job in views.jobs(make_series(make_case())) if job.paper != "letter"]
    assert len(jobs) > 3
    here = press.print_packs(jobs, cache=tmp_path / "here", workers=2, timeout=120, files=no_file)
    with press.cluster(scheduler) as executor:
        there = press.print_packs(jobs, cache=tmp_path / "there", files=no_file, executor=executor)
    assert [pack for pack, _ in there] == [pack for pack, _ in here]
    assert [file.read_bytes() for _, file in there] == [file.read_bytes() for _, file in here]


@pytest.mark.large
def test_a_pack_that_a_cluster_cannot_print_is_named_and_the_others_are_printed(tmp_path: Path, scheduler: str) -> None:
    good, bad = views.jobs(make_series(make_open_case()))[:2]
    lost = replace(bad, html=bad.html.replace("A", "\ue000"))
    with press.cluster(scheduler) as executor, pytest.raises(press.PressError) as caught:
        press.print_packs((good, lost), cache=tmp_path, files=no_file, executor=executor)
    assert list(caught.value.reasons) == [lost.path]
    assert len(list(tmp_path.glob("*.pdf"))) == 1


@pytest.mark.large
def test_a_site_printed_by_a_cluster_is_the_same(tmp_path: Path, scheduler: str) -> None:
    files = canaries.tree()
    del files[f"experts/{canaries.word('strangersfile')}.md"]
    canaries.write(tmp_path, files)
    environment = os.environ | {"CASEBUILDER_AS_OF": "2026-04-01", "CASEBUILDER_CACHE": str(own_cache(tmp_path))}
    made = {}
    for folder, words in (("here", []), ("there", ["--dask", scheduler])):
        order = [sys.executable, "-m", "casebuilder", "build", "--pages", folder, *words]
        completed = subprocess.run(order, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert completed.returncode == 0, completed.stderr
        made[folder] = {
            path.relative_to(tmp_path / folder).as_posix(): path.read_bytes()
            for path in (tmp_path / folder).rglob("*.pdf")
        }
        for path in (tmp_path / "cache" / "packs").glob("*.pdf"):
            path.unlink()
    assert len(made["here"]) > 4
    assert made["here"] == made["there"]


def test_a_cluster_that_would_print_other_bytes_is_refused_and_the_difference_is_named() -> None:
    clusters._refuse_others({"tcp://a:1": toolchain()}, "tcp://x:1")
    with pytest.raises(press.ClusterError, match="has no worker"):
        clusters._refuse_others({}, "tcp://x:1")
    other = tuple((name, "15006" if name == "Pango" else version) for name, version in toolchain())
    with pytest.raises(press.ClusterError) as caught:
        clusters._refuse_others({"tcp://a:1": toolchain(), "tcp://b:1": other}, "tcp://x:1")
    here = dict(toolchain())["Pango"]
    assert str(caught.value).startswith(
        f"the Dask worker tcp://b:1 has another Pango (there 15006, here {here}); install the same versions there"
    )
    with pytest.raises(press.ClusterError, match=r"another casebuilder .*, weasyprint .* and \d+ more"):
        clusters._refuse_others({"tcp://a:1": ()}, "tcp://x:1")


def test_a_font_that_is_another_where_a_pack_is_printed_is_named() -> None:
    (job, *_) = views.jobs(make_series(make_open_case()))
    used = used_fonts(job.html)
    changed = (replace(used[0], digest="0" * 64), *used[1:])
    with pytest.raises(PdfError, match=rf"has another font file {used[0].face.path.name}, or none"):
        print_job(job.html, job.style, {}, changed, job.page_numbering)


def test_a_worker_with_threads_is_refused() -> None:
    with pytest.raises(press.ClusterError, match="tcp://a:1 has threads; start it with --nthreads 1"):
        clusters._refuse_threads({"tcp://a:1": 4, "tcp://b:1": 1})


def test_an_address_where_nobody_answers_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_PATIENCE", 1)
    with (
        pytest.raises(press.ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        press.cluster("tcp://127.0.0.1:9"),
    ):
        pass


def test_the_shares_together_hold_each_pack_once() -> None:
    things = list(range(11))
    for count in range(1, 14):
        shares = [press.Shard(number, count).of(things) for number in range(1, count + 1)]
        assert sorted(thing for share in shares for thing in share) == things
        assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("words", ["", "2", "0/4", "5/4", "2/0", "-1/4", "2/4/6", "two/four", "2 / x"])
def test_an_invalid_share_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="write 2/4 for the second of four"):
        press.shard(words)


@pytest.mark.large
def test_shares_printed_apart_leave_nothing_to_render(tmp_path: Path) -> None:
    files = canaries.tree()
    del files[f"experts/{canaries.word('strangersfile')}.md"]
    canaries.write(tmp_path, files)
    cache = own_cache(tmp_path)
    environment = os.environ | {"CASEBUILDER_AS_OF": "2026-03-10", "CASEBUILDER_CACHE": str(cache)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        order = [sys.executable, "-m", "casebuilder", "build", *words]
        return subprocess.run(order, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    runs = [run("--shard", f"{number}/2") for number in (1, 2)]
    assert [done.returncode for done in runs] == [0, 0], runs
    assert all(f"share {number} of 2: " in done.stdout for number, done in enumerate(runs, start=1))
    assert not (tmp_path / "site").exists()
    kept = {path.name for path in (cache / "packs").glob("*.pdf")}
    result = run("--pages", "out")
    assert result.returncode == 0, result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("packs: ")]
    assert lines
    bound = ("packs/volume-", "packs/collection-")
    assert all(line.endswith(", unchanged)") or any(start in line for start in bound) for line in lines)
    assert {path.name for path in (cache / "packs").glob("*.pdf")} >= kept
    refused = run("--shard", "1/2", "--no-packs")
    assert refused.returncode == 2
    assert "--no-packs" in refused.stderr
