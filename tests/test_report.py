"""One fact, several ways to print it: each form is read back as the program that takes it would."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from casebuilder import handbook
from casebuilder.cli import main
from casebuilder.pipeline import problemreport
from casebuilder.problems import CODES, Problem, Severity, errors, in_order, stoppers

if TYPE_CHECKING:
    from pathlib import Path

HARD = Problem(
    "cases/2026-03-é, b: c/case.yml", 7, 11, "unknown-person", 'unknown person "100% j:doe, é"', 'did you mean "j-dow"?'
)
SOFT = Problem("experts/ana.md", 1, 1, "poor-alt", "no case names Ana")
FAINT = Problem("experts/ana.md", 9, 1, "biography-length", "the biography has 130 words")
PROBLEMS = (SOFT, HARD)


def test_a_problem_is_one_line_and_its_hint_another() -> None:
    assert problemreport.text(PROBLEMS).splitlines() == [
        "experts/ana.md:1:1: warning: no case names Ana [poor-alt]",
        'cases/2026-03-é, b: c/case.yml:7:11: error: unknown person "100% j:doe, é" [unknown-person]',
        '    hint: did you mean "j-dow"?',
    ]


@pytest.mark.parametrize("name", problemreport.FORMATS)
def test_nothing_wrong_gives_an_empty_report(name: str) -> None:
    made = problemreport.FORMATS[name](())
    assert made in {"", '{\n  "problems": []\n}'} or json.loads(made)["runs"][0]["results"] == []


def test_json_is_read_back_whole() -> None:
    read = json.loads(problemreport.as_json(PROBLEMS))["problems"]
    assert read[1] == {
        "path": HARD.path,
        "line": 7,
        "column": 11,
        "severity": "error",
        "code": "unknown-person",
        "message": HARD.message,
        "hint": HARD.hint,
    }
    assert [
        Problem(*(entry[name] for name in ("path", "line", "column", "code", "message", "hint"))) for entry in read
    ] == [
        SOFT,
        HARD,
    ]


def test_github_gets_errors_first_and_the_whole_report_after_them() -> None:
    lines = problemreport.github(PROBLEMS).splitlines()
    assert lines[0].startswith("::error file=")
    assert lines[1] == "::warning file=experts/ana.md,line=1,col=1,title=poor-alt::no case names Ana."
    assert lines[3:-1] == problemreport.text(PROBLEMS).splitlines()


def test_github_gets_ten_annotations_at_most_the_worst_of_them() -> None:
    many = [
        *(Problem("experts/ana.md", line, 1, "poor-alt", "no case names Ana") for line in range(1, 21)),
        FAINT,
        HARD,
    ]
    lines = problemreport.github(many).splitlines()
    shown = lines[: next(index for index, line in enumerate(lines) if line.startswith("::stop-commands::"))]
    assert [line.split()[0] for line in shown] == ["::error", *["::warning"] * 9]
    assert set(problemreport.text(many).splitlines()) <= set(lines)


def unescaped(words: str) -> str:
    """As GitHub's runner reads a property or the data of a workflow command."""
    for code, letter in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        words = words.replace(code, letter)
    return words


def test_github_reads_commas_colons_and_per_cent_signs_back() -> None:
    command = problemreport.github((HARD,)).splitlines()[0]
    match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", command)
    assert match
    properties = dict(part.split("=", 1) for part in match[2].split(","))
    assert {name: unescaped(words) for name, words in properties.items()} == {
        "file": HARD.path,
        "line": "7",
        "col": "11",
        "title": "unknown-person",
    }
    assert unescaped(match[3]) == f"{HARD.message}. {HARD.hint}"


def test_no_word_of_an_author_becomes_a_command() -> None:
    sly = Problem(
        "cases/a\n::set-env name=x::y/case.yml", 1, 1, "bad-value", "a\n::stop-commands::b\r\x1b[31m", "c\n::d"
    )
    for name, form in problemreport.FORMATS.items():
        made = form((sly,))
        allowed = r"error file=|stop-commands::[0-9a-f]{64}$|[0-9a-f]{64}::$" if name == "github" else "error file="
        assert not re.search(rf"^::(?!{allowed})", made, re.MULTILINE), name
        assert "\x1b" not in made
    assert len(problemreport.text((sly,)).splitlines()) == 2


