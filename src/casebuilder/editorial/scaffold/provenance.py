"""Where others get the casebuilder that is running: its repository and the full id of its commit."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit
from urllib.request import url2pathname

from casebuilder import handbook
from casebuilder.editorial.scaffold import git
from casebuilder.editorial.scaffold.filling import ScaffoldError

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMIT = re.compile(r"[0-9a-f]{40}")
#: A line of requirements.txt: nothing in it may begin another line, a comment or an option of pip.
_LINE = re.compile(r"casebuilder(==[0-9][\w.+-]*| @ [^\s;]+)")
_SCP = re.compile(r"(?:(?P<user>[\w.-]+)@)?(?P<host>[\w.-]+\.[a-z]+):(?P<path>(?!//)\S+)")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Source:
    """Where casebuilder comes from; everything is empty that is not known.

    Attributes:
        repository: the address of its Git repository.
        commit: the full id of its commit.
        other: a line of requirements.txt that needs no commit: a version from the index, or a file by its digest.
        doubt: why others may not get the same program, as a sentence.
    """

    repository: str = ""
    commit: str = ""
    other: str = ""
    doubt: str = ""

    @property
    def line(self) -> str:
        """The line of requirements.txt; empty if something is not known."""
        if self.other or not (self.repository and self.commit):
            return self.other
        if self.repository.startswith("file:"):  # pip before version 24 takes a folder in this form only
            return f"git+{self.repository}@{self.commit}#egg=casebuilder"
        return f"casebuilder @ git+{self.repository}@{self.commit}"

    @property
    def handbook(self) -> handbook.Handbook:
        """The handbook of this commit."""
        return handbook.in_repository(self.repository, self.commit)


def source() -> Source:
    """Return where the casebuilder that is running comes from, however it was installed.

    PEP 610 records the origin of an installation that is not from an index. What was built from a checkout knows its
    commit (see `hatch_build.py`), and a checkout has Git.
    """
    try:
        distribution = metadata.distribution("casebuilder")
    except metadata.PackageNotFoundError:
        return _source_of_checkout(Path(__file__).parents[4])
    place = json.loads(distribution.read_text("direct_url.json") or "{}")
    address = place.get("url", "")
    if version := place.get("vcs_info"):
        return _source_of_git(address, version.get("commit_id", ""))
    if "dir_info" in place and (checkout := _source_of_checkout(_folder_of_address(address))).commit:
        return checkout
    built = _source_of_build()
    if address.startswith("https:") and (digest := _digest_of_archive(place.get("archive_info", {}))):
        return replace(built, other=f"casebuilder @ {address}#sha256={digest}", doubt="")
    if built.other and not address:
        return replace(built, other=f"casebuilder=={distribution.version}")
    return replace(built, other="")


def named_source(argument: str, known_source: Source) -> Source:
    """Return the source that somebody names: the address of a repository, with "@COMMIT" if it is not known, or a line.

    Raises:
        ScaffoldError: it is neither, or the commit is not known.
    """
    argument = argument.strip()
    if _LINE.fullmatch(argument) and not argument.startswith("casebuilder @ git+"):
        return Source(other=argument, commit=known_source.commit)
    place = argument.removeprefix("casebuilder @ ").removeprefix("git+").removesuffix("#egg=casebuilder")
    address, _, commit = place.rpartition("@")
    if not COMMIT.fullmatch(commit):
        address, commit = place, known_source.commit
    address = _plain_address(address)
    if not re.fullmatch(r"(https|ssh|file)://[^\s;#]+", address):
        raise ScaffoldError(
            "--source", f'"{argument}" is not the address of a Git repository, such as https://…/casebuilder'
        )
    if not commit:
        message = f"write the full id of the commit after it, 40 letters and digits: {address}@0123…"
        raise ScaffoldError("--source", message)
    return Source(address, commit, doubt=known_source.doubt)


def _source_of_git(address: str, commit: str) -> Source:
    """Return the source of an installation from Git.

    That of a folder is, if it has one, the repository it came from.
    """
    if not address.startswith("file:"):
        return Source(_plain_address(address), commit)
    remote = git.ask(_folder_of_address(address), "config", "--get", "remote.origin.url")
    public_remote = _plain_address(remote) if remote else ""
    if public_remote.startswith(("https:", "ssh:")):
        return Source(public_remote, commit)
    return Source(address, commit, doubt=f"{address} is a folder of this computer, which others do not have.")


def _source_of_checkout(folder: Path) -> Source:
    """Return the source of a program that runs in, or was installed from, a checkout."""
    if not git.is_top(folder):
        return Source()
    commit = git.ask(folder, "rev-parse", "HEAD") or ""
    address = _plain_address(git.ask(folder, "config", "--get", "remote.origin.url") or "")
    changed = bool(git.ask(folder, "status", "--porcelain", "--untracked-files=no"))
    pushed = bool(git.ask(folder, "branch", "--remotes", "--contains", commit)) if commit and address else True
    return Source(_public_address(address), commit, doubt=_reason_to_doubt(commit, changed=changed, pushed=pushed))


def _source_of_build() -> Source:
    """Return the source that a wheel or a source archive names; `other` is then "index" in a release of the index."""
    try:
        record: Mapping[str, object] = json.loads(files("casebuilder").joinpath("built.json").read_text("utf-8"))
    except (OSError, ValueError):
        return Source()
    commit, address = str(record.get("commit", "")), _public_address(_plain_address(str(record.get("repository", ""))))
    index = "index" if record.get("index") else ""
    return Source(address, commit, index, _reason_to_doubt(commit, changed=bool(record.get("changed")), pushed=True))


def _reason_to_doubt(commit: str, *, changed: bool, pushed: bool) -> str:
    if changed:
        return f"This casebuilder has changes that commit {commit[:_SHOWN]} does not have: commit and push them."
    return "" if pushed else f"Commit {commit[:_SHOWN]} of casebuilder is not on the server yet: push it."


def _folder_of_address(address: str) -> Path:
    """Return the folder of a file: address, on Windows too."""
    return Path(url2pathname(urlsplit(address).path))


def _public_address(address: str) -> str:
    """Return an address that others can use, so not a folder of this computer."""
    return address if address.startswith(("https:", "ssh:")) else ""


def _plain_address(address: str) -> str:
    """Return an address of a repository as pip takes it, without a password.

    "git@github.com:x/y.git" becomes "https://github.com/x/y": whoever may only read has no key for SSH.
    """
    if short := _SCP.fullmatch(address):
        host, path = short["host"], short["path"].lstrip("/")
        address = f"ssh://{short['user'] or 'git'}@{host}/{path}"
        if host in {"github.com", "gitlab.com", "codeberg.org"}:
            address = f"https://{host}/{path}"
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"} and "@" in parts.netloc:
        address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return address.removesuffix("/")


def _digest_of_archive(archive: Mapping[str, object]) -> str:
    """Return the SHA-256 of a file that was installed, in either form of PEP 610."""
    hashes = archive.get("hashes")
    if isinstance(hashes, dict) and "sha256" in hashes:
        return str(hashes["sha256"])
    return str(archive.get("hash", "")).partition("sha256=")[2]
