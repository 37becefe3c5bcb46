"""`casebuilder quote add` and `casebuilder consent set`: words found in the record, and a file edited in place."""

from __future__ import annotations

import difflib
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

import zoo_keeper
from casebuilder.checks.verbatim import found_in
from casebuilder.cli import main
from casebuilder.editorial.curation import deskmemory, excerpts
from casebuilder.editorial.curation.deskschema import Curation, MarkedQuote, Passage
from casebuilder.editorial.curation.excerpts import ExcerptError, excerpt
from casebuilder.editorial.curation.passages import joined
from cputime import at_most
from examples import drawn

if TYPE_CHECKING:
    from pathlib import Path

SAID = "We rang. Nobody ever said that “ringing” was allowed — so we rang quietly, cafe\u0301 style."
TEXTS = {"c1": SAID, "c2": "Bringing it up is hard."}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["We rang."], "We rang."),
        (["we RANG"], "We rang"),
        (["nobody ever  said\nthat 'ringing' was allowed - so"], "Nobody ever said that “ringing” was allowed — so"),
        (["so we rang quietly", "We rang"], "We rang […] so we rang quietly"),
        (["We rang.", "Nobody ever said"], "We rang. Nobody ever said"),
        (["We rang […] quietly"], "We rang […] quietly"),
        (["We rang ... rang quietly"], "We rang […] rang quietly"),
        (["rang", "rang"], "rang […] rang"),
        (["café style."], "cafe\u0301 style."),
        (["“ringing”"], "“ringing”"),
        (["We rang, "], "We rang"),
    ],
)
def test_what_is_quoted_is_what_the_record_has(words: list[str], text: str) -> None:
    made = joined(excerpt(words, "c1", TEXTS), SAID)
    assert made == text
    assert found_in(made, SAID)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ring", "“ring” is not in c1, which says: We rang."),
        ("Bringing it up", "is not in c1, but in c2"),
        ("Nobody has ever said that ringing", 'did you mean --words "Nobody ever said that “ringing"?'),
        ("Nobody has ever said", "yours:      Nobody >>has<< ever said"),
        ("so we rang loudly", "the record: so we rang >>"),
        ("Nobdy ever said", 'did you mean --words "Nobody ever said"?'),
        ("Nobdy ever said", "yours:      >>Nobdy<< ever said\n  the record: >>Nobody<< ever said"),
        ("We rng", "c1, which says: We rang."),
        ("…", "no words to look for"),
        ("", "no words to look for"),
        ("?!", "no words to look for"),
    ],
)
def test_words_that_are_not_there_are_shown_with_what_is(words: str, shown: str) -> None:
    with pytest.raises(ExcerptError) as caught:
        excerpt([words], "c1", TEXTS)
    assert shown in str(caught.value)


WORD = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=6).filter(
    lambda word: "." not in word
)


@drawn(25)
@given(st.lists(WORD, min_size=1, max_size=8), st.data())
def test_any_words_of_a_text_are_found_in_it(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words).replace("…", "x")
    first = data.draw(st.integers(0, len(words) - 1))
    piece = " ".join(text.split()[first : data.draw(st.integers(first + 1, len(words)))])
    assume(any(char.isalpha() for char in piece))
    made = joined(excerpt([piece], "c1", {"c1": text}), text)
    assert made in text
    assert found_in(made, text)


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return shutil.copytree(zoo_keeper.SOUND, tmp_path / "series")


def slug_of(series: Path) -> str:
    return next(path.parent.name for path in sorted(series.glob("commentary/*/discussion.jsonl")))


def run(*order: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, order)
    return result.exit_code, result.stdout, result.stderr


#: A contribution that no quote is from.
FREE = {"id": "c3", "author": "finger", "text": "That finger was the real handover, if you ask me."}


def test_a_quote_is_added_and_everything_else_in_the_file_stays(series: Path) -> None:
    file = series / "cases" / slug_of(series) / "quotes.yml"
    file.write_text(f"# ours\n{file.read_text()}# the end\n")
    before = file.read_text().splitlines()
    said = FREE
    words = " ".join(said["text"].split()[:5]).upper()
    code, out, err = run("quote", "add", slug_of(series), said["id"], "--words", words, "--series", str(series))
    assert code == 0, err
    after = file.read_text().splitlines()
    changes = [
        code for code in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes() if code[0] != "equal"
    ]
    assert [code[0] for code in changes] == ["insert"], "one block, and nothing else"
    new = "\n".join(after[changes[0][3] : changes[0][4]])
    assert f"contribution: {said['id']}" in new
    assert " ".join(said["text"].split()[:5]).rstrip(".,;:") in out
    assert "state: pending" in "\n".join(after)
    assert "consent letters" in err
    code, _, err = run("quote", "add", slug_of(series), said["id"], "--words", words, "--series", str(series))
    assert (code, "these words are quoted already" in err) == (2, True)
    assert run("discussion", "verify", slug_of(series), "--series", str(series))[0] == 0


