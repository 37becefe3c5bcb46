"""What is missing on a machine and in a repository's settings, and how to get it. A local server plays GitHub."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from casebuilder import fonts
from casebuilder.cli import main
from casebuilder.editorial.discussion.fetching.tokens import token_for
from casebuilder.editorial.discussion.post import TranscriptError
from casebuilder.editorial.doctor import State, machine, repositorysettings, systems
from casebuilder.editorial.doctor import githubanswers as asking
from casebuilder.editorial.github import GitHub
from network import Answer, Network, network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMIT, OTHER = "0a" * 20, "0b" * 20


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments])


# A machine


def test_this_machine_has_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "loading_error", lambda: "")
    result = run("--series", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "ok       Pango" in result.output
    assert "ok       fonts for Chinese, Japanese, Korean" in result.output
    assert result.output.endswith("\nNothing that is needed is missing.\n")


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("debian", "sudo apt-get install --no-install-recommends libpango-1.0-0"),
        ("fedora", "sudo dnf install pango"),
        ("macos", "brew install pango"),
        ("windows", "pacman -S mingw-w64-x86_64-pango"),
    ],
)
def test_each_system_has_its_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, command: str
) -> None:
    monkeypatch.setattr(machine, "loading_error", lambda: "OSError: cannot load library 'libpango-1.0-0'")
    monkeypatch.setattr(fonts, "fallbacks", lambda letters: () if letters & frozenset("ก漢😀") else ("a face",))
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "git" else name)
    result = run("--system", system, "--series", str(tmp_path))
    assert result.exit_code == 1
    assert command in result.output
    assert "missing  Pango, which sets the type of packs: cannot load library 'libpango-1.0-0'." in result.output
    assert "optional fonts for Thai," in result.output
    assert "optional fonts for Chinese," in result.output
    assert "optional fonts for emoji," in result.output
    assert "optional Git," in result.output
    assert result.output.endswith("\n1 thing is missing.\n")
    assert max(map(len, result.output.splitlines())) <= 120


def test_an_unknown_system_hears_what_debian_calls_it() -> None:
    assert systems.advice("pango", "plan9")[0] == "On this system look for what Debian calls:"
    assert all(ways.keys() == systems.SYSTEMS.keys() for ways in systems.ADVICE.values())


def test_the_casebuilder_that_runs_is_compared_with_the_series() -> None:
    named = f"casebuilder @ git+https://example.org/c@{OTHER}\n"
    other = machine.version(named, COMMIT)
    assert (other.state, "commit 0b0b0b0b0b0b" in other.message) == (State.MISSING, True)
    assert "venv --clear" in " ".join(other.advice)
    assert machine.version(named, OTHER).state is State.OK
    assert machine.version("", COMMIT).state is State.OK
    example = f"--constraint constraints.txt\n#{named}"
    found = list(machine.findings("linux", {"requirements.txt": example}, COMMIT))
    assert "does not say yet where casebuilder comes from" in found[2].message
    assert found[1].state is State.OK
    assert not list(machine.source(named))
    assert not list(machine.source(""))
    assert machine.python((3, 10, 4)).state is State.MISSING
    (found,) = machine.libraries("click==0.1\nmkdocs==0.2 ; python_version > '3'\nnot-for-this-system==1\n")
    assert (found.state, "click" in found.message, "(0.2)" in found.message) == (State.OPTIONAL, True, True)


def test_a_licence_file_that_did_not_follow_the_setting_is_named() -> None:
    (found,) = machine.licence("under CC BY 4.0:", "CC-BY-NC-4.0")
    assert (found.state, "does not name CC BY-NC 4.0" in found.message) == (State.OPTIONAL, True)
    assert not list(machine.licence("under CC BY 4.0:", "CC-BY-4.0"))
    assert not list(machine.licence("", "CC-BY-4.0"))


# A repository

GOOD: dict[str, Any] = {
    "": {"private": False, "fork": False, "default_branch": "main", "has_issues": True},
    "/pages": {"build_type": "workflow", "html_url": "https://ward.example.org/cases/"},
    "/actions/permissions": {"enabled": True, "allowed_actions": "all"},
    "/actions/permissions/workflow": {
        "can_approve_pull_request_reviews": True,
        "default_workflow_permissions": "read",
    },
    "/actions/workflows": {"workflows": [{"path": ".github/workflows/publish.yml", "state": "active"}]},
    "/rules/branches/main": [
        {
            "type": "pull_request",
            "parameters": {"required_approving_review_count": 1, "require_code_owner_review": True},
        },
        {"type": "required_status_checks", "parameters": {"required_status_checks": [{"context": "series"}]}},
    ],
    "/branches/main": {"protected": True},
    "/codeowners/errors": {"errors": []},
}


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    """GitHub's API on this machine, where everything is as it should be."""
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    with network() as server:
        monkeypatch.setenv("GITHUB_API_URL", server.address)
        for path, value in GOOD.items():
            server.answers[f"/repos/ward/cases{path}"] = lambda *_, value=value: value
        yield server


