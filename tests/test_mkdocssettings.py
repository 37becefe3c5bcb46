"""The settings of MkDocs itself: what a build would refuse, `check` names at its line, without running anything."""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pymdownx
import pytest
from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

import zoo_keeper
from casebuilder import markdown, mkdocsbuild, readers
from casebuilder.model import Prose
from casebuilder.pipeline import extensiontrials, mkdocssettings, reading
from casebuilder.pipeline.extensiontrials import confinedprocess
from casebuilder.pipeline.mkdocssettings import extensions
from casebuilder.problems import Severity, errors

if TYPE_CHECKING:
    from casebuilder.problems import Problem

#: Settings that every series has, unless a row says otherwise, and where a row then stands.
BASE = {"site_name": "x", "theme": "material", "plugins": "[casebuilder]"}
LINE = 4

#: What a build refuses, by setting. Each value stands in its line alone.
REFUSED = {
    "site_name": ("", "3", "2026-01-01", "yes", "[a]", "!ENV CB_NONE", "!!python/none", "!!int x", "!foo x"),
    "site_description": ("3", "[a]", "{a: b}", "!ENV [CB_NONE, 3]", "&x 3", "2026-02-30", "=", "0b_",
        "2026-01-01T00:00:00+99:99"),
    "theme": (
        "materal", "3", "[a]", "{}", "{name: 3}", "{name: ''}", "{custom_dir: theme}", "{name: material, on: 3}",
        "{name: material, custom_dir: no}", "{name: material, custom_dir: nowhere}", "{name: material, locale: qq}",
        "{name: material, custom_dir: hook.py}", "{name: material, static_templates: }", "{name: material, locale: }",
    ),
    "docs_dir": ("nowhere", "hook.py", "3", "[docs]"),
    "nav": ("a.md", "{a: b.md}", "[[a.md]]", "[{a: b.md, c: d.md}]", "[{a: }]", "[3]", "[{a: [{b: 3}]}]"),
    "pages": ("[a.md]",),
    "exclude_docs": ("[a]", "'!'", "3"),
    "dev_addr": ("8000", "host:80", "localhost:x"),
    "use_directory_urls": ("3", "'no'", "[]", "maybe"),
    "site_url": ("'  '",),
    "repo_url": ("example.org", "3"),
    "edit_uri_template": ("'{nope}'", "'{'"),
    "extra_css": ("a.css", "{a: b}"),
    "extra_javascript": ("", "a.js", "[3]", "[{path: a.js, async: 'true'}]"),
    "markdown_extensions": (
        "toc", "[3]", "[{toc: 3}]", "[{toc: {nope: 3}}]", "[{toc: {toc_depth: x}}]", "[{a: {}, b: {}}]", "[nowhere]",
        "[pymdownx.nowhere]", "[subprocess:Popen]", "[os]", "[{pymdownx.tabbed: {nope: true}}]",
        "[{pymdownx.emoji: {emoji_index: !!python/name:material.nowhere.twemoji }}]",
    ),
    "mdx_configs": ("{a: {}}",),
    "config_file_path": ("x", ""),
    "strict": ("'yes'", "3"),
    "extra": ("", "3", "[a]", "{a: [2026-13-01]}", "{2026-02-30: a}", "{a: !foo x}", "{a: !relative x}",
        "{a: !!python/foo x}", "{a: !!python/name:no.where}", "{a: !!int x}"),
    "plugins": (
        "casebuilder", "[casebuilder, nowhere]", "[casebuilder, 3]", "[casebuilder, {search: 3}]",
        "[casebuilder, {search: , tags: }]", "[casebuilder, {search: {enabled: 'no'}}]",
        "[casebuilder, {search: {lang: 3}}]",
    ),
    "hooks": ("", "hook.py", "[nowhere.py]", "[broken.py]", "[deep.py]", "[long.py]", "[docs]", "[3]"),
    "watch": ("", "[nowhere]", "docs"),
    "validation": ("", "warn", "{nav: }", "{nav: {not_found: wran}}", "{links: {anchors: 3}}", "{anchors: x}",
        "{links: !!binary aGk=}", "{nav: !!set {a}}"),
}  # fmt: skip
#: What a build takes, though it may look odd.
TAKEN = {
    "site_name": ("'3'", "!!str 3", "!ENV [CB_NONE, '3']", "|\n  a\n  b", "12 o'clock", "on call", "'2026-02-30'"),
    "site_description": ("", "''", "!ENV CB_NONE"),
    "theme": ("{name: material, custom_dir: theme}", "{name: material, locale: en}", "{name: material, 'on': 3}"),
    "docs_dir": ("docs", ""),
    "nav": ("", "[]", "[a.md, {A: b.md}, {B: [c.md, {C: d.md}]}, {2026: e.md}]"),
    "exclude_docs": ("", "|\n  /a/**\n  !b c.md\n  # d"),
    "dev_addr": ("127.0.0.1:8000", "localhost:80", "'[::1]:8000'"),
    "use_directory_urls": ("", "no", "false", "!ENV [CB_NONE, false]"),
    "repo_url": ("https://example.org/a", "''"),
    "edit_uri_template": ("blob/main/docs/{path!q}",),
    "extra_css": ("", "[]", "[look.css, assets/stylesheets/tokens.css]"),
    "extra_javascript": ("[]", "[a.mjs, {path: a.mjs, type: module, async: true}]"),
    "markdown_extensions": (
        "", "[]", "{toc: {toc_depth: 2-3}}", "[toc: ]", "[{toc: {permalink: true, toc_depth: 3}}]", "[admonition, toc]",
        "[pymdownx.tabbed: {alternate_style: true}]", "[markdown.extensions.toc]", "[material.extensions.preview]",
        "[{pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }}]",
    ),
    "extra": ("{}", "{a: !!python/name:os.sep , b: 3}", "{a: !!python/object/apply:os.getcwd []}",
        "{a: !relative $config_dir}"),
    "plugins": ("{casebuilder: , search: }", "[casebuilder, material/search]", "[{search: {lang: en}}, casebuilder]"),
    "hooks": ("[]", "[hook.py]"),
    "watch": ("[]", "[docs, hook.py]"),
    "validation": ("{}", "{nav: {not_found: warn}, links: {absolute_links: relative_to_docs}}", "{anchors: info}"),
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("series")
    for folder in ("docs", "theme"):
        (made / folder).mkdir()
    (made / "hook.py").write_text("raise SystemExit  # it is never run\n", encoding="utf-8")
    for name in ("look.css", "a.mjs"):
        (made / "docs" / name).write_text("", encoding="utf-8")
    (made / "broken.py").write_text("x = (\n", encoding="utf-8")
    (made / "deep.py").write_text("-" * 19_000 + "1\n", encoding="utf-8")
    (made / "long.py").write_text("+".join("1" * 100_000), encoding="utf-8")
    return made


def text_of(name: str, value: str) -> str:
    return "".join(f"{each}: {words}\n" for each, words in {**BASE, name: value}.items())


def problems(home: Path, text: str) -> list[Problem]:
    texts = {"mkdocs.yml": text}
    series, found = readers.read_settings(texts, readers.Configuration("mkdocs.yml", os.environ))
    return [*found, *mkdocssettings.problems(home, series, texts)]


def mkdocs_takes(home: Path, text: str) -> bool:
    """Whether MkDocs takes settings; it runs what they bring, but hooks are only looked for."""
    place = home / "mkdocs.yml"
    place.write_text(text, encoding="utf-8")
    config = MkDocsConfig(config_file_path=str(place))
    try:
        with place.open(encoding="utf-8") as file:
            config.load_file(file)
        return not config.validate()[0]
    except (
        ConfigurationError,
        ValidationError,
        SystemExit,
        SyntaxError,
        TypeError,
        ValueError,
        MemoryError,
        RecursionError,
    ):
        return False


@pytest.mark.parametrize("name", REFUSED)
def test_what_mkdocs_refuses_is_named_at_its_line(home: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    line = list(BASE).index(name) + 1 if name in BASE else LINE
    for value in REFUSED[name]:
        text = text_of(name, value)
        assert not mkdocs_takes(home, text) or name == "hooks", f"MkDocs takes {name}: {value}"
        found = errors(problems(home, text))
        assert {problem.line for problem in found} == {line}, f"{name}: {value} gives {found}"
        assert all(problem.hint for problem in found), f"{name}: {value}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("nav", f"[{{A: {address}}}]") for address in (
            "javascript:alert(1)", "JavaScript:x", "'data:text/html,x'", "file:///etc/passwd", "vbscript:x", "tel:1",
            "//example.org/x", r'"\\\\example.org"', r'"java\tscript:x"', '" javascript:x"', "javascript&colon;x",
        )),
        ("nav", "[{A: [x.md, javascript:x]}]"), ("nav", "['javascript:x']"),
        ("repo_url", "javascript://example.org/%0aalert(1)"), ("edit_uri", "javascript:x"),
        ("edit_uri", "https://[::1"), ("edit_uri_template", "'javascript:{path}'"),
        ("extra", "{social: [{icon: x, link: javascript:x}]}"), ("extra", "{homepage: tel:1}"),
        ("extra", "{any: [javascript:x]}"), ("copyright", "'<a href=\"javascript:x\">Us</a>'"),
        ("extra_css", "['data:text/css,x']"), ("extra_javascript", "[{path: 'data:text/javascript,x'}]"),
    ],
)  # fmt: skip
def test_no_setting_leads_a_page_to_a_program(home: Path, name: str, value: str) -> None:
    (found,) = problems(home, text_of(name, value))
    assert (found.line, found.code) == (LINE, "bad-value" if "[::1" in value else "link-scheme"), value


