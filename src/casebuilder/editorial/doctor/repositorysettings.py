"""The settings of a series' repository on GitHub, as far as a token may read them.

What is asked is the REST API, version 2022-11-28; `findings` is pure and takes its answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from casebuilder.editorial.doctor.findings import Finding, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: What is asked of a repository, by its name here, and the path below it.
QUESTIONS = {
    "repository": "",
    "pages": "/pages",
    "actions": "/actions/permissions",
    "workflow": "/actions/permissions/workflow",
    "workflows": "/actions/workflows?per_page=100",
    "rules": "/rules/branches/main",
    "branch": "/branches/main",
    "owners": "/codeowners/errors",
}
#: The newest commit of casebuilder's own repository, among the answers.
NEWEST = "newest"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHOWN = 12
MAIN, CHECK = "main", "series"


@dataclass(frozen=True, slots=True)
class Answer:
    """What GitHub answers: the status of HTTP, and the value; 0 if it could not be asked, with the reason."""

    status: int
    value: object = None
    reason: str = ""

    def get(self, name: str) -> object:
        """Return a field of the value; None if it has none."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    @property
    def is_ok(self) -> bool:
        """Whether it is an answer."""
        return self.status == HTTPStatus.OK


@dataclass(frozen=True, slots=True)
class Expected:
    """What the series expects of its repository.

    Attributes:
        name: of the repository, "owner/name".
        site_url: its address, as mkdocs.yml has it; may be empty.
        workflows: the paths of its workflows.
        has_token: whether a token was given.
        program: the repository of casebuilder on GitHub and the commit that the series installs; empty if unknown.
    """

    name: str
    site_url: str = ""
    workflows: tuple[str, ...] = ()
    has_token: bool = False
    program: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Newer:
    """A newer casebuilder: its repository on GitHub, the commit that the series installs, and the newest one."""

    name: str
    commit: str
    newest: str

    @property
    def changes(self) -> str:
        """The address of what is new."""
        return f"https://github.com/{self.name}/compare/{self.commit[:_SHOWN]}...{self.newest[:_SHOWN]}"

    @property
    def commands(self) -> tuple[str, ...]:
        """What to type to move to it; the second half of the way is that of every change of requirements.txt."""
        return (
            "python3 -m venv --clear .venv",
            f".venv/bin/pip install git+https://github.com/{self.name}@{self.newest}",
            ".venv/bin/casebuilder upgrade",
        )

    @property
    def section(self) -> str:
        """A section for the issue of a month, in Markdown."""
        command_lines = "\n".join(self.commands)
        return (
            f"\n## A newer casebuilder\n\n[What is new]({self.changes}). To move to it, for whoever looks after the "
            "machinery, on a branch of the series (on Windows `py -m venv`, and `.venv\\Scripts\\` for `.venv/bin/`):"
            "\n\n"
            f"```\n{command_lines}\n```\n\nThen commit, open a pull request, and look at its preview.\n"
        )


def findings(expected: Expected, answers: Mapping[str, Answer]) -> Iterator[Finding]:
    """Yield what was found, in the order in which it is set up; if the repository cannot be read, only why."""
    repository = answers["repository"]
    if not repository.is_ok:
        yield _unreadable_finding(expected, repository)
        return
    yield from _repository_findings(expected, repository)
    yield from _pages_findings(expected, answers["pages"])
    yield from _actions_findings(expected, answers)
    yield from _workflows_findings(expected, answers["workflows"])
    yield from _protection_findings(expected, answers, is_private=repository.get("private") is True)
    yield from _owners_findings(answers["owners"])
    yield from _newer_findings(expected, answers)


def _owners_findings(answer: Answer) -> Iterator[Finding]:
    """Yield what GitHub objects to in CODEOWNERS; nobody is asked for a review by a line with an error."""
    errors_given = answer.get("errors")
    errors = [error for error in errors_given if isinstance(error, dict)] if isinstance(errors_given, list) else []
    if errors:
        message = f"CODEOWNERS, line {errors[0].get('line')}: {errors[0].get('kind')}, so nobody is asked for a review"
        advice = ("Write a person (@name) or a team (@organisation/team) that may write to the repository.",)
        yield Finding(State.MISSING, message, advice)


