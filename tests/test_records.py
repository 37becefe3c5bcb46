"""From plain values to records: every problem of a file at once, in its place, and a record all the same."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError, WithJsonSchema

from casebuilder import readers
from casebuilder.model import Basis, CommentaryData, Contribution, Kind, Metric, Quote, Record, ResponseData, instant
from casebuilder.model.case import CaseData
from casebuilder.model.series import CollectionData, PersonData, Settings
from casebuilder.readers.discussion import read_discussion
from casebuilder.readers.records import read_list, read_record, read_yaml
from casebuilder.readers.yamltext import read as read_document
from cputime import at_most
from examples import drawn
from series_factory import ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.problems import Problem

LEAST = """\
title: A
teaser: B
opens: 2026-03-02
topics: [c]
competencies: [acgme:PC]
objectives: [d]
basis: fictional
credits:
  - person: ana
    roles: [writer, editor]
"""


def case(text: str) -> tuple[CaseData, list[Problem]]:
    record, _, problems = read_yaml(CaseData, text, "case.yml")
    assert record
    return record, problems


def code_and_place(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in problems]


def test_the_least_that_a_case_needs() -> None:
    record, problems = case(LEAST)
    assert problems == []
    assert (record.title, record.kind, record.opens) == ("A", Kind.CASE, date(2026, 3, 2))
    assert (record.season, record.closes, record.references) == (None, None, ())


def test_all_problems_are_reported_at_once_each_in_its_place() -> None:
    text = LEAST.replace("title: A\n", "titel: A\n").replace("2026-03-02", "2026-02-30").replace("[c]", "c")
    _, problems = case(text.replace("fictional", "real").replace("writer", "writter") + "season: x\n")
    assert sorted(code_and_place(problems)) == [
        ("bad-date", 3, 8),
        ("unknown-key", 1, 1),
        ("unknown-value", 7, 8),
        ("unknown-value", 10, 13),
        ("wrong-type", 4, 9),
        ("wrong-type", 11, 9),
    ]


def test_a_record_is_made_of_what_was_understood() -> None:
    record, _ = case(LEAST.replace("2026-03-02", "soon").replace("basis: fictional\n", "") + "season: 2\nepisode: x\n")
    assert (record.title, record.season, record.episode) == ("A", 2, None)
    assert (record.opens, record.basis) == (date(1900, 1, 1), Basis.FICTIONAL)


def test_an_empty_record_is_made_of_placeholders_alone() -> None:
    record, problems = case("season: 1\n")
    assert (record.title, record.season) == ("…", 1)
    assert {problem.code for problem in problems} == {"missing-field"}
    assert len(problems) == sum(field.is_required() for field in CaseData.model_fields.values())


def test_what_was_refused_is_known_and_what_stands_beside_it_is_sound() -> None:
    _, origin, _ = read_yaml(CaseData, LEAST.replace("fictional", "real") + "references:\n  - id: a b\n", "case.yml")
    assert [origin.sound(name) for name in ("basis", "references", "title", "season")] == [False, False, True, True]
    assert origin.whole
    assert not origin.sound()


def test_the_places_of_a_list_are_right_after_some_of_its_entries_were_left_out() -> None:
    entries = ["a", "B C", "d", "E", "f"]
    text = LEAST + "references:\n" + "".join(f"  - id: {entry}\n    title: t\n" for entry in entries)
    record, origin, problems = read_yaml(CaseData, text, "case.yml")
    assert record
    assert [work.id for work in record.references] == ["a", "d", "f"]
    assert [origin.at("references", index, "id")[1] for index in range(3)] == [12, 16, 20]
    assert code_and_place(problems) == [("bad-value", 14, 9), ("bad-value", 18, 9)]


def test_one_slip_deep_inside_loses_only_what_depends_on_it() -> None:
    text = LEAST + "sessions:\n  - minutes: 5\n    steps:\n      - minutes: x\n        activity: a\n"
    record, problems = case(text)
    assert code_and_place(problems) == [("wrong-type", 14, 18)]
    assert (record.title, record.sessions) == ("A", ())


def test_entries_of_a_list_file_are_read_one_by_one() -> None:
    entry = "- metric: {}\n  value: {}\n  window_days: 7\n  source: s\n  collected: 2026-01-01\n"
    text = entry.format("a", 1) + entry.format("b", "x") + "- c\n" + entry.format("d", "2.5")
    metrics, origin, problems = read_list(Metric, text, "metrics.yml")
    assert [(metric.metric, metric.value) for metric in metrics] == [("a", 1.0), ("b", None), ("d", 2.5)]
    assert code_and_place(problems) == [("wrong-type", 7, 10), ("wrong-type", 11, 3)]
    assert origin.at(2, "value") == ("metrics.yml", 13, 10)
    assert not origin.whole


def test_an_entry_that_lost_something_keeps_its_place_among_the_others() -> None:
    entry = "- id: {}\n  mode: paraphrase\n  text: t\n  consent: {{state: not-needed}}\n"
    text = entry.format("a b") + entry.format("q2") + "  by: {country: Denmark, role: nurse}\n" + entry.format("q3")
    quotes, origin, problems = read_list(Quote, text, "quotes.yml")
    assert [(quote.id, quote.by.role, quote.by.country) for quote in quotes] == [
        ("q2", "nurse", None),
        ("q3", "", None),
    ]
    assert code_and_place(problems) == [("bad-value", 1, 7), ("bad-country", 9, 17)]
    assert [origin.at(index, "id")[1] for index in range(2)] == [5, 10]
    assert origin.at(0, "by", "role") == ("quotes.yml", 9, 32)
    assert not origin.sound(0, "by")
    assert origin.sound(1, "by")


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("titel: x", "unknown-key", 'unknown field "titel"', 'did you mean "title"?'),
        ("season: -1", "bad-value", '"season" must be at least 0', "it is -1 now"),
        ("season: 1.5", "wrong-type", '"season" must be a whole number', "write a whole number, without decimals"),
        ("season: 1,200", "wrong-type", '"season" must be a whole number', "write 1200, without commas"),
        ("season: two", "wrong-type", '"season" must be a whole number', "write 2"),
        ("season: 45 minutes", "wrong-type", '"season" must be a whole number', "write 45, the digits alone"),
        ("season: many", "wrong-type", '"season" must be a whole number', "write digits only"),
        (f"season: {'9' * 5000}", "wrong-type", '"season" must be a whole number', "write digits only"),
        ("characters: [x]", "wrong-type", 'an entry of "characters" is made of several fields',
         "write: - {name: x}"),
        (
            "characters: [{name: }]",
            "missing-field",
            '"name" has no value',
            "write it after the colon",
        ),
        ("characters: [{role: x}]", "missing-field", '"name" is missing', 'add "name:" and its value'),
        ("aliases: ['']", "missing-field", 'an entry of "aliases" has no value', "give it one, or delete the line"),
        ("licence: CC BY 4.0", "bad-licence", '"CC BY 4.0" is not an SPDX licence that casebuilder knows ("licence")',
         'did you mean "CC-BY-4.0"?'),
        ("status: Draft", "unknown-value", '"Draft" is not a possible value of "status"', 'did you mean "draft"?'),
        ("status: [draft]", "wrong-type", '"status" must be one word',
         "write it on the same line, without brackets or hyphens"),
        ("closes: {a: b}", "wrong-type", '"closes" must be a date or a time',
         "write it as 2026-03-27 or 2026-03-27T18:00"),
        ("image: {file: a.png, alt: b, licence: x}", "bad-licence",
         '"x" is not an SPDX licence that casebuilder knows ("licence")', "such as CC-BY-4.0 or CC-BY-NC-ND-4.0"),
    ],
)  # fmt: skip
def test_each_complaint_says_what_is_wrong_and_how_to_fix_it(line: str, code: str, message: str, hint: str) -> None:
    _, problems = case(f"{LEAST}{line}\n")
    assert [(problem.code, problem.message, problem.hint) for problem in problems] == [(code, message, hint)]


def test_a_long_or_broken_value_stays_one_readable_line() -> None:
    _, (problem,) = case(LEAST + 'closes: "' + "x" * 100_000 + '"\n')
    assert len(problem.message) < 400
    assert problem.message.endswith('is not a date or a time ("closes")')
    _, (problem,) = case(LEAST + "closes: |-\n  one\n  two\n")
    assert problem.message == '"one two" is not a date or a time ("closes")'


def test_the_same_fault_in_what_an_alias_repeats_is_reported_where_the_alias_stands() -> None:
    text = LEAST + "references:\n  - &a {id: a, title: t, url: x}\n  - *a\n"
    record, problems = case(text)
    assert code_and_place(problems) == [("bad-url", 12, 31), ("bad-url", 13, 5)]
    assert [work.url for work in record.references] == [None, None]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-27", date(2026, 3, 27)),
        ("2026-03-27T18:00", datetime(2026, 3, 27, 18)),  # noqa: DTZ001 - as it was written
        ("2026-03-27 18:00:30", datetime(2026, 3, 27, 18, 0, 30)),  # noqa: DTZ001 - as it was written
        ("2026-03-27T18:00+05:30", datetime(2026, 3, 27, 18, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
        ("2026-03-29T01:30", datetime(2026, 3, 29, 1, 30)),  # noqa: DTZ001 - a clock change in Dublin skips it
        ("2028-02-29", date(2028, 2, 29)),
    ],
)
def test_days_and_times_are_read(written: str, meant: date) -> None:
    record, problems = case(LEAST.replace("2026-03-02", written))
    assert (record.opens, problems) == (meant, [])


@pytest.mark.parametrize(
    "written",
    ["2026-02-30", "2027-02-29", "27/3/2026", "2026-3-27", "20260327", "2026-W13-5", "2026-03-27T24:30", "today",
     "2026-03-27T18", "0000-01-01", "1899-12-31", "2200-01-01", "9999-12-31T23:59", "\uff12026-03-27", "1772616600",
     "2026-03-27T18:00+99:00"],
)  # fmt: skip
def test_an_invalid_day_is_refused(written: str) -> None:
    _, problems = case(LEAST.replace("2026-03-02", f"'{written}'"))
    assert code_and_place(problems) == [("bad-date", 3, 8)]


def test_a_time_that_a_clock_change_skips_is_read_with_the_offset_before_it() -> None:
    assert instant(datetime(2026, 3, 29, 1, 30), ZONE).utcoffset() == timedelta(0)  # noqa: DTZ001 - as it was written
    assert instant(date(2026, 3, 29), ZONE).isoformat() == "2026-03-29T00:00:00+00:00"


def contribution(**values: object) -> tuple[Contribution | None, list[Problem]]:
    least = {
        "id": "c1",
        "channel": "site",
        "author": "a",
        "author_key": "0",
        "posted": "2026-03-27T18:00:00Z",
        "text": "t",
    }
    found, problems = read_discussion(json.dumps({**least, **values}), "discussion.jsonl")
    return (found[0] if found else None), problems


def test_a_contribution_is_read_and_knows_its_line() -> None:
    found, problems = contribution(country="DK")
    assert problems == []
    assert found
    assert (found.id, found.country, found.place) == ("c1", "DK", ("discussion.jsonl", 1, 1))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"id": 1}, "wrong-type"),
        ({"posted": 1772616600}, "bad-date"),
        ({"posted": "2026-03-27T18:00:00"}, "bad-date"),
        ({"posted": "2026-03-27"}, "bad-date"),
        ({"withdrawn": 20}, "bad-date"),
        ({"place": ["x", 1, 1]}, "unknown-key"),
        ({"e-mail": "x"}, "unknown-key"),
        ({"text": "\ud800"}, "control-character"),
        ({"\ud800": 1}, "unknown-key"),
        ({"text": "a\x00"}, "control-character"),
        ({"text": None}, "missing-field"),
        ({"country": "Denmark"}, "bad-country"),
        ({"kind": {}}, "wrong-type"),
        ({"text": ["x"]}, "wrong-type"),
    ],
)
def test_each_fault_of_a_contribution_is_one_problem(values: dict[str, object], code: str) -> None:
    _, problems = contribution(**values)
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "1", "null", '"x"', "{} {}", "[" * 100_000, "1" * 5_000, '{"id": NaN}', '{"id": 1, "id": 2}', "\u2028"],
)
def test_a_line_that_is_no_contribution_loses_only_itself(line: str) -> None:
    whole = json.dumps(
        {"id": "c", "channel": "s", "author": "a", "author_key": "0", "posted": "2026-03-27T18:00Z", "text": "t"}
    )
    other = whole.replace('"c"', '"d"')
    found, problems = read_discussion(f"{whole}\n{line}\n\n{other}\n", "d.jsonl")
    assert [item.id for item in found] == ["c", "d"]
    assert {problem.line for problem in problems} == ({2} if line.strip() else set())


KEYS = [name for kind in (CaseData, Quote, PersonData) for name in kind.model_fields]
VALUES = st.recursive(
    st.sampled_from(["", "x", "1", "-1", "2026-03-27", "9999-12-31", "DK", "no", "writer", "é" * 300]) | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, "person", "roles", "x"]), inner, max_size=4)
    ),
    max_leaves=6,
)


@drawn(120)
@given(
    st.sampled_from([CaseData, Quote, PersonData, CollectionData, CommentaryData, ResponseData, Metric, Settings]),
    st.dictionaries(st.sampled_from([*KEYS, *Settings.model_fields, "x"]), VALUES, max_size=8),
)
def test_any_values_give_problems_and_no_exception(kind: type[CaseData], values: dict[str, object]) -> None:
    document, _ = read_document("a: b\n", "x.yml")
    assert document
    record, problems = read_record(kind, values, document.origin)[::2]
    assert record is None or isinstance(record, kind)
    assert all(problem.path == "x.yml" and "\n" not in problem.message for problem in problems)
    assert record is not None or problems


@drawn(100)
@given(
    st.text("abc:- \n#{}[]'\"|>&*!%@\\\t0", max_size=80),
    st.sampled_from(["case.yml", "quotes.yml", "questions.md", "responses/a.md"]),
)
def test_any_text_in_any_file_gives_a_series_and_no_exception(text: str, name: str) -> None:
    texts = {
        "mkdocs.yml": "plugins: [casebuilder]\n",
        "cases/2026-03-a/case.yml": LEAST,
        f"cases/2026-03-a/{name}": text,
    }
    texts |= {
        "commentary/2026-03-a/commentary.md": text,
        "commentary/2026-03-a/discussion.jsonl": text,
        "experts/ana.md": text,
    }
    series, _ = readers.read(texts)
    assert [found.slug for found in series.cases] == ["2026-03-a"]


@drawn(100)
@given(st.text("abc:- \n#{}[]'\"!\t0", max_size=60), VALUES)
def test_any_configuration_gives_a_series_and_no_exception(text: str, value: object) -> None:
    for written in (
        text,
        f"site_name: {json.dumps(value)}\nplugins:\n- casebuilder: {json.dumps(value)}\ntheme: {json.dumps(value)}\n",
    ):
        series, _ = readers.read({"mkdocs.yml": written})
        assert series.name


#: The texts that may have several lines.
PASSAGES = {
    ("Quote", "text"),
    ("Contribution", "text"),
    ("CollectionData", "introduction"),
    ("Collection", "introduction"),
}


#: What no author writes: it is put together of what they wrote.
MADE = {"Series", "WithheldCase", "Part"}


def records() -> Iterator[type[Record]]:
    waiting: list[type[Record]] = [Record]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("casebuilder.model") and kind.__name__ not in MADE:
            yield kind


def test_every_text_but_a_passage_is_made_one_line_or_refused() -> None:
    seen = set()
    for kind in records():
        for name, field in kind.model_fields.items():
            if field.annotation is not str or (kind.__name__, name) in PASSAGES:
                continue
            form: Any = Annotated[str, WithJsonSchema({"type": "string"}), *field.metadata]
            for text in ("one\ntwo", "one\u2028two", "one \r\n\t two", "one\x85two", "one\u2029 two"):
                with suppress(ValidationError):
                    assert TypeAdapter(form).validate_python(text) == "one two", (kind, name)
                seen.add((kind.__name__, name))
    assert {("CaseData", "title"), ("Picture", "alt"), ("PersonData", "name"), ("Reference", "pages")} <= seen


THOUSANDS = {
    "fields": lambda many: read_yaml(CaseData, "".join(f"k{n}: 1\n" for n in range(many)), "case.yml")[2],
    "fields of entries": lambda many: read_yaml(
        CaseData, "references:\n" + "".join(f"  - {{k{n}: 1, l: 2, m: 3}}\n" for n in range(many // 4)), "case.yml"
    )[2],
    "topics": lambda many: read_yaml(CaseData, f"topics: [{', '.join(map(str, range(many)))}]", "case.yml")[2],
    "entries": lambda many: read_list(Quote, "".join(f"- {{id: q{n}, txt: hi}}\n" for n in range(many)), "q.yml")[2],
    "half entries": lambda many: read_list(Quote, "- id: q\n- text: hi\n" * many, "q.yml")[2],
    "figures": lambda many: read_list(Metric, "- {value: 1}\n" * many, "metrics.yml", most=200)[2],
    "contributions": lambda many: read_discussion('{"id": 1}\n' * many, "d.jsonl")[1],
    "a field of a contribution": lambda many: read_discussion(
        "{" + "".join(f'"k{n}": 1, ' for n in range(many)) + '"z": 1, "z": 2}', "d.jsonl"
    )[1],
    "words of a contribution": lambda many: read_discussion('{"id" "' + "delimiter " * many, "d.jsonl")[1],
}


@pytest.mark.parametrize("what", THOUSANDS)
def test_thousands_of_anything_are_refused_and_the_first_faults_explained(what: str) -> None:
    with at_most(2):
        problems = THOUSANDS[what](4_000)
        assert 1 <= len(problems) < 510
