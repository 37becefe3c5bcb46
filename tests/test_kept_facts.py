"""What is kept of texts between two runs: never used where anything that decides about it has changed."""

from __future__ import annotations

import ast
import importlib
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import zoo_keeper
from casebuilder import markdown, pipeline, readers
from casebuilder.markdown import document, keptfacts, sectioning, textfacts
from casebuilder.readers import yamltext
from casebuilder.readers.yamltext import knowntexts, reading, typedvalues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.keptresults import KeptResults

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
    readers.KNOWN.recall(b"")
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


def kept(series: Path, name: str = "facts") -> Path:
    (place,) = (series / ".cache/facts").glob(f"*/{name}")
    return place


def test_facts_that_are_kept_are_those_that_were_gathered() -> None:
    markdown.recall(b"")
    gathered = textfacts.outline(EVERYTHING)
    assert all(getattr(gathered, name) for name in gathered.__slots__)
    assert [heading.lines for heading in gathered.headings] == [3, 1]
    content = markdown.FACTS.to_keep()
    markdown.recall(content)
    assert keptfacts.of(EVERYTHING, lambda _: pytest.fail("it is known")) == gathered
    assert markdown.FACTS.to_keep() == b""


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
        monkeypatch.setattr(markdown.FACTS, "_edition", b"of another version")
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
    without_problems = markdown.FACTS.to_keep()
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


#: Every kind of value, and every kind of place: those of texts, lists, fields, remarks, and of what is repeated.
YAML = """title: "A night's work"
note: >-
  Folded,
  and on two lines
people: [&ana {name: Ana, roles: [writer, reader]}, *ana]
empty:
held: #notyet
number: 12
quoted: '{no list}'
"""


@pytest.mark.parametrize("tags", [None, lambda tag, value: pytest.fail(f"{tag} {value}")])
def test_a_document_that_is_kept_is_the_one_that_was_read(tags: Callable[..., yamltext.Plain] | None) -> None:
    readers.KNOWN.recall(b"")
    document, problems = yamltext.read(YAML, "a.yml", first_line=3, tags=tags)
    assert document
    assert not problems
    assert document.origin.remarks
    readers.KNOWN.recall(readers.KNOWN.to_keep())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read", lambda *_, **__: pytest.fail("it is known"))
        again, _ = yamltext.read(YAML, "b.yml", first_line=3, tags=tags)
    assert again
    assert again.value == document.value
    for name in ("marks", "keys", "remarks"):
        assert getattr(again.origin, name) == getattr(document.origin, name)
    assert again.origin.at("people", 0, "name") == ("b.yml", 7, 22)
    assert readers.KNOWN.to_keep() == b""
    elsewhere, _ = yamltext.read(YAML, "a.yml", first_line=1, tags=tags)
    assert elsewhere
    assert elsewhere.origin.at("number") == ("a.yml", 8, 9)


def test_a_document_with_a_fault_or_an_evaluated_tag_is_read_again() -> None:
    for _ in range(2):
        assert [problem.code for problem in yamltext.read("a: 1\na: 2\n", "a.yml")[1]] == ["yaml-duplicate-key"]
        for value in ("one", "two"):
            document, _ = yamltext.read("a: !ENV NAME\n", "a.yml", tags=lambda *_, value=value: value)
            assert document
            assert document.value == {"a": value}
    assert yamltext.read("a: !ENV NAME\n", "a.yml")[1]


def test_a_change_in_a_yaml_file_is_seen(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes(series)
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", lambda *_, **__: pytest.fail("read again"))
        codes(series)
    collection = series / "collections/evenings.yml"
    collection.write_text(collection.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    assert "unknown-key" in codes(series)


@pytest.mark.parametrize("damage", ["cut short", "altered"])
def test_documents_that_are_damaged_are_read_again(damage: str, series: Path) -> None:
    codes(series)
    place = kept(series, "documents")
    content = place.read_bytes()
    place.write_bytes(content[:-9] if damage == "cut short" else content.replace(b"title", b"titel"))
    assert codes(series) == ["unsupported-syntax"]


@pytest.mark.parametrize(
    ("results", "roots", "packages", "others"),
    [
        (markdown.FACTS, [textfacts.__name__], ["casebuilder.markdown."], {"mdurl"}),  # which markdown-it uses
        # Of the model, only names of fields decide, and pydantic does not change them.
        (
            readers.KNOWN,
            [reading.__name__, typedvalues.__name__],
            ["casebuilder.readers.yamltext.", "casebuilder.model"],
            set(),
        ),
    ],
)
def test_everything_that_decides_about_results_is_in_their_digest(
    results: KeptResults, roots: list[str], packages: list[str], others: set[str]
) -> None:
    found = {*roots}
    pending = [*found]
    while pending:
        new = {name for name in imported(pending.pop()) if name not in found}
        found |= new
        pending += [name for name in new if name.startswith("casebuilder.")]
    ours = {name for name in found if name.partition(".")[0] == "casebuilder"}
    outside = {name for name in ours if not name.startswith(tuple(packages))}
    assert len(ours) > len(outside) > 0
    assert outside - {"casebuilder", "casebuilder.keptresults", knowntexts.__name__} == {*results.modules}
    libraries = {name.partition(".")[0] for name in found - ours} - sys.stdlib_module_names
    assert libraries - {"pydantic", "pydantic_core"} | others == {*results.libraries}


def imported(name: str) -> set[str]:
    """The modules that a module's code imports, not those that only type checkers see."""
    tree = ast.parse(Path(str(importlib.import_module(name).__file__)).read_text("utf-8"))
    tree.body = [node for node in tree.body if not isinstance(node, ast.If)]
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {each for alias in node.names if _is_module(each := f"{node.module}.{alias.name}")}
            names |= inner or {node.module}
    return names


def _is_module(name: str) -> bool:
    package = name.rpartition(".")[0]
    is_package = package.startswith("casebuilder") and hasattr(importlib.import_module(package), "__path__")
    return is_package and find_spec(name) is not None