def commands(output: str) -> list[str]:
    """The names of the commands that GitHub's runner finds in an output, by its own two rules."""
    found, stopped = [], ""
    for line in output.splitlines():
        new, old = re.match(r"\s*::([^ :]+)[^:]*::(.*)", line), re.search(r"##\[([\w-]+)[^]]*\]", line)
        if stopped:
            stopped = "" if new and new[1] == stopped else stopped
        elif new or old:
            found.append((new or old)[1])
            stopped = new[2] if new and new[1] == "stop-commands" else ""
    assert not stopped
    return found


def test_the_judge_of_commands_finds_them() -> None:
    assert commands("::error::x\na ##[add-mask]b\n::stop-commands::x\n::debug::\n::x::\n") == [
        "error",
        "add-mask",
        "stop-commands",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "##[add-mask]secret",
        "a ##[set-output name=x]y",
        "::add-mask::x",
        "  ::debug::x",
        "::stop-commands::x",
        "%0A::error::x",
    ],
)
def test_a_runner_finds_no_command_in_an_authors_words(words: str) -> None:
    problems = (Problem(f"{words}/case.yml", 1, 1, "bad-value", words, words), *PROBLEMS)
    assert set(commands(problemreport.github(problems))) == {"error", "warning", "stop-commands"}


def sarif(problems: tuple[Problem, ...]) -> dict[str, Any]:
    log = json.loads(problemreport.sarif(problems))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    return dict(run)


def test_sarif_has_a_rule_for_each_code_and_a_result_for_each_problem() -> None:
    again = Problem("experts/ben.md", 2, 3, "poor-alt", "no case names Ben")
    run = sarif((*PROBLEMS, again, FAINT))
    driver = run["tool"]["driver"]
    assert driver["name"] == "casebuilder"
    assert [rule["id"] for rule in driver["rules"]] == ["biography-length", "poor-alt", "unknown-person"]
    assert [rule["defaultConfiguration"]["level"] for rule in driver["rules"]] == ["note", "warning", "error"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == driver["rules"][result["ruleIndex"]]["defaultConfiguration"]["level"]
        assert result["message"]["text"]
    region = run["results"][1]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 11}


