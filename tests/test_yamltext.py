"""YAML read as plain words with positions: whatever is written, the answer is a value or a problem with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casebuilder.readers import yamltext
from casebuilder.readers.configuration import resolver
from casebuilder.readers.yamltext import blockmistakes
from cputime import at_most
from examples import drawn

if TYPE_CHECKING:
    from casebuilder.model import Mark, Step
    from casebuilder.problems import Problem


def value(text: str) -> yamltext.Plain:
    document, problems = yamltext.read(text, "x.yml")
    assert document
    assert problems == []
    return document.value


UNKNOWN = yamltext.Unknown.UNKNOWN


def problem(text: str) -> Problem:
    (found,) = yamltext.read(text, "x.yml")[1]
    return found


def mark(text: str, *steps: Step) -> tuple[str, int, int]:
    document, _ = yamltext.read(text, "x.yml")
    assert document
    return document.origin.at(*steps)


@pytest.mark.parametrize("word", ["no", "on", "yes", "012", "0x1F", "1e3", "2026-03-27", "12:30:45", ".inf", "1_000"])
def test_an_unquoted_word_stays_text(word: str) -> None:
    assert value(f"key: {word}") == {"key": word}


@pytest.mark.parametrize("nothing", ["", " ~", " null", " Null"])
def test_an_empty_value_is_none_unless_it_is_in_quotes(nothing: str) -> None:
    assert value(f"key:{nothing}") == {"key": None}
    assert value(f"key: '{nothing.strip()}'") == {"key": nothing.strip()}


def test_an_empty_text_is_a_document_with_nothing_in_it() -> None:
    assert value("") is None
    assert value("# only a comment\n") is None


def test_lists_mappings_and_folded_text_are_read() -> None:
    assert value("a:\n- 1\n- {b: [c, d]}\ntext: >-\n  one\n  two\n") == {
        "a": ["1", {"b": ["c", "d"]}],
        "text": "one two",
    }


def test_values_and_keys_keep_their_places() -> None:
    text = "# a comment\ncredits:\n  - person: ana\n    roles: [writer, editor]\n"
    assert mark(text, "credits") == ("x.yml", 3, 3)
    assert mark(text, "credits", 0, "roles", 1) == ("x.yml", 4, 21)
    document, _ = yamltext.read(text, "x.yml")
    assert document
    assert document.origin.at_key("credits", 0, "roles") == ("x.yml", 4, 5)


def test_a_place_that_was_not_written_is_that_of_what_is_around_it() -> None:
    assert mark("a:\n  b: 1\n", "a", "c", "d") == ("x.yml", 2, 3)
    assert mark("", "a") == ("x.yml", 1, 1)


def test_columns_count_characters_and_lines_count_as_an_editor_counts() -> None:
    assert mark("{é: 😀, b: c}", "b") == ("x.yml", 1, 11)
    assert mark("a: b\u2028\nc: d\n", "c") == ("x.yml", 2, 4)
    assert mark("\ufeffa: b", "a") == ("x.yml", 1, 4)


def test_the_first_line_of_front_matter_is_counted_on() -> None:
    document, _ = yamltext.read("a: b", "x.md", first_line=2)
    assert document
    assert document.origin.at("a") == ("x.md", 2, 4)


def test_an_alias_is_the_value_that_it_names() -> None:
    assert value("a: &x [1, 2]\nb: *x\n") == {"a": ["1", "2"], "b": ["1", "2"]}


def test_a_key_that_stands_twice_keeps_its_first_value_and_is_reported() -> None:
    document, (found,) = yamltext.read("a: 1\nb: 2\na: 3\n", "x.yml")
    assert document
    assert document.value == {"a": "1", "b": "2"}
    assert (found.code, found.line, found.hint) == (
        "yaml-duplicate-key",
        3,
        "it is on line 1 already: keep one of the two",
    )


def test_a_key_that_stands_twice_is_seen_at_every_depth() -> None:
    codes = [found.code for found in yamltext.read("a: {b: 1, b: 2}\nc: [{d: 1, d: {e: 1, e: 2}}]\n", "x.yml")[1]]
    assert codes == ["yaml-duplicate-key"] * 3


def test_tags_are_refused_or_passed_over() -> None:
    found = problem("a: !!python/object/apply:os.system [ls]")
    assert (found.code, found.column) == ("yaml-tag", 4)
    assert "!!python/object/apply:os.system" in found.message
    text = "site_url: !ENV [SITE_URL, x]\nb: !!python/name:c\nd: &d !ENV [E, {e: f}]\nf: *d\ng: !!str 1\nh: !relative\n"
    document, problems = yamltext.read(text, "mkdocs.yml", tags=resolver({}))
    assert document
    expected = {"site_url": "x", "b": UNKNOWN, "d": {"e": "f"}, "f": {"e": "f"}, "g": "1", "h": UNKNOWN}
    assert (document.value, problems) == (expected, [])


def bomb(levels: int) -> str:
    above = [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]" for level in range(1, levels)]
    return "\n".join(["l0: &l0 [x, x, x, x, x, x, x, x, x, x]", *above])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bomb(10), "yaml-aliases"),
        ("a: &a [*a]", "yaml-aliases"),
        ("a: &a {b: *a}", "yaml-aliases"),
        ("[" * 1_000_000, "yaml-too-deep"),
        ("{a: " * 200_000, "yaml-too-deep"),
        ("- " * 300_000, "yaml-too-deep"),
        ("[" + "a," * 500_000 + "]", "yaml-aliases"),
        ("? " * 300_000, "yaml-syntax"),
        ("'" + "x" * 1_000_000, "yaml-syntax"),
    ],
    ids=["bomb", "alias-of-itself", "key-of-itself", "brackets", "braces", "hyphens", "long", "keys", "open-quote"],
)
def test_aliases_that_expand_without_end_are_refused_at_once(text: str, code: str) -> None:
    with at_most(2):
        assert problem(text).code == code


def test_characters_that_an_escape_brings_in_are_refused() -> None:
    document, (found,) = yamltext.read('a: "b\\0"\n', "x.yml")
    assert document
    assert (found.code, found.line, found.column) == ("control-character", 1, 4)


def test_a_second_document_and_a_list_as_key_are_refused() -> None:
    assert problem("a: 1\n---\nb: 2\n").message == "what follows a second line of three hyphens is not read"
    assert problem("[a]: 1\n").message == "the name of a field must be a word"
    assert problem("a: *nobody\n").hint == 'put the whole text in quotation marks: "*nobody"'


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: b: c", (1, 5), "there is a second colon in this line"),
        ("a:\n\tb: c", (2, 1), "the line is indented with a tab"),
        ("a: b\n\tc: d", (2, 1), "the line is indented with a tab"),
        ("a: @b", (1, 4), 'a text that begins with "@" must be in quotation marks'),
        ("a: *", (1, 4), 'a text that begins with "*" must be in quotation marks'),
        ("a: 'b\nc: d\n", (1, 4), "a quotation mark is opened here and not closed"),
        ("a: [b\nc: d\n", (1, 4), 'a square bracket is opened here with "[" and not closed'),
        ("a: {b\nc: d\n", (1, 4), 'a brace is opened here with "{" and not closed'),
        ("- a\nb\n", (2, 1), "this line belongs to no entry of the list"),
        ("- a\nb: c\n", (2, 1), "this line does not line up with the lines above it"),
        ("a: b\n c: d\n", (2, 2), "this line does not line up with the lines above"),
        ("a: 'b' c\nd: e\n", (1, 8), "text follows the closing quotation mark"),
        ("a: b\nc\nd: e\n", (2, 1), "this line belongs to no field"),
    ],
)
def test_a_slip_is_reported_in_its_place_and_in_plain_words(text: str, place: Mark, message: str) -> None:
    found = problem(text)
    assert (found.code, (found.line, found.column), found.message) == ("yaml-syntax", place, message)
    assert found.hint


PIECES = st.lists(
    st.sampled_from(
        [*"ab:-?,[]{}#&*!|>'\"%@` \n\t\\0~é…\u2028\ufeff\x85\x00", "&a ", "*a", "<<: ", "---\n", "...\n", "!!str ",
         "? ",
         "- ", "a: ", "\\u0000", "\\ud800", "%YAML 1.1\n", "!<", "\U0001f600", "\ud800", "\r\n"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@drawn(500)
@example("\ufeff\ufeff?", False)  # noqa: FBT003 - as hypothesis gives it
@example("\ufeff\ufeff\ufeff: [", True)  # noqa: FBT003 - as hypothesis gives it
@given(st.one_of(PIECES, st.text(max_size=40)), st.booleans())
def test_any_text_gives_places_within_it_and_no_exception(text: str, tags: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    document, problems = yamltext.read(text, "x.yml", tags=resolver({}) if tags else None)
    assert document or problems
    lines = text.removeprefix("\ufeff").split("\n")
    marks = [(found.line, found.column) for found in problems]
    if document:
        marks += [*document.origin.marks.values(), *document.origin.keys.values()]
    for line, column in marks:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@drawn(100)
@given(
    st.recursive(
        st.text("ab é", max_size=3), lambda inner: st.lists(inner) | st.dictionaries(st.text("ab"), inner), max_leaves=8
    )
)
def test_a_written_value_is_read_back(tree: yamltext.Plain) -> None:
    document, problems = yamltext.read(_flow(tree), "x.yml")
    if not any(found.code in {"yaml-too-deep", "yaml-aliases"} for found in problems):
        assert document
        assert document.value == tree


def _flow(tree: yamltext.Plain) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f'"{key}": {_flow(item)}' for key, item in tree.items()) + "}"
    return "[" + ", ".join(map(_flow, tree)) + "]" if isinstance(tree, list) else f'"{tree}"'


@pytest.mark.parametrize(
    ("below", "is_text"),
    [
        ("open: 2026-12-04", False),  # mistyped names of fields, which say so themselves
        ("releaes: 2026-12-04", False),
        ("opens: 2026-12-04", False),
        ("The bus leaves: run.", True),
        ("Open: the door, and the list.", True),
        ("bus: it leaves in six minutes.", True),
    ],
)
def test_a_mistyped_field_below_an_empty_text_is_not_taken_for_its_text(below: str, is_text: bool) -> None:  # noqa: FBT001 - a column of the table
    found = blockmistakes.empty_block(["teaser: >-", "", "# When it opens.", below], 0)
    assert (found is not None) is is_text


@pytest.mark.parametrize(
    ("text", "line", "read"),
    [
        ('a: "One\nb: "two"\n', 0, {"a": "One", "b": "two"}),
        ("a: 'Tis\nb: two'\n", 0, {"a": "Tis", "b": "two'"}),
        ('a: "One\n  or two\nb: "three"\n', 1, {"a": "One or two", "b": "three"}),
        ('a:\n  - "One\n  - "two"\n', 1, {"a": ["One", "two"]}),
    ],
)
def test_a_quotation_mark_is_closed_where_the_hint_says(text: str, line: int, read: yamltext.Plain) -> None:
    found = problem(text)
    assert found.message == "a quotation mark is opened here and not closed"
    assert "close it at the end of" in found.hint
    rows = text.split("\n")
    rows[line] += next(sign for sign in text if sign in "\"'")
    assert value("\n".join(rows)) == read


@pytest.mark.parametrize(
    "text",
    [
        'a: "fine\n  goes on\n\n  opens: here"\nb: c',
        'a:\n  "fine: x\n  opens: here"\nb: c',
        'a:\n  - "fine\n    - x"\nb: c',
        'a: "fine\ngoes on"\nb: c',
    ],
)
def test_a_text_in_quotation_marks_may_have_several_lines(text: str) -> None:
    assert isinstance(value(text), dict)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'the registrar's consultant'", "the registrar's consultant"),
        ("'the registrars' consultant'", "the registrars' consultant"),
        ("'The Case of the Señor's", "The Case of the Señor's"),
        ("'It''s the señor's case'", "It's the señor's case"),
        ('"the "boss" consultant"', 'the "boss" consultant'),
        ('"the "boss" and others', 'the "boss" and others'),
        ('"Use mine" and others', '"Use mine" and others'),
        ('"Use mine" and "yours"', '"Use mine" and "yours"'),
        ("[one,, two]", ["one", "two"]),
        ("[, one]", ["one"]),
        ("[one # the only: entry", ["one"]),
    ],
)
def test_a_hint_that_is_copied_gives_the_value_that_was_meant(written: str, meant: yamltext.Plain) -> None:
    hint = problem(f"a: {written}\nb: c\n").hint
    assert value(f"a: {hint.partition(': ')[2]}\nb: c\n") == {"a": meant, "b": "c"}


@pytest.mark.parametrize("written", ["!ENV[NAME, one]", "!ENV [NAME, one", "!ENV [NAME, one # the only: entry"])
def test_a_hint_for_a_variable_can_be_copied(written: str) -> None:
    def read(text: str) -> tuple[yamltext.Document | None, list[Problem]]:
        return yamltext.read(text, "mkdocs.yml", tags=resolver({"NAME": "set"}))

    (found,) = read(f"a: {written}\nb: c\n")[1]
    document, problems = read(f"a: {found.hint.removeprefix('write a: ').partition(': ')[2] or '!ENV [NAME, one]'}\n")
    assert document
    assert (document.value, problems) == ({"a": "set"}, [])