def _newer_findings(expected: Expected, answers: Mapping[str, Answer]) -> Iterator[Finding]:
    """Yield whether casebuilder's repository has newer commits; none where it cannot be read: it may be private."""
    name, commit = expected.program
    newest = newest_in(answers[NEWEST]) if NEWEST in answers else ""
    if newest and newest == commit:
        yield Finding(State.OK, "casebuilder is the newest")
    elif newest:
        newer = Newer(name, commit, newest)
        advice = ("On a branch of the series:", *(f"  {command}" for command in newer.commands))
        yield Finding(State.OPTIONAL, "a newer casebuilder", (f"What is new: {newer.changes}", *advice))


def newest_in(answer: Answer) -> str:
    """Return the full id of the newest commit that GitHub named; empty if it named none."""
    commit = answer.get("sha") if answer.is_ok else None
    return commit if isinstance(commit, str) and _COMMIT.fullmatch(commit) else ""


def _unreadable_finding(expected: Expected, answer: Answer) -> Finding:
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return Finding(
            State.MISSING, "GitHub does not know the token in GH_TOKEN or GITHUB_TOKEN", ("Make a new one.",)
        )
    if answer.status == HTTPStatus.NOT_FOUND:
        message = f"GitHub has no repository {expected.name}, or does not show it to this token"
        return Finding(State.MISSING, message, ("Create it on github.com/new, then push.",))
    message = f"GitHub cannot be asked about {expected.name}: {answer.reason or f'HTTP {answer.status}'}"
    return Finding(State.UNKNOWN, message, ("Try again later.",))


def _repository_findings(expected: Expected, answer: Answer) -> Iterator[Finding]:
    visibility = (
        "private" if answer.get("private") else "public: everybody can read every file in it, before its release too"
    )
    yield Finding(State.OK, f"the repository {expected.name} is {visibility}")
    if answer.get("fork"):
        message = "it is a fork: it cannot be made private, its pull requests go to the original, and schedules are off"
        yield Finding(State.MISSING, message, ("Create an empty repository on github.com/new, and push main there.",))
    if answer.get("archived"):
        yield Finding(State.MISSING, "it is archived, so nothing runs in it", ("Settings, General, Unarchive.",))
    if (branch := answer.get("default_branch")) != MAIN:
        message = f'its default branch is "{branch}"; the workflows look at "{MAIN}"'
        yield Finding(State.MISSING, message, (f"Settings, General, Default branch: rename it to {MAIN}.",))
    if answer.get("has_issues") is False:
        message = "issues are off, so a failed build cannot say so"
        yield Finding(State.MISSING, message, ("Settings, General, Features: Issues.",))


def _pages_findings(expected: Expected, answer: Answer) -> Iterator[Finding]:
    advice = ("Settings, Pages, Source: GitHub Actions. (For a private repository this needs a paid plan.)",)
    if answer.status == HTTPStatus.NOT_FOUND and expected.has_token:
        yield Finding(State.MISSING, "GitHub Pages is off", advice)
    elif not answer.is_ok:
        yield _hidden_finding("whether GitHub Pages is on", answer, expected)
    elif answer.get("build_type") != "workflow":
        yield Finding(State.MISSING, "GitHub Pages publishes a branch, and not what the workflow builds", advice)
    else:
        yield Finding(State.OK, f"GitHub Pages publishes at {answer.get('html_url')}")
        address = str(answer.get("html_url") or "")
        if address and address.rstrip("/") != expected.site_url.rstrip("/"):
            message = f"site_url in mkdocs.yml is {expected.site_url or 'not set'}"
            yield Finding(State.MISSING, message, (f"Write site_url: {address}",))


def _actions_findings(expected: Expected, answers: Mapping[str, Answer]) -> Iterator[Finding]:
    allowed, workflow = answers["actions"], answers["workflow"]
    settings_page = "Settings, Actions, General"
    if not allowed.is_ok:
        yield _hidden_finding("whether actions may run", allowed, expected)
    elif not allowed.get("enabled") or allowed.get("allowed_actions") == "local_only":
        message = "the workflows may not run: actions are off, or only those of this account are allowed"
        yield Finding(State.MISSING, message, (f"{settings_page}: allow actions by GitHub.",))
    else:
        yield Finding(State.OK, "actions may run")
    if not workflow.is_ok:
        yield _hidden_finding("whether GitHub Actions may create pull requests", workflow, expected)
        return
    if workflow.get("can_approve_pull_request_reviews"):
        yield Finding(State.OK, "GitHub Actions may create pull requests")
    else:
        advice = f"{settings_page}, Workflow permissions: allow GitHub Actions to create and approve pull requests."
        yield Finding(State.MISSING, "GitHub Actions may not create pull requests", (advice,))
    if workflow.get("default_workflow_permissions") == "write":
        advice = f"{settings_page}, Workflow permissions: read. Each workflow of the series asks for what it needs."
        yield Finding(State.OPTIONAL, "workflows that ask for no rights get all of them", (advice,))


