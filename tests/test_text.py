"""Small functions on words that many modules use."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder import encodings, markdown, slugs, text, wordcount
from casebuilder.checks import printing
from casebuilder.editorial.curation import excerpts, passages
from casebuilder.editorial.discussion import displaynames, jsontext, mailremoval, pseudonyms
from casebuilder.editorial.discussion.importers import github
from casebuilder.editorial.discussion.table import countries
from casebuilder.model import Prose, base
from cputime import at_most

if TYPE_CHECKING:
    from collections.abc import Callable


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
    assert slugs.slug(words) == made


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("Wellbeing at work", "wellbeing-at-work"),
        ("Überstunden", "uberstunden"),
        ("Ærø & Søn", "aero-son"),
        ("Λάθη φαρμάκων", "λάθη-φαρμάκων"),
        ("ΛΆΘΟΣ", "λάθος"),
        ("Йод и ионы", "йод-и-ионы"),
        ("رعاية المرضى", "رعاية-المرضى"),
        ("می\u200cروم", "می-روم"),
        ("ガーゼ、ｶﾞｰｾﾞ", "ガーゼ-ガーゼ"),
        ("हिन्दी में देखभाल", "हिन्दी-में-देखभाल"),
        ("의사소통", "의사소통"),
        ("ความปลอดภัย", "ความปลอดภัย"),
        ("β-blockers", "β-blockers"),
        ("Naïve λ", "naive-λ"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("C", "c"),
        ("Na+/K+", "na-plus-k-plus"),
        ("#MedEd", "meded"),
        ("Hawai\u02bbi", "hawaii"),
        ("😀", "u1f600"),
        (".. /", "u2e-u2e-u2f"),
    ],
)
def test_a_topic_in_any_script_has_an_address_of_its_own(words: str, made: str) -> None:
    assert slugs.topic_slug(words) == made
    assert slugs.topic_slug(unicodedata.normalize("NFD", words)) == made, "a Mac takes letters apart"


@given(st.text(min_size=1).filter(str.strip))
def test_an_address_is_safe_in_links_files_and_lists(words: str) -> None:
    made = slugs.topic_slug(words)
    assert made == unicodedata.normalize("NFC", made) != ""
    assert len(made.encode(errors="surrogatepass")) <= 160
    assert not set(made) & set("/\\.%?#&+:*\"<>| '")
    assert not re.search(r"\s|^-|-$", made)


def test_long_topics_differ_in_their_addresses() -> None:
    first, second = (slugs.topic_slug("患者の安全" * 20 + end) for end in ("一", "二"))
    assert first != second
    assert first.startswith("患者の安全患者の安全")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Well-being", "well being", True),
        ("Ethics & law", "Ethics, law", True),
        ("résumé", "re\u0301sume\u0301", True),
        ("résumé", "resume", False),
        ("año", "ano", False),
        ("p<0.05", "p>0.05", False),
        ("5%", "5", False),
    ],
)
def test_case_and_spaces_make_no_difference_but_letters_and_signs_do(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - parametrized
    assert (text.same_name(one) == text.same_name(other)) is same


@pytest.mark.parametrize(
    ("words", "language", "made"),
    [
        ("Die Überstunden", "de", "die-ueberstunden"),
        ("Die Überstunden", "en", "die-ueberstunden"),
        ("Die U\u0308berstunden", "de-AT", "die-ueberstunden"),
        ("Straße nach Öhringen", "de", "strasse-nach-oehringen"),
        ("El pingüino", "es", "el-pinguino"),
        ("Hyvää yötä", "fi", "hyvaa-yota"),
        ("Crème brûlée", "fr", "creme-brulee"),
    ],
)
def test_a_short_name_spells_letters_out_as_its_language_does(words: str, language: str, made: str) -> None:
    assert slugs.title_slug(words, language) == made


@given(st.text())
def test_a_slug_of_a_slug_is_itself(words: str) -> None:
    assert slugs.slug(slugs.slug(words)) == slugs.slug(words)


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
        ("हिन्दी में देखभाल की कहानी।", 5),
        ("שָׁלוֹם עוֹלָם", 2),
        ("مَرْحَبًا بِكُم", 2),
        ("ผู้ป่วยไม่พูด", 3),
        ("夜勤の看護師は六時に電話を取った。", 8),
        ("医生没有说话。", 3),
        ("X線は2026年に Roentgen", 5),
        ("의사는 아무 말도 하지 않았다.", 5),
        ("Good 👍🏽 work ☺️", 2),
    ],
)
def test_words_are_counted_as_a_reader_counts(words: str, count: int) -> None:
    assert wordcount.word_count(words) == count


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
def test_a_mistyped_word_gets_a_suggestion(wrong: str, hint: str) -> None:
    assert text.did_you_mean(wrong, ("title", "teaser")) == hint


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Diallo", "AD"),
        ("Tan Mei Ling", "TL"),
        ("Оксана Мельник (Oksana Melnyk)", "\u041e\u041c"),
        ("Cher", "C"),
        ("Dr. Siobhán O’Neill-Byrne", "SO"),
        ("Prof Dr. med. Ana Ruiz, MD, PhD", "AR"),
        ("Martin L. King Jr.", "MK"),
        ("J. Smith", "JS"),
        ("Dr.", "D"),
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


@pytest.mark.parametrize("words", ["PRN", "Con", "aux", "NUL", "com1", "LPT9"])
def test_no_folder_has_the_name_of_a_device_of_windows(words: str) -> None:
    assert slugs.slug(words) == slugs.topic_slug(words) == f"{words.lower()}-1"
    assert slugs.slug(f"{words} list") == f"{words.lower()}-list"


def test_a_text_full_of_mistakes_gets_the_first_suggestions_only() -> None:
    known = {f"name-{number}" for number in range(1_000)}
    guesses = text.Guesses()
    assert guesses.did_you_mean("nmae-7", known)
    with at_most(1):
        found = [guesses.did_you_mean(f"nmae-{number}", known) for number in range(500)]
    assert found[0]
    assert not found[-1]


@pytest.mark.parametrize(
    "work",
    [
        lambda: encodings.decode(("a" * 40_000 + " é").encode("cp1252")),
        lambda: base.one_line("a" + " " * 40_000 + "b"),
        lambda: list(printing._check_prose(Prose("é" + "<!--" * 30_000, "a.md"))),
        lambda: markdown.findings(Prose("\n".join(["[^" * 9_000] * 3), "a.md")),
        lambda: mailremoval.without_mail(f"{'a' * 60_000} %40 [at]", ""),
        lambda: pseudonyms.is_harmless("a" * 60_000),
        lambda: displaynames.plain("a1" * 30_000),
        lambda: displaynames.words_of(f"Ida{' ' * 60_000}Holm"),
        lambda: github.plain("![" * 30_000),
        lambda: jsontext.values('{"a": 1}\n' + '\\"' * 30_000, "a.json"),
        lambda: countries.country("(" * 120_000),
        lambda: passages.located(" " * 60_000 + "b", "b"),
    ],
    ids=[
        "letters",
        "blanks",
        "comments",
        "notes",
        "mail",
        "address",
        "handle",
        "name",
        "pictures",
        "JSON",
        "country",
        "passage",
    ],
)
def test_repeated_beginnings_take_a_time_that_grows_with_their_length(work: Callable[[], object]) -> None:
    with at_most(3):
        work()


@pytest.mark.parametrize("pattern", [passages._OMITTED, excerpts._OMITTED], ids=["passages", "excerpts"])
def test_two_omissions_in_a_row_are_two(pattern: re.Pattern[str]) -> None:
    assert pattern.split("one […] [...]  two") == ["one", "", "two"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ida%40ward.example+tom%40ward.example", "[e-mail address][e-mail address]"),
        ("x%40ida%40ward.example", "x%[e-mail address]"),
        ("at 40%40 and ida (at) ward (dot) example.", "at 40%40 and [e-mail address]."),
    ],
)
def test_addresses_of_mail_that_programs_do_not_see_are_replaced_one_by_one(words: str, shown: str) -> None:
    assert mailremoval.without_mail(words, "") == shown


def test_a_text_without_an_end_hides_nothing_of_the_following_lines() -> None:
    """Brackets are counted in values that are read, and they are read from the beginning of a line."""
    with pytest.raises(jsontext.TranscriptError, match="nested"):
        jsontext.values('{"a": "b\n' + "[" * 700 + "]" * 700, "a.json")
