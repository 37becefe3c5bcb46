"""The press: packs fail one by one, and nothing is printed twice."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import casebuilder
from casebuilder import fonts
from casebuilder.outputs.packs import press, views
from casebuilder.outputs.packs.pdf import mergedpdf
from casebuilder.outputs.packs.press import toolchain
from casebuilder.outputs.packs.press.task import merge_job, print_job, used_fonts
from series_factory import SLUG, at, make_case, make_open_case, make_series, part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebuilder.model.case import Case
    from casebuilder.outputs.packs.views import Job


def no_file(path: str) -> bytes:
    raise KeyError(path)


def handouts() -> tuple[Job, ...]:
    return views.jobs(make_series(make_open_case()))


def test_packs_are_printed_once(tmp_path: Path) -> None:
    told: list[tuple[int, int, str, bool]] = []
    jobs = handouts()

    def run(found: Sequence[Job]) -> dict[str, bytes]:
        told.clear()
        packs_made = press.print_packs(
            found, cache=tmp_path, workers=1, timeout=60, files=no_file, progress=lambda *one: told.append(one)
        )
        assert [pack.path for pack, _ in packs_made] == [job.path for job in found]
        assert all(pack.size == len(path.read_bytes()) for pack, path in packs_made)
        return {pack.path: path.read_bytes() for pack, path in packs_made}

    first = run(jobs)
    assert [(done, total, cached) for done, total, _, cached in told] == [(1, 2, False), (2, 2, False)]
    assert run(jobs) == first
    assert [cached for *_, cached in told] == [True, True]
    edited = (jobs[0], replace(jobs[1], html=jobs[1].html.replace("Lucky night", "Quiet night")))
    result = run(edited)
    assert {name: cached for _, _, name, cached in told} == {jobs[0].path: True, jobs[1].path: False}
    assert result[jobs[0].path] == first[jobs[0].path]
    assert not list(tmp_path.glob("*.part"))


def test_style_pictures_and_fonts_are_part_of_the_key(tmp_path: Path) -> None:
    cache = press.Cache(tmp_path)
    fonts = used_fonts("<p>x</p>")
    keys = {
        cache.key(("a", "b"), {}, fonts),
        cache.key(("a", "c"), {}, fonts),
        cache.key(("ab", ""), {}, fonts),
        cache.key(("a", "b"), {"x.png": b"1"}, fonts),
        cache.key(("a", "b"), {"x.png": b"2"}, fonts),
        cache.key(("a", "b"), {}, fonts[1:]),
    }
    assert len(keys) == 6


@pytest.fixture
def changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], None]]:
    """For each part of the toolchain, what changes the thing itself: a version, a library, a file."""

    def package(name: str) -> Callable[[], None]:
        known = toolchain.version
        return lambda: monkeypatch.setattr(toolchain, "version", lambda asked: "9.9" if asked == name else known(asked))

    def library(name: str) -> Callable[[], None]:
        known = toolchain._library_version
        (names,) = (names for found, names, _ in toolchain.LIBRARIES if found == name)
        return lambda: monkeypatch.setattr(
            toolchain, "_library_version", lambda asked, symbol: "9.9" if asked == names else known(asked, symbol)
        )

    def face(number: int) -> Callable[[], None]:
        known = list(fonts.faces())
        copy = tmp_path / f"{number}.ttf"
        copy.write_bytes(known[number].path.read_bytes() + b" ")
        known[number] = replace(known[number], path=copy)
        return lambda: monkeypatch.setattr(fonts, "faces", lambda: tuple(known))

    source = tmp_path / "casebuilder"
    for name in toolchain.CODE:
        original = Path(casebuilder.__file__).parent / name
        for path in original.rglob("*.py") if original.is_dir() else (original,):
            copy = source / path.relative_to(Path(casebuilder.__file__).parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (source / "outputs/packs/pdf/weasyprint_internals/missingtags.py").write_bytes(b"# another")
    made = {name: package(name) for name in toolchain.PACKAGES} | {
        name: library(name) for name, *_ in toolchain.LIBRARIES
    }
    made |= {f"the font {each.name}": face(number) for number, each in enumerate(fonts.faces())}
    return made | {
        "qpdf": lambda: monkeypatch.setattr(mergedpdf, "QPDF", "9.9"),
        "zlib": lambda: monkeypatch.setattr("zlib.ZLIB_RUNTIME_VERSION", "9.9"),
        "Unicode": lambda: monkeypatch.setattr("unicodedata.unidata_version", "9.9"),
        "casebuilder’s code": lambda: monkeypatch.setattr(casebuilder, "__file__", str(source / "__init__.py")),
        "casebuilder’s font sheet": lambda: monkeypatch.setattr(fonts, "css", lambda *_: "@font-face {}"),
    }


def test_whatever_decides_how_a_pack_looks_changes_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Callable[[], None]]
) -> None:
    parts = toolchain.toolchain()
    assert changes.keys() == dict(parts).keys()
    assert all(value for _, value in parts)
    cache = press.Cache(tmp_path / "cache")
    used = used_fonts("<p>x</p>")
    keys = {cache.key(("a",), {}, used)}
    for name, change in changes.items():
        change()
        toolchain.toolchain.cache_clear()
        assert toolchain.differences(parts, toolchain.toolchain()) != [], name
        keys.add(cache.key(("a",), {}, used))
        monkeypatch.undo()
        toolchain.toolchain.cache_clear()
    assert len(keys) == len(changes) + 1


@pytest.mark.parametrize("spoilt", [b"", b"%PDF-1.7 cut", None], ids=["empty", "cut", "one byte"])
def test_a_pack_that_was_changed_in_the_cache_is_printed_again(tmp_path: Path, spoilt: bytes | None) -> None:
    (job, _) = handouts()
    reports: list[bool] = []
    with ThreadPoolExecutor(1) as pool:
        ((_, file),) = press.print_packs((job,), cache=tmp_path, files=no_file, executor=pool)
        content = file.read_bytes()
        file.write_bytes(content[:-5] + b"x" + content[-4:] if spoilt is None else spoilt)
        ((_, again),) = press.print_packs(
            (job,), cache=tmp_path, files=no_file, executor=pool, progress=lambda *one: reports.append(one[3])
        )
    assert (reports, again.read_bytes()) == ([False], content)


def test_a_pack_that_cannot_be_printed_is_named_and_the_others_are_printed(tmp_path: Path) -> None:
    series = make_series(make_open_case(), make_open_case(slug="2025-06-other", story=(part("Rare: \ue123."),)))
    with pytest.raises(press.PressError) as caught:
        press.print_packs(views.jobs(series), cache=tmp_path, workers=1, timeout=60, files=no_file)
    assert set(caught.value.reasons) == {f"packs/2025-06-other-handout-{paper}.pdf" for paper in ("a4", "letter")}
    assert "2 packs could not be printed" in str(caught.value)
    names = "packs/2025-06-other-handout-a4.pdf, packs/2025-06-other-handout-letter.pdf"
    assert f"{names}: no font on this machine has the character" in str(caught.value)
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_what_is_missing_from_a_pack_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    texts = {
        "experts/ada-byrne.md": "The pager was quiet.\n",
        f"cases/{SLUG}/discussion.jsonl": "The pager was quiet.",
        f"cases/{SLUG}/scenario.md": "First.\n\nThe [pager](https://example.org/a-pager) was\n*quiet*.[@chan-2015]\n",
    }
    (job, _) = handouts()
    hidden = replace(job, style=f"{job.style} .part:first-of-type p {{ display: none }}")
    with pytest.raises(press.PressError) as caught:
        press.print_packs(
            (hidden,),
            cache=tmp_path,
            workers=1,
            timeout=60,
            files=no_file,
            find=lambda *words: press.source_line(texts, *words),
        )
    ((reason,),) = caught.value.reasons.values()
    assert reason.startswith(f"cases/{SLUG}/scenario.md:3: words are missing from the PDF: “")
    assert "was quiet. “Lucky night,” said Rhona.1”" in reason
    assert press.source_line(texts, SLUG, "Read the case") == ""
    assert press.source_line(texts, SLUG, "First.") == f"cases/{SLUG}/scenario.md:1"


def test_a_fault_of_all_packs_is_reported_once(tmp_path: Path) -> None:
    jobs = [replace(job, style="p { colour: red }") for job in views.jobs(make_series(make_case()))]
    with ThreadPoolExecutor(1) as pool, pytest.raises(press.PressError) as caught:
        press.print_packs(jobs, cache=tmp_path, files=no_file, executor=pool)
    assert str(caught.value).count("colour") == 1
    assert "and 6 more: Ignored `colour: red" in str(caught.value)


def test_a_picture_that_is_missing_is_a_reason(tmp_path: Path) -> None:
    series = make_series(make_open_case(story=(part("![A ward](ward.png)"),)))
    with pytest.raises(press.PressError, match=f"a picture cannot be read: cases/{SLUG}/ward.png"):
        press.print_packs(views.jobs(series), cache=tmp_path, workers=1, timeout=60, files=no_file)


def test_a_worker_that_hangs_or_dies_takes_nothing_with_it() -> None:
    with press.Workers(2, timeout=3) as pool:
        hangs = pool.submit(signal.pause)
        dies = pool.submit(os.abort)
        leaves = pool.submit(os._exit, 3)
        raises = pool.submit(int, "x")
        works = [pool.submit(pow, 2, power) for power in range(5)]
        assert [future.result(120) for future in works] == [1, 2, 4, 8, 16]
        with pytest.raises(press.WorkerError, match="stopped after 3 seconds"):
            hangs.result(120)
        with pytest.raises(press.WorkerError, match="SIGABRT"):
            dies.result(120)
        with pytest.raises(press.WorkerError, match="exit code 3"):
            leaves.result(120)
        with pytest.raises(ValueError, match="invalid literal"):
            raises.result(120)


def test_a_worker_that_runs_out_of_memory_takes_nothing_with_it() -> None:
    with press.Workers(2, timeout=30, memory=150_000_000) as pool:
        greedy = pool.submit(bytes, 400_000_000)
        modest = [pool.submit(pow, 2, power) for power in range(5)]
        assert [future.result(120) for future in modest] == [1, 2, 4, 8, 16]
        with pytest.raises(press.WorkerError, match="memory ran out"):
            greedy.result(120)


def test_a_pack_that_takes_too_long_is_named(tmp_path: Path) -> None:
    with pytest.raises(press.PressError) as caught:
        press.print_packs(handouts()[:1], cache=tmp_path, workers=1, timeout=0.05, files=no_file)
    assert caught.value.reasons == {
        f"packs/{SLUG}-handout-a4.pdf": [
            "stopped after 0.05 seconds; shorten the text, or raise the setting timeout in mkdocs.yml"
        ]
    }


def test_a_worker_runs_no_file_of_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('a file of the series ran')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with press.Workers(1, timeout=60) as pool:
        assert pool.submit(abs, -3).result() == 3


def test_a_build_that_is_stopped_does_not_print_on() -> None:
    def stopped() -> None:
        with press.Workers(1, timeout=60) as pool:
            pool.submit(time.sleep, 5)  # nobody waits for it
            waiting.append(pool.submit(signal.pause))
            raise KeyboardInterrupt

    waiting: list[Future[object]] = []
    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert waiting[0].cancelled()


class Counting(ThreadPoolExecutor):
    """Counts what it is asked to do."""

    def __init__(self) -> None:
        super().__init__(1)
        self.asked: list[object] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - the base class's form
        self.asked.append(fn)
        return super().submit(fn, *args, **kwargs)


def test_a_case_is_printed_once_for_itself_and_for_every_volume_it_is_in(tmp_path: Path) -> None:
    late = make_case(slug="2025-06-late-word", title="The Case of the Late Word", opens=at(2025, 6, 20))

    def run(*cases: Case) -> list[object]:
        jobs = [job for job in views.jobs(make_series(*cases)) if (job.edition, job.paper) == ("case", "a4")]
        assert [len(job.parts) for job in jobs] == [0, 0, 2]
        with Counting() as pool:
            press.print_packs(jobs, cache=tmp_path, files=no_file, executor=pool)
        return pool.asked

    assert run(make_case(), late) == [print_job, print_job, merge_job]
    assert run(make_case(), late) == []
    edited = late.model_copy(update={"teaser": "Another word."})
    assert run(make_case(), edited) == [print_job, merge_job]


def test_what_holds_a_pack_that_cannot_be_printed_says_why(tmp_path: Path) -> None:
    bad = make_case(slug="2025-06-other", opens=at(2025, 6, 20), story=(part("Rare: \ue123."),))
    jobs = [job for job in views.jobs(make_series(make_case(), bad)) if (job.edition, job.paper) == ("case", "a4")]
    with pytest.raises(
        press.PressError, match=r"packs/2025-06-other-case-a4\.pdf, packs/volume-2025-a4\.pdf: no font on"
    ):
        press.print_packs(jobs, cache=tmp_path, workers=1, timeout=60, files=no_file)


@pytest.mark.large
@pytest.mark.large
def test_a_pack_for_which_memory_runs_out_is_named_and_the_others_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(press.Workers.__init__.__kwdefaults__, "memory", 102_000_000)  # between the two packs
    long = make_open_case(slug="2025-06-long", story=(part("A word.\n\n" * 1600),))
    jobs = [job for job in views.jobs(make_series(make_open_case(), long)) if job.paper == "a4"]
    with pytest.raises(press.PressError) as caught:
        press.print_packs(jobs, cache=tmp_path, workers=1, timeout=100, files=no_file)
    (path, (reason,)) = caught.value.reasons.popitem()
    assert path == "packs/2025-06-long-handout-a4.pdf"
    assert "memory ran out" in reason
    assert not caught.value.reasons
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_any_executor_prints_the_same_bytes(tmp_path: Path) -> None:
    jobs = views.jobs(make_series(make_case()))[:1]
    ours = press.print_packs(jobs, cache=tmp_path / "a", workers=1, timeout=60, files=no_file)
    with ThreadPoolExecutor(1) as pool:
        theirs = press.print_packs(jobs, cache=tmp_path / "b", timeout=60, files=no_file, executor=pool)
    assert [path.read_bytes() for _, path in ours] == [path.read_bytes() for _, path in theirs]
