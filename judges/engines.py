"""The same site by ProperDocs, and by ProperDocs with MaterialX: they carry MkDocs 1 and Material on.

Whoever moves a series to them changes the theme's name in `mkdocs.yml` and the command, and nothing else: every page,
feed and pack has the same bytes. `python -m judges.engines` builds a small series by each, and names them all with
their versions.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from judges.faults import tree
from judges.verdict import INSTALLED, Verdict

_SAMPLE = Path(__file__).parents[1] / "tests" / "zoo" / "_sound"
_PROPERDOCS = INSTALLED / "properdocs"


@dataclass(frozen=True)
class Engine:
    """A program that builds a site, and the theme that it builds it with.

    Attributes:
        program: the command.
        packages: the packages of both, whose versions are reported.
        theme: what the theme is called in `mkdocs.yml`.
        first: a folder whose packages go before those of the program's environment; None for no such folder.
    """

    program: Path
    packages: tuple[str, str]
    theme: str
    first: Path | None = None

    def environment(self) -> dict[str, str]:
        """Return the variables for a process of this engine."""
        return {**os.environ, **({"PYTHONPATH": str(self.first)} if self.first else {})}

    def name(self) -> str:
        """Return what is installed, such as "mkdocs 1.6.1 with mkdocs-material 9.7.6"; both must be there."""
        code = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
        command: list[str | Path] = [self.program.with_name("python"), "-c", code, *self.packages]
        completed = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=True)
        return " with ".join(map(" ".join, zip(self.packages, completed.stdout.split(), strict=True)))


#: The first is the one that the others are compared with. MaterialX lays its files over those of Material, so that
#: the latter has a folder of its own.
ENGINES = (
    Engine(Path(sys.executable).with_name("mkdocs"), ("mkdocs", "mkdocs-material"), "material"),
    Engine(_PROPERDOCS / "bin/properdocs", ("properdocs", "mkdocs-material"), "material", _PROPERDOCS / "material"),
    Engine(_PROPERDOCS / "bin/properdocs", ("properdocs", "mkdocs-materialx"), "materialx"),
)
_THEME = re.compile(r"(?m)^( *name: *)material\b")


def judge(sample: Path, cache: Path) -> tuple[Verdict, ...]:
    """Build a series by every engine, and compare each file of each site with the first; packs are printed once."""
    with TemporaryDirectory() as folder:
        first: dict[str, str] = {}
        verdicts = []
        for number, engine in enumerate(ENGINES):
            series = shutil.copytree(sample, Path(folder, f"{number}"))
            failure = _build_by(engine, series, site := Path(folder, f"{number}-site"), cache)
            files = tree(site)
            first = first or files
            names = sorted(first.keys() | files.keys())
            findings = [f"{path} differs" for path in names if first.get(path) != files.get(path)]
            if failure or not files:
                findings = [f"it does not build: {failure}"]
            summary = (
                f"{engine.name()}: {len(files)} files{', each the same byte for byte' * (number and not findings)}"
            )
            verdicts.append(Verdict(summary, tuple(findings)))
    return tuple(verdicts)


def _build_by(engine: Engine, series: Path, site: Path, cache: Path) -> str:
    """Build a site; returns what the engine reported if it could not, and otherwise an empty text."""
    settings = series / "mkdocs.yml"
    text, count = _THEME.subn(rf"\g<1>{engine.theme}", settings.read_text(encoding="utf-8"))
    if not count:
        raise SystemExit(f"{settings} does not name Material")
    settings.write_text(text, encoding="utf-8")
    (series / "docs").mkdir(exist_ok=True)
    completed = subprocess.run(
        [engine.program, "build", "--site-dir", site],
        cwd=series,
        env={
            **engine.environment(),
            "SOURCE_DATE_EPOCH": "1775000000",
            "NO_MKDOCS_2_WARNING": "1",
            "CASEBUILDER_CACHE": str(cache),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return completed.stderr[-500:] if completed.returncode else ""


def main() -> int:
    """Say whether all engines give the same site, once a series has shown that a difference would be seen."""
    with TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        sleepy = shutil.copytree(_SAMPLE, Path(folder) / "series")
        hook = sleepy / "hook.py"
        hook.write_text(
            "import sys\n\n\ndef on_page_content(html, **_):\n    return html + str('properdocs' in sys.modules)\n",
            encoding="utf-8",
        )
        with (sleepy / "mkdocs.yml").open("a", encoding="utf-8") as settings:
            settings.write("\nhooks: [hook.py]\n")
        if blind := [each for each in judge(sleepy, cache)[1:] if "index.html differs" not in each.findings]:
            reasons = "\n".join((blind[0].seen, *blind[0].findings))
            raise SystemExit(f"the judge of engines sees no difference where there is one: {reasons}")
        verdicts = judge(_SAMPLE, cache)
    for verdict in verdicts:
        print(f"engines    {'FAIL' if verdict.findings else 'pass'}  {verdict.seen}")
        for finding in verdict.findings:
            print("   ", finding)
    return 1 if any(verdict.findings for verdict in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
