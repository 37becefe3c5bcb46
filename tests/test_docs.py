"""The handbook knows every command, option, problem code and setting; each library has its one place in the code."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder.cli import main
from casebuilder.model.series import Settings
from casebuilder.outputs import schemas
from casebuilder.problems import CODES, Severity
from casebuilder.readers import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "casebuilder"
HANDBOOK = ROOT / "docs" / "handbook"

#: Who may import which library: modules or packages of src/casebuilder. A new library gets its row here.
MAY_IMPORT = {
    "PIL": {"outputs.site.cards", "readers.pictures"},
    "babel": {"wording"},
    "bidi": {"outputs.packs.pdf"},
    "click": {"cli", "pipeline.serveguard"},  # MkDocs says by it how its own command was called
    "cssselect2": {"readers.pictures"},
    "distributed": {"outputs.packs.press"},
    "feedgen": {"outputs.feeds"},
    "fontTools": {"fonts", "outputs.packs.pdf", "outputs.site.webfonts", "writingsystems"},
    "icalendar": {"editorial.moderation", "outputs.calendar"},
    # The plugin names a type of MkDocs’.
    "jinja2": {
        "plugin",
        "wording.owntemplates",
        "wording.shownpages",
        "wording.templatefaults",
        "wording.templatelimits",
        "wording.templating",
    },
    "markdown_it": {"markdown"},
    "mdit_py_plugins": {"markdown"},
    "markupsafe": {"outputs.epub", "outputs.packs.views", "wording"},
    "filelock": {"folderexchange"},
    "markdown": {"mkdocsnotation", "pipeline.extensiontrials"},
    "mkdocs": {
        "mkdocsbuild",
        "mkdocsconfig",
        "mkdocsfiles",
        "plugin",
        "pipeline.extensiontrials",
        "pipeline.handwritten",
        "pipeline.mkdocssettings",
    },
    "nh3": {"markdown"},
    "numpy": {"editorial.curation"},
    "openpyxl": {"editorial.discussion"},
    "pikepdf": {"outputs.packs.pdf", "pipeline.docsfiles", "readers.pictures.jpeg"},
    "pagefind": {"outputs.site.searchindex"},
    "pydantic": {
        "editorial.curation",
        "editorial.pullrequestreport",
        "editorial.scaffold",
        "model",
        "outputs.seriesjson",
        "outputs.schemas",
        "published",
        "readers",
    },
    "pydantic_core": {"editorial.curation", "model", "readers"},
    "pypdfium2": {"outputs.packs.pdf"},
    "pymdownx": {"editorial.discussion"},
    "pyuca": {"collation"},
    "rich": {"pipeline.progress"},
    "segno": {"outputs.packs.views"},
    "sklearn": {"editorial.curation"},
    "pydyf": {"outputs.packs.pdf"},
    "starlette": {"editorial.curation.desk"},
    "tinycss2": {"readers.pictures"},
    "uvicorn": {"editorial.curation.desk"},
    "urllib3": {"editorial.discussion.fetching", "editorial.doctor", "editorial.github", "editorial.lastbuild"},
    "weasyprint": {"outputs.packs.pdf"},
    "yaml": {"readers.yamltext"},
}
#: Libraries that come with another, which is the one that is declared.
COMES_WITH = {
    "markdown": "mkdocs",
    "numpy": "scikit-learn",
    "pydyf": "weasyprint",
    "markupsafe": "jinja2",
    "pydantic-core": "pydantic",
}


def headings() -> dict[str, str]:
    """Each heading of the handbook, as it is written, and what stands below it up to the next of its level or above."""
    texts_by_heading = {}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if match := re.match(r"(#+) (.*)", line):
                ends = re.compile(rf"#{{1,{len(match[1])}}} ")
                end = next((n for n in range(number + 1, len(lines)) if ends.match(lines[n])), len(lines))
                texts_by_heading[match[2].strip()] = "\n".join(lines[number + 1 : end])
    return texts_by_heading


def commands(command: click.Command = main, name: str = "casebuilder") -> Iterator[tuple[str, click.Command]]:
    """Every command by its whole name, groups among them."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            subcommand = command.get_command(context, word)
            assert subcommand is not None
            yield f"{name} {word}", subcommand
            yield from commands(subcommand, f"{name} {word}")


@pytest.mark.parametrize("order", [["--help"], ["discussion", "--help"]], ids=" ".join)
def test_help_lists_each_command_with_its_whole_first_sentence(order: list[str]) -> None:
    shown = CliRunner().invoke(main, order).output.partition("Commands:")[2]
    assert "..." not in shown
    text = " ".join(shown.split())
    for name, command in commands():
        if name.split()[1:-1] == order[:-1]:
            first = (command.help or "").split("\n\n")[0].replace("\n", " ").split(". ")[0].rstrip(".")
            assert f"{name.split()[-1]} {first}" in text


def options(command: click.Command) -> list[str]:
    return [max(option.opts, key=len) for option in command.params if isinstance(option, click.Option)]


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_has_its_heading(name: str) -> None:
    assert f"`{name}`" in headings()


