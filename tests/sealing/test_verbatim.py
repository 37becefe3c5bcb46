"""A quote is found word for word in the contribution that it names, or the difference is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from casebuilder.checks.verbatim import found_in
from casebuilder.cli import main
from sealing import canaries

if TYPE_CHECKING:
    from pathlib import Path

SAID = (
    "I stayed late for a year because nobody ever thanked me for a good handover. "
    "(And it’s true — “really”.) My boss [a saint] said no – twice."
)


@pytest.mark.parametrize(
    "quote",
    [
        "I stayed late for a year because nobody ever thanked me for a good handover.",
        "nobody ever thanked me",
        "Nobody ever thanked me",  # a capital at the beginning
        "“nobody ever thanked me”",  # marks around it
        'it\'s true - "really"',  # other quotation marks and dashes
        "it’s   true\n— “really”",  # other white space
        "stayed late … for a good handover",
        "stayed late [...] thanked me [...] a good handover",
        "stayed late … [a saint] said no",
        "nobody ever thanked [the residents] for a good handover",
        "[She] stayed late",
        "My boss [a saint] said no",
        "nobody … ever thanked me",  # nothing need be left out
    ],
)
def test_a_quote_with_the_same_words_in_the_same_order_passes(quote: str) -> None:
    assert found_in(quote, SAID)


@pytest.mark.parametrize(
    "quote",
    [
        "nobody never thanked me",
        "late stayed",
        "thanked me … nobody ever",  # another order
        "a good handover And it's true",  # a sentence's end is left out without a mark
        "I stayed late for a Year",  # a capital inside
        "hand",  # half a word
        "…",
        "",
        "I [never] said no",  # a bracket stands for a few words, not for three sentences
    ],
)
def test_a_quote_with_other_words_or_another_order_is_reported(quote: str) -> None:
    assert found_in(quote, SAID) is False


@pytest.fixture
def series(tmp_path: Path) -> Path:
    files = canaries.tree()
    quotes = f"cases/{canaries.SLUG}/quotes.yml"
    files[quotes] = str(files[quotes]).replace(
        "  source: {channel: site, url:", "  source: {channel: site, contribution: c1, url:"
    )
    canaries.write(tmp_path, files)
    return tmp_path


def test_the_difference_is_shown_with_both_texts(series: Path) -> None:
    result = CliRunner().invoke(main, ["discussion", "verify", "--series", str(series)])
    assert result.exit_code == 1
    assert "[quote-not-verbatim]" in result.output
    assert f">>said {canaries.word('quoteanonymoustext')} in a corner<<" in result.output
    assert f">>spoke of {canaries.word('contributiontext')}<<" in result.output
    assert "1 quote compared, 1 not word for word" in result.output


def test_a_paraphrase_is_not_compared(series: Path) -> None:
    quotes = series / "cases" / canaries.SLUG / "quotes.yml"
    quotes.write_text(quotes.read_text().replace("mode: anonymous", "mode: paraphrase"))
    result = CliRunner().invoke(main, ["discussion", "verify", "--series", str(series)])
    assert result.exit_code == 0
    assert "0 quotes compared" in result.output


def test_an_unknown_case_is_wrong_usage(series: Path) -> None:
    result = CliRunner().invoke(main, ["discussion", "verify", "2026-03-canary-cas", "--series", str(series)])
    assert result.exit_code == 2
    assert 'did you mean "2026-03-canary-case"?' in result.output