def test_addresses_of_the_web_and_of_pages_are_taken() -> None:
    for name, value in {
        "nav": "[{A: 'https://example.org/a?b:c'}, {B: 'mailto:a@example.org'}, {C: 'a b.md'}]",
        "edit_uri": "?query=root/docs/",
        "copyright": "'© <a href=\"https://example.org\">Us</a>: all'",
        "extra": "{note: 'Editors: us', social: [{link: 'mailto:a@example.org'}], data: {a: b}}",
    }.items():
        assert problems(Path(), text_of(name, value)) == [], value


@pytest.mark.parametrize("name", TAKEN)
def test_what_mkdocs_takes_is_no_problem(home: Path, name: str) -> None:
    for value in TAKEN[name]:
        text = text_of(name, value)
        stopping = [problem for problem in problems(home, text) if problem.code != "program-not-run"]
        assert stopping == [], f"{name}: {value}"
        assert name == "hooks" or mkdocs_takes(home, text), f"MkDocs refuses {name}: {value}"


def test_a_setting_of_another_kind_than_a_switch_has_its_own_problem_only(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    text = (series / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("plugins:", "use_directory_urls: [a]\nplugins:\n  - search: {enabled: [a]}")
    (series / "mkdocs.yml").write_text(text, encoding="utf-8")
    found = reading.read(series).errors()
    assert [(problem.line, problem.code) for problem in found] == [(6, "wrong-type"), (8, "bad-value")]


def test_every_setting_of_mkdocs_is_known_and_no_other() -> None:
    assert mkdocssettings.SETTINGS.keys() == {name for name, _ in MkDocsConfig._schema}
    (found,) = problems(Path(), text_of("site_nme", "x"))
    assert (found.line, found.severity, found.hint) == (LINE, Severity.WARNING, 'did you mean "site_name"?')


def test_the_extensions_that_are_taken_without_a_look_are_there() -> None:
    folder = Path(pymdownx.__file__).parent
    sources = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    assert {name for name, text in sources.items() if "def makeExtension" in text} >= extensions._PYMDOWNX


def test_no_extension_and_no_plugin_in_the_series_itself_is_loaded(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `python -m`, or a variable of the environment, the series' own folder may be on Python's path."""
    monkeypatch.syspath_prepend(str(home))
    program = "from markdown import Extension\nopen('ran', 'w')\ndef makeExtension(**_): return Extension()\n"
    (home / "ours.py").write_text(program, encoding="utf-8")
    (home / "ours-1.dist-info").mkdir()
    (home / "ours-1.dist-info/METADATA").write_text("Name: ours\nVersion: 1\n", encoding="utf-8")
    points = "[mkdocs.plugins]\nours = ours:Plugin\n[markdown.extensions]\nshort = ours:Extension\n"
    (home / "ours-1.dist-info/entry_points.txt").write_text(points, encoding="utf-8")
    assert problems(home, text_of("markdown_extensions", "[{ours: {a: 3}}]")) == []
    problems(home, text_of("markdown_extensions", "[short]"))
    problems(home, text_of("plugins", "[casebuilder, ours]"))
    monkeypatch.chdir(home)
    assert not (home / "ran").exists()


def test_what_an_extension_would_read_or_fetch_is_left_to_a_build(home: Path) -> None:
    """A pull request could have the machine that checks read any file of its own, or ask any address it reaches."""

    def options(*lines: str) -> str:
        return text_of("markdown_extensions", "\n  - pymdownx.snippets:\n" + "".join(f"      {x}\n" for x in lines))

    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        assert problems(home, options("url_download: true", f"auto_append: ['{address}']")) == []
        server.setblocking(False)  # noqa: FBT003 - the socket's own form
        with pytest.raises(BlockingIOError):  # nobody has asked
            server.accept()
    assert problems(home, options("restrict_base_path: false", "base_path: [/]", "auto_append: [/dev/zero]")) == []
    (found,) = problems(home, options("check_paths: true", "auto_append: [nothing.md]"))
    assert "nothing.md" in found.message


def test_an_extension_that_ends_its_process_prints_or_sets_a_hook_leaves_ours_alone(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(extensiontrials.UntriedError):
        extensiontrials.attempt(os._exit, 3)
    assert extensiontrials.attempt(os.getpid) != os.getpid()
    for stream in (1, 2):
        extensiontrials.attempt(os.write, stream, b"seen by nobody\n")
    assert extensiontrials.attempt(eval, "__import__('sys').path") == sys.path
    assert capfd.readouterr() == ("", "")
    with pytest.raises(RuntimeError), confinedprocess.confined():
        pass


def test_a_hook_that_fails_is_named_with_its_line(home: Path) -> None:
    (home / "failing.py").write_text("import os\nraise ValueError('no way')\n", encoding="utf-8")
    config = MkDocsConfig(config_file_path=str(home / "mkdocs.yml"))
    config.load_dict({"site_name": "x", "plugins": [], "hooks": ["failing.py"]})
    with pytest.raises(ValueError, match="no way") as caught:
        config.validate()
    words = f"{home / 'failing.py'}, line 2, which is a hook or another plugin, cannot go on: ValueError: no way"
    assert mkdocsbuild._explain(caught.value) == words


def test_a_value_that_only_mkdocs_reads_and_stops_at_is_explained(home: Path) -> None:
    (home / "mkdocs.yml").write_text(text_of("extra", "{a: !!python/object/apply:int [b]}"), encoding="utf-8")
    config = MkDocsConfig(config_file_path=str(home / "mkdocs.yml"))
    with (home / "mkdocs.yml").open(encoding="utf-8") as file, pytest.raises(ValueError, match="invalid") as caught:
        config.load_file(file)
    assert mkdocsbuild._explain(caught.value).startswith("a value in mkdocs.yml cannot be read: invalid literal")


def test_a_wide_word_in_each_of_many_columns_is_too_much_for_a_sheet_and_short_words_are_not() -> None:
    def codes(word: str, columns: int) -> list[str]:
        rows = (f"| {word} " * columns, "|---" * columns, "| 1 " * columns)
        text = Prose("\n".join(f"{row}|" for row in rows), "x.md", 1)
        return [found.code for found in markdown.findings(text)]

    assert codes("Electroencephalography", 7) == ["wide-table"]
    assert codes("[EEG](https://example.org/electroencephalography/of/a/very/long/address)", 12) == []
    assert codes("Count", 24) == []
