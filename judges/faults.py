"""Bad days: builds that are killed, full disks, folders that cannot be written, two builds at once, a jumping clock.

After each of them the last good site is there, byte for byte (or the new one, if it was whole already), no process
works on unseen, and the next build is whole and leaves nothing behind. `python -m judges.faults` tries each many times.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: The site that stands there when something goes wrong.
_OLD = {"404.html": "old", "index.html": "old", "cases/old/index.html": "old"}
_SAMPLE = Path(__file__).parents[1] / "tests" / "zoo" / "_sound"
#: Every process of a build can be recognised by this variable, whatever session it is in.
_MARK = "CASEBUILDER_FAULT"
#: What a program may be killed with.
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)
#: Bytes of a disk that has room for two sites of the sample, and for no more.
_SMALL = 16 << 20
#: Seconds until the last process of a killed build must be gone.
_PATIENCE = 15.0
#: What makes the clock of a program jump by up to ten years, back and forth, each time that it is read.
_CLOCK = """
import random, time
_usual, _random = time.time, random.Random(7)
time.time = lambda: _usual() + _random.uniform(-3e8, 3e8)
time.time_ns = lambda: int(time.time() * 1e9)
"""


@dataclass
class Trial:
    """A series with a good site, and what was found wrong with what became of it."""

    root: Path
    packs: bool = False
    thorough: bool = True
    findings: list[str] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Lay the series out, build its site once, and put an older site in its place."""
        self.series = shutil.copytree(_SAMPLE, self.root / "series")
        (self.series / "docs").mkdir(exist_ok=True)
        if cache := os.environ.get("CASEBUILDER_CACHE"):  # cutting fonts for the web takes half a minute
            shutil.copytree(Path(cache, "fonts"), self.series / ".cache/fonts")
        self.site = self.series / "site"
        self.build()
        self.after = tree(self.site)
        self.before = self.age(self.site)

    def kill(self, number: signal.Signals, seconds: float) -> None:
        """Kill a build after some seconds."""
        name = f"{number.name} after {seconds:.2f} s"
        self.tried["kills"] += 1
        with self._start_build() as build:
            try:
                build.wait(seconds)
            except subprocess.TimeoutExpired:
                build.send_signal(number)
                # Before the program has begun, and by SIGKILL, the system ends it; a negative number says so.
                if build.wait() not in {128 + number, -number, 0}:
                    last_words = self.log.read_text(encoding="utf-8", errors="replace")[-1000:]
                    self.findings.append(f"{name}: the build ended with {build.returncode}: {last_words}")
        self._judge_site(name, tidy=number != signal.SIGKILL)

    def fill(self, size: int) -> None:
        """Build on a disk that takes no file of more than so many bytes."""
        self.tried["full disks"] += 1

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        with self._start_build(limit=limit) as build:
            status = build.wait()
        if status not in {0, 1}:
            self.findings.append(f"{size} bytes: the build ended with {status}")
        self._judge_site(f"no file above {size} bytes", new=not status)

    def fill_disk(self, disk: Path, times: int) -> None:
        """Build into a small disk, of which less and less is free, until nothing is."""
        place = disk / "site"
        enough = shutil.disk_usage(disk).free // 2
        self.build("--site", str(place))
        site_without_fault = tree(place)  # the index of the search follows the order in which a disk lists its files
        for number in range(times):
            self.tried["small disks"] += 1
            self.age(place)
            free = enough * (times - number - 1) // times
            (disk / "ballast").write_bytes(bytes(max(shutil.disk_usage(disk).free - free, 0)))
            status = self.build("--site", str(place))
            self.tried["small disks on which a site had room"] += not status
            if status not in {0, 1, 2} or tree(place) != (self.before if status else site_without_fault):
                self.findings.append(f"{free} bytes free, ended with {status}: the site is not whole")
            if left_behind := [path.name for path in disk.glob(".casebuilder-*")]:
                self.findings.append(f"{free} bytes free: left behind: {left_behind}")
            (disk / "ballast").unlink()

    def forbid(self) -> None:
        """Build in a series in which nothing can be written; root may write everywhere, and builds."""
        self.tried["read-only folders"] += 1
        self.series.chmod(0o555)
        try:
            with self._start_build() as build:
                status = build.wait()
        finally:
            self.series.chmod(0o755)
        self._judge_site("read-only", new=not status)

    def race(self) -> None:
        """Build twice at the same time."""
        self.tried["builds at once"] += 2
        with self._start_build() as first, self._start_build() as second:
            if (first.wait(), second.wait()) != (0, 0):
                self.findings.append(f"two builds at once ended with {first.returncode} and {second.returncode}")
        self._judge_site("two builds at once", new=True)

    def jump(self) -> None:
        """Build while the clock jumps."""
        self.tried["jumping clocks"] += 1
        with TemporaryDirectory() as folder:
            Path(folder, "sitecustomize.py").write_text(_CLOCK, encoding="utf-8")
            with self._start_build(
                extra_environment={
                    "PYTHONPATH": os.pathsep.join((folder, *filter(None, [os.environ.get("PYTHONPATH")])))
                }
            ) as build:
                if build.wait():
                    self.findings.append(f"the clock jumped, and the build ended with {build.returncode}")
        self._judge_site("the clock jumped", new=True)

    def _judge_site(self, name: str, *, new: bool | None = None, tidy: bool = True) -> None:
        """Look at what became of the site, then build again, and put the first site back.

        Args:
            name: what happened.
            new: whether the new site must be there; the old one if False; either if nothing is given.
            tidy: nothing may be left behind, even before the next build.
        """
        files = tree(self.site)
        allowed = {None: (self.before, self.after), True: (self.after,), False: (self.before,)}[new]
        if files not in allowed:
            self.findings.append(f"{name}: {_describe_difference(files, allowed[0])}")
        if processes := self._processes_left():
            self.findings.append(f"{name}: processes go on working: {processes}")
        if tidy and (temporary := self._temporary_files()):
            self.findings.append(f"{name}: left behind: {temporary}")
        if self.thorough:
            self.settle(name)
        self.age(self.site)

    def settle(self, name: str) -> None:
        """Look whether the next build is whole and leaves nothing behind."""
        status = self.build()
        if status or tree(self.site) != self.after:
            self.findings.append(f"{name}: the next build ended with {status}, and is not what it should be")
        if temporary := self._temporary_files():
            self.findings.append(f"{name}: left behind after the next build: {temporary}")

    def _temporary_files(self) -> list[str]:
        places = (self.series, self.series / ".cache/work", self.series / ".cache/packs")
        paths = [path for place in places for path in place.glob(".casebuilder-*")]
        return [str(path.relative_to(self.series)) for path in (*paths, *self.series.glob(".cache/packs/*.part"))]

    def _processes_left(self) -> list[str]:
        """The processes of a build that work on although it has ended."""
        end = time.monotonic() + _PATIENCE
        while (processes := list(_processes_with(self.mark))) and time.monotonic() < end:
            time.sleep(0.05)
        return processes

    def age(self, site: Path) -> dict[str, str]:
        """Put the older site in the place of whatever is there; what it is."""
        shutil.rmtree(site, ignore_errors=True)
        for path, text in _OLD.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        return tree(site)

    def build(self, *arguments: str) -> int:
        """Build, and wait for the end; its exit status."""
        with self._start_build(*arguments) as build:
            return build.wait()

    def _start_build(
        self,
        *arguments: str,
        extra_environment: Mapping[str, str] | None = None,
        limit: Callable[[], None] | None = None,
    ) -> subprocess.Popen[bytes]:
        self.mark, self.log = uuid4().hex, self.root / "log"
        environment = {name: value for name, value in os.environ.items() if name != "CASEBUILDER_CACHE"}
        environment |= {_MARK: self.mark, "SOURCE_DATE_EPOCH": "1775000000", **(extra_environment or {})}
        order = [sys.executable, "-m", "casebuilder", "build", *arguments]
        order += [] if self.packs else ["--no-packs"]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                order,
                cwd=self.series,
                env=environment,
                stdout=log,
                stderr=log,
                preexec_fn=limit,  # noqa: PLW1509 - this program has one thread
            )


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder, by its digest."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _describe_difference(files: dict[str, str], expected: dict[str, str]) -> str:
    wrong = sorted(path for path in files.keys() | expected.keys() if files.get(path) != expected.get(path))
    return f"{len(wrong)} of {len(expected)} files are not those of a whole site, such as {wrong[:3]}"


