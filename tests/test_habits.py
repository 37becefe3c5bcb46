"""The code keeps the rules that CONTRIBUTING.md states of it."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from casebuilder import model, pipeline, published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SOURCE = Path(__file__).parent.parent / "src" / "casebuilder"
NAMES = [path.relative_to(SOURCE).as_posix() for path in sorted(SOURCE.rglob("*.py"))]
#: Modules that are programs of their own, and may set what holds for a whole process.
PROGRAMS = {"__main__.py", "workerprocess.py", "pipeline/extensiontrials/confinedprocess.py"}
#: Settings of a whole process outside of programs, and why no caller notices it.
PUT_BACK = {
    ("cli/__init__.py", "os.dup2"): "nobody reads standard output any more, and the program ends",
    ("editorial/discussion/table/csvtext.py", "csv.field_size_limit"): "put back when the table is read",
    ("editorial/discussion/table/excelworkbook.py", "warnings.simplefilter"): "put back by `catch_warnings`",
    ("mkdocsbuild.py", "os.environ[]"): "put back when MkDocs is loaded",
    ("mkdocsbuild.py", "os.environ.pop"): "put back when MkDocs is loaded",
    ("mkdocsbuild.py", "tempfile.tempdir"): "put back when the site is built",
    ("readers/pictures/cleaning.py", "Image.MAX_IMAGE_PIXELS"): "put back when the picture is closed",
    ("readers/pictures/cleaning.py", "ImageFile.LOAD_TRUNCATED_IMAGES"): "put back when the picture is closed",
}
#: Calls that set something for the whole process; `sys.exit` and the like only end it.
PROCESS_WIDE = re.compile(
    r"gc\.(?!collect)\w+|signal\.(signal|alarm|setitimer|set_wakeup_fd|pthread_sigmask)|atexit\.register|faulthandler\.\w+|"
    r"sys\.(set\w+|addaudithook|path\.\w+|meta_path\.\w+|path_hooks\.\w+)|resource\.setrlimit|locale\.setlocale|"
    r"os\.(chdir|fchdir|chroot|umask|putenv|unsetenv|dup2|nice|set\w+|register_at_fork)|random\.seed|time\.tzset|"
    r"os\.environ\.(setdefault|update|pop|popitem|clear)|socket\.setdefaulttimeout|threading\.(stack_size|set\w+)|"
    r"warnings\.(simplefilter|filterwarnings|resetwarnings)|logging\.(disable|basicConfig|captureWarnings|set\w+)|"
    r"csv\.(field_size_limit|register_dialect)|codecs\.register\w*|mimetypes\.(add_type|init)|decimal\.setcontext|"
    r"multiprocessing\.set\w+|asyncio\.set\w+|ssl\._create_default_https_context|urllib\.request\.install_opener"
)
MUTABLE = re.compile(r"\b(dict|list|set|bytearray|Counter|defaultdict|deque|Mutable\w+)\b")


@cache
def parsed(name: str) -> ast.Module:
    """The code of a module."""
    return ast.parse((SOURCE / name).read_text(encoding="utf-8"))


def calls(tree: ast.AST) -> Iterator[str]:
    """What is called, as it is written: "gc.disable"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def frozen(tree: ast.AST) -> Iterator[ast.ClassDef]:
    """The dataclasses that say of themselves that they never change, and what authors write."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            text = " ".join(map(ast.unparse, (*node.decorator_list, *node.bases)))
            if "frozen=True" in text or re.search(r"\b(Record|BaseModel)\b", text):
                yield node


def process_wide(tree: ast.Module) -> set[str]:
    """What a module sets for the whole process: by a call, or by an assignment to a value of another module."""
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    found = {call for call in calls(tree) if PROCESS_WIDE.fullmatch(call)}
    stored = (node for node in ast.walk(tree) if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del))
    for node in stored:
        owner = ast.unparse(node.value) if isinstance(node, ast.Attribute | ast.Subscript) else ""
        if owner in {"os.environ", "sys.path", "sys.modules"} and isinstance(node, ast.Subscript):
            found.add(f"{owner}[]")
        elif owner.partition(".")[0] in imported and isinstance(node, ast.Attribute):
            found.add(ast.unparse(node))
    return found


def test_only_programs_set_what_holds_for_the_whole_process() -> None:
    found = {name: process_wide(parsed(name)) for name in NAMES if "weasyprint_internals" not in name}
    assert all(found[name] for name in PROGRAMS)
    assert {(name, what) for name, used in found.items() if name not in PROGRAMS for what in used} == set(PUT_BACK)


@pytest.mark.parametrize(
    "line",
    [
        "import sys; sys.addaudithook(print)",
        "import gc; gc.disable()",
        "import os; os.environ['TZ'] = 'UTC'",
        "import sys; del sys.path[0]",
        "import socket; socket.setdefaulttimeout(3)",
        "import warnings; warnings.simplefilter('ignore')",
        "import logging; logging.disable()",
        "from PIL import Image; Image.MAX_IMAGE_PIXELS = None",
        "import sys; sys.dont_write_bytecode = True",
    ],
)
def test_a_setting_of_the_whole_process_is_found(line: str) -> None:
    assert process_wide(ast.parse(line))


#: With these words a docstring describes a thing: that is for classes, properties, and rules, which state what must be.
DESCRIBING = re.compile(
    r"(an?|all|both|each|every\w*|how|one|some\w*|that|the|those|what|when|where|whether|which|who\w*|why)\b",
    re.IGNORECASE,
)


def functions(name: str) -> Iterator[ast.FunctionDef]:
    """The functions of a module that have a docstring, but for properties, commands and rules."""
    for node in ast.walk(parsed(name)):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node, clean=False):
            decorators = " ".join(map(ast.unparse, node.decorator_list))
            is_rule = name.startswith("checks/") and node.returns and ast.unparse(node.returns) == "Iterator[Problem]"
            if not is_rule and not re.search(r"property|click|command|group", decorators):
                yield node


def test_docstrings_of_functions_begin_with_a_verb() -> None:
    """Not "The page of a case" but "Return the page of a case": whoever reads it knows what comes out."""
    ours = (name for name in NAMES if "/templates/" not in name)
    named = ((name, node, ast.get_docstring(node, clean=False) or "") for name in ours for node in functions(name))
    assert not [f"{name}:{node.lineno}: {text[:60]}" for name, node, text in named if DESCRIBING.match(text)]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_called_frozen_never_changes(name: str) -> None:
    for made in frozen(parsed(name)):
        for node in made.body:
            if isinstance(node, ast.AnnAssign):
                assert not MUTABLE.search(ast.unparse(node.annotation)), f"{made.name}.{ast.unparse(node.target)}"
            if isinstance(node, ast.FunctionDef):
                decorators = " ".join(map(ast.unparse, node.decorator_list))
                assert "cache" not in decorators, f"{made.name}.{node.name} keeps what it has worked out"


def test_errors_are_distinguished_by_their_classes() -> None:
    for name in NAMES:
        for node in ast.walk(parsed(name)):
            if isinstance(node, ast.Compare):
                assert ").__name__" not in ast.unparse(node), f"{name}:{node.lineno}"


#: Where values of a library's own form are dicts of anything.
LOOSE = {
    "editorial/scaffold/templates/series/dot-github/not-installed.py": "GitHub's answers, where nothing is installed",
    "markdown/document.py": "the parser's environment",
    "workerprocess.py": "the arguments of any function",
    "outputs/site/pagefind_files.py": "Pagefind's own files",
}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(("readers/", "model/"))])
def test_behind_the_readers_fields_are_named_where_mypy_sees_them(name: str) -> None:
    """A copy with `update={"field": ...}` takes any field and any value; a dict of anything has no fields at all."""
    assert not [call for call in calls(parsed(name)) if call.endswith("model_copy")]
    loose = [ast.unparse(node) for node in ast.walk(parsed(name)) if isinstance(node, ast.Subscript)]
    assert ("dict[str, Any]" in loose) == (name in LOOSE)


def shown_types() -> set[str]:
    """The types of fields of `PublishedSeries`, of their fields, and so on."""
    classes = {
        made.name: made
        for name in NAMES
        if name.startswith("published/")
        for made in ast.walk(parsed(name))
        if isinstance(made, ast.ClassDef)
    }
    type_names: set[str] = set()
    ahead = {"PublishedSeries"}
    while ahead:
        type_names |= ahead
        bodies = [classes[name].body for name in ahead if name in classes]
        fields = [node for body in bodies for node in body if isinstance(node, ast.AnnAssign)]
        ahead = {word for node in fields for word in re.findall(r"\w+", ast.unparse(node.annotation))} - type_names
    return type_names


def test_of_what_authors_write_only_values_that_the_guide_lists_pass_through_publish() -> None:
    text = (SOURCE.parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`([A-Z]\w+)`", text.partition("These few values of `model`")[2].partition("A field")[0]))
    written = {name for name, kind in vars(model).items() if isinstance(kind, type) and issubclass(kind, model.Record)}
    assert shown_types() & written == listed
    for name in NAMES:
        imports = [node for node in ast.walk(parsed(name)) if isinstance(node, ast.ImportFrom)]
        named = {alias.name for node in imports if str(node.module) == "casebuilder.model" for alias in node.names}
        assert not name.startswith("outputs/") or named & written <= listed, name


@pytest.mark.parametrize("package", [model, pipeline, published], ids=lambda package: package.__name__)
def test_each_public_name_comes_from_the_module_that_the_type_checker_sees(package: ModuleType) -> None:
    tree = ast.parse(Path(str(package.__file__)).read_text(encoding="utf-8"))
    under = next(part for part in tree.body if isinstance(part, ast.If))
    seen = {a.name: str(line.module) for line in under.body if isinstance(line, ast.ImportFrom) for a in line.names}
    at_once = {a.name for line in tree.body if isinstance(line, ast.ImportFrom) for a in line.names}
    assert set(seen) == set(package.__all__) - at_once
    for name, home in seen.items():
        assert getattr(package, name) is getattr(importlib.import_module(home), name)
    with pytest.raises(AttributeError, match="has no attribute 'nobody'"):
        package.nobody  # noqa: B018 - asking is the test


def test_check_loads_nothing_that_only_outputs_need() -> None:
    code = "import sys; from casebuilder.pipeline import reading, problemreport; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    slow = {"casebuilder.published.publishing", "jinja2", "mkdocs", "weasyprint", "PIL.Image", "babel", "lxml"}
    assert not slow & set(loaded)
