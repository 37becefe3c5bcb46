"""What a pull request may hold, or somebody import: any of it gives problems with their places, never a traceback."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fuzz import proof
from hypothesis import given
from hypothesis import strategies as st

import zoo_keeper
from casebuilder import pipeline, published
from casebuilder.editorial import discussion
from casebuilder.outputs import calendar, citationfiles, feeds
from casebuilder.outputs.site import pages
from casebuilder.readers.discussion import read_discussion
from examples import drawn

SLUG = "2026-03-late-handover"
TITLE = "title: The Case of the Late Handover\n"
PICTURE = "![a lamp](lamp.svg)"
ELSEWHERE = "https://elsewhere.example/p.png"
#: What a browser would load from another host.
LOADED = re.compile(
    r"""<[^<>]*\b(?:src|srcset|poster|data)=["']?(?:https?:)?//(?!example\.org)[^<>]*>|url\(["']?https?:"""
)
FILES = (
    "mkdocs.yml", f"cases/{SLUG}/case.yml", f"cases/{SLUG}/quotes.yml", f"cases/{SLUG}/scenario.md",
    f"cases/{SLUG}/questions.md", f"cases/{SLUG}/facilitation.md", f"cases/{SLUG}/responses/ben-okafor.md",
    f"commentary/{SLUG}/commentary.md", f"commentary/{SLUG}/discussion.jsonl", f"commentary/{SLUG}/metrics.yml",
    "experts/ana-ruiz.md", "collections/evenings.yml", "cases/2026-04-paper-club/paper.md",
)  # fmt: skip
#: Pieces that readers of YAML, front matter, Markdown and JSON stumble over.
PIECES = st.sampled_from((
    "\n", "\r", "\u2028", "\x85", "\t", "\u00a0", "\ufeff", "\x00", "\x1b[31m", "\ud7ff", "😀", "---\n", "...\n",
    "|\n", ">-\n", "&a ", "*a", "!!python/name:os.system ", "!ENV X", "<<: ", "{", "}", "[", "]", ": ", "# ", "## ",
    "{#id}", "- " * 60, "> " * 60, "1. " * 40, "`" * 7, "```\n", "::quote[q1]\n", "[@starmer]",
    "[x](../2026-04-paper-club/paper.md)", "![x](lamp.svg)", "<script>", "<!--", "<a b=c>", "$x$",
    "| a | b |\n|---|---|\n| c |\n", "[^1]", "[^1]: x\n", "\\", '"', "'", "null", "012", "1e999", "-9" * 30,
    "2026-02-30", '{"a": 1}', "id: ", "title: ", "\n  - id: q1\n", "(" * 200, "*" * 101, "_" * 99, "&#0;",
    "&#x110000;", f"![a lamp]({ELSEWHERE})", f"<img src={ELSEWHERE} alt=x>", f"[p]: {ELSEWHERE}\n", "![a lamp][p]",
    'title: "a\\nb"\n', "|\n  a\n  b\n", "%", "[" * 150, "](" * 50,
))  # fmt: skip


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, float, int, str]]:
    """Changes to files: where in the file, how many characters go, and what comes in their place."""
    words = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=3).map("".join)
    return draw(
        st.lists(
            st.tuples(st.sampled_from(FILES), st.floats(0, 1), st.sampled_from((0, 0, 1, 5, 40)), words),
            min_size=1,
            max_size=4,
        )
    )


#: What stopped a build before, or went out to readers: a title of two lines, nested lists, pictures of another host.
FELL = (
    [(FILES[1], 0.0, len(TITLE), 'title: "The Case of\\nthe Late Handover"\n')],
    [(FILES[1], 0.0, len(TITLE), "title: |\n  The Case of\n  the Late Handover\n")],
    [(FILES[1], 0.0, 0, 'objectives: ["x\\ny", "a\\u2028b"]\n')],
    [(FILES[3], 0.0, 0, "- " * 300 + "x\n\n")],
    [(FILES[9], 0.0, 9999, "- {metric: page views, value: 1e308, window_days: 7, source: s, collected: 2026-03-20}\n")],
    [(FILES[3], 0.0, 0, f"![a lamp][p]\n\n[p]:\n  {ELSEWHERE}\n\n")],
    [(FILES[3], 0.0, 0, f"{PICTURE}{{: src='{ELSEWHERE}' }}\n\n")],
    [(FILES[6], 0.99, 0, f'\n\n<img alt="a lamp" src="{ELSEWHERE}" src="lamp.svg">\n')],
    [(FILES[6], 0.99, 0, f'\n\n<image src="{ELSEWHERE}" alt="a lamp on a desk">\n')],
    [(FILES[7], 0.99, 0, f"\n\n![a [b [c] d] fine]({ELSEWHERE})\n\n``` foo bar\n\n![a lamp]({ELSEWHERE})\n\n```\n")],
)


@pytest.mark.parametrize("made", FELL)
def test_series_that_failed_before_give_problems_or_a_site(made: list[tuple[str, float, int, str]]) -> None:
    try_changes(made)


@given(changes())
@drawn(25)
def test_any_change_to_a_series_gives_problems_or_a_site(made: list[tuple[str, float, int, str]]) -> None:
    try_changes(made)