def _processes_with(mark: str) -> Iterator[str]:
    """The processes of this machine that have the mark of a build: what each was called with."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if f"{_MARK}={mark}".encode() in (place / "environ").read_bytes():
                yield (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:80]
        except OSError:
            continue


@contextmanager
def _small_disk() -> Iterator[Path | None]:
    """A disk of few bytes, where one may be mounted; None elsewhere."""
    with TemporaryDirectory() as folder:
        order = ["mount", "-t", "tmpfs", "-o", f"size={_SMALL}", "tmpfs", folder]
        if not shutil.which("mount") or subprocess.run(order, capture_output=True, check=False).returncode:
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def main() -> int:
    """Try each fault as often as the table of faults says."""
    chance = random.Random(20261127)  # noqa: S311 - the same instants each time
    with TemporaryDirectory() as folder:
        trial = Trial(Path(folder), packs=True)
        started = time.monotonic()
        trial.build()
        usual = time.monotonic() - started
        for number in range(50):
            trial.kill(_SIGNALS[number % len(_SIGNALS)], chance.uniform(0, usual * 1.1))
        for number in range(20):
            trial.fill(int(2 ** chance.uniform(9, 19)) if number else 0)
        with _small_disk() as disk:
            if disk:
                trial.fill_disk(disk, 20)
        trial.forbid()
        for _ in range(5):
            trial.race()
            trial.jump()
    counts = ", ".join(f"{count} {name}" for name, count in trial.tried.items())
    print(f"faults     {'FAIL' if trial.findings else 'pass'}  {counts}")
    for finding in trial.findings:
        print("   ", finding)
    return 1 if trial.findings else 0


if __name__ == "__main__":
    sys.exit(main())
