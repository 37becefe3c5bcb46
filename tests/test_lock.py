"""What the publishing machine installs: each file by its digest, and casebuilder itself by its full commit id."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from casebuilder.cli import main
from casebuilder.editorial import scaffold

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
LOCKS = ("constraints-build.lock", "constraints.lock")
ENTRY = re.compile(r"(\S+)==(\S+)(?: ; [^\\\n]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")
#: What stands in CODEOWNERS: a file of any of these can run, or is published as it is.
CODE = ("/theme/", "/docs/", "/mkdocs.yml", "/.github/", "/Makefile", "/src/")


def locked(name: str) -> dict[str, str]:
    """The versions in a lock; every line of it is an entry with digests, or a remark."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = ENTRY.findall(text)
    assert sum(part.count("\n") for _, _, part in entries) + len(entries) + 1 == text.count("\n")
    return {canonicalize_name(package): version for package, version, _ in entries}


def needed(names: Iterable[str], found: set[str]) -> set[str]:
    """Everything that packages need on this machine, by what is installed."""
    for name in names:
        if (plain := canonicalize_name(name)) not in found:
            found.add(plain)
            further = map(Requirement, importlib.metadata.requires(name) or ())
            needed([each.name for each in further if not each.marker or each.marker.evaluate({"extra": ""})], found)
    return found


def test_the_lock_holds_everything_that_a_site_needs_and_no_other_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = locked("constraints.lock")
    missing = needed([Requirement(line).name for line in project["dependencies"]], set()) - lock.keys()
    assert not missing, "run scripts/pin lock"
    pinned = re.findall(r"^([^#\s]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    versions = {canonicalize_name(name): version for name, version in pinned}
    for name in LOCKS:
        for package, version in locked(name).items():
            assert versions.get(package, version) == version, "run scripts/pin lock"
    assert {"hatchling", "editables", "setuptools"} <= locked("constraints-build.lock").keys()


@pytest.mark.parametrize("name", LOCKS)
def test_a_new_series_begins_with_the_same_locks(name: str) -> None:
    created = scaffold.new_series("Our cases", date(2026, 6, 1))
    assert created.texts[name] == (ROOT / name).read_text(encoding="utf-8"), "run scripts/pin lock"


@pytest.mark.parametrize("home", ["project", "series"])
def test_code_has_owners_in_the_project_and_in_a_new_series(home: str) -> None:
    choices = scaffold.Choices(owner="@ward-5/machinery")
    made = scaffold.new_series("Our cases", date(2026, 6, 1), choices).texts[".github/CODEOWNERS"]
    text = made if home == "series" else (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")
    owned = dict(line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#"))
    assert set(CODE) <= owned.keys()
    assert len(set(owned.values())) == 1
    assert home == "project" or set(owned.values()) == {"@ward-5/machinery"}


def test_init_asks_for_an_owner_and_takes_no_other_words(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "one")])
    assert ".github/CODEOWNERS does not say yet" in result.output
    assert "# TODO" in (tmp_path / "one/.github/CODEOWNERS").read_text(encoding="utf-8")
    for owner in ("machinery", "@a b", "@a\n* @evil", "@-a"):
        wrong = CliRunner().invoke(main, ["init", str(tmp_path / "two"), "--owner", owner])
        assert (wrong.exit_code, "neither @name nor @organisation/team" in " ".join(wrong.output.split())) == (2, True)
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        (f"casebuilder @ git+https://example.org/x/casebuilder@{'0a' * 20}", True),
        (f"casebuilder @ git+ssh://git@example.org/x/casebuilder@{'0a' * 20}", True),
        (f"casebuilder @ https://example.org/casebuilder.whl#sha256={'0a' * 32}", True),
        (f"git+file:///a/casebuilder@{'0a' * 20}#egg=casebuilder", True),
        ("git+file:///a/casebuilder@main#egg=casebuilder", False),
        ("./vendor/casebuilder-0.1.0-py3-none-any.whl", True),
        ("casebuilder==0.1.0", True),
        ("casebuilder @ git+https://example.org/x/casebuilder@main", False),
        ("casebuilder @ git+https://example.org/x/casebuilder@0a0a0a0", False),
        ("casebuilder @ https://example.org/casebuilder.zip", False),
        ("casebuilder", False),
    ],
)
def test_the_publishing_machine_takes_no_branch(tmp_path: Path, line: str, taken: bool) -> None:  # noqa: FBT001 - a table
    for path, text in scaffold.new_series(
        "Our cases", date(2026, 6, 1), source=scaffold.Source(other=line)
    ).texts.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    order = ["make", "--dry-run", "LOCKED=1", "site"]
    plan = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert plan.index("--require-hashes --requirement constraints-build.lock") < plan.index("--no-deps")
    (gate,) = [each for each in plan.replace("\\\n", "").split("\n") if "grep -Eq" in each]
    assert (subprocess.run(["sh", "-c", gate], cwd=tmp_path, capture_output=True, check=False).returncode == 0) is taken
    assert "LOCKED" in (tmp_path / ".github/workflows/publish.yml").read_text(encoding="utf-8")
