"""`casebuilder check` as its users meet it: exit statuses, files and folders to look at, forms of the report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder.cli import main
from casebuilder.pipeline import problemreport

if TYPE_CHECKING:
    from pathlib import Path

CASE = "cases/2026-03-late-handover"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return zoo_keeper.lay_out("_sound", tmp_path)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return zoo_keeper.lay_out("twelve-faults", tmp_path)


def check(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def reported_files(result: Result) -> set[str]:
    """The files that a report names."""
    return {line.split(":")[0] for line in result.stdout.splitlines() if not line.startswith(" ")}


def test_a_sound_series_prints_nothing_and_ends_with_success(sound: Path) -> None:
    result = check("--series", sound)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 cases checked: no problem\n")


def test_problems_end_with_one_and_are_counted_beside_the_report(broken: Path) -> None:
    result = check("--series", broken)
    assert (result.exit_code, result.stderr) == (1, "2 cases checked: 11 errors and 1 warning\n")
    assert len(reported_files(result)) == 9


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.yml", "title: ", "title: {}"),
        ("case.yml", "title: ", "title: >-\n  {}\n  "),
        ("questions.md", "## ", "## {}"),
    ],
)
def test_a_title_that_would_take_minutes_to_print_is_refused_at_its_line(
    sound: Path, file: str, old: str, new: str
) -> None:
    path = sound / CASE / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new.format("word " * 1_100), 1), encoding="utf-8")
    result = check("--series", sound)
    assert result.exit_code == 1
    (reported,) = (line for line in result.stdout.splitlines() if not line.startswith(" "))
    assert reported.startswith(f"{CASE}/{file}:1:")
    assert "error: there are 5,5" in reported
    assert "characters here; at most 5,000 are printed on one line" in reported


@pytest.mark.parametrize(("name", "kind"), [("poor-alt", "warning"), ("teaser-length", "note")])
@pytest.mark.parametrize("strict", ["", "strict: true", "      strict: true"])
def test_warnings_and_notes_end_with_one_in_a_strict_series_only(
    tmp_path: Path, name: str, kind: str, strict: str
) -> None:
    series = zoo_keeper.lay_out(name, tmp_path)
    settings = (series / "mkdocs.yml").read_text(encoding="utf-8")
    where = "      timezone:" if strict.startswith(" ") else "site_name:"
    (series / "mkdocs.yml").write_text(settings.replace(where, f"{strict}\n{where}", 1), encoding="utf-8")
    result = check("--series", series)
    assert result.exit_code == bool(strict)
    assert f" {kind}" in result.stderr
    assert "error" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--no-such-option"], "No such option"),
        (["--format", "xml"], "'xml' is not one of 'text', 'github', 'json', 'sarif'"),
        (["--series", "nowhere"], "does not exist"),
        (["--series", "mkdocs.yml"], "is a file"),
        (["nowhere.md"], "nowhere.md is neither a file nor a case"),
        ([".."], "is not in the series"),
        (["/etc/passwd"], "is not in the series"),
        (["--as-of", "soon"], "soon"),
        (["--since", "no-such-revision"], "--since"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_was_wrong(
    sound: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(sound)
    result = check(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        ([f"{CASE}/case.yml"], {f"{CASE}/case.yml"}),
        ([CASE], {f"{CASE}/case.yml", f"{CASE}/questions.md", f"{CASE}/quotes.yml", f"{CASE}/scenario.md"}),
        ([f"{CASE}/"], {f"{CASE}/case.yml", f"{CASE}/questions.md", f"{CASE}/quotes.yml", f"{CASE}/scenario.md"}),
        (["experts"], {"experts/ana-ruiz.md", "experts/ben-okafor.md"}),
        (["experts/caro-lind.md"], set()),
        (["experts/ana-ruiz.md", "mkdocs.yml"], {"experts/ana-ruiz.md", "mkdocs.yml"}),
        (["./experts/../experts/ana-ruiz.md"], {"experts/ana-ruiz.md"}),
        (["cases/2026-04-paper-club"], set()),
    ],
)
def test_only_the_problems_of_the_files_and_folders_named_are_reported(
    broken: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], files: set[str]
) -> None:
    monkeypatch.chdir(broken)
    result = check(*paths)
    assert reported_files(result) == files
    assert result.exit_code == (1 if files else 0)


def test_the_folder_itself_is_the_whole_series(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken)
    assert check(".").stdout == check().stdout != ""


def test_a_folder_is_not_another_whose_name_begins_alike(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (broken / "cases/2026-03-late").mkdir()
    monkeypatch.chdir(broken)
    assert check("cases/2026-03-late").exit_code == 0


def test_arguments_are_relative_to_the_current_folder_and_problems_to_the_series(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    result = check("--series", "series", "series/experts")
    assert reported_files(result) == {"experts/ana-ruiz.md", "experts/ben-okafor.md"}
    monkeypatch.chdir(broken / "experts")
    assert reported_files(check("--series", "..", "ana-ruiz.md")) == {"experts/ana-ruiz.md"}
    assert check("--series", "..", "experts").exit_code == 2


def test_a_link_can_be_named_though_it_leads_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(zoo_keeper.lay_out("link-outside", tmp_path))
    result = check(f"{CASE}/facilitation.md")
    assert (result.exit_code, reported_files(result)) == (1, {f"{CASE}/facilitation.md"})


@pytest.mark.parametrize("form", problemreport.FORMATS)
def test_each_format_lists_the_same_problems(broken: Path, form: str) -> None:
    text, other = check("--series", broken), check("--series", broken, "--format", form)
    assert other.exit_code == 1
    messages = [line.split(": ", 2)[2].rsplit(" [", 1)[0] for line in text.stdout.splitlines() if line[0] != " "]
    if form == "json":
        assert [problem["message"] for problem in json.loads(other.stdout)["problems"]] == messages
    elif form == "sarif":
        results = json.loads(other.stdout)["runs"][0]["results"]
        assert all(result["message"]["text"].startswith(said) for result, said in zip(results, messages, strict=True))
    elif form == "github":
        assert text.stdout in other.stdout
        assert other.stdout.count(" file=") == min(len(messages), 10), "the worst ten stand on their lines"
    else:
        assert other.stdout == text.stdout


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_standard_output_for_programs_holds_only_the_report(sound: Path, form: str) -> None:
    result = check("--series", sound, "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    json.loads(result.stdout)


def test_outside_of_a_series_one_problem_says_where_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = check()
    assert result.stdout.startswith("mkdocs.yml:1:1: error: there is no mkdocs.yml here [no-series]\n")
    assert result.exit_code == 1


def test_in_a_folder_that_was_deleted_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for words in (["check"], ["init", "x"], ["stats", "--write"]):
        result = CliRunner().invoke(main, words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "the current folder no longer exists" in result.stderr


def test_an_instant_before_the_release_waits_for_no_consent(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("missing-consent", tmp_path)
    early, late = check("--series", series, "--as-of", "2026-03-10"), check("--series", series)
    assert early.stdout.count("[missing-consent]") < late.stdout.count("[missing-consent]")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_that_cannot_show_a_letter_gets_no_traceback(tmp_path: Path, encoding: str) -> None:
    series = zoo_keeper.lay_out("heading-without-an-id", tmp_path)
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "casebuilder", "check"]
    completed = subprocess.run(command, cwd=series, env=environment, capture_output=True, check=False)
    assert completed.returncode == 1
    assert b"no letters that an address can have" in completed.stdout
    assert b"Traceback" not in completed.stderr


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_a_console_of_windows_shows_every_report_and_machines_can_read_theirs(tmp_path: Path, form: str) -> None:
    series = zoo_keeper.lay_out("heading-without-an-id", tmp_path)
    (series / "experts/李-😀.md").write_text("---\nname: 李 😀\nnmae: x\n---\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "casebuilder", "check", "--format", form]
    completed = subprocess.run(command, cwd=series, env=environment, capture_output=True, check=False)
    assert completed.returncode == 1
    assert b"Traceback" not in completed.stderr
    if form in {"json", "sarif"}:
        assert "李-😀" in json.dumps(json.loads(completed.stdout), ensure_ascii=False)


def test_nothing_is_written(broken: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in broken.rglob("*")}
    check("--series", broken)
    assert {path: path.stat().st_mtime_ns for path in broken.rglob("*")} == before


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--no-packs"), ("serve",), ("status",), ("digest",), ("pack", "2026-03-late-handover"),
        ("discussion", "verify"), ("withdraw", "2026-03-late-handover", "--reason", "Why."), ("new", "The Case"),
    ],
)  # fmt: skip
def test_outside_of_a_series_every_other_command_says_where_to_go(tmp_path: Path, words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*words, "--series", str(tmp_path)])
    assert result.exit_code == 2
    assert "is not a series: go to the folder that holds mkdocs.yml" in " ".join(result.stderr.split())
    (tmp_path / "mkdocs.yml").write_text("site_name: A site\nplugins: [search]\n", encoding="utf-8")
    result = CliRunner().invoke(main, [*words, "--series", str(tmp_path)])
    assert result.exit_code == 2
    assert "does not name the plugin casebuilder; add the entry" in " ".join(result.stderr.split())


def test_a_mistyped_command_gets_a_suggestion() -> None:
    result = CliRunner().invoke(main, ["chek"])
    assert result.exit_code == 2
    assert 'there is no command "chek"; did you mean "check"?' in result.stderr


def test_quotes_that_could_not_be_read_are_not_passed_over_in_silence(sound: Path) -> None:
    (sound / CASE / "quotes.yml").write_text("- id: [\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["discussion", "verify", "--series", str(sound)])
    assert result.stderr == (
        "0 quotes compared, 0 not word for word\n\n1 error prevents publication. Run `casebuilder check` to see it.\n"
    )


@pytest.mark.parametrize(
    "folder", ["cases", "cases/2026-03-late-handover/responses", "commentary/2026-03-late-handover", "experts"]
)
def test_the_series_is_found_from_any_folder_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    series = zoo_keeper.lay_out("yaml-syntax", tmp_path)
    monkeypatch.chdir(series)
    expected = CliRunner().invoke(main, ["check"])
    monkeypatch.chdir(series / folder)
    result = CliRunner().invoke(main, ["check"])
    assert (result.stdout, result.exit_code) == (expected.stdout, 1)
    assert "2026-04-paper-club" in CliRunner().invoke(main, ["status", "--as-of", "2026-03-03"]).output


def test_the_nearest_series_is_found_and_a_configuration_of_another_program_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    (series / "docs").mkdir()
    (series / "docs/mkdocs.yml").write_text("site_name: Something else\n", encoding="utf-8")
    (series / "docs/deep").mkdir()
    monkeypatch.chdir(series / "docs/deep")
    assert CliRunner().invoke(main, ["check"]).stderr == "2 cases checked: no problem\n"


@pytest.mark.parametrize(
    "words",
    ["2026-03-late-handover", "cases/2026-03-late-handover", "cases/2026-03-late-handover/", "./2026-03-late-handover"],
)
def test_a_slug_stands_for_the_folders_of_its_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    series = zoo_keeper.lay_out("twelve-faults", tmp_path)
    monkeypatch.chdir(series)
    paths = {line.partition(":")[0] for line in CliRunner().invoke(main, ["check", words]).stdout.splitlines()}
    paths = {path for path in paths if path.strip() != "hint"}
    assert paths
    folders = {"/".join(path.split("/")[:2]) for path in paths}
    own = {"cases/2026-03-late-handover"}
    assert folders == (own if words.startswith("cases/") else own | {"commentary/2026-03-late-handover"})


def test_a_folder_argument_is_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series = zoo_keeper.lay_out("twelve-faults", tmp_path)
    monkeypatch.chdir(series / "cases")
    inside = CliRunner().invoke(main, ["check", "2026-03-late-handover"]).stdout
    assert "cases/2026-03-late-handover/case.yml" in inside
    assert "experts/" not in inside
    monkeypatch.chdir(series / "cases/2026-03-late-handover")
    assert CliRunner().invoke(main, ["check", "."]).stdout == inside
    assert "questions.md:3:1" in CliRunner().invoke(main, ["check", "questions.md"]).stdout


def test_a_mistyped_case_gets_a_suggestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(zoo_keeper.lay_out("_sound", tmp_path))
    for command in (["check"], ["discussion", "verify"], ["pack"], ["withdraw", "--reason", "x"]):
        result = CliRunner().invoke(main, [*command, "2026-03-late-hand-over"])
        assert result.exit_code == 2
        assert 'did you mean "2026-03-late-handover"?' in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    "words",
    [
        ["curate", "2026-03-late-handover", "--file="],
        ["preview", "--since", "main", "--out="],
        ["moderator", "x", "-o", ""],
        ["build", "--site="],
        ["pack", "x", "-o", ""],
        ["init", ""],
    ],
)
def test_an_empty_name_is_no_file_and_no_folder(words: list[str]) -> None:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "the name is empty" in result.output
