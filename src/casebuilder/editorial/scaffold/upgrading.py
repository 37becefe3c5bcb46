"""What a newer casebuilder would change in a series: its own files, as far as the series has not changed them itself.

A file that the series changed is merged, line by line, if the text that casebuilder wrote once is known: from
`casebuilder.lock`, or from the series' own Git. Nothing is written here.
"""

from __future__ import annotations

import difflib
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.editorial.scaffold import earlierversions, git
from casebuilder.editorial.scaffold.ignored import with_lines
from casebuilder.editorial.scaffold.lockfile import digest
from casebuilder.editorial.scaffold.newseries import Choices, example_of, machinery
from casebuilder.files import write_whole
from casebuilder.model import LICENCE_ADDRESSES, LICENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.editorial.scaffold.lockfile import Written
    from casebuilder.editorial.scaffold.provenance import Source
    from casebuilder.model.series import Series

#: Files whose changes are shown as versions, not as lines.
_LOCKS = frozenset(("constraints.txt", "constraints.lock", "constraints-build.lock"))
#: How many versions of a file are looked at in the series' history.
_VERSIONS = 40
ABOUT, README, GUIDE = "docs/about.md", "README.md", "EDITING.md"
_OWNER = re.compile(r"^/\S+\s+(@\S+)$", re.MULTILINE)
_PLACEHOLDER = "@your-organisation/maintainers"
_CONSTRAINED = re.compile(r"^(-c|--constraint)\b", re.MULTILINE)
#: The line of requirements.txt for casebuilder.
REQUIREMENT = re.compile(
    r"^(casebuilder(?![\w-])|git\+file:.*#egg=casebuilder|\./\S*casebuilder-\S+\.whl).*$", re.MULTILINE
)
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after; `None` is no file.

    Attributes:
        note: what became of the series' own changes; may be empty.
        by_hand: whether it is left alone, so that somebody must look at it.
    """

    path: str
    before: str | None
    after: str | None
    note: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upgrade would do.

    Attributes:
        changes: the files that it would write or delete.
        left: the files that it leaves alone although casebuilder's have changed, as changes to make by hand.
    """

    changes: tuple[Change, ...]
    left: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """A series before an upgrade.

    Attributes:
        root: its folder.
        texts: its files by path, as far as they matter.
        written: what `casebuilder.lock` says of them.
        program: which casebuilder wrote them last, as a line of requirements.txt; empty if that is not known.
    """

    root: Path
    texts: Mapping[str, str]
    written: Mapping[str, Written]
    program: str = ""

    def is_ours(self, path: str) -> bool:
        """Return whether a file is as casebuilder wrote it."""
        text = self.texts[path]
        recorded = self.written.get(path)
        return digest(text) == recorded.digest if recorded else earlierversions.is_former(path, text)

    def was_deleted(self, path: str) -> bool:
        """Return whether casebuilder wrote this file once and the series deleted it."""
        return path in self.written and path not in self.texts


def renewed(series: Series, before: Before, source: Source) -> dict[str, str]:
    """Return casebuilder's own files for a series as it would write them now, by path.

    The guide for editors is EDITING.md in a series whose README is its own.
    """
    owner = _OWNER.search(before.texts.get(".github/CODEOWNERS", ""))
    owner_name = owner[1] if owner and owner[1] != _PLACEHOLDER else ""
    choices = Choices(owner_name, series.language, series.settings.licence, series.settings.timezone)
    readme = GUIDE if GUIDE in before.written else README
    new_files = machinery(series.name, example_of(before.texts.get(readme, "")), choices, source)
    guide = new_files.pop(README)
    if readme in before.written or readme not in before.texts or not before.written:
        new_files[readme] = guide
    return new_files


def plan(new: Mapping[str, str], before: Before, licence: str) -> Plan:
    """Return what an upgrade would change.

    Args:
        new: casebuilder's own files as it would write them now, by path.
        before: the series.
        licence: the series' licence (SPDX).
    """
    changes = [change for path, text in new.items() if (change := _change_of_file(path, text, before))]
    obsolete = sorted({*before.written, *(() if before.written else earlierversions.paths())} - new.keys())
    changes += [
        Change(path, before.texts[path], None) for path in obsolete if path in before.texts and before.is_ours(path)
    ]
    changes += _change_of_about_page(before, licence)
    return Plan(
        tuple(change for change in changes if not change.by_hand), tuple(change for change in changes if change.by_hand)
    )