def test_a_theme_before_there_is_a_commentary_is_written_as_the_command_says(series: Path) -> None:
    slug = slug_of(series)
    commentary = series / "commentary" / slug / "commentary.md"
    commentary.unlink()
    words = " ".join(FREE["text"].split()[:4])
    order = ("quote", "add", slug, FREE["id"], "--words", words, "--series", str(series))
    code, _, err = run(*order, "--theme", "Who writes?")
    assert code == 0, err
    entry = err.partition("front matter: ")[2].splitlines()[0]
    assert entry == '- {id: who-writes, title: "Who writes?"}'
    assert "theme: who-writes" in (series / "cases" / slug / "quotes.yml").read_text()
    themes = "".join(f"  - {{id: {name}, title: {name}}}\n" for name in ("lists", "owners"))
    matter = f"---\ncurators: [caro-lind]\nmethod: One.\nthemes:\n{themes}  {entry}\n---\n\n"
    commentary.write_text(f"{matter}Text.\n\n## lists\n\nText.\n\n## owners\n\nText.\n\n## Who writes?\n\nText.\n")
    assert "unknown-theme" not in CliRunner().invoke(main, ["check", str(series)]).stdout
    assert "Latin" not in err
    code, _, err = run(*order[:-2], "--theme", "誰", *order[-2:])
    assert code == 2


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (("--theme", "nothing-like-it"), 'the commentary has no theme "nothing-like-it"'),
        (("--question", "nothing-like-it"), 'the case has no question "nothing-like-it"'),
        (("--name", "Ada"), "only a named quote has a name"),
        (("--words", "entirely other words than these"), "is not in"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_written(
    series: Path, order: tuple[str, ...], message: str
) -> None:
    file = series / "cases" / slug_of(series) / "quotes.yml"
    before = file.read_bytes()
    said = FREE
    words = ("--words", " ".join(said["text"].split()[:4]))
    code, _, err = run("quote", "add", slug_of(series), said["id"], *words, *order, "--series", str(series))
    assert (code, message in err) == (2, True), err
    assert file.read_bytes() == before


def test_nobody_who_refused_is_quoted_again_but_in_other_words(series: Path) -> None:
    slug, said = slug_of(series), FREE
    at = ("--series", str(series), "--as-of", "2020-01-01")
    words = said["text"].split()
    assert run("quote", "add", slug, said["id"], "--words", " ".join(words[:3]), *at)[0] == 0
    code, out, err = run(
        "consent", "set", slug, said["author"], "refused", "--on", "2019-12-30", "--how", "e-mail", *at
    )
    assert (code, "refused on 2019-12-30" in out) == (0, True), err
    text = (series / "cases" / slug / "quotes.yml").read_text()
    assert "    state: refused\n    on: 2019-12-30\n    how: " in text
    code, _, err = run("quote", "add", slug, said["id"], "--words", " ".join(words[2:6]), *at)
    assert (code, "is not asked again" in err) == (2, True)
    code, _, err = run("quote", "add", slug, said["id"], "--mode", "paraphrase", "--words", "They disagreed.", *at)
    assert (code, "needs no permission" in err) == (0, True)
    assert "state: not-needed" in (series / "cases" / slug / "quotes.yml").read_text()
    assert "0 people to ask" in run("consent", "letters", slug, *at)[2]


def test_a_named_quote_gets_the_address_of_its_post_with_consent_and_loses_it_without(series: Path) -> None:
    slug, said = slug_of(series), FREE
    at = ("--series", str(series), "--as-of", "2026-03-12")
    quotes, record = series / "cases" / slug / "quotes.yml", series / "commentary" / slug / "discussion.jsonl"
    url = "https://social.example/@uma/17"
    others = {f"2020-01-other {said['id']}": "https://social.example/@uma/1"}
    row = {"author_key": "u9", "pseudonym": "Participant 9", "posts": {f"{slug} {said['id']}": url, **others}}
    (series / ".casebuilder").mkdir(exist_ok=True)
    (series / ".casebuilder/people.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    before = record.read_text(encoding="utf-8")
    ids = []
    for mode in (("--mode", "named", "--name", "Uma"), ()):
        text = " ".join(said["text"].split()[:4] if mode else said["text"].split()[4:8])
        code, out, err = run("quote", "add", slug, said["id"], "--words", text, *mode, *at)
        assert code == 0, err
        ids.append(out.splitlines()[-1].partition(":")[0])
    named, anonymous = ids
    assert url not in quotes.read_text() + record.read_text()
    assert run("consent", "set", slug, anonymous, "granted", *at)[0] == 0
    assert url not in quotes.read_text() + record.read_text()
    assert run("consent", "set", slug, named, "granted", *at)[0] == 0
    assert quotes.read_text().count(f"url: {url}") == 1
    lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines if line.get("url") == url] == [said["id"]]
    assert run("check", "--series", str(series))[0] == 0
    assert run("consent", "set", slug, named, "refused", *at)[0] == 0
    assert url not in quotes.read_text() + record.read_text()
    assert [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()] == [
        json.loads(line) for line in before.splitlines()
    ]


def test_consent_is_asked_for_and_then_granted_for_some_uses(series: Path) -> None:
    slug, said = slug_of(series), FREE
    at = ("--series", str(series), "--as-of", "2026-04-05")
    file = series / "cases" / slug / "quotes.yml"
    code, out, err = run("quote", "add", slug, said["id"], "--words", " ".join(said["text"].split()[:4]), *at)
    assert code == 0, err
    name = out.splitlines()[-1].partition(":")[0]
    assert run("consent", "set", slug, name, "asked", "--how", "message on Mastodon", *at)[0] == 0
    assert "    state: pending\n    on: 2026-04-05\n    how: message on Mastodon\n" in file.read_text()
    assert "was asked on 2026-04-05" in run("consent", "letters", slug, *at)[2]
    code, _, err = run("consent", "set", slug, name, "granted", "--uses", "print, site", *at)
    assert code == 0, err
    assert "    state: granted\n    on: 2026-04-05\n    uses: [site, print]\n" in file.read_text()
    assert run("consent", "set", slug, name, "granted", "--uses", "screen", *at)[0] == 2
    code, _, err = run("consent", "set", slug, name, "granted", "--on", "2026-04-06", *at)
    assert (code, "2026-04-06 is after today, 2026-04-05" in err) == (2, True)
    code, out, _ = run("consent", "set", slug, name, "granted", *at)
    assert (code, out) == (0, "nothing changed\n")
    code, _, err = run("consent", "set", slug, name, "refused", "--series", str(series), "--as-of", "2030-01-01")
    assert (code, "is published: take it back with casebuilder withdraw" in err) == (2, True)
    code, _, err = run("consent", "set", slug, "q9999", "granted", *at)
    assert (code, "no quote and no person" in err) == (2, True)


def test_a_file_keeps_its_line_ends_a_broken_one_is_left_alone_and_a_missing_one_is_made(series: Path) -> None:
    slug = slug_of(series)
    order = ("quote", "add", slug, "c3", "--words", "That finger was the real handover", "--series", str(series))
    file = series / "cases" / slug / "quotes.yml"
    text = file.read_text()
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert run(*order)[0] == 0
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf- id: q1\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    broken = text.replace("  mode: named", "  mood: named", 1)
    file.write_text(broken)
    code, _, err = run(*order)
    assert (code, "correct this first; nothing was written" in err) == (1, True)
    assert file.read_text() == broken
    file.unlink()
    marks = series / ".casebuilder" / "curation"
    marks.mkdir(parents=True)
    mark = MarkedQuote(id="q1", contribution="c2", passages=(Passage(start=0, end=6),), text="Nobody")
    kept = Curation(case=slug, desk="0" * 32, quotes=(mark,))
    (marks / f"{slug}.json").write_text(deskmemory.dump(deskmemory.Memory(kept)))
    code, out, err = run(*order)
    assert code == 0, err
    assert "q2: That finger was the real handover" in out, "q1 is a private mark of the desk"
    assert file.read_text().startswith("- id: q2\n")


def test_blanks_in_a_chosen_quote_take_a_time_that_grows_with_their_length() -> None:
    with at_most(3):
        assert excerpts._OMITTED.split(f"a{' ' * 40_000}b \n … c") == [f"a{' ' * 40_000}b", "c"]