@pytest.mark.parametrize(
    ("name", "option"), [(name, option) for name, command in commands() for option in options(command)]
)
def test_every_option_is_explained_with_its_command(name: str, option: str) -> None:
    known = headings()
    assert f"`{option}`" in known or f"`{option}`" in known.get(f"`{name}`", "")


@pytest.mark.parametrize("code", CODES)
def test_every_problem_code_has_its_heading_and_a_text_below_it(code: str) -> None:
    assert len(headings()[f"`{code}`"].split()) > 8


def test_the_handbook_explains_no_code_that_does_not_exist() -> None:
    text = (HANDBOOK / "problems.md").read_text(encoding="utf-8")
    assert re.findall(r"^### `(.+)`$", text, re.MULTILINE) == list(CODES)


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_has_its_heading(setting: str) -> None:
    assert f"`{setting}`" in headings()


def test_the_handbook_explains_no_setting_that_does_not_exist() -> None:
    text = (HANDBOOK / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### `([a-z_]+)`$", text, re.MULTILINE)) == set(Settings.model_fields)


#: What is not written by hand, or has a page of its own.
ELSEWHERE = {"figures", "settings"}


def fields(part: object) -> Iterator[str]:
    """The name of each field in a part of a JSON Schema, at any depth."""
    if isinstance(part, dict):
        yield from part.get("properties", {})
        part = list(part.values())
    for inner_part in part if isinstance(part, list) else ():
        yield from fields(inner_part)


@pytest.mark.parametrize("name", [each.name for each in FORMATS if each.name not in ELSEWHERE])
def test_every_field_of_every_file_is_explained_below_its_heading(name: str) -> None:
    form = next(each for each in FORMATS if each.name == name)
    files = {"contribution": "discussion.jsonl", "person": "experts/", "response": "responses/"}
    start, ends = files.get(name, name), (".yml", ".md", ".jsonl")
    below = next(text for title, text in headings().items() if title.startswith(start) and title.endswith(ends))
    assert set(fields(schemas.schema(form))) - set(re.findall(r"`([a-z_]+)`", below)) == set()


def test_every_target_of_make_is_in_the_table() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert [name for name in targets if name != "help"] == re.findall(r"\| `make (\w+)` \|", headings()["With make"])


def test_the_layers_are_listed_as_in_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (made for made in project["tool"]["importlinter"]["contracts"] if made["type"] == "layers")
    floors = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Layers", 1)[1].split("\n## ", 1)[0]
    rows = [row.split("|")[2] for row in floors.splitlines() if row.startswith("| ")][1:]
    assert [set(re.findall("`([a-z]+)`", row)) for row in rows] == [
        set(re.findall("[a-z]+", layer)) for layer in contract["layers"]
    ]


def test_every_template_says_in_its_name_that_it_is_one() -> None:
    package = ROOT / "src" / "casebuilder"
    theme = package / "outputs" / "site" / "theme"  # MkDocs names these
    jinja = re.compile(r"\{%-? |\{\{ |\{# ")
    templates = [path for path in package.rglob("templates/**/*") if path.is_file()]
    assert len(templates) > 100
    for path in templates:
        if theme not in path.parents and "scaffold" not in path.parts:
            assert (path.suffix == ".j2") == bool(jinja.search(path.read_text(encoding="utf-8"))), path
    for path in package.rglob("*.py"):
        assert not re.search(
            r'get_template\(f?"[^"]*(?<!\.j2)"\)', path.read_text(encoding="utf-8").replace("{path}", ".j2")
        )


def test_no_output_knows_how_the_command_line_is_called() -> None:
    options_of_ours = {option for _, command in commands() for option in options(command) if option != "--help"}
    for path in sorted((ROOT / "src" / "casebuilder" / "outputs").rglob("*")):
        if path.suffix in {".py", ".j2"}:
            text = path.read_text(encoding="utf-8")
            said = set(re.findall(r"[\"'` ](--[a-z-]+)\b(?!\()", text)) & options_of_ours
            assert said <= ({"--site"} if path.name == "searchindex.py" else set()), path  # an option of Pagefind's
            assert not re.search(r"\bcasebuilder (?:pack|build|check|new|withdraw|status)\b", text), path


def blocks(page: str, *holding: str) -> list[str]:
    """The blocks of code of a page that hold some words."""
    matches = re.findall(r"```\w*\n(.*?)```", (HANDBOOK / page).read_text(encoding="utf-8"), re.DOTALL)
    return [block for block in matches if all(words in block for words in holding)]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    for name in ("cases", "commentary", "experts", "collections", "theme", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def report(series: Path, *paths: str) -> str:
    order = ["check", "--series", str(series), *(str(series / path) for path in paths)]
    return CliRunner().invoke(main, order).stdout


def test_the_examples_of_writing_a_case_are_one_case_and_its_report_is_exact(sample: Path) -> None:
    case, talk = sample / "cases/2026-06-quiet-pager", sample / "commentary/2026-06-quiet-pager"
    (case / "responses").mkdir(parents=True)
    talk.mkdir()
    page = "editors.md"
    data, plans, changes = blocks(page, "# yaml-language") + blocks(page, "sessions:") + blocks(page, "changes:")
    (questions,) = blocks(page, "{#say-first}", "{#whose}")
    (notes,) = blocks(page, "{#brief}")
    (response,) = blocks(page, "perspective:")
    (quotes,) = blocks(page, "- id: q1")
    (commentary,) = blocks(page, "curators:")
    files = {
        case / "case.yml": data + plans + changes,
        case / "questions.md": questions,
        case / "facilitation.md": notes,
        case / "scenario.md": "A story. " * 200,
        case / "responses/amara-diallo.md": response + "An answer. " * 100,
        case / "quotes.yml": quotes,
        talk / "commentary.md": commentary,
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    assert report(sample) == ""
    (case / "case.yml").write_text(files[case / "case.yml"].replace("wanjiru-kamau", "wanjiru-kamu"), encoding="utf-8")
    assert [report(sample)] == blocks(page, "[unknown-person]")


def test_the_example_of_a_journal_club_passes(sample: Path) -> None:
    club = sample / "cases/2026-09-call-button"
    club.mkdir()
    (data,) = blocks("journal-club.md", "kind: journal-club")
    (club / "case.yml").write_text(data, encoding="utf-8")
    (club / "paper.md").write_text("Why this paper [@button-2026].\n", encoding="utf-8")
    (club / "questions.md").write_text("## What was counted?\n\n## What was not?\n", encoding="utf-8")
    assert report(sample) == ""


def test_the_table_of_codes_has_every_severity() -> None:
    assert {code.severity for code in CODES.values()} == set(Severity)


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module of ours, by its dotted name below `casebuilder`."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), ast.parse(path.read_text(encoding="utf-8"))


def libraries(tree: ast.Module) -> Iterator[str]:
    """The libraries that a module imports, wherever in it, that are neither ours nor Python's."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            library = name.partition(".")[0]
            if library != "casebuilder" and library not in sys.stdlib_module_names:
                yield library


def test_each_library_is_imported_only_in_its_own_places() -> None:
    used: dict[str, set[str]] = {}
    for module, tree in modules():
        for library in libraries(tree):
            used.setdefault(library, set()).add(module)
    assert used.keys() <= MAY_IMPORT.keys()
    for library, places in used.items():
        for place in places:
            assert any(f"{place}.".startswith(f"{room}.") for room in MAY_IMPORT[library]), (library, place)


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = (*project["dependencies"], *extras["dask"], *extras["groups"])
    declared = {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower() for line in needed}
    owners = importlib.metadata.packages_distributions()
    for _, tree in modules():
        for library in libraries(tree):
            owner = owners[library][0].lower().replace("_", "-")
            assert COMES_WITH.get(owner, owner) in declared, library


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["check"]], ids=" ".join)
def test_help_and_check_load_nothing_slow(arguments: list[str]) -> None:
    script = f"""
import sys
from casebuilder.cli import main
try:
    main({arguments!r}, prog_name="casebuilder")
except SystemExit as end:
    assert not end.code, end.code
print(*{{name.partition(".")[0] for name in sys.modules}}, file=sys.stderr)
"""
    completed = subprocess.run(
        [sys.executable, "-c", script], cwd=zoo_keeper.SOUND, capture_output=True, text=True, check=True
    )
    slow = {
        "babel",
        "feedgen",
        "fontTools",
        "icalendar",
        "jinja2",
        "lxml",
        "markdown",
        "mkdocs",
        "nh3",
        "pikepdf",
        "weasyprint",
    }
    loaded = set(completed.stderr.splitlines()[-1].split())
    assert not loaded & slow
    if "check" not in arguments or "--help" in arguments:
        assert not loaded & {"pydantic", "yaml"}


def test_the_workflow_of_shares_is_one_that_github_takes(tmp_path: Path) -> None:
    """The handbook's jobs, in the place of the job `build` of the workflow that they are for."""
    jobs = next(
        block for block in re.findall(r"```yaml\n(.*?)```", (HANDBOOK / "maintainers.md").read_text(), re.DOTALL)
        if "matrix" in block
    )  # fmt: skip
    publish = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    head, deploy = publish[: publish.index("\njobs:")], publish[publish.index("\n  deploy:") :]
    workflow = tmp_path / "publish.yml"
    workflow.write_text(f"{head}\n{jobs}{deploy}", encoding="utf-8")
    for judge in (("actionlint",), ("zizmor", "--offline", "--no-progress", "--quiet")):
        order = [str(Path(sys.executable).with_name(judge[0])), *judge[1:], str(workflow)]
        completed = subprocess.run(order, capture_output=True, text=True, check=False)
        assert completed.returncode == 0, completed.stdout + completed.stderr
    shares = re.search(r"shard: \[(.*)\]", jobs)
    assert shares
    assert f"/{len(shares[1].split(','))}\n" in jobs, "every share is printed by somebody"