def _change_of_file(path: str, text: str, before: Before) -> Change | None:
    """Return the change of one file; None if there is none."""
    present_text = before.texts.get(path)
    if present_text == text or before.was_deleted(path):
        return None
    if present_text is None or before.is_ours(path):
        return Change(path, present_text, text)
    recorded = before.written.get(path)
    if (recorded and recorded.digest == digest(text)) or (path == "LICENSE-CONTENT" and recorded is None):
        return None  # casebuilder's own is the same as before; or the licence is the series' own from the beginning
    return _change_of_edited_file(path, present_text, text, before)


def _change_of_edited_file(path: str, present_text: str, text: str, before: Before) -> Change | None:
    """Return the change of a file that the series changed itself."""
    if path == ".gitignore":
        return _add_missing_lines(path, present_text, text)
    if path == "requirements.txt":
        return _update_requirement(path, present_text, text)
    recorded = before.written.get(path)
    base = recorded.text if recorded and recorded.text is not None else _find_in_history(path, before)
    merged_text = None if base is None else _merge_changes(present_text, base, text)
    if merged_text is None:
        return Change(path, present_text, text, by_hand=True)
    return None if merged_text == present_text else Change(path, present_text, merged_text, "with your changes")


def _add_missing_lines(path: str, present_text: str, text: str) -> Change | None:
    new_text = with_lines(present_text, text)
    return None if new_text == present_text else Change(path, present_text, new_text, "with your lines")


def _update_requirement(path: str, present_text: str, text: str) -> Change | None:
    """Return the change of requirements.txt to the line for casebuilder; whatever else the series installs stays."""
    new_line, present_line = REQUIREMENT.search(text), REQUIREMENT.search(present_text)
    if new_line is None:
        return None
    new_text = (
        REQUIREMENT.sub(lambda _: new_line[0], present_text, count=1)
        if present_line
        else present_text.rstrip("\n") + f"\n{new_line[0]}\n"
    )
    if not _CONSTRAINED.search(new_text):
        new_text = f"--constraint constraints.txt\n{new_text}"
    return None if new_text == present_text else Change(path, present_text, new_text, "with your lines")


def _find_in_history(path: str, before: Before) -> str | None:
    """Return the text that casebuilder wrote, if a commit of the series has it."""
    recorded = before.written.get(path)
    commits = git.ask(before.root, "log", f"--max-count={_VERSIONS}", "--format=%H", "--", path) or ""
    for commit in commits.split():
        text = git.ask(before.root, "show", f"{commit}:./{path}")
        if text is None:
            continue
        with_newline = text.replace("\r\n", "\n") + "\n"
        if digest(with_newline) == recorded.digest if recorded else earlierversions.is_former(path, with_newline):
            return with_newline
    return None


def _merge_changes(present_text: str, base: str, new: str) -> str | None:
    """Return a text with the changes of both sides; None if they touch the same lines."""
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("own", "base", "new")]
        for place, text in zip(places, (present_text, base, new), strict=True):
            write_whole(place, text.encode())
        merged_text = git.ask(Path(folder), "merge-file", "--stdout", "--quiet", *map(str, places))
    return None if merged_text is None else merged_text + "\n"


def _change_of_about_page(before: Before, licence: str) -> Iterator[Change]:
    """Yield the page about the series names its licence; if the setting has changed, the page follows."""
    text = before.texts.get(ABOUT, "")
    licence_link = f"[{LICENCES[licence]}]({LICENCE_ADDRESSES[licence]})" if licence in LICENCES else ""
    other_links = [
        f"[{name}]({LICENCE_ADDRESSES[spdx]})" for spdx, name in LICENCES.items() if spdx in LICENCE_ADDRESSES
    ]
    for other_link in other_links:
        if licence_link and other_link != licence_link and other_link in text:
            yield Change(ABOUT, text, text.replace(other_link, licence_link), "to name the licence of mkdocs.yml")
            return


def shown(change: Change) -> str:
    """Return a change for people: the lines that differ; of a lock only the versions."""
    before, after = change.before or "", change.after or ""
    if change.path in _LOCKS:
        return "\n".join(_other_versions(before, after))
    names = "/dev/null" if change.before is None else change.path, "/dev/null" if change.after is None else change.path
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="")
    return "\n".join(lines)


def _other_versions(before: str, after: str) -> Iterator[str]:
    old, new = dict(_PINNED.findall(before)), dict(_PINNED.findall(after))
    for name in sorted({*old, *new}, key=str.casefold):
        if old.get(name) != new.get(name):
            yield f"  {name} {old.get(name, '(new)')} -> {new.get(name, '(not needed any more)')}"
