"""An older series is brought up to date: its own changes stay, everything is shown first, and once is enough."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casebuilder.cli import main
from casebuilder.editorial import scaffold
from casebuilder.editorial.scaffold import earlierversions, lockfile

OLD, NEW = "0a" * 20, "0b" * 20
ADDRESS = "https://github.com/ward/casebuilder"
WORKFLOW = ".github/workflows/publish.yml"


@pytest.fixture(autouse=True)
def _where(monkeypatch: pytest.MonkeyPatch) -> None:
    running(monkeypatch, OLD)


def running(monkeypatch: pytest.MonkeyPatch, commit: str) -> None:
    """Make the running casebuilder one of this commit."""
    monkeypatch.setattr(scaffold, "source", lambda: scaffold.Source(ADDRESS, commit))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def upgrade(series: Path, *words: str) -> Result:
    return run("upgrade", "--series", str(series), *words)


def git(folder: Path, *words: str) -> str:
    order = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
    return subprocess.run(order, capture_output=True, check=True, text=True).stdout.strip()


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A series that is committed as `init` wrote it."""
    folder = tmp_path / "our-cases"
    assert run("init", str(folder), "--owner", "@ward/five").exit_code == 0
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")
    return folder


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def newer(monkeypatch: pytest.MonkeyPatch, path: str, old: str, new: str) -> None:
    """Make the running casebuilder one whose template of a file differs."""
    fill = scaffold.newseries.fill_templates

    def filled(*arguments: object, **more: object) -> dict[str, str]:
        texts = fill(*arguments, **more)  # type: ignore[arg-type]  # handed on
        if path in texts:
            assert old in texts[path]
            texts[path] = texts[path].replace(old, new)
        return texts

    monkeypatch.setattr(scaffold.newseries, "fill_templates", filled)


def state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".git/" not in str(path)}


def test_a_new_series_is_up_to_date(series: Path) -> None:
    before = state(series)
    result = upgrade(series, "--yes")
    assert (result.exit_code, result.output) == (0, "Everything is up to date.\n")
    assert state(series) == before


@pytest.mark.parametrize(
    "words",
    [
        ["--name", 'O: "x" & <y>', "--language", "ar", "--licence", "CC-BY-NC-4.0", "--timezone", "Asia/Manila"],
        ["--language", "de", "--site-url", "https://x.example/cases/", "--source", f"https://git.example/c@{NEW}"],
        ["--language", "fil", "--source", "casebuilder==1.2"],
    ],
    ids=["name", "site", "index"],
)
def test_whatever_was_chosen_a_new_series_is_up_to_date(tmp_path: Path, words: list[str]) -> None:
    assert run("init", str(tmp_path / "s"), *words).exit_code == 0
    result = upgrade(tmp_path / "s")
    assert (result.exit_code, result.output) == (0, "Everything is up to date.\n")