@pytest.fixture
def _token(monkeypatch: pytest.MonkeyPatch, github: Network) -> None:
    assert github.address
    monkeypatch.setenv("GITHUB_TOKEN", "secret")


@pytest.fixture
def series(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").write_text(
        "plugins: [casebuilder]\nsite_url: https://ward.example.org/cases/\n", encoding="utf-8"
    )
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/publish.yml").write_text("on: push\n", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    remote = ["remote", "add", "origin", "git@github.com:ward/cases.git"]
    subprocess.run(["git", "-C", str(tmp_path), *remote], check=True)
    return tmp_path


def test_a_repository_that_is_ready(github: Network, series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GH_TOKEN", "secret")
    result = run("--github", "--series", str(series))
    assert result.exit_code == 0, result.output
    assert {line.split()[0] for line in result.output.splitlines()[:-2]} == {"ok"}
    assert github.headers["Authorization"] == "Bearer secret"
    assert "secret" not in result.output
    assert "before its release too" in result.output


@pytest.mark.usefixtures("_token")
@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("", {**GOOD[""], "fork": True}, "it is a fork"),
        ("", {**GOOD[""], "default_branch": "master"}, 'its default branch is "master"'),
        ("", {**GOOD[""], "has_issues": False}, "issues are off"),
        ("", {**GOOD[""], "archived": True}, "it is archived"),
        ("/pages", {"build_type": "legacy"}, "publishes a branch"),
        ("/pages", None, "GitHub Pages is off"),
        ("/pages", {**GOOD["/pages"], "html_url": "https://other.example.org/"}, "Write site_url: https://other.example"),
        ("/actions/permissions", {"enabled": False}, "the workflows may not run"),
        ("/actions/permissions", {"enabled": True, "allowed_actions": "local_only"}, "the workflows may not run"),
        ("/actions/permissions/workflow", {}, "may not create pull requests"),
        ("/actions/workflows", {"workflows": []}, "does not have the workflow publish"),
        (
            "/actions/workflows",
            {"workflows": [{"path": ".github/workflows/publish.yml", "state": "disabled_inactivity"}]},
            "60 days",
        ),
        ("/rules/branches/main", [{"type": "pull_request", "parameters": {}}], "a review from Code Owners, the"),
        ("/branches/main", None, "has no branch main yet"),
        ("/codeowners/errors", {"errors": [{"line": 7, "kind": "Unknown owner"}]}, "CODEOWNERS, line 7: Unknown owner"),
    ],
)  # fmt: skip
def test_what_is_not_ready_is_named_with_what_to_do(
    github: Network, series: Path, path: str, value: object, said: str
) -> None:
    github.answers[f"/repos/ward/cases{path}"] = lambda *_: value
    result = run("--github", "--series", str(series))
    assert (result.exit_code, said in " ".join(result.output.split())) == (1, True), result.output
    assert result.output.endswith("\n1 thing is missing.\n")


@pytest.mark.parametrize(("newest", "said"), [(COMMIT, "casebuilder is the newest"), (OTHER, "a newer casebuilder")])
def test_a_newer_casebuilder_is_named_with_what_is_new(github: Network, series: Path, newest: str, said: str) -> None:
    line = f"casebuilder @ git+https://github.com/ward/casebuilder@{COMMIT}\n"
    (series / "requirements.txt").write_text(line, encoding="utf-8")
    github.answers["/repos/ward/casebuilder/commits/HEAD"] = lambda *_: {"sha": newest}
    output = run("--github", "--series", str(series)).output
    assert said in output
    assert ("compare/0a0a0a0a0a0a...0b0b0b0b0b0b" in output) is (newest == OTHER)
    assert (f"pip install git+https://github.com/ward/casebuilder@{OTHER}\n" in output) is (newest == OTHER)
    del github.answers["/repos/ward/casebuilder/commits/HEAD"]
    assert said not in run("--github", "--series", str(series)).output, "it may be private"


