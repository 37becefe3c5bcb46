"""A series begins in a fresh clone, in the series' language, and says where its casebuilder comes from."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import hatch_build
import pytest
import yaml
from click.testing import CliRunner, Result

from casebuilder import handbook, readers
from casebuilder.cli import main
from casebuilder.editorial import scaffold
from casebuilder.editorial.scaffold import ignored
from casebuilder.wording import languages

TODAY = date(2026, 11, 23)
COMMIT = "0a" * 20
#: What GitHub puts into a new repository on request.
THEIRS = {"README.md": "# our-cases\n", "LICENSE": "MIT\n", ".gitignore": "*.pyc"}


def run(*arguments: str, typed_input: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed_input)


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone of a repository that GitHub made with a README, a licence and a .gitignore."""
    folder = tmp_path / "our-cases"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=trunk")
    git(folder, "remote", "add", "origin", "https://example.org/ward/our-cases")
    for name, text in THEIRS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_fresh_clone_is_filled_and_its_own_files_are_not_touched(clone: Path) -> None:
    result = run("init", str(clone))
    assert result.exit_code == 0, result.output
    after = content(clone)
    assert all(after[name].decode().startswith(text) for name, text in THEIRS.items())
    assert after[".gitignore"].startswith(b"*.pyc\n\n# made by casebuilder\n")
    for name in (".venv/a", "site/a", ".cache/a", ".casebuilder/author.key"):
        assert git(clone, "check-ignore", name) == name
    assert {name: after[name].decode() for name in THEIRS if name != ".gitignore"} == {
        name: text for name, text in THEIRS.items() if name != ".gitignore"
    }
    assert after["EDITING.md"].startswith(b"# Our cases\n")
    assert run("check", "--series", str(clone)).output == "1 case checked: no problem\n"
    assert git(clone, "symbolic-ref", "--short", "HEAD") == "main", "a branch without commits"
    assert "Lines were added at the end of your .gitignore" in result.output
    again = run("init", str(clone))
    assert (again.exit_code, content(clone)) == (0, after)
    assert "is a series already; nothing was changed" in again.output


def test_lines_are_added_after_any_bytes_and_never_through_a_link(tmp_path: Path) -> None:
    place = tmp_path / ".gitignore"
    place.write_bytes(b"caf\xe9\r\n\r\n/b/\r\n")
    assert ignored.add_lines(tmp_path, "# ours\n/a/\n/b/\n")
    assert place.read_bytes() == b"caf\xe9\r\n\r\n/b/\r\n\r\n# made by casebuilder\r\n/a/\r\n"
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone/.gitignore").symlink_to(place)
    assert not ignored.add_lines(tmp_path / "clone", "/c/\n")
    assert b"/c/" not in place.read_bytes()


def test_the_steps_are_in_the_order_that_works(tmp_path: Path, clone: Path) -> None:
    words = ["Create an empty repository", "git push", "Source: GitHub Actions", "create and approve pull requests"]
    words += ["Run workflow", "protect main", "doctor --github"]
    steps = run("init", str(tmp_path / "new")).output.partition("in this order")[2]
    assert [steps.index(word) for word in words] == sorted(steps.index(word) for word in words)
    assert "Never fork" in steps
    assert steps.count("paid plan") == 2, "Pages and rules of a private repository"
    assert git(tmp_path / "new", "symbolic-ref", "--short", "HEAD") == "main"
    steps = run("init", str(clone)).output.partition("in this order")[2]
    assert "Create an empty repository" not in steps, "a clone has one"
    assert "remote add" not in steps


