"""The small things that are done with words everywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder import text


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("Wellbeing at work", "wellbeing-at-work"),
        ("  What's left? ", "what-s-left"),
        ("Ærø & Søn", "aero-son"),
        ("José Ñandú", "jose-nandu"),
        ("Ελένη", ""),
        ("---", ""),
        ("Ⅷ", "viii"),
    ],
)
def test_a_slug_is_a_name_for_an_address(words: str, made: str) -> None:
    assert text.slug(words) == made


@given(st.text())
def test_a_slug_of_a_slug_is_itself(words: str) -> None:
    assert text.slug(text.slug(words)) == text.slug(words)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("", 0),
        ("One", 1),
        ("well-being, don’t - stop", 3),
        ("λόγος ένα", 2),
        ("1,5 %", 2),
        ("a_b", 2),
        ("**bold** _it_", 2),
    ],
)
def test_words_are_counted_as_a_reader_counts(words: str, count: int) -> None:
    assert text.word_count(words) == count


def test_a_number_of_words_has_its_plural() -> None:
    assert [text.counted(number) for number in (0, 1, 2)] == ["0 words", "1 word", "2 words"]


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("titel", 'did you mean "title"?'),
        ("TITLE", 'did you mean "title"?'),
        ("Title", 'did you mean "title"?'),
        ("zebra", ""),
        ("", ""),
    ],
)
def test_who_mistyped_is_asked_what_was_meant(wrong: str, hint: str) -> None:
    assert text.did_you_mean(wrong, ("title", "teaser")) == hint


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Diallo", "AD"),
        ("Tan Mei Ling", "TL"),
        ("Оксана Мельник (Oksana Melnyk)", "\u041e\u041c"),
        ("Cher", "C"),
        ("", ""),
        ("1 2", ""),
    ],
)
def test_initials_are_of_the_first_and_last_name(name: str, letters: str) -> None:
    assert text.initials(name) == letters


def test_a_list_in_a_sentence_ends_with_and() -> None:
    assert [text.and_list(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_a_control_character_is_found_wherever_it_is(letter: str) -> None:
    assert text.control(f"a\tb\n{letter}c\x00") == letter


def test_letters_of_every_script_and_emoji_are_no_control_characters() -> None:
    assert text.control("é Ελ 漢 नी 😀 \u200d\u2028\ufeff\t\n\r") == ""