def test_without_a_token_what_cannot_be_seen_is_not_called_missing(github: Network, series: Path) -> None:
    for path in ("/pages", "/actions/permissions", "/actions/permissions/workflow"):
        del github.answers[f"/repos/ward/cases{path}"]
    result = run("--github", "--series", str(series))
    assert result.exit_code == 0
    assert result.output.count("unknown") == 3
    assert "Set GH_TOKEN" in result.output


def test_a_private_repository_without_a_plan_cannot_be_protected() -> None:
    answers = {
        name: repositorysettings.Answer(200, GOOD[path.partition("?")[0]])
        for name, path in repositorysettings.QUESTIONS.items()
    }
    answers["repository"] = repositorysettings.Answer(200, {**GOOD[""], "private": True})
    answers["rules"] = repositorysettings.Answer(403, {"message": "Upgrade to GitHub Pro"})
    answers["branch"] = repositorysettings.Answer(200, {"protected": False})
    found = list(repositorysettings.findings(repositorysettings.Expected("ward/cases", has_token=True), answers))
    assert [each.message for each in found if each.state is State.OPTIONAL] == [
        "main cannot be protected: for a private repository GitHub asks for a paid plan"
    ]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ((401, {}, {"message": "Bad credentials"}), "does not know the token"),
        ((404, {}, {"message": "Not Found"}), "has no repository ward/cases"),
        ((403, {"X-RateLimit-Remaining": "0"}, {"message": "limit"}), "asked too often"),
        ((200, {}, b"<html>a hospital's proxy</html>"), "cannot be asked"),
        ((500, {}, {"message": "oops"}), "cannot be asked"),
        ((200, {}, ["no object"]), "its default branch is"),
        ((301, {"Location": "http://127.0.0.2:1/else"}, {"message": "Moved"}), "cannot be asked"),
    ],
)
def test_a_server_that_answers_something_else_is_no_traceback(
    github: Network, series: Path, fault: Answer, said: str
) -> None:
    github.faults = [fault]
    result = run("--github", "--series", str(series))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert said in " ".join(result.output.split()), result.output


def test_a_server_that_is_not_there_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TRIES", 0)
    found = asking.ask("http://127.0.0.1:1", "ward/cases", "")
    assert found["repository"].status == 0
    assert "cannot be reached" in found["repository"].reason


def test_a_renamed_repository_is_followed_and_the_token_goes_nowhere_else(github: Network) -> None:
    github.faults = [(301, {"Location": "/repos/ward/cases"}, {"message": "Moved"})]
    assert asking.ask(github.address, "ward/old", "secret")["repository"].is_ok


@pytest.mark.parametrize(
    ("remote", "name"),
    [
        ("https://github.com/ward/cases", "ward/cases"),
        ("https://u:t@github.com/ward/cases.git", "ward/cases"),
        ("git@github.com:ward/cases.git", "ward/cases"),
        ("ssh://git@github.com/ward/cases.git", "ward/cases"),
        ("https://gitlab.com/ward/cases", ""),
        ("https://github.com.evil.example/ward/cases", ""),
        ("", ""),
    ],
)
def test_the_repository_is_that_of_the_remote(remote: str, name: str) -> None:
    assert asking.repository_of(remote) == name


def test_without_a_repository_it_asks_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    result = run("--github", "--series", str(tmp_path))
    assert (result.exit_code, "name it as OWNER/NAME" in " ".join(result.output.split())) == (2, True)


def test_a_long_path_is_named_on_windows_only() -> None:
    (found,) = machine.long_path("C:\\" + "x" * 120, "windows")
    assert (found.state, "a path of 123 characters" in found.message) == (State.OPTIONAL, True)
    assert [*machine.long_path("C:\\series", "windows"), *machine.long_path("/" + "x" * 120, "debian")] == []


@pytest.mark.parametrize("token", ["\udcff", "a\nb: c", "gh p"])
def test_what_no_request_can_carry_is_no_token(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("GH_TOKEN", token)
    for name in ("MASTODON_TOKEN", "GITHUB_TOKEN"):
        with pytest.raises(TranscriptError, match="copy it again"):
            token_for("https://social.example/@a/1", {name: token}, name, "")
    result = CliRunner().invoke(main, ["doctor", "--github", "--repository", "o/r"])
    assert (result.exit_code, "GH_TOKEN has characters that no token has" in result.output) == (1, True), result.output


def test_a_line_end_after_a_token_was_copied_with_it() -> None:
    assert token_for("https://social.example/@a/1", {"T": "abc\r\n"}, "T", "") == "abc"
    found = GitHub.of_environment({"GITHUB_TOKEN": "abc\n", "GITHUB_REPOSITORY": "o/r"})
    assert found == GitHub("https://api.github.com", "https://github.com", "o/r", "abc")