def test_a_branch_with_commits_keeps_its_name_and_a_folder_inside_a_repository_is_reported(clone: Path) -> None:
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "x")
    inside = run("init", str(clone / "docs-of-another"))
    assert "inside another Git repository" in inside.output
    for path in sorted((clone / "docs-of-another").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (clone / "docs-of-another").rmdir()
    result = run("init", str(clone))
    assert git(clone, "symbolic-ref", "--short", "HEAD") == "trunk"
    assert "git branch --move main" in result.output


@pytest.mark.parametrize("there", ["Makefile", ".github/workflows/check.yml", "thesis.docx"])
def test_what_would_be_overwritten_or_is_no_clone_is_left_alone(clone: Path, there: str) -> None:
    (clone / there).parent.mkdir(parents=True, exist_ok=True)
    (clone / there).write_text("mine", encoding="utf-8")
    before = content(clone)
    result = run("init", str(clone))
    assert (result.exit_code, "nothing was written" in " ".join(result.output.split())) == (2, True)
    assert content(clone) == before


def test_a_clone_is_filled_whole_or_not_at_all(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, replace = content(clone), Path.replace

    def full(source: Path, place: Path) -> Path:
        if Path(place).name == "about.md":
            raise OSError(28, "No space left on device")
        return replace(source, place)

    monkeypatch.setattr(Path, "replace", full)
    result = run("init", str(clone))
    assert (result.exit_code, "No space left on device; nothing was written" in " ".join(result.output.split())) == (
        2,
        True,
    )
    assert content(clone) == before
    assert sorted(path.name for path in clone.iterdir()) == [".git", *sorted(THEIRS)]


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/Ward-5/our-cases.git", "https://ward-5.github.io/our-cases/"),
        ("git@github.com:ward/ward.github.io", "https://ward.github.io/"),
        ("https://gitlab.com/ward/our-cases", None),
    ],
)
def test_a_clone_from_github_knows_its_address(clone: Path, remote: str, address: str | None) -> None:
    git(clone, "remote", "set-url", "origin", remote)
    result = run("init", str(clone))
    settings = yaml.safe_load((clone / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings.get("site_url") == address
    assert ("has no site_url yet" in result.output) is (address is None)


# Language and licence


@pytest.mark.parametrize("language", ["en-GB", *sorted(languages()), "de"])
def test_a_series_begins_in_its_language_and_the_example_says_its_own(language: str) -> None:
    choices = scaffold.Choices(language=language, licence="CC-BY-NC-SA-4.0", timezone="Asia/Manila")
    english = scaffold.new_series("Ours", TODAY).texts
    profiles = [path for path in english if path.startswith("experts/")]
    own = scaffold.new_series("Ours", TODAY, choices).texts
    speaks = language.partition("-")[0] in {"es", "fil", "ar"}
    assert [own[path].splitlines()[-1] != english[path].splitlines()[-1] for path in profiles] == [speaks, speaks]
    created = scaffold.new_series("Fälle: wir & ihr", TODAY, choices)
    series, problems = readers.read(created.texts)
    assert problems == []
    assert (series.language, series.settings.licence, series.settings.timezone) == (
        language,
        "CC-BY-NC-SA-4.0",
        "Asia/Manila",
    )
    assert series.cases[0].language == (None if language.startswith("en") else "en")
    nav = [next(iter(entry)) for entry in yaml.safe_load(created.texts["mkdocs.yml"])["nav"]]
    about = created.texts["docs/about.md"]
    assert (nav[0] == "Home") is (language in {"en-GB", "de", "en"})
    assert ("## Write to us" in about) is (nav[0] == "Home")
    for text in (about, created.texts["LICENSE-CONTENT"]):
        assert "CC BY-NC-SA 4.0" in text
        assert "https://creativecommons.org/licenses/by-nc-sa/4.0/" in text
        assert "by/4.0" not in text


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--language", "english", '"english" is not'),
        ("--licence", "CC BY", '"CC BY" is not'),
        ("--timezone", "Dublin", 'did you mean "Europe/Dublin"?'),
        ("--site-url", "our-cases", "is not a full web address"),
        ("--site-url", "https://x.org/?q=1", "is not a full web address"),
        ("--source", "casebuilder", "is not the address of a Git repository"),
        ("--source", "https://example.org/x --index-url y", "is not the address of a Git repository"),
    ],
)
def test_an_impossible_choice_is_reported(tmp_path: Path, option: str, value: str, message: str) -> None:
    result = run("init", str(tmp_path / "x"), option, value)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert not (tmp_path / "x").exists()


# Where casebuilder comes from


class Found:
    """What pip says of an installed casebuilder."""

    version = "1.2"

    def __init__(self, direct: object) -> None:
        self.direct = direct

    def read_text(self, name: str) -> str | None:
        return json.dumps(self.direct) if self.direct and name == "direct_url.json" else None


