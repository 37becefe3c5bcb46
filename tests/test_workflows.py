"""The workflows: one source, commands that exist, and the least rights. What actionlint and zizmor do not ask."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click
import pytest
import yaml

from casebuilder.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = "dict[str, Any]"
ROOT = Path(__file__).parent.parent
OURS = ROOT / ".github/workflows"
THEIRS = ROOT / "src/casebuilder/editorial/scaffold/templates/series/dot-github/workflows"
#: Those of a series; this repository has them too.
SHARED = sorted(path.name for path in THEIRS.glob("*.yml"))
FILES = {path.name: path for path in sorted(OURS.glob("*.yml"))}
#: Every job that may change something, and what.
MAY_WRITE = {
    ("comment.yml", "comment"): {"pull-requests"},
    ("month.yml", "enable"): {"actions"},
    ("month.yml", "issue"): {"issues"},
    ("publish.yml", "deploy"): {"id-token", "pages"},
    ("publish.yml", "report"): {"issues"},
    ("publish.yml", "scan"): {"security-events"},
    ("release.yml", "publish"): {"attestations", "id-token"},
}


def read(name: str) -> Json:
    data: Json = yaml.safe_load(FILES[name].read_text("utf-8"))
    return data | {"on": data.get("on", data.get(True))}  # YAML 1.1 takes the word "on" for true


def jobs(name: str) -> Iterator[tuple[str, Json]]:
    yield from read(name)["jobs"].items()


def steps(name: str) -> Iterator[Json]:
    for _, job in jobs(name):
        yield from job["steps"]


@pytest.mark.parametrize("name", SHARED)
def test_a_series_has_the_workflows_of_this_repository(name: str) -> None:
    assert FILES[name].read_bytes() == (THEIRS / name).read_bytes(), f"copy {THEIRS / name} to {OURS}"


def test_where_casebuilder_cannot_be_installed_publish_says_so() -> None:
    script = "not-installed.py"
    assert (OURS.parent / script).read_bytes() == (THEIRS.parent / script).read_bytes()
    own = read("publish.yml")["jobs"]["report"]["steps"]
    names = [step.get("run", step.get("uses", "")) for step in own]
    at = names.index(f"python3 .github/{script}")
    assert own[at - 1] == {"id": "install", "run": "make .venv/casebuilder"}
    assert own[at]["if"] == "${{ failure() && steps.install.outcome != 'success' }}"
    assert any("actions/checkout@" in name for name in names[:at])


@pytest.mark.parametrize("name", SHARED)
def test_what_a_workflow_runs_is_a_command_with_these_options(name: str) -> None:
    ran = [step["run"] for step in steps(name) if "run" in step]
    scripts = [line.removeprefix("python3 ") for line in ran if line.startswith("python3 ")]
    assert all((ROOT / script).is_file() for script in scripts)
    ran = [line for line in ran if not line.startswith("python3 ")]
    assert all(line.startswith((".venv/bin/casebuilder ", "make .venv/", "sudo apt-get ")) for line in ran)
    for line in (line.partition(" > ")[0] for line in ran if "casebuilder " in line and not line.startswith("make")):
        words = shlex.split(line)[1:]
        command: click.Command | None = main
        while isinstance(command, click.Group):
            command = command.get_command(click.Context(command), words.pop(0))
        assert command is not None, line
        known = {option: param for param in command.params for option in param.opts}
        assert {word for word in words if word.startswith("--")} <= known.keys(), line
        for option, value in pairwise(words):
            kind = known[option].type if option in known else None
            assert not isinstance(kind, click.Choice) or value in kind.choices or value.startswith("$"), line


@pytest.mark.parametrize("name", FILES)
def test_a_workflow_has_the_least_rights_and_pins_what_it_uses(name: str) -> None:
    workflow = read(name)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    assert "concurrency" in workflow
    for title, job in jobs(name):
        rights = job["permissions"]
        writes = {right for right, what in rights.items() if what == "write"}
        assert writes == MAY_WRITE.get((name, title), set()), title
        assert job["timeout-minutes"] <= 60
    for line in re.findall(r"uses: (.*)", FILES[name].read_text("utf-8")):
        assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    for step in steps(name):
        assert "${{" not in step.get("run", ""), "a word of somebody's would be in a line of a shell"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_what_may_write_and_is_started_by_strangers_takes_nothing_of_theirs() -> None:
    text = FILES["comment.yml"].read_text("utf-8")
    assert [job["permissions"].get("contents") for _, job in jobs("comment.yml")] == ["read"]
    checkouts = [step["with"]["ref"] for step in steps("comment.yml") if "checkout" in step.get("uses", "")]
    assert checkouts == ["${{ github.event.repository.default_branch }}"]
    used = set(re.findall(r"uses: ([\w/-]+)@", text))
    assert used == {"actions/checkout", "actions/setup-python"}, (
        "it downloads nothing into its folder, and has no cache"
    )
    matches = re.findall(r"\$\{\{ (.*?) \}\}", re.sub(r"(?s)concurrency:.*?\n\n", "", text))
    assert matches == [
        "github.event.workflow_run.event == 'pull_request'",
        "github.event.repository.default_branch",
        "github.token",
    ]
    assert read("comment.yml")["on"] == {"workflow_run": {"workflows": ["check"], "types": ["completed"]}}
    assert read("check.yml")["name"] == "check"


def test_a_pull_request_writes_no_cache_and_what_publishes_never_runs_for_one() -> None:
    for name in FILES:
        started = set(read(name)["on"])
        caches = {step["uses"].partition("@")[0] for step in steps(name) if "actions/cache" in step.get("uses", "")}
        if started & {"pull_request", "workflow_run", "issue_comment"}:
            assert caches <= {"actions/cache/restore"}, name
        if "deploy" in read(name)["jobs"]:
            assert started == {"push", "schedule", "workflow_dispatch"}
            assert read(name)["on"]["push"]["branches"] == ["main"]
            assert read(name)["jobs"]["build"]["if"] == "${{ github.ref == 'refs/heads/main' }}"


def test_each_file_to_look_at_is_uploaded_as_it_is() -> None:
    (upload,) = (
        step["with"] for step in read("check.yml")["jobs"]["look"]["steps"] if "upload-artifact" in step.get("uses", "")
    )
    assert (upload["archive"], upload["path"]) == (False, "pages/${{ matrix.file }}")
    later = [step for step in steps("check.yml") if "preview" in str(step.get("run", ""))]
    assert [step["if"] for step in later] == ["${{ !cancelled() && steps.install.outcome == 'success' }}"]


def test_the_right_to_switch_workflows_on_belongs_to_one_job_alone() -> None:
    having = [
        (name, title) for name in FILES for title, job in jobs(name) if job["permissions"].get("actions") == "write"
    ]
    assert having == [("month.yml", "enable")]
    assert [
        step["run"]
        for step in read("month.yml")["jobs"]["enable"]["steps"]
        if "casebuilder github" in step.get("run", "")
    ] == [".venv/bin/casebuilder github enable publish.yml month.yml"]
