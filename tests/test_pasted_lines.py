"""Lines that editors bring from other programs, and that would be printed as something else."""

from __future__ import annotations

import pytest

from casebuilder.markdown import document
from cputime import at_most


def found(text: str) -> list[tuple[int, int, str]]:
    return [(*finding.place, finding.code) for finding in document.parse(text).findings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a) Call\nb) Wait\n", "pasted-list"),
        ("(1) Call\n(2) Wait\n", "pasted-list"),
        ("i. Call\nii. Wait\n", "pasted-list"),
        ("a.\tCall\nb.\tWait\n", "pasted-list"),
        ("| Drug | Dose |\n| Insulin | 4 |\n", "unsupported-syntax"),
        ("| Drug | Dose |\n|---|\n| Insulin | 4 |\n", "unsupported-syntax"),
        ("+---+---+\n| a | b |\n+---+---+\n", "unsupported-syntax"),
        ("Severe hyper-\ntension.\n", "split-word"),
        ("    Ida came in at six in the morning.\n", "code-by-mistake"),
        ("Kind regards,\nIda\n--\nWard 6\n", "underlined-paragraph"),
        ("title: A post\ntags: [ward]\n---\n", "underlined-paragraph"),
        ("```\nx = 1\n\nIda came in.\n", "code-by-mistake"),
        ("``` Give 5 mg at once.\nThen wait.\n```\n", "lost-words"),
        ("- ```Give 5 mg\n- Wait\n", "lost-words"),
        ("> ~~~~`5 mg` at once~~ twice\n\nWait.\n", "lost-words"),
        ("- [x] ~~~~`5 mg` at once~~\n", "lost-words"),
        ("\\begin{equation}\nx = \\alpha \\times 2\n\\end{equation}\n", "unsupported-syntax"),
        ("\\textbf{Ida} came.\n", "unsupported-syntax"),
        ("\\( p < 0.05 \\) holds.\n", "unsupported-syntax"),
        ("![[ward.png]]\n", "unsupported-syntax"),
        ("[[_TOC_]]\n", "unsupported-syntax"),
        ("[url=https://example.org]x[/url]\n", "unsupported-syntax"),
        (":+1:\n", "unsupported-syntax"),
        ("## Results {.unnumbered}\n", "ignored-attribute"),
        ("** Ida ** came.\n", "unsupported-syntax"),
        ("これは**重要です。**次の文。\n", "unsupported-syntax"),
        ("%%ask Ida%%\n", "pasted-text"),
        ("Six【4†source】.\n", "pasted-text"),
        ("Six :contentReference[oaicite:0]{index=0}.\n", "pasted-text"),
    ],
)
def test_lines_of_other_programs_are_reported_once(text: str, code: str) -> None:
    problems = found(text)
    assert [name for _, _, name in problems] == [code]
    assert problems[0][0] == 1


@pytest.mark.parametrize(
    "text",
    [
        "A) alone\n", "a) Call  \nb) Wait\n", "Vitamin\nc) no\n", "|x| is at least |y|\n", "pre- and\npostoperative\n",
        "pre-\nand postoperative\n", "Vor-\nund Nachteile\n", "    ls -l /tmp/a\n", "```\nx = 1\n```\n",
        "- ```\n  x\n\nAfter.\n", '```c++ title="a b.cpp" {1,3}\nx\n```\n', "``` {.r .x}\nx\n```\n",
        "p < 0.05*, p < 0.01**\n", "100%% sure, 5 %%\n", "C:\\temp\\{x}\n",
        "**Ida** came **at six**.\n",
        "\\*\\*Ida\\*\\* came.\n", "`a) b` {x}\n", "Results\n---\n", "Who called?\n===\n", "The set {1, 2}.\n",
    ],
)  # fmt: skip
def test_what_is_printed_as_written_is_no_problem(text: str) -> None:
    assert found(text) == []


@pytest.mark.large
def test_such_lines_are_looked_for_in_a_time_that_grows_with_the_text() -> None:
    for text in (
        "a) x\n" * 20_000,
        "**x " * 20_000,
        "\\begin{a" * 20_000,
        "word-\n" * 20_000,
        "%%x" * 20_000,
        "【x" * 20_000,
    ):
        with at_most(4):
            document.parse(text)
