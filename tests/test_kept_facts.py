"""The facts of texts that are kept between two runs: never used where anything that decides about them has changed."""

from __future__ import annotations

import ast
import importlib
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import zoo_keeper
from casebuilder import markdown, pipeline
from casebuilder.markdown import document, keptfacts, sectioning, textfacts

if TYPE_CHECKING:
    from collections.abc import Iterator

SCENARIO = "cases/2026-03-late-handover/scenario.md"
#: One of each kind of fact, and a sign that no file can have but that a program may be given.
EVERYTHING = """Underlined\nover two lines\n---

## Why [@a] ![A ward](ward.png) {#why}

See [the case](../2026-01-lamp/), <https://example.org> and a note[^n]. She said \udc80 $x$ ==so==.

> ::quote[q1]

[^n]: With ![alt](b.png), [a link](https://example.com), [@b] and a note[^m].
[^m]: Of its own.
"""


def forget() -> None:
    """Have nothing known of any text, as in a new process."""
    markdown.recall(b"")
    for cache in (textfacts._gather, sectioning.facts, sectioning._make_index, sectioning.headings_by_id):
        cache.cache_clear()


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Other tests of this process must not find the false facts that are planted here."""
    yield
    forget()


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CASEBUILDER_CACHE")
    root = zoo_keeper.lay_out("_sound", tmp_path)
    scenario = root / SCENARIO
    scenario.write_text(scenario.read_text("utf-8") + "\nIt was ==late==.\n", "utf-8")
    return root


def codes(series: Path) -> list[str]:
    """The codes of a check in a new process, which has parsed nothing yet."""
    forget()
    return [problem.code for problem in pipeline.read(series).problems]


def kept(series: Path) -> Path:
    (place,) = (series / ".cache/facts").glob("*/facts")
    return place


def test_facts_that_are_kept_are_those_that_were_gathered() -> None:
    markdown.recall(b"")
    gathered = textfacts.outline(EVERYTHING)
    assert all(getattr(gathered, name) for name in gathered.__slots__)
    assert [heading.lines for heading in gathered.headings] == [3, 1]
    content = markdown.to_keep()
    markdown.recall(content)
    assert keptfacts.of(EVERYTHING, lambda _: pytest.fail("it is known")) == gathered
    assert markdown.to_keep() == b""


def test_a_text_that_has_not_changed_is_not_parsed_again(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(series) == ["unsupported-syntax"]
    written = kept(series).stat().st_mtime_ns
    with monkeypatch.context() as patch:
        patch.setattr(document, "parse", lambda text: pytest.fail(f"parsed again: {text[:40]}"))
        assert codes(series) == ["unsupported-syntax"]
    assert kept(series).stat().st_mtime_ns == written
    (series / SCENARIO).write_text((series / SCENARIO).read_text("utf-8").replace("==late==", "late"), "utf-8")
    assert codes(series) == []


@pytest.mark.parametrize("change", ["other code", "damaged", "cut short", "empty"])
def test_facts_are_not_used_if_anything_else_that_decides_has_changed(
    change: str, series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes(series)
    content = kept(series).read_bytes()
    if change == "other code":
        monkeypatch.setattr(keptfacts, "_edition", lambda: b"of another version")
    damaged = {"damaged": content.replace(b"unsupported", b"unsuppxrted"), "cut short": content[:-9], "empty": b""}
    kept(series).write_bytes(damaged.get(change, content))
    monkeypatch.setattr(keptfacts, "_outline", lambda _: pytest.fail("these facts are of no use"))
    assert codes(series) == ["unsupported-syntax"]


def test_facts_that_a_pull_request_brings_are_not_used(series: Path) -> None:
    codes(series)
    own = kept(series)
    markdown.recall(b"")
    for text in [path.read_text("utf-8") for path in series.rglob("*.md")]:
        keptfacts.of(text, lambda _: markdown.Outline())
    without_problems = markdown.to_keep()
    (mark,) = own.parent.glob("made-*")
    mark.rename(own.parent / "made-18c2b3f4a5d6e7f8")  # in a folder whose number was guessed
    of_known_age = Path(markdown.__file__)
    (own.parent / f"made-{of_known_age.stat().st_mtime_ns:x}").symlink_to(of_known_age)
    own.write_bytes(without_problems)
    planted = own.parent.with_name("fe00-1") / own.name
    planted.parent.mkdir()
    planted.write_bytes(without_problems)
    assert codes(series) == ["unsupported-syntax"]
    assert not planted.exists()
    own.write_bytes(without_problems)  # as only this machine can
    assert "unsupported-syntax" not in codes(series)


def test_facts_of_a_text_that_is_gone_are_not_kept(series: Path) -> None:
    place = series / "cases/2026-03-late-handover/facilitation.md"
    place.write_text("## Brief\n\n![Ward seven](ward-seven.png)\n", "utf-8")
    codes(series)
    assert b"Ward seven" in kept(series).read_bytes()
    place.unlink()
    codes(series)
    assert b"Ward seven" not in kept(series).read_bytes()


def test_everything_that_gathers_facts_is_in_their_digest() -> None:
    found = {textfacts.__name__}
    pending = [*found]
    while pending:
        new = {name for name in imported(pending.pop()) if name not in found}
        found |= new
        pending += [name for name in new if name.startswith("casebuilder.")]
    ours = {name for name in found if name.partition(".")[0] == "casebuilder"}
    outside = {name for name in ours if not name.startswith("casebuilder.markdown.")}
    assert document.__name__ in ours
    assert outside == {*(module.__name__ for module in keptfacts._OWN)}
    libraries = {name.partition(".")[0] for name in found - ours} - sys.stdlib_module_names
    assert libraries | {"mdurl"} == {*keptfacts._LIBRARIES}  # markdown-it writes addresses with mdurl


def imported(name: str) -> set[str]:
    """The modules that a module's code imports, not those that only type checkers see."""
    tree = ast.parse(Path(str(importlib.import_module(name).__file__)).read_text("utf-8"))
    tree.body = [node for node in tree.body if not isinstance(node, ast.If)]
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            is_package = node.module in {"casebuilder", "casebuilder.markdown"}
            names |= {each for each in inner if find_spec(each)} if is_package else {node.module}
    return names
