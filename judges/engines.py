"""The same site by ProperDocs and MaterialX, which carry MkDocs 1 and Material on under other names.

Whoever moves a series to them changes the theme's name in `mkdocs.yml` and the command, and nothing else: every page,
feed and pack has the same bytes. `python -m judges.engines` builds a small series by both.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from judges.faults import tree
from judges.verdict import INSTALLED, Verdict

_SAMPLE = Path(__file__).parents[1] / "tests" / "zoo" / "_sound"
#: How each engine is called, and what the theme is called there.
_ENGINES = {
    "MkDocs": (Path(sys.executable).with_name("mkdocs"), "material"),
    "ProperDocs": (INSTALLED / "properdocs/bin/properdocs", "materialx"),
}
_THEME = re.compile(r"(?m)^( *name: *)material\b")


def judge(sample: Path, cache: Path) -> Verdict:
    """Build a series by both engines, and compare every file of the two sites; packs are printed once."""
    with TemporaryDirectory() as folder:
        sites, findings = {}, []
        for engine, (program, theme) in _ENGINES.items():
            series = shutil.copytree(sample, Path(folder, engine))
            site = Path(folder, f"{engine}-site")
            if said := _built(program, theme, series, site, cache):
                findings.append(f"{engine} does not build: {said}")
            sites[engine] = tree(site)
    one, other = sites.values()
    findings += [f"{path} differs" for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)]
    if not one:
        findings.append("there is no site to compare")
    return Verdict(f"{len(one)} files by {' and '.join(_ENGINES)}", tuple(findings))


def _built(program: Path, theme: str, series: Path, site: Path, cache: Path) -> str:
    """Build a site; what the engine said if it could not."""
    settings = series / "mkdocs.yml"
    text, count = _THEME.subn(rf"\g<1>{theme}", settings.read_text(encoding="utf-8"))
    if not count:
        raise SystemExit(f"{settings} does not name Material")
    settings.write_text(text, encoding="utf-8")
    (series / "docs").mkdir(exist_ok=True)
    done = subprocess.run(
        [program, "build", "--site-dir", site],
        cwd=series,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": "1775000000",
            "NO_MKDOCS_2_WARNING": "1",
            "CASEBUILDER_CACHE": str(cache),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr[-500:] if done.returncode else ""


def main() -> int:
    """Say whether both engines give the same site, once a series has shown that a difference would be seen."""
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
        if "index.html differs" not in judge(sleepy, cache).findings:
            raise SystemExit("the judge of engines sees no difference where there is one")
        verdict = judge(_SAMPLE, cache)
    print(f"engines    {'FAIL' if verdict.findings else 'pass'}  {verdict.seen}")
    for finding in verdict.findings:
        print("   ", finding)
    return 1 if verdict.findings else 0


if __name__ == "__main__":
    sys.exit(main())