def try_changes(made: list[tuple[str, float, int, str]]) -> None:
    """Change a sound series, check it, and make what can be made of it: nothing fails, nothing is from elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        series = zoo_keeper.lay_out("_sound", Path(folder))
        for name, place, length, words in made:
            path = series / name
            text = path.read_bytes().decode("utf-8", "surrogatepass")
            at = int(place * len(text))
            path.write_bytes((text[:at] + words + text[at + length :]).encode("utf-8", "surrogatepass"))
        reading = pipeline.read(series)
        for problem in reading.problems:
            assert problem.line >= 1
            assert problem.column >= 1
            assert "\n" not in problem.message + problem.hint
        if not reading.errors():
            public = published.publish(reading.series, reading.as_of)
            for output in (calendar.render, citationfiles.render):
                list(output(public))
            texts = [page.text for page in pages.render(public)]
            texts += [file.read().decode() for file in feeds.render(public, ())]
            assert not [match.group() for text in texts for match in LOADED.finditer(text)]


@pytest.mark.parametrize(
    ("fault", "target"),
    [
        ("pictures from another host", "markdown"),
        ("a title of two lines", "yaml"),
        ("300 nested list items", "markdown"),
    ],
)
def test_the_fuzzer_finds_an_old_fault_that_is_put_back(fault: str, target: str) -> None:
    """`make fuzz` looks for each with every target, by other numbers each time."""
    assert proof.hidden_for(fault, target, seed=1)[0] is not None


@pytest.mark.parametrize("target", proof.TARGETS)
def test_the_fuzzer_finds_nothing_where_no_fault_is(target: str) -> None:
    assert proof.search(target, seed=1, seconds=0.5) == (None, "")


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from((
    "28/03/2026 09:12", "2/6/2027", "12:00", "March", '"', "'", "=1+1", "#NAME?", "1.2E+10", "UK", "\x00", "\x0b",
    "a\nb", "@", "99/99/9999", "28 de de 2026", "\uff10\uff11/\uff10\uff12/\uff12\uff10\uff12\uff16",
    "1" * 400, "٢٨/٠٣/٢٠٢٦", "2026-13-45T99:99",
    "-1/-1/-1", "9:99 PM", "GMT+99", "0/0/0", "2026年",
)),
)  # fmt: skip
HEADS = st.sampled_from(
    (
        "Timestamp",
        "Name",
        "Comment",
        "Country",
        "Date",
        "Time",
        "id",
        "question",
        "",
        "Username",
        "E-mail",
        "x",
        "kind",
    )
)
_ZONE = ZoneInfo("Europe/Dublin")


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Tables of any cells, in any encoding; or any bytes."""
    rows = [draw(st.lists(HEADS, min_size=2, max_size=6)), *draw(st.lists(st.lists(CELLS, max_size=7), max_size=5))]
    separator = draw(st.sampled_from((",", ";", "\t")))
    quoted = draw(st.booleans())
    text = "\n".join(
        separator.join(json.dumps(cell, ensure_ascii=False) if quoted else cell for cell in row) for row in rows
    )
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "cp1251")))
    return draw(st.one_of(st.just(text.encode(encoding, "replace")), st.binary(max_size=60)))


@given(tables(), st.sampled_from((None, True, False)))
@drawn(100)
def test_any_table_gives_a_record_problems_or_a_reason(data: bytes, day_first: bool | None) -> None:  # noqa: FBT001 - hypothesis gives it
    gathered(data, "week.csv", day_first=day_first)


def gathered(data: bytes, name: str, *, day_first: bool | None = None) -> None:
    """Import anything at all: the record that results is sound."""
    options = discussion.ImportOptions(_ZONE, "mastodon", day_first=day_first)
    sources = [discussion.Source(data, name)]
    key = discussion.Key("a long secret")
    try:
        result = discussion.gather("", sources, SERIES, SLUG, options=options, key=key, people=())
    except discussion.TranscriptError:
        return
    for problem in result.problems:
        assert problem.path == name
        assert problem.line >= 1
    if result.text:
        assert not read_discussion(result.text, "discussion.jsonl")[1]


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)
EXPORTS = sorted((Path(__file__).parent / "exports").glob("*/*.json"))


@given(st.sampled_from(EXPORTS), st.data())
@drawn(100)
def test_any_change_of_an_export_gives_a_record_problems_or_a_reason(file: Path, data: st.DataObject) -> None:
    text = file.read_text(encoding="utf-8")
    whole = json.loads(text if text.count("\n{") == 0 else text.splitlines()[0])
    for _ in range(data.draw(st.integers(1, 3))):
        value: Any = whole
        while isinstance(value, dict | list) and value:
            step: Any = data.draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
            if data.draw(st.booleans()) or not isinstance(value[step], dict | list):
                value[step] = data.draw(VALUES)
                break
            value = value[step]
    gathered(json.dumps(whole).encode(), file.name)


FIELDS = st.sampled_from(
    (
        "id",
        "channel",
        "author",
        "author_key",
        "posted",
        "text",
        "kind",
        "country",
        "url",
        "withdrawn",
        "fingerprint",
        "place",
    )
)


@given(
    st.lists(
        st.one_of(st.dictionaries(FIELDS, VALUES, max_size=8).map(json.dumps), st.text(max_size=30)), max_size=4
    ).map("\n".join)
)
@drawn(100)
def test_any_record_of_a_discussion_gives_problems_within_it(text: str) -> None:
    found, problems = read_discussion(text, "discussion.jsonl")
    assert len(found) <= text.count("\n") + 1
    for problem in problems:
        assert 1 <= problem.line <= text.count("\n") + 1


with tempfile.TemporaryDirectory() as _folder:
    SERIES = pipeline.read(zoo_keeper.lay_out("_sound", Path(_folder))).series