def test_changes_are_shown_first_and_written_with_an_option(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer(monkeypatch, "Makefile", "rm -rf site .cache", "rm -rf site .cache build")
    running(monkeypatch, NEW)
    before = state(series)
    result = upgrade(series)
    assert result.exit_code == 1
    assert "+\trm -rf site .cache build\n" in result.output
    assert f"+casebuilder @ git+{ADDRESS}@{NEW}\n" in result.output
    assert "Nothing was written" in result.output
    assert state(series) == before
    assert upgrade(series, "--yes").exit_code == 0
    assert git(series, "status", "--short").split() == [
        *("M", "Makefile", "M", "README.md", "M", "casebuilder.lock", "M", "requirements.txt")
    ]
    assert upgrade(series).output == "Everything is up to date.\n"


@pytest.mark.parametrize("committed", [True, False])
def test_what_the_series_changed_is_kept_in_two_upgrades(
    series: Path, monkeypatch: pytest.MonkeyPatch, *, committed: bool
) -> None:
    edit(series, WORKFLOW, 'cron: "5 4 * * *"', 'cron: "5 9 * * *"')
    if committed:
        git(series, "commit", "--quiet", "--all", "--message", "Our hour")
    assert upgrade(series).output == "Everything is up to date.\n"
    for old, number in (("", "one"), ("  # one", "two")):
        newer(monkeypatch, WORKFLOW, f"permissions: {{}}{old}\n", f"permissions: {{}}  # {number}\n")
        result = upgrade(series, "--yes")
        assert (result.exit_code, "(with your changes)" in result.output) == (0, True), result.output
        text = (series / WORKFLOW).read_text(encoding="utf-8")
        assert 'cron: "5 9 * * *"' in text
        assert f"# {number}\n" in text


def test_what_was_changed_on_both_sides_is_left_and_shown_again(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(series, WORKFLOW, "permissions: {}\n", "permissions: read-all\n")
    newer(monkeypatch, WORKFLOW, "permissions: {}\n", "permissions:\n  contents: read\n")
    for _ in range(2):
        result = upgrade(series, "--yes")
        assert (result.exit_code, "not changed, because you changed the same lines" in result.output) == (1, True)
        assert "+  contents: read\n" in result.output
    assert upgrade(series, "--keep").exit_code == 0
    assert upgrade(series).output == "Everything is up to date.\n"
    assert "permissions: read-all\n" in (series / WORKFLOW).read_text(encoding="utf-8")
    newer(monkeypatch, WORKFLOW, "  contents: read\n\n", "  contents: none\n\n")
    assert "not changed, because" in upgrade(series).output, "casebuilder's own has changed again"


def test_what_a_series_pins_itself_stays_in_the_lock(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = series / "constraints.lock"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(f"{text}zz-plugin==1 \\\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    newer(monkeypatch, "constraints.lock", "\nclick==", "\nclick==99.")
    result = upgrade(series, "--yes")
    assert (result.exit_code, "-> 99." in result.output) == (0, True), result.output
    assert lock.read_text(encoding="utf-8").endswith(f"zz-plugin==1 \\\n    --hash=sha256:{'0' * 64}\n")


def test_a_deleted_file_stays_deleted_and_one_that_is_not_needed_any_more_goes(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (series / "Makefile").unlink()
    fill = scaffold.newseries.fill_templates

    def without_one(*words: object, **named: object) -> dict[str, str]:
        return {path: text for path, text in fill(*words, **named).items() if path != ".github/dependabot.yml"}

    monkeypatch.setattr(scaffold.newseries, "fill_templates", without_one)
    result = upgrade(series, "--yes")
    assert (result.exit_code, ".github/dependabot.yml: deleted" in result.output) == (0, True)
    assert not (series / ".github/dependabot.yml").exists()
    assert not (series / "Makefile").exists()


def test_licence_and_owners_follow_the_settings(series: Path) -> None:
    edit(series, "mkdocs.yml", "licence: CC-BY-4.0", "licence: CC-BY-NC-4.0")
    edit(series, "docs/about.md", "<!-- TODO Say", "Ours.\n\n<!-- TODO Say")
    assert upgrade(series, "--yes").exit_code == 0
    for path in ("LICENSE-CONTENT", "docs/about.md"):
        assert "CC BY-NC 4.0" in (series / path).read_text(encoding="utf-8")
        assert "CC BY 4.0" not in (series / path).read_text(encoding="utf-8")
    assert "Ours.\n" in (series / "docs/about.md").read_text(encoding="utf-8")
    assert "@ward/five" in (series / ".github/CODEOWNERS").read_text(encoding="utf-8")


def test_a_gitignore_that_was_there_gets_the_lines_that_it_lacks(tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    folder.mkdir()
    (folder / ".gitignore").write_text("*.pyc\n/site/", encoding="utf-8")
    assert run("init", str(folder)).exit_code == 0
    assert upgrade(folder, "--yes").exit_code == 0
    lines = (folder / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["*.pyc", "/site/"]
    assert lines.count("/site/") == 1
    assert "/.casebuilder/" in lines
    record = (folder / "casebuilder.lock").read_bytes()
    (folder / "casebuilder.lock").write_bytes(record.replace(b'".gitignore"', b'".gitignored"'))
    changed = (folder / "casebuilder.lock").read_bytes()
    assert upgrade(folder).output == "Everything is up to date.\n"
    assert (folder / "casebuilder.lock").read_bytes() == changed


def test_a_requirement_that_somebody_changed_is_installed_first(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(series, "requirements.txt", OLD, NEW)
    result = upgrade(series, "--yes")
    assert (result.exit_code, "Install that one, and run" in " ".join(result.output.split())) == (2, True)
    running(monkeypatch, NEW)
    assert upgrade(series, "--yes").exit_code == 0
    assert NEW in (series / "requirements.txt").read_text(encoding="utf-8")


def test_a_series_of_an_earlier_version_has_no_record(tmp_path: Path) -> None:
    """Its files are recognised by their digests, whatever its name and owner are; other packages are kept."""
    folder = tmp_path / "old"
    assert run("init", str(folder), "--name", "Old & wise", "--owner", "@a/b").exit_code == 0
    (folder / "casebuilder.lock").unlink()
    (folder / "constraints.txt").unlink()
    (folder / "requirements.txt").write_text(f"casebuilder @ git+{ADDRESS}@{'0c' * 20}\nother==1\n", encoding="utf-8")
    result = upgrade(folder, "--yes")
    assert "constraints.txt: new" in result.output
    required = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert required == ["--constraint constraints.txt", f"casebuilder @ git+{ADDRESS}@{OLD}", "other==1"]
    assert json.loads((folder / "casebuilder.lock").read_text(encoding="utf-8"))["files"].keys() >= {"Makefile"}
    assert upgrade(folder).output == "Everything is up to date.\n"


def test_files_of_version_0_1_are_recognised() -> None:
    """The commit before `casebuilder.lock`; a shallow clone does not have it."""
    root = Path(__file__).parents[1]
    home = "src/casebuilder/editorial/scaffold/templates/series"
    commit = "1cfa9e4a8d6bacac384c78a413c0bc7ec63e650c"
    for path in (".github/workflows/check.yml", WORKFLOW, "Makefile", ".gitignore", "constraints.lock"):
        place = f"{commit}:{home}/{path.replace('.g', 'dot-g', 1) if path.startswith('.g') else path}"
        completed = subprocess.run(["git", "-C", str(root), "show", place], capture_output=True, text=True, check=False)
        if completed.returncode:
            pytest.skip("this copy has no history")
        assert earlierversions.is_former(path, completed.stdout), path
    owners = "# a\n# TODO Write who\n/theme/   @a/b\n"
    assert earlierversions.plain(".github/CODEOWNERS", owners) == "# a\n/theme/   @\n"
    assert not earlierversions.is_former("Makefile", "all:\n")


def test_a_record_names_no_file_outside_of_the_series(series: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine\n", encoding="utf-8")
    names = ("../thesis.txt", str(tmp_path / "thesis.txt"), ".github/../../thesis.txt", "..\\thesis.txt")
    files = {name: {"sha256": lockfile.digest("mine\n")} for name in names}
    (series / "casebuilder.lock").write_text(json.dumps({"files": files}), encoding="utf-8")
    upgrade(series, "--yes")
    assert (tmp_path / "thesis.txt").exists()
    for broken in ("", "[]", '{"files": 1}', '{"files": {"a": {}}}', "[" * 5000):
        assert lockfile.read(broken) == {}


@pytest.mark.parametrize("line", ["casebuilder", f"casebuilder @ git+{ADDRESS}@main", "casebuilder @ file:///a"])
def test_any_line_for_casebuilder_becomes_one_with_a_full_commit(series: Path, line: str) -> None:
    (series / "casebuilder.lock").unlink()
    (series / "requirements.txt").write_text(f"{line}\n", encoding="utf-8")
    assert upgrade(series, "--yes").exit_code == 0
    assert f"casebuilder @ git+{ADDRESS}@{OLD}\n" in (series / "requirements.txt").read_text(encoding="utf-8")


def test_a_wheel_in_the_series_is_left_alone(series: Path) -> None:
    edit(
        series, "requirements.txt", f"casebuilder @ git+{ADDRESS}@{OLD}", "./vendor/casebuilder-0.1.0-py3-none-any.whl"
    )
    assert upgrade(series).output == "Everything is up to date.\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [("licence: CC-BY-4.0", "licence: CC-BY"), ("plugins:", "plugins: ["), ("language: en", "language: xx-")],
)
def test_settings_with_errors_are_fixed_first(series: Path, old: str, new: str) -> None:
    """Nothing is made of a name, a language or a licence that could not be read."""
    edit(series, "mkdocs.yml", old, new)
    before = state(series)
    result = upgrade(series, "--yes")
    assert (result.exit_code, "mkdocs.yml" in result.output) == (2, True), result.output
    assert state(series) == before


def test_casebuilders_own_repository_is_not_upgraded() -> None:
    result = upgrade(Path(__file__).parents[1], "--yes")
    assert (result.exit_code, "own repository" in " ".join(result.output.split())) == (2, True)


def test_a_folder_that_is_no_series_is_refused(tmp_path: Path) -> None:
    result = upgrade(tmp_path)
    assert (result.exit_code, "is not a series" in " ".join(result.output.split())) == (2, True)
    assert list(tmp_path.iterdir()) == []
