"""What this machine has of what casebuilder needs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING

from casebuilder import __version__, fonts
from casebuilder.editorial.doctor import systems
from casebuilder.editorial.doctor.findings import Finding, State
from casebuilder.model import LICENCE_ADDRESSES, LICENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OLDEST = (3, 11)
#: A letter of scripts that the wheels' fonts do not have, by the package that has them.
_LETTERS = {
    "scripts": {"Arabic": "ع", "Hebrew": "א", "Devanagari": "क", "Thai": "ก"},
    "cjk": {"Chinese": "漢", "Japanese": "あ", "Korean": "한"},
    "emoji": {"emoji": "😀"},
}
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;]+)", re.MULTILINE)
_COMMIT = re.compile(r"@([0-9a-f]{40})\b")
#: What names casebuilder in requirements.txt: its name, or a clone on this computer under any name.
_SOURCE = re.compile(r"casebuilder|git\+file:")
_SHOWN, _FEW = 12, 3
#: The longest path of a series with room for the names of its packs in `.cache`, which are made of digests.
_LONG = 100
#: Seconds for starting Python and loading what prints.
_PATIENCE = 120


def findings(system: str, files: Mapping[str, str], commit: str) -> Iterator[Finding]:
    """Yield what was found on this machine, in the order in which it is needed.

    Args:
        system: the system whose commands are named.
        files: `requirements.txt` and `constraints.txt` of the series, by name, as far as it has them.
        commit: of the casebuilder that runs; empty if unknown.
    """
    yield python(sys.version_info[:3])
    installed = _lines_in_use(files.get("requirements.txt", ""))
    yield version(installed, commit)
    yield from source(installed)
    yield from libraries(files.get("constraints.txt", ""))
    yield pango(loading_error(), system)
    yield from scripts(system)
    yield git(system)


def long_path(folder: str, system: str) -> Iterator[Finding]:
    """Yield whether files of a series in this folder can have names that are too long for Windows."""
    if system == "windows" and len(folder) > _LONG:
        message = (
            f"the series' folder has a path of {len(folder)} characters: Windows allows 260 with the name of a file"
        )
        advice = ("Move it to a shorter path, such as C:\\series, if a file cannot be written.",)
        yield Finding(State.OPTIONAL, message, advice)


def python(version_found: tuple[int, int, int]) -> Finding:
    """Return what was found of Python."""
    name = "Python " + ".".join(map(str, version_found))
    if version_found[:2] >= _OLDEST:
        return Finding(State.OK, name)
    return Finding(
        State.MISSING, f"{name} is too old: casebuilder needs 3.11 or later", ("Install it from python.org.",)
    )


def version(requirements: str, commit: str) -> Finding:
    """Return the casebuilder that runs, and whether it is the one that the series asks for."""
    running = f"casebuilder {__version__}" + (f", commit {commit[:_SHOWN]}" if commit else "")
    named_commit = _COMMIT.search(requirements)
    if named_commit and commit and named_commit[1] != commit:
        message = f"{running} is not the one that requirements.txt names, commit {named_commit[1][:_SHOWN]}"
        return Finding(State.MISSING, message, _ANEW)
    return Finding(State.OK, running)


def source(requirements: str) -> Iterator[Finding]:
    """Yield whether requirements.txt says where casebuilder comes from; nothing about a series without that file."""
    if requirements.strip() and not _SOURCE.search(requirements):
        message = "requirements.txt does not say yet where casebuilder comes from"
        yield Finding(State.MISSING, message, ("  casebuilder upgrade --source ADDRESS",))


def _lines_in_use(requirements: str) -> str:
    """Return the lines of requirements.txt that pip reads; an example in a comment is not one."""
    return "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in requirements.splitlines())


def licence(text: str, spdx: str) -> Iterator[Finding]:
    """Yield whether LICENSE-CONTENT names the licence that the settings name.

    A series without that file yields nothing.
    """
    name, address = LICENCES.get(spdx, spdx), LICENCE_ADDRESSES.get(spdx, spdx)
    if text and name not in text and address not in text:
        message = f"LICENSE-CONTENT does not name {name}, the licence in mkdocs.yml"
        yield Finding(State.OPTIONAL, message, ("  casebuilder upgrade",))


_ANEW = (
    "Make .venv again:",
    "  python3 -m venv --clear .venv              (on Windows: py -m venv --clear .venv)",
    "  .venv/bin/pip install --requirement requirements.txt",
)


def libraries(constraints: str) -> Iterator[Finding]:
    """Yield packages of Python in another version than the one that was tested."""
    other_versions = []
    for name, tested in _PINNED.findall(constraints):
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # it may be for another system
        if installed != tested:
            other_versions.append(f"{name} {installed} ({tested})")
    if other_versions:
        names = ", ".join(other_versions[:_FEW]) + (
            f" and {len(other_versions) - _FEW} more" if len(other_versions) > _FEW else ""
        )
        yield Finding(State.OPTIONAL, f"other versions than those of constraints.txt are installed: {names}", _ANEW)


def loading_error() -> str:
    """Return why what prints packs cannot be loaded; empty if it can. It runs in a process of its own."""
    order = [sys.executable, "-c", "import weasyprint"]
    try:
        completed = subprocess.run(order, capture_output=True, text=True, check=False, timeout=_PATIENCE)  # noqa: S603 - our own
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return (completed.stderr.strip().splitlines() or ["it ended without a word"])[-1] if completed.returncode else ""


def pango(error: str, system: str) -> Finding:
    """Return the libraries that set type."""
    if not error:
        return Finding(State.OK, "Pango, which sets the type of packs")
    reason = error.removeprefix("OSError: ")
    message = f"Pango, which sets the type of packs: {reason}. Pages, feeds and check work without it"
    return Finding(State.MISSING, message, systems.advice("pango", system))


def scripts(system: str) -> Iterator[Finding]:
    """Yield fonts for scripts other than Latin, Greek and Cyrillic, which come with casebuilder."""
    if shutil.which("fc-list") is None:
        message = "fc-list, which finds fonts for other scripts than Latin, Greek and Cyrillic"
        yield Finding(State.OPTIONAL, message, systems.advice("fontconfig", system))
        return
    for package, letters in _LETTERS.items():
        missing_scripts = [script for script, letter in letters.items() if not fonts.fallbacks(frozenset(letter))]
        names = ", ".join(missing_scripts or letters)
        if missing_scripts:
            message = f"fonts for {names}, which only packs in these need"
            yield Finding(State.OPTIONAL, message, systems.advice(package, system))
        else:
            yield Finding(State.OK, f"fonts for {names}")


def git(system: str) -> Finding:
    """Return what was found of Git, which keeps the series."""
    if shutil.which("git"):
        return Finding(State.OK, "Git")
    message = "Git, which brings the series to GitHub; whoever writes in the browser does not need it"
    return Finding(State.OPTIONAL, message, systems.advice("git", system))