def test_sarif_names_files_as_a_uri_can() -> None:
    place = sarif((HARD,))["results"][0]["locations"][0]["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    assert uri == "cases/2026-03-%C3%A9%2C%20b%3A%20c/case.yml"


@pytest.mark.parametrize(
    ("problems", "cases", "said"),
    [
        ((), 1, "1 case checked: no problem"),
        ((), 0, "0 cases checked: no problem"),
        ((SOFT,), 2, "2 cases checked: 1 warning"),
        ((HARD, SOFT, HARD), 2, "2 cases checked: 2 errors and 1 warning"),
        ((FAINT, HARD, SOFT, FAINT), 2, "2 cases checked: 1 error, 1 warning and 2 notes"),
    ],
)
def test_the_summary_counts(problems: tuple[Problem, ...], cases: int, said: str) -> None:
    assert problemreport.summary(problems, cases) == said


def test_problems_are_reported_once_and_in_the_order_of_files_and_places() -> None:
    places = [("b.md", 1, 1), ("a.md", 10, 1), ("a.md", 2, 9), ("a.md", 2, 10), ("a.md", 2, 9)]
    problems = [Problem(*place, "bad-value", "x") for place in places]
    assert [(problem.path, problem.line, problem.column) for problem in in_order(problems)] == [
        ("a.md", 2, 9),
        ("a.md", 2, 10),
        ("a.md", 10, 1),
        ("b.md", 1, 1),
    ]


def test_errors_stop_a_build_and_the_rest_only_that_of_a_strict_series() -> None:
    every = (*PROBLEMS, FAINT)
    assert errors(every) == stoppers(every, strict=False) == (HARD,)
    assert stoppers(every, strict=True) == every


def test_github_is_given_errors_first_and_calls_a_note_a_notice() -> None:
    lines = problemreport.github((FAINT, SOFT, HARD)).splitlines()[:3]
    assert [line.partition(" ")[0] for line in lines] == ["::error", "::warning", "::notice"]


def test_a_code_without_an_explanation_is_refused() -> None:
    with pytest.raises(KeyError, match="no-such-code"):
        Problem("a.md", 1, 1, "no-such-code", "x")


def test_each_code_is_explained_in_one_sentence() -> None:
    for name, code in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert re.fullmatch(r"[A-Z].*\.", code.summary)
        assert code.severity in Severity


@given(st.text(), st.text(), st.text())
def test_whatever_an_author_wrote_every_form_can_be_printed_and_read(path: str, message: str, hint: str) -> None:
    problem = Problem(path, 1, 1, "bad-value", message, hint)
    for form in problemreport.FORMATS.values():
        form((problem,)).encode()
    assert json.loads(problemreport.as_json((problem,)))["problems"][0]["message"] == problem.message
    assert len(problemreport.text((problem,)).split("\n")) == 1 + bool(problem.hint)


# Links to the handbook

PAGE = "https://example.org/handbook/problems/"


def test_each_code_leads_to_its_page_in_the_handbook() -> None:
    book = handbook.at("https://example.org/handbook")
    assert f"\x1b]8;;{PAGE}#poor-alt\x1b\\poor-alt\x1b]8;;\x1b\\" in problemreport.text(PROBLEMS, book)
    assert [entry["help"] for entry in json.loads(problemreport.as_json(PROBLEMS, book))["problems"]] == [
        f"{PAGE}#poor-alt",
        f"{PAGE}#unknown-person",
    ]
    (run,) = json.loads(problemreport.sarif(PROBLEMS, book))["runs"]
    assert [rule["helpUri"] for rule in run["tool"]["driver"]["rules"]] == [
        f"{PAGE}#poor-alt",
        f"{PAGE}#unknown-person",
    ]
    lines = problemreport.github(PROBLEMS, book).splitlines()
    assert lines[0].endswith(f"%0A{PAGE}#unknown-person")
    assert lines[-2] == f"Every code is explained in the handbook: {PAGE}"
    assert "helpUri" not in problemreport.sarif(PROBLEMS)
    assert '"help"' not in problemreport.as_json(PROBLEMS)


COMMIT = "0a" * 20
SETTINGS = "site_url: https://example.org/cases/\nplugins:\n  - casebuilder:\n      "


@pytest.mark.parametrize(
    ("setting", "files", "address"),
    [
        ("{}", {}, ""),
        ("handbook: https://example.org/h", {"docs/handbook/problems.md": "# x\n"}, "https://example.org/h/problems/"),
        ("{}", {"docs/handbook/problems.md": "# x\n"}, "https://example.org/cases/handbook/problems/"),
        (
            "{}",
            {"requirements.txt": f"casebuilder @ git+https://github.com/a/b@{COMMIT}\n"},
            f"https://github.com/a/b/blob/{COMMIT}/docs/handbook/problems.md",
        ),
        ("handbook: https://github.com/a/b/blob/main/docs/", {}, "https://github.com/a/b/blob/main/docs/problems.md"),
    ],
)
def test_the_handbook_is_found(tmp_path: Path, setting: str, files: dict[str, str], address: str) -> None:
    for path, text in {"mkdocs.yml": f"{SETTINGS}{setting}\nextra: 1\n", "cases/x.txt": "x", **files}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--series", str(tmp_path)])
    said = f"Every code is explained in the handbook: {address}"
    assert (said in result.stderr.splitlines()) is bool(address), result.output
    assert "\x1b" not in result.output, "no terminal"


@pytest.mark.parametrize(("system", "quoted"), [("posix", "'cases/a b.yml'"), ("nt", '"cases/a b.yml"')])
def test_a_withdrawal_is_undone_by_a_command_for_this_system(
    monkeypatch: pytest.MonkeyPatch, system: str, quoted: str
) -> None:
    monkeypatch.setattr(problemreport.os, "name", system)
    shown = problemreport.withdrawal(["cases/a b.yml"], "2026-03-x", tracked=["cases/a b.yml"], stays=False)
    assert f"git restore --source=HEAD --staged --worktree -- {quoted}\n" in shown
    assert "&&" not in shown, "Windows' own PowerShell has none"
