"""`casebuilder github`: comments, issues and runs, against a server that plays GitHub's API, faults included."""

from __future__ import annotations

import base64
import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder.cli import githubrun, main
from casebuilder.editorial import pullrequestreport
from casebuilder.editorial.github import api, exchange
from github_server import BOT, HEAD, Hub, hub

if TYPE_CHECKING:
    from collections.abc import Iterator

CASE = "2026-03-late-handover"
PULL, RUN = 12, 7


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setattr(api, "BACKOFF", 0.0)
    with hub() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH"):
            monkeypatch.delenv(name, raising=False)
        yield server
    exchange._connection_pool("").clear()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["github", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def report() -> bytes:
    case = pullrequestreport.CaseReport(
        CASE, "Late", "draft", "opens", "2026-03-27", ("teaser missing",), (), (), is_shown=True
    )
    preview_report = pullrequestreport.PullRequestReport(
        format=1, commit="a" * 40, as_of="2026-03-01", is_built=True, errors=0, warnings=0, notes=0, worst=(),
        cases=(case,), others=0, deleted=(),
    )  # fmt: skip
    return zipped(pullrequestreport.as_json(preview_report))


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("preview.json", data)
    return buffer.getvalue()


def artifact(github: Hub, name: str, content: bytes = b"", size: int = 0) -> int:
    number = 1000 + len(github.artifacts)
    github.artifacts.append({"id": number, "name": name, "size_in_bytes": size or len(content), "expired": False})
    github.blobs[number] = content
    return number


@pytest.fixture
def pull(github: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A pull request from a fork, whose check has run: the event, to be changed and written by `write`."""
    github.pulls.append({"number": PULL, "head": {"sha": HEAD}, "base": {"repo": {"full_name": "o/series"}}})
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(tmp_path / "event.json"))
    owner = {"full_name": "stranger/series", "owner": {"login": "stranger"}}
    run: dict[str, Any] = {
        "id": RUN, "head_sha": HEAD, "event": "pull_request", "head_branch": "a&b=$(id)", "head_repository": owner,
        "pull_requests": [],
    }  # fmt: skip
    (tmp_path / "event.json").write_text(json.dumps({"workflow_run": run}), "utf-8")
    return run


# The comment


@pytest.mark.usefixtures("pull")
def test_the_comment_is_written_once_and_then_updated(github: Hub) -> None:
    artifact(github, "site", b"x" * 10)
    artifact(github, "preview-report", b"of the first attempt")
    page = artifact(github, f"{CASE}.html")
    artifact(github, "preview-report", report())
    github.artifacts.reverse()
    assert run("comment").output == f"wrote the comment on #{PULL}\n"
    (own,) = github.comments[PULL]
    assert own["body"].startswith(pullrequestreport.MARKER)
    assert f"https://github.example/o/series/actions/runs/7/artifacts/{page}" in own["body"]
    assert "teaser missing" in own["body"]
    assert github.leaked == [], "the host of artifacts has no business with the token"
    assert "head=stranger%3Aa%26b%3D%24%28id%29" in next(one for one in github.asked if "/pulls?" in one)
    assert run("comment").output == f"the comment on #{PULL} is up to date\n"
    own["body"] = pullrequestreport.MARKER + "\nold"
    assert run("comment").output == f"updated the comment on #{PULL}\n"
    assert len(github.comments[PULL]) == 1
    assert "teaser missing" in own["body"]


@pytest.mark.usefixtures("pull")
def test_a_comment_that_somebody_else_wrote_with_our_mark_is_left_alone(github: Hub) -> None:
    artifact(github, "preview-report", report())
    words = {"id": 5, "user": {"login": "stranger", "type": "User"}, "body": f"{pullrequestreport.MARKER} mine"}
    github.comments[PULL] = [dict(words) for _ in range(150)]
    assert run("comment").exit_code == 0
    assert github.comments[PULL][0] == words
    assert github.comments[PULL][-1]["user"]["login"] == BOT


@pytest.mark.parametrize(
    ("size", "content"),
    [(0, b"GIF89a"), (0, zipped(b"[]")), (10**9, b""), (10, b"x" * 300_000), (0, zipped(b'{"format": 2}'))],
    ids=["no zip", "no report", "states a large size", "lies about its size", "another version"],
)
@pytest.mark.usefixtures("pull")
def test_nothing_is_written_of_what_is_no_report(github: Hub, size: int, content: bytes) -> None:
    artifact(github, "preview-report", content, size)
    result = run("comment")
    assert result.exit_code == 1
    assert github.changed == []


@pytest.mark.usefixtures("pull")
def test_names_of_artifacts_become_links_only_if_they_are_those_of_our_files(github: Hub) -> None:
    artifact(github, f"{CASE}.html](https://evil.example)")
    artifact(github, "preview-report", report())
    run("comment")
    assert "evil" not in github.comments[PULL][0]["body"]
    assert "artifacts/" not in github.comments[PULL][0]["body"]


def test_an_older_run_and_a_run_of_no_pull_request_write_nothing(
    github: Hub, pull: dict[str, Any], tmp_path: Path
) -> None:
    artifact(github, "preview-report", report())
    for change in ({"head_sha": "c" * 40}, {"event": "push"}, {"head_repository": None, "head_sha": "c" * 40}):
        (tmp_path / "event.json").write_text(json.dumps({"workflow_run": pull | change}), "utf-8")
        result = run("comment")
        assert (result.exit_code, result.output.partition(":")[0]) == (0, "nothing to do")
    for text in ("", "[", "{}", json.dumps({"workflow_run": pull | {"id": "7/../../x"}})):
        (tmp_path / "event.json").write_text(text, "utf-8")
        assert run("comment").exit_code == 1
    assert github.changed == []


# Faults of the network


@pytest.mark.usefixtures("pull")
@pytest.mark.parametrize(
    "faults",
    [
        [(502, {}, b"")] * 3,
        [(403, {"Retry-After": "0"}, b'{"message": "secondary rate limit"}')],
        [(429, {"Retry-After": "0"}, b"")],
        [(200, {"Content-Length": "900"}, b"[")] * 0 + [(503, {}, b"<html>")],
    ],
    ids=["thrice", "second limit", "limit", "a page"],
)
def test_a_passing_fault_is_tried_again(github: Hub, faults: list[tuple[int, dict[str, str], bytes]]) -> None:
    artifact(github, "preview-report", report())
    github.faults = faults
    assert run("comment").exit_code == 0
    assert len(github.comments[PULL]) == 1


@pytest.mark.usefixtures("pull")
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ((403, {}, b'{"message": "Resource not accessible by integration"}'), "needs another permission"),
        ((404, {}, b'{"message": "Not Found"}'), "there is no such thing"),
        ((200, {}, b"<html>"), "not JSON"),
        ((200, {"Content-Length": "900"}, b"["), "breaks off"),
        ((200, {}, b"[" * 200_000), "not JSON"),
        ((302, {"Location": "http://169.254.169.254/"}, b""), "HTTP 302"),
    ],
    ids=["may not", "not there", "a page", "cut off", "deep", "sent on"],
)
def test_a_lasting_fault_is_reported_in_a_sentence(
    github: Hub, fault: tuple[int, dict[str, str], bytes], said: str
) -> None:
    github.faults = [fault]
    result = run("comment")
    assert result.exit_code == 1
    assert said in result.output
    assert "secret-token" not in result.output
    assert github.changed == []


@pytest.mark.usefixtures("pull")
def test_a_comment_is_not_written_twice_when_the_answer_is_lost(github: Hub) -> None:
    artifact(github, "preview-report", report())
    run("comment")
    github.comments.clear()
    result = run("issue", "publish", "--body", "/nowhere", "--build", "failure", "--deploy", "skipped")
    assert result.exit_code == 1
    posts = [one for one in github.changed if one.startswith("POST") and one.endswith("/issues")]
    assert len(posts) == 1
    github.issues.clear()
    number = len(github.asked)
    github.faults = [(200, {}, b"[]"), (500, {}, b"")]
    assert run("issue", "publish", "--body", "/nowhere", "--build", "failure", "--deploy", "skipped").exit_code == 1
    assert [one.split()[0] for one in github.asked[number:]] == ["GET", "POST"]


def test_without_a_token_or_a_repository_it_says_so(github: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("GITHUB_TOKEN", ""), ("GITHUB_REPOSITORY", "o/series/../x"), ("GITHUB_TOKEN", "a\nb: c")):
        with monkeypatch.context() as changed:
            changed.setenv(name, value)
            result = run("enable", "publish.yml")
            assert result.exit_code == 1
            assert name in result.output
    assert github.asked == []


# Issues


def test_an_issue_says_why_the_site_was_not_built_and_is_closed_when_it_is(github: Hub, tmp_path: Path) -> None:
    said = tmp_path / "said.md"
    said.write_text("- cases/x/case\\.yml\\:7\\: error", "utf-8")
    failed = ("issue", "publish", "--body", str(said), "--build", "failure", "--deploy", "skipped")
    assert run(*failed).exit_code == 1
    (own,) = github.issues.values()
    assert "Readers still see the last good one" in own["body"]
    assert "- cases/x/case" in own["body"]
    assert "actions/runs/7" in own["body"]
    assert run(*failed).exit_code == 1
    assert len(github.issues) == 1
    partly = ("issue", "publish", "--body", str(said), "--build", "success", "--deploy", "success")
    assert run(*partly).exit_code == 1, "a run that left something out is not a good one"
    assert "with problems" in own["body"]
    said.write_bytes(b"- caf\xe9")
    assert run(*partly).exit_code == 1
    assert "- caf\ufffd" in own["body"], "the issue is written although the text has other bytes"
    said.write_text("", "utf-8")
    assert run(*partly[:-1], "failure").exit_code == 1
    assert "GitHub Pages did not take it" in own["body"]
    assert run(*partly[:-1], "cancelled").exit_code == 0
    assert own["state"] == "open"
    assert run(*partly[:-1], "skipped").exit_code == 0, "nothing was due"
    assert own["state"] == "closed"
    assert "published as a whole again" in github.comments[own["number"]][0]["body"]
    asked = len(github.changed)
    assert run(*partly).exit_code == 0
    assert len(github.changed) == asked


def test_only_our_own_issues_are_touched(github: Hub) -> None:
    github.add_issue("<!-- casebuilder:publish -->", "stranger")
    github.add_issue("<!-- casebuilder:publish -->", pull_request={"url": "x"})
    github.add_issue("Something else")
    assert run("issue", "publish", "--body", "x", "--build", "success", "--deploy", "success").exit_code == 0
    assert github.changed == []


def test_an_issue_says_that_casebuilder_could_not_be_installed(github: Hub) -> None:
    script = Path(__file__).parent.parent / ".github/not-installed.py"
    for _ in range(120):
        github.add_issue("Something else")
    github.add_issue("<!-- casebuilder:publish -->", "stranger")
    github.add_issue("<!-- casebuilder:publish -->", pull_request={"url": "x"})
    said = []
    for _ in range(2):
        order = [sys.executable, "-I", "-S", str(script)]  # nothing that is not Python's own
        completed = subprocess.run(order, env=github.environment, capture_output=True, text=True, check=True)
        said.append(completed.stdout)
    assert said == ["the site was not built: #123 says so\n"] * 2
    own = github.issues[123]
    assert (own["title"], len(github.issues)) == ("The site needs your help", 123)
    assert "could not be installed" in own["body"]
    assert "https://github.example/o/series/actions/runs/7" in own["body"]
    assert run("issue", "publish", "--body", "x", "--build", "success", "--deploy", "success").exit_code == 0
    assert own["state"] == "closed", "the first good run closes it"


def test_there_is_one_issue_a_month(github: Hub, tmp_path: Path) -> None:
    series = str(zoo_keeper.lay_out("_sound", tmp_path))
    body = tmp_path / "month.md"
    body.write_text("Nothing.", "utf-8")

    def month(day: str) -> str:
        result = run("issue", "month", "--body", str(body), "--as-of", day, "--series", series)
        assert result.exit_code == 0, result.output
        return result.output

    assert month("2026-03-01") == "opened #1\n"
    assert (github.issues[1]["title"], github.issues[1]["body"]) == (
        "March 2026: what is due",
        "<!-- casebuilder:month 2026-03 -->\nNothing.",
    )
    assert month("2026-03-02") == "#1 is up to date\n"
    body.write_text("Much.", "utf-8")
    assert month("2026-03-03") == "updated #1\n"
    assert month("2026-04-01") == "opened #2; closed #1\n"
    assert [one["state"] for one in github.issues.values()] == ["closed", "open"]


def test_the_issue_of_a_month_names_a_newer_casebuilder(github: Hub, tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    line = f"casebuilder @ git+https://github.com/o/casebuilder@{'c' * 40}\n"
    (series / "requirements.txt").write_text(line, "utf-8")
    body = tmp_path / "month.md"
    body.write_text("Nothing.", "utf-8")
    order = ("issue", "month", "--body", str(body), "--as-of", "2026-03-01", "--series", str(series))
    for newest in ("", "c" * 40, "main; rm -rf ."):  # private, the same, and no commit
        github.newest = newest
        assert run(*order).exit_code == 0
        assert github.issues[1]["body"].endswith("\nNothing.")
    github.newest = "d" * 40
    assert run(*order).output == "updated #1\n"
    said = github.issues[1]["body"]
    assert f"github.com/o/casebuilder/compare/{'c' * 12}...{'d' * 12}" in said
    assert f"\n.venv/bin/pip install git+https://github.com/o/casebuilder@{'d' * 40}\n" in said


def test_workflows_are_switched_on_again(github: Hub) -> None:
    assert run("enable", "publish.yml", "month.yml").output == "on: publish.yml, month.yml\n"
    assert [one.rpartition("/workflows/")[2] for one in github.asked] == ["publish.yml/enable", "month.yml/enable"]
    assert run("enable", "../../x.yml").exit_code == 2


# Publishing


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    series_folder = zoo_keeper.lay_out("_sound", tmp_path)
    settings = series_folder / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  - casebuilder:\n", "  - casebuilder:\n      packs: false\n"), "utf-8"
    )
    return series_folder


def published(series: Path, as_of: str) -> tuple[int, str, str]:
    """The exit status, what the next jobs are given, and the report."""
    place = series.parent / "output"
    place.unlink(missing_ok=True)
    result = run("publish", "--report", str(series.parent / "said.md"), "--as-of", as_of, "--series", str(series))
    return result.exit_code, place.read_text("utf-8"), (series.parent / "said.md").read_text("utf-8")


def test_what_changed_is_deployed_and_on_a_schedule_nothing_else(
    github: Hub, series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casebuilder.cli import buildserve

    assert published(series, "2026-04-01") == (0, "deploy=true\n", "")
    assert (series / "site/index.html").is_file()
    monkeypatch.setattr(buildserve, "build_site", lambda *_: ())  # it was built; now only the decision counts
    monkeypatch.setenv("GITHUB_EVENT_NAME", "schedule")
    assert published(series, "2026-04-01")[1] == "deploy=true\n", "there was no run before"
    github.runs.append({"head_sha": HEAD, "run_started_at": "2026-04-01T04:05:00Z"})
    assert published(series, "2026-04-02T04:05") == (0, "deploy=false\n", "")
    assert "/workflows/publish.yml/runs?branch=main&status=success" in github.asked[-1]
    assert published(series, "2026-04-07")[1] == "deploy=true\n", "the club opened on the 6th"
    github.runs[0]["head_sha"] = "c" * 40
    assert published(series, "2026-04-02")[1] == "deploy=true\n", "there was a commit"
    github.faults = [(404, {}, b"")]
    assert published(series, "2026-04-02")[1] == "deploy=true\n", "in doubt it is deployed"
    github.runs[0]["head_sha"] = HEAD
    settings = series / "mkdocs.yml"
    text = settings.read_text("utf-8").replace("      packs: false\n", "      packs: false\n      overlays: [sealed]\n")
    settings.write_text(text, "utf-8")
    assert published(series, "2026-04-02T04:05")[1] == "deploy=true\n", "an overlay may have changed"


@pytest.mark.usefixtures("github")
def test_what_is_wrong_is_reported_and_the_last_site_stays(series: Path) -> None:
    (series / "site").mkdir()
    (series / "site/404.html").write_text("the last good site", "utf-8")
    settings = series / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("timezone: ", "timezone: Nowhere/"), "utf-8")
    status, output, said = published(series, "2026-04-01")
    assert (status, output) == (1, "deploy=false\n")
    assert said.startswith("- mkdocs\\.yml")
    assert "unknown\\-time\\-zone" in said or "Nowhere" in said
    settings.write_text(text.replace("site_url:", "#site_url:"), "utf-8")
    status, output, said = published(series, "2026-04-01")
    assert (status, output) == (1, "deploy=false\n")
    assert "site has no address" in said
    assert "not deployed: nothing could be built" in (series.parent / "summary").read_text("utf-8").replace("\\", "")
    assert (series / "site/404.html").read_text("utf-8") == "the last good site"


def test_what_a_run_prints_is_no_command_of_its_runner(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for _ in range(2):
        with githubrun.commands_stopped():
            click.echo("::error::a title")
    first, title, last, second, *_ = capsys.readouterr().out.splitlines()
    token = first.removeprefix("::stop-commands::")
    assert (title, last) == ("::error::a title", f"::{token}::")
    assert token not in second
    monkeypatch.delenv("GITHUB_ACTIONS")
    with githubrun.commands_stopped():
        assert capsys.readouterr().out == ""


def test_the_check_is_sent_to_code_scanning_and_never_fails_a_job(github: Hub, series: Path) -> None:
    case = series / f"cases/{CASE}/case.yml"
    case.write_text(case.read_text("utf-8").replace("teaser:", "teasr:"), "utf-8")
    assert run("sarif", "--series", str(series)).exit_code == 0
    (sent,) = github.sent
    assert (sent["commit_sha"], sent["ref"]) == (HEAD, "refs/heads/main")
    data = json.loads(gzip.decompress(base64.b64decode(sent["sarif"])))
    assert "unknown-key" in {one["ruleId"] for one in data["runs"][0]["results"]}
    github.faults = [(403, {}, b'{"message": "Advanced Security must be enabled"}')]
    result = run("sarif", "--series", str(series))
    assert (result.exit_code, result.output.partition(":")[0]) == (0, "not sent")