def installed(monkeypatch: pytest.MonkeyPatch, direct: object, built: dict[str, object] | None = None) -> None:
    """Make casebuilder one that was installed in some way, and perhaps built from a commit."""
    monkeypatch.setattr("importlib.metadata.distribution", lambda _: Found(direct))

    class Package:
        def joinpath(self, _: str) -> Package:
            return self

        def read_text(self, _: str) -> str:
            return json.dumps(built) if built else ""

    monkeypatch.setattr("casebuilder.editorial.scaffold.provenance.files", lambda _: Package())


BUILT = {"commit": COMMIT, "repository": "git@github.com:ward/casebuilder.git"}
HERE = f"casebuilder @ git+https://github.com/ward/casebuilder.git@{COMMIT}"


@pytest.mark.parametrize(
    ("direct", "built", "line"),
    [
        ({"url": "https://k:s@example.org/c", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, None, f"casebuilder @ git+https://example.org/c@{COMMIT}"),
        ({"url": "ssh://git@example.org/c", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, None, f"casebuilder @ git+ssh://git@example.org/c@{COMMIT}"),
        ({"url": "file:///tmp/c.whl", "archive_info": {}}, BUILT, HERE),
        ({"url": "file:///tmp/c.tar.gz", "archive_info": {}}, BUILT, HERE),
        ({"url": "file:///tmp/c.whl", "archive_info": {}}, None, ""),
        ({"url": "https://example.org/c.whl", "archive_info": {"hashes": {"sha256": "ab"}}}, None, "casebuilder @ https://example.org/c.whl#sha256=ab"),
        ({"url": "https://example.org/c.whl", "archive_info": {"hash": "sha256=ab"}}, None, "casebuilder @ https://example.org/c.whl#sha256=ab"),
        ({"url": "https://example.org/c.whl", "archive_info": {}}, None, ""),
        ({"url": "file:///nowhere/c", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, None, f"git+file:///nowhere/c@{COMMIT}#egg=casebuilder"),
        (None, BUILT, HERE),
        (None, {**BUILT, "repository": "/home/ana/casebuilder"}, ""),
        (None, {**BUILT, "index": True}, "casebuilder==1.2"),
        ({"url": "file:///tmp/c.whl", "archive_info": {}}, {**BUILT, "index": True}, HERE),
        (None, None, ""),
    ],
)  # fmt: skip
def test_the_source_is_found_however_casebuilder_was_installed(
    monkeypatch: pytest.MonkeyPatch, direct: object, built: dict[str, object] | None, line: str
) -> None:
    installed(monkeypatch, direct, built)
    found = scaffold.source()
    assert found.line == line
    created = scaffold.new_series("Our cases", TODAY, source=found)
    rows = [row for row in created.texts["requirements.txt"].splitlines() if not row.startswith("#")]
    assert rows == ["--constraint constraints.txt", *([line] if line else [])]


@pytest.mark.parametrize("editable", [True, False])
def test_a_checkout_names_its_commit_and_what_others_would_not_get(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, editable: bool
) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a").write_text("a", encoding="utf-8")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "--quiet", "--message", "x")
    commit = git(tmp_path, "rev-parse", "HEAD")
    installed(monkeypatch, {"url": tmp_path.as_uri(), "dir_info": {"editable": editable}})
    assert (scaffold.source().commit, scaffold.source().line) == (commit, ""), "no server is known"
    git(tmp_path, "remote", "add", "origin", "git@github.com:ward/casebuilder.git")
    found = scaffold.source()
    assert found.line == f"casebuilder @ git+https://github.com/ward/casebuilder.git@{commit}"
    assert "is not on the server yet" in found.doubt
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert scaffold.source().doubt == ""
    (tmp_path / "a").write_text("b", encoding="utf-8")
    assert "has changes that commit" in scaffold.source().doubt
    assert hatch_build.provenance(tmp_path) == {
        "commit": commit,
        "repository": "git@github.com:ward/casebuilder.git",
        "changed": True,
        "index": False,
    }
    inner = tmp_path / "inner"
    inner.mkdir()
    assert hatch_build.provenance(inner) == {}, "another project's commit"
    (inner / ".git_archival.txt").write_text("$Format:%H$\n", encoding="utf-8")
    assert hatch_build.provenance(inner) == {}, "a copy without Git that Git did not make"
    (inner / ".git_archival.txt").write_text(f"{COMMIT}\n", encoding="utf-8")
    assert hatch_build.provenance(inner) == {"commit": COMMIT}, "an archive that GitHub made"


def test_a_wheel_says_of_which_commit_it_is(tmp_path: Path) -> None:
    """One of a small project: the same hook, without the time that ours takes."""
    root = Path(__file__).parents[1]
    (tmp_path / "src/casebuilder").mkdir(parents=True)
    (tmp_path / "src/casebuilder/__init__.py").write_text("", encoding="utf-8")
    settings = '[project]\nname = "casebuilder"\nversion = "0"\n[build-system]\nrequires = ["hatchling"]\n'
    settings += 'build-backend = "hatchling.build"\n[tool.hatch.build.hooks.custom]\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "hatch_build.py").write_bytes((root / "hatch_build.py").read_bytes())
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "x")
    commit = git(tmp_path, "rev-parse", "HEAD")
    order = [sys.executable, "-m", "hatchling", "build"]
    subprocess.run([*order, "-t", "sdist", "-t", "wheel"], cwd=tmp_path, check=True, capture_output=True)
    with zipfile.ZipFile(next((tmp_path / "dist").glob("*.whl"))) as wheel:
        assert json.loads(wheel.read("casebuilder/built.json"))["commit"] == commit
    with tarfile.open(next((tmp_path / "dist").glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert json.loads((unpacked / "src/casebuilder/built.json").read_bytes())["commit"] == commit
    subprocess.run([*order, "-t", "wheel"], cwd=unpacked, check=True, capture_output=True)
    with zipfile.ZipFile(next((unpacked / "dist").glob("*.whl"))) as wheel:
        assert json.loads(wheel.read("casebuilder/built.json"))["commit"] == commit, "of the archive, without Git"


def test_questions_are_asked_at_a_terminal_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, None)
    result = run("init", str(tmp_path / "silent"))
    assert "does not say yet where others get casebuilder" in result.output
    assert "# TODO" in (tmp_path / "silent/requirements.txt").read_text(encoding="utf-8")
    monkeypatch.setattr("casebuilder.cli.provenance._is_terminal", lambda: True)
    result = run("init", str(tmp_path / "asked"), typed_input=f"https://example.org/c\n{COMMIT}\n")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "asked/requirements.txt").read_text(encoding="utf-8")
    assert f"\ncasebuilder @ git+https://example.org/c@{COMMIT}\n" in text


def test_the_handbook_is_that_of_the_commit() -> None:
    github = handbook.of_requirements(HERE)
    assert github.code("bad-date") == (
        f"https://github.com/ward/casebuilder/blob/{COMMIT}/docs/handbook/problems.md#bad-date"
    )
    assert handbook.of_requirements(f"casebuilder @ git+ssh://git@gitlab.example.org/a/b@{COMMIT}").page("editors") == (
        f"https://gitlab.example.org/a/b/-/blob/{COMMIT}/docs/handbook/editors.md"
    )
    unknown = (f"casebuilder @ git+file:///a/b@{COMMIT}", "casebuilder @ git+https://github.com/a/b@main")
    for nowhere in ("", "casebuilder==1.2", *unknown):
        assert handbook.of_requirements(nowhere).code("bad-date") == ""
    assert handbook.at("https://example.org/h").code("bad-date") == "https://example.org/h/problems/#bad-date"
    source = scaffold.Source("https://github.com/ward/casebuilder", COMMIT)
    created = scaffold.new_series("Our cases", TODAY, source=source)
    assert f"casebuilder/blob/{COMMIT}/docs/handbook/problems.md" in created.texts["README.md"]


def test_no_text_recommends_installing_an_unregistered_name() -> None:
    root = Path(__file__).parents[1]
    texts = [*(root / "docs").rglob("*.md"), *root.glob("*.md"), *(root / "src").rglob("*.py")]
    texts += [path for path in (root / "src/casebuilder/editorial/scaffold/templates").rglob("*") if path.is_file()]
    assert len(texts) > 100
    for path in texts:
        matches = re.findall(
            r"(?:pip|pipx|uv tool|uv pip) install [^\n`]*\bcasebuilder\b[^\n`]*", path.read_text(encoding="utf-8")
        )
        assert not [line for line in matches if "git+" not in line and "==" not in line], path
