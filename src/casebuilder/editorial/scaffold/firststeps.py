"""Where a new series begins: what its folder holds already, its branch, and the steps to a published site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.scaffold import git, ignored
from casebuilder.editorial.scaffold.filling import ScaffoldError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from casebuilder.editorial.scaffold.newseries import Choices
    from casebuilder.editorial.scaffold.provenance import Source

#: What a fresh clone, an editor or a system puts into a folder before a series is in it.
_HARMLESS = re.compile(
    r"\.(git|gitattributes|gitignore|github|editorconfig|venv|vscode|idea|DS_Store|devcontainer)|venv"
    r"|(README|LICEN[CS]E|COPYING|NOTICE|CODE_OF_CONDUCT|CONTRIBUTING|SECURITY|SUPPORT|CITATION)([.\-_].*)?",
    re.IGNORECASE,
)
#: Where the guide for editors goes if the folder has a README of its own.
_GUIDE = "EDITING.md"
#: Files that stay as they are if they are there.
_NEVER_REPLACED = frozenset((".gitignore", "LICENSE-CONTENT"))
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a new series' folder.

    Attributes:
        existing: the files that were there and stay as they are, where the series has one of the same name.
        ignores: whether a .gitignore that was there got the lines of a series.
        branch: the present branch; empty outside of a repository.
        remote: the address of the repository on a server, or empty.
        inside: whether the folder lies within another repository.
    """

    existing: tuple[str, ...] = ()
    ignores: bool = False
    branch: str = ""
    remote: str = ""
    inside: bool = False


def fitting(texts: Mapping[str, str], folder: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the files to write into a folder, by path, and the names of those that stay as they are.

    Raises:
        ScaffoldError: the folder holds something else than a fresh clone does, or a file of the same name.
        OSError: it cannot be read.
    """
    names_present = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    if folder.exists() and not folder.is_dir():
        raise ScaffoldError("DIR", f"{folder} is there already; nothing was written")
    if other_names := [name for name in names_present if not _HARMLESS.fullmatch(name)]:
        examples = ", ".join(other_names[:3]) + (" …" if len(other_names) > 3 else "")  # noqa: PLR2004 - enough to recognise it
        raise ScaffoldError("DIR", f"{folder} is there already and not empty ({examples}); nothing was written")
    has_readme = any(name.casefold().startswith("readme") for name in names_present)
    files_wanted = {(_GUIDE if has_readme and path == "README.md" else path): text for path, text in texts.items()}
    unchanged = tuple(path for path in files_wanted if path in _NEVER_REPLACED and (folder / path).exists())
    if taken_path := next((path for path in files_wanted if path not in unchanged and (folder / path).exists()), ""):
        raise ScaffoldError("DIR", f"{folder / taken_path} is there already; nothing was written")
    readmes = tuple(name for name in names_present if name.casefold().startswith("readme"))
    return {path: text for path, text in files_wanted.items() if path not in unchanged}, (*readmes, *unchanged)


def begin_main(folder: Path) -> Place:
    """Make a folder a Git repository whose branch is `main`, if it is not one; does nothing without Git.

    A branch that has commits is never renamed.
    """
    if git.ask(folder, "rev-parse", "--is-inside-work-tree") is None:
        if git.ask(folder, "init", "--quiet", f"--initial-branch={MAIN}") is None:
            return Place()
    elif not git.is_top(folder):
        return Place(inside=True)
    elif git.ask(folder, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        git.ask(folder, "symbolic-ref", "HEAD", f"refs/heads/{MAIN}")
    branch = git.ask(folder, "symbolic-ref", "--short", "--quiet", "HEAD") or ""
    return Place(branch=branch, remote=git.ask(folder, "config", "--get", "remote.origin.url") or "")


def report(name: str, paths: Iterable[str], place: Place, source: Source, choices: Choices) -> str:
    """Return what was made, what is still to be decided, and the steps to a published site in the order that works."""
    count = sum(1 for _ in paths)
    decisions = "".join(f"  {line}\n" for line in _open_decisions(place, source, choices))
    note_on_ignored = f"\nLines were added at the end of your {ignored.NAME}.\n" if place.ignores else ""
    decisions_section = f"\nStill to do:\n{decisions}" if decisions else ""
    guide = _GUIDE if any(name.casefold().startswith("readme") for name in place.existing) else "README.md"
    steps = "".join(f"  {number}. {step}\n" for number, step in enumerate(_steps(place), 1))
    return f"""Made the series "{name}": {count} files, with one invented case as an example.

Next, in its folder:
  casebuilder check                         should find no problems
  casebuilder serve                         shows the site on your own machine
  casebuilder new "The Case of the ..."     begins your first case
{note_on_ignored}{decisions_section}
To publish it on GitHub, in this order:
{steps}{guide} explains where \
things are, and how to delete the example."""


def _open_decisions(place: Place, source: Source, choices: Choices) -> Iterable[str]:
    if not choices.site_url:
        yield "mkdocs.yml has no site_url yet, and publish needs it. On GitHub Pages: https://OWNER.github.io/REPOSITORY/"
    if not source.line:
        yield "requirements.txt does not say yet where others get casebuilder. It says how."
    elif source.doubt:
        yield f"requirements.txt: {source.doubt}"
    if not choices.owner:
        yield ".github/CODEOWNERS does not say yet who must review what is code. It says how."
    if ignored.NAME in place.existing and not place.ignores:
        yield (
            ".gitignore was there and is unchanged. Before git add: casebuilder upgrade adds the lines that it lacks.\n"
            "    Without them, secrets (.casebuilder) would get into Git."
        )
    if place.inside:
        yield "The folder is inside another Git repository: GitHub runs only workflows at the top of one."
    if place.branch not in {"", MAIN}:
        yield (
            f'The branch is "{place.branch}", and the workflows look at "main": git branch --move {MAIN}\n'
            f"    After the push, on GitHub: Settings - General - Default branch: {MAIN}."
        )


def _steps(place: Place) -> Iterable[str]:
    if not place.remote:
        yield (
            "Create an empty repository: github.com/new. Never fork another series: a fork of a public repository\n"
            "     cannot be private, and its pull requests go to the original, where everybody can read them."
        )
    commands = (
        "" if place.branch else f"git init --initial-branch={MAIN}",
        "git add --all",
        'git commit --message "Begin the series"',
        "" if place.remote else "git remote add origin ADDRESS",
        f"git push --set-upstream origin {MAIN}",
    )
    # a line each, because Windows' own PowerShell has no &&
    yield "\n       ".join(("Push:", *filter(None, commands)))
    yield "On GitHub: Settings - Pages - Source: GitHub Actions. (For a private repository this needs a paid plan.)"
    yield (
        "Settings - Actions - General: allow actions to run and, under Workflow permissions, allow GitHub Actions to\n"
        "     create and approve pull requests."
    )
    yield "Actions - publish - Run workflow. (The run of your first push failed: Pages was not on yet.)"
    yield (
        "Settings - Rules - Rulesets: protect main. Ask for a pull request, a review, a review from Code Owners, and\n"
        '     the check "series". (For a private repository this needs a paid plan. Without one, agree on it.)'
    )
    yield "casebuilder doctor --github looks whether all of this is so."