def _workflows_findings(expected: Expected, answer: Answer) -> Iterator[Finding]:
    if not answer.is_ok:
        yield _hidden_finding("whether the workflows run", answer, expected)
        return
    workflows_given = answer.get("workflows")
    entries = (
        [entry for entry in workflows_given if isinstance(entry, dict)] if isinstance(workflows_given, list) else []
    )
    states = {str(entry.get("path")): str(entry.get("state")) for entry in entries}
    for path in expected.workflows:
        name = path.rpartition("/")[2].removesuffix(".yml")
        state = states.get(path, "")
        if state == "active":
            yield Finding(State.OK, f"the workflow {name} is on")
        elif state:
            reason = "; GitHub stops schedules after 60 days without a commit" if "inactivity" in state else ""
            yield Finding(State.MISSING, f"the workflow {name} is off{reason}", (f"Actions, {name}, Enable workflow.",))
        else:
            yield Finding(State.MISSING, f"GitHub does not have the workflow {name}", (f"Push {path} to {MAIN}.",))


def _protection_findings(expected: Expected, answers: Mapping[str, Answer], *, is_private: bool) -> Iterator[Finding]:
    rules, branch = answers["rules"], answers["branch"]
    if branch.status == HTTPStatus.NOT_FOUND:
        yield Finding(
            State.MISSING, f"the repository has no branch {MAIN} yet", ("git push --set-upstream origin main",)
        )
        return
    rules_found = [rule for rule in rules.value if isinstance(rule, dict)] if isinstance(rules.value, list) else []
    if is_private and rules.status == HTTPStatus.FORBIDDEN:
        message = f"{MAIN} cannot be protected: for a private repository GitHub asks for a paid plan"
        yield Finding(State.OPTIONAL, message, ("Agree that every change is a pull request that somebody else reads.",))
    elif branch.get("protected") and not rules_found:
        yield Finding(State.OK, f"{MAIN} is protected by a classic rule, whose parts cannot be seen from here")
    elif not rules.is_ok:
        yield _hidden_finding(f"whether {MAIN} is protected", rules, expected)
    else:
        yield from _rules_findings(rules_found)


def _rules_findings(rules_found: list[dict[str, object]]) -> Iterator[Finding]:
    requirements = {
        "a pull request": any(rule.get("type") == "pull_request" for rule in rules_found),
        "a review": any(_requires(rule, "required_approving_review_count") for rule in rules_found),
        "a review from Code Owners": any(_requires(rule, "require_code_owner_review") for rule in rules_found),
        f'the check "{CHECK}"': any(CHECK in _required_checks(rule) for rule in rules_found),
    }
    missing = [name for name, is_met in requirements.items() if not is_met]
    if not missing:
        yield Finding(State.OK, f"{MAIN} is protected")
        return
    advice = f"Settings, Rules, Rulesets: a branch ruleset for {MAIN}, switched on, that asks for it."
    yield Finding(State.MISSING, f"the rules of {MAIN} do not ask for {', '.join(missing)}", (advice,))


def _requires(rule: dict[str, object], name: str) -> bool:
    parameters = rule.get("parameters")
    return isinstance(parameters, dict) and bool(parameters.get(name))


def _required_checks(rule: dict[str, object]) -> list[str]:
    parameters = rule.get("parameters")
    checks_given = parameters.get("required_status_checks") if isinstance(parameters, dict) else None
    entries = checks_given if isinstance(checks_given, list) else []
    return [str(entry.get("context")) for entry in entries if isinstance(entry, dict)]


def _hidden_finding(setting: str, answer: Answer, expected: Expected) -> Finding:
    """Return a setting that GitHub does not show."""
    if answer.status == 0:
        return Finding(State.UNKNOWN, f"{setting}: {answer.reason}")
    advice = "This token may not read it. It needs the repository permissions Administration, Pages and Actions: read."
    if not expected.has_token:
        advice = "Set GH_TOKEN to a token with the repository permissions Administration, Pages and Actions: read."
    return Finding(State.UNKNOWN, setting, (advice,))
