"""The workbench of the desk: what it writes is whole, and never over somebody else's edit."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from casebuilder import markup, pipeline
from casebuilder.cli import main
from casebuilder.editorial.curation.deskschema import Agreement, Author, DeskTheme, MarkedQuote, Marks, plain_curation
from casebuilder.editorial.discussion import Person
from casebuilder.model import ConsentState, Mode
from casebuilder.pipeline import addquotes, correspondence, privatefolder, writetogether
from casebuilder.pipeline.deskcase import DeskError
from casebuilder.pipeline.deskworkbench import Bench
from curating import COMMENTARY, QUOTES, RECORD, SLUG, quote
from zoo_keeper import SOUND, lay_out

if TYPE_CHECKING:
    from casebuilder.editorial.curation.deskschema import Curation


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(lay_out(SOUND.name, tmp_path), SLUG)


def put(bench: Bench, curation_kept: Curation, keep: str = "", revision: str = "") -> tuple[int, dict[str, object]]:
    """The answer to a page that saves a curation."""
    status, answer = bench.keep_curation(json.dumps(plain_curation(curation_kept)).encode(), revision, keep)
    return status, dict(answer)


def with_quote(curation_before: Curation, name: str, words: str, **fields: object) -> Curation:
    return replace(curation_before, quotes=(*curation_before.quotes, quote(name, words, **fields)))


def test_marks_memos_and_what_was_read_stay_on_this_computer(bench: Bench) -> None:
    made = with_quote(bench.made().curation, "c2", "Nobody owns", quoted=False, memo="ask her", theme="owners")
    made = replace(
        made,
        contributions={"c1": Marks(read=True)},
        themes=(replace(made.themes[0], colour=5, letter="Q"), made.themes[1]),
    )
    before = {path: (bench.root / path).read_bytes() for path in (QUOTES, COMMENTARY, RECORD)}
    status, answer = put(bench, made)
    assert (status, answer["written"], answer["revision"]) == (200, [], 1)
    assert {path: (bench.root / path).read_bytes() for path in before} == before
    again = Bench(bench.root, SLUG).made().curation
    assert again.quotes == made.quotes
    assert again.contributions == made.contributions
    assert (again.themes[0].colour, again.themes[0].letter) == (5, "Q")
    kept = bench.root / privatefolder.CURATIONS / f"{SLUG}.json"
    assert kept.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert "Nobody owns" not in kept.read_text(encoding="utf-8")
    assert (bench.root / ".casebuilder" / ".gitignore").exists()


def test_a_missing_or_unreadable_file_is_reported_in_a_sentence(bench: Bench) -> None:
    people = bench.root / privatefolder.PEOPLE
    people.parent.mkdir(exist_ok=True)
    people.write_text("not JSON\n", encoding="utf-8")
    for answer in (bench.desk, bench.letters):
        with pytest.raises(DeskError, match=privatefolder.PEOPLE):
            answer()
    shutil.rmtree(bench.root / "cases" / SLUG)
    for answer in (bench.desk, bench.letters):
        with pytest.raises(DeskError, match=SLUG):
            answer()


def test_an_edit_from_outside_is_merged_and_none_is_lost(bench: Bench) -> None:
    made = bench.made().curation
    path = bench.root / QUOTES
    path.write_text(
        path.read_text(encoding="utf-8").replace("role: nurse", "role: ward nurse  # she said"), encoding="utf-8"
    )
    status, answer = put(bench, with_quote(made, "c3", "That finger", theme="owners"))
    assert status == 200
    text = path.read_text(encoding="utf-8")
    assert "role: ward nurse  # she said" in text
    assert "q-c3" in text
    taken = answer["curation"]
    assert isinstance(taken, dict)
    assert [each["by"]["role"] for each in taken["quotes"] if each["id"] == "q1"] == ["ward nurse"]


def test_where_both_changed_something_both_sides_are_shown_and_a_person_decides(bench: Bench) -> None:
    made = bench.made().curation
    path = bench.root / COMMENTARY
    path.write_text(path.read_text(encoding="utf-8").replace("Here the three", "Outside the three"), encoding="utf-8")
    mine = replace(made, themes=(made.themes[0], replace(made.themes[1], summary="Mine.")))
    before = path.read_bytes()
    status, answer = put(bench, mine)
    assert status == 409
    assert path.read_bytes() == before
    conflict = answer["conflict"]
    assert isinstance(conflict, dict)
    assert conflict["path"] == COMMENTARY
    assert "Mine." in conflict["yours"]
    assert "Outside the three" in conflict["theirs"]
    status, answer = put(bench, mine, "theirs")
    assert (status, "curation" in answer) == (200, True)
    assert "Outside the three" in path.read_text(encoding="utf-8")
    assert put(bench, mine, "mine")[0] == 200
    assert "Mine." in path.read_text(encoding="utf-8")


def test_an_import_prepares_the_file_in_which_two_curators_meet(bench: Bench) -> None:
    place, commentary = bench.root / QUOTES, bench.root / COMMENTARY
    text = place.read_text(encoding="utf-8")
    assert addquotes.prepare(bench.root, SLUG) == ()
    assert place.read_text(encoding="utf-8") == text, "a file with quotes stays as its curators began it"
    place.unlink()
    commentary.unlink()
    assert addquotes.prepare(bench.root, SLUG) == (place,)
    assert place.read_text(encoding="utf-8").splitlines()[2:] == ["# c1", "# c2", "# c3"]
    assert not [each for each in pipeline.read(bench.root).problems if each.path == QUOTES]
    record = bench.root / RECORD
    more = record.read_text(encoding="utf-8").splitlines(keepends=True)[0].replace('"c1"', '"c4"')
    record.write_text(record.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert put(bench, with_quote(bench.made().curation, "c3", "That finger"))[0] == 200
    assert addquotes.prepare(bench.root, SLUG) == (place,)
    lines = [line for line in place.read_text(encoding="utf-8").splitlines() if line.startswith(("#", "- "))]
    assert lines[-3:] == ["# c3", "- id: q-c3", "# c4"]


def test_another_window_is_not_overwritten(bench: Bench) -> None:
    made = bench.made().curation
    assert put(bench, replace(made, contributions={"c1": Marks(read=True)}), revision="0")[0] == 200
    status, answer = put(bench, made, revision="0")
    assert (status, answer["revision"]) == (409, 1)
    assert put(bench, made, "theirs", revision="0")[1]["revision"] == 1
    assert put(bench, made, "mine", revision="0")[0] == 200


def test_a_broken_file_is_left_alone(bench: Bench) -> None:
    made = bench.made().curation
    path = bench.root / QUOTES
    path.write_text("- id: [", encoding="utf-8")
    status, answer = put(bench, with_quote(made, "c3", "That finger"))
    assert status == 400
    assert QUOTES in str(answer)
    assert path.read_text(encoding="utf-8") == "- id: ["


def test_line_ends_of_windows_stay(bench: Bench) -> None:
    path = bench.root / QUOTES
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert put(bench, with_quote(bench.made().curation, "c3", "That finger"))[0] == 200
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf- id: q1\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_nobody_who_refused_is_asked_again_although_the_quote_is_gone(bench: Bench) -> None:
    made = with_quote(
        bench.made().curation, "c3", "the real handover", id="later", consent=Agreement(ConsentState.PENDING)
    )
    gone = Agreement(ConsentState.REFUSED, date(2026, 3, 12), "by message")
    made = with_quote(made, "c3", "That finger", id="gone", quoted=False, consent=gone)
    assert put(bench, made)[0] == 200
    reading = pipeline.read(bench.root)
    asked = correspondence.asking(reading, SLUG)
    assert not asked.letters
    assert [one.name for one in asked.refused] == ["finger"]


def versions(bench: Bench) -> tuple[Curation, Curation]:
    """A curation, and one that changes both files."""
    old = bench.made().curation
    new = with_quote(old, "c3", "That finger", theme="new")
    return old, replace(new, themes=(*new.themes, DeskTheme("new", "New", summary="::quote[q-c3]")))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
def test_after_a_kill_at_any_step_the_next_start_finishes_or_undoes_the_save(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends before and after each call that renames a file; nothing of a half save may be left."""
    old, new = versions(bench)
    pristine = {path: (bench.root / path).read_bytes() for path in (QUOTES, COMMENTARY)}
    done = Bench(bench.root, SLUG)
    assert put(done, new)[0] == 200
    complete = {path: (bench.root / path).read_bytes() for path in pristine}
    steps = 0
    for step in range(40):
        for path, data in pristine.items():
            (bench.root / path).write_bytes(data)
        kept = bench.root / privatefolder.CURATIONS / f"{SLUG}.json"
        kept.unlink(missing_ok=True)
        child = os.fork()
        if not child:
            count = 0
            for name in ("replace", "unlink", "open"):
                owner, whole = (Path, getattr(Path, name))
                if name == "open":
                    owner, whole = writetogether, writetogether.write_whole

                def fatal(*arguments: object, call: object = whole, last: int = step, **options: object) -> object:
                    nonlocal count
                    count += 1
                    if count > last:
                        os._exit(9)
                    return call(*arguments, **options)  # type: ignore[operator]  # what was there

                monkeypatch.setattr(owner, "write_whole" if name == "open" else name, fatal)
            put(Bench(bench.root, SLUG), new)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        for path, data in pristine.items():
            assert (bench.root / path).read_bytes() in {data, complete[path]}
        Bench(bench.root, SLUG).recover()
        now = {path: (bench.root / path).read_bytes() for path in pristine}
        assert now in (pristine, complete)
        assert not [path for path in bench.root.rglob("*.part") if "cases" in path.parts or "commentary" in path.parts]
        steps = step
        if os.waitstatus_to_exitcode(status) == 0:
            break
    assert steps > 5
    assert old != new


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
@pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.large)])
def test_after_a_kill_at_any_instant_no_file_is_half_written(bench: Bench, kills: int) -> None:
    """A desk saves one version after the other and is killed without a warning, again and again."""
    paths = (QUOTES, COMMENTARY)

    def now() -> tuple[bytes, ...]:
        return tuple((bench.root / path).read_bytes() for path in paths)

    sides = versions(bench)
    whole = [now()]
    assert put(bench, sides[1])[0] == 200
    whole.append(now())
    chance = random.Random(kills)  # noqa: S311 - no secret
    for _ in range(kills):
        begun, ready = os.pipe()
        child = os.fork()
        if not child:
            for number in range(10_000):
                put(Bench(bench.root, SLUG), sides[number % 2], "mine")
                os.write(ready, b".")
            os._exit(0)
        os.read(begun, 1)  # it has saved once, and goes on
        time.sleep(chance.uniform(0, 0.2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(begun)
        os.close(ready)
        assert all(text in {each[place] for each in whole} for place, text in enumerate(now()))
        Bench(bench.root, SLUG).recover()
        assert now() in whole
        assert not [path for path in bench.root.rglob("*.part") if "cases" in path.parts or "commentary" in path.parts]


def received(bench: Bench, curation_kept: Curation, *options: str) -> tuple[int, str]:
    """The exit status and output of a command that takes a file over."""
    file = bench.root / "back.json"
    file.write_text(json.dumps(plain_curation(curation_kept)), encoding="utf-8-sig")  # as an editor on Windows saves it
    result = CliRunner().invoke(main, ["curate", SLUG, "--series", str(bench.root), "--take", str(file), *options])
    return result.exit_code, result.output


def test_a_desk_in_a_file_comes_back_compared_with_what_it_began_from(bench: Bench) -> None:
    began = bench.made().curation
    path = bench.root / QUOTES
    path.write_text(path.read_text(encoding="utf-8").replace("theme: owners", "theme: lists"), encoding="utf-8")
    assert put(bench, with_quote(began, "c2", "Nobody owns", quoted=False, memo="mine"))[0] == 200
    new = quote(
        "c3", "That finger", theme="owners", text=""
    )  # a file knows the passages of its quotes, not their words
    status, output = received(
        bench, replace(began, quotes=(*began.quotes, new), contributions={"c3": Marks(read=True)})
    )
    assert (status, QUOTES in output) == (0, True)
    text = path.read_text(encoding="utf-8")
    assert "q-c3\n  text: >-\n    That finger\n" in text
    assert "theme: lists" in text
    both = bench.made().curation
    assert [(each.id, each.memo) for each in both.quotes if not each.quoted] == [("q-c2", "mine")]
    assert both.contributions == {"c3": Marks(read=True)}
    changed = replace(
        began, quotes=tuple(replace(each, dissent=True) if each.id == "q2" else each for each in began.quotes)
    )
    status, output = received(bench, changed)
    assert status == 1
    assert "theme: lists" in output
    assert "dissent: True" in output
    assert "dissent" not in path.read_text(encoding="utf-8")
    assert received(bench, changed, "--keep", "theirs")[0] == 0
    assert "dissent: true" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("more", [(), ("--yes",)])
def test_a_file_brings_permissions_and_names_only_if_somebody_agrees(bench: Bench, more: tuple[str, ...]) -> None:
    path = bench.root / QUOTES
    began = bench.made().curation
    yes = Agreement(ConsentState.GRANTED, date(2026, 3, 5), "mail")
    old = next(each for each in began.quotes if each.mode is not Mode.PARAPHRASE)
    no = replace(old, consent=Agreement(ConsentState.REFUSED, date(2026, 3, 4), "mail"))
    began = replace(began, quotes=tuple(no if each is old else each for each in began.quotes))
    assert put(bench, began)[0] == 200
    began = bench.made().curation
    turned = replace(no, mode=Mode.NAMED, by=Author("Somebody Else"), consent=yes)
    free = replace(quote("c3", "That finger"), consent=Agreement(ConsentState.NOT_NEEDED))
    named = replace(quote("c3", "the real handover"), id="new", mode=Mode.NAMED, by=Author("Anna Other"), consent=yes)
    quotes = tuple(turned if each.id == no.id else each for each in began.quotes)
    status, output = received(bench, replace(began, quotes=(*quotes, free, named)), *more)
    assert status == 0, output
    for words in (f'the author of "{no.id}" said no', "Somebody Else", "Anna Other", '"not-needed" is not taken over'):
        assert words in output
    made = {each.id: each for each in bench.made().curation.quotes}
    assert made[no.id].consent == no.consent
    assert made[free.id].consent.state is ConsentState.PENDING
    assert made["new"].consent.state is (ConsentState.GRANTED if more else ConsentState.PENDING)
    assert ("Anna Other" in path.read_text(encoding="utf-8")) is bool(more)
    assert ("Somebody Else" in path.read_text(encoding="utf-8")) is bool(more)
    assert ("left unchanged" in output) is (not more)


@pytest.mark.parametrize("more", [(), ("--yes",)])
def test_what_a_file_deletes_is_said_and_stays_unless_somebody_agrees(bench: Bench, more: tuple[str, ...]) -> None:
    began = bench.made().curation
    theme = began.themes[0]
    own = [quote for quote in began.quotes if quote.theme != theme.id]
    gone = [quote.id for quote in began.quotes if quote.theme == theme.id]
    assert gone
    status, output = received(bench, replace(began, quotes=tuple(own), themes=began.themes[1:]), *more)
    assert status == 0, output
    assert f'the quote "{gone[0]}" was deleted: ' in output
    assert f'the theme "{theme.title}" was deleted' in output
    now = bench.made().curation
    assert {quote.id for quote in now.quotes} == {quote.id for quote in own} | set(() if more else gone)
    assert {each.id for each in now.themes} == {each.id for each in began.themes} - ({theme.id} if more else set())


def test_no_old_file_brings_back_what_was_withdrawn(bench: Bench) -> None:
    old = bench.made().curation
    old = with_quote(
        old, "c2", "Nobody owns a patient", id="mine", quoted=False, memo="Nobody owns a patient who is waiting."
    )
    assert put(bench, old)[0] == 200
    bench.keep_history(b'{"undo": ["Nobody owns a patient who is waiting."]}')
    withdrawn = ["withdraw", SLUG, "--contribution", "c2", "--series", str(bench.root), "--yes"]
    result = CliRunner().invoke(main, withdrawn)
    assert result.exit_code == 0, result.output
    now = Bench(bench.root, SLUG).made()
    assert "c2" not in {each.id for each in now.contributions}
    private_files = [path.read_text(encoding="utf-8") for path in (bench.root / ".casebuilder").rglob("*.json")]
    assert "Nobody owns" not in "".join(private_files)
    again = with_quote(old, "c2", "Nobody owns a patient who is waiting.", id="new")
    status, output = received(bench, again)
    assert status == 0, output
    assert "withdrawn" in output
    for path in (QUOTES, COMMENTARY, RECORD):
        assert "Nobody owns" not in (bench.root / path).read_text(encoding="utf-8")


def test_the_record_in_a_file_cannot_leave_its_place_and_only_its_maker_reads_it(bench: Bench) -> None:
    record = bench.root / RECORD
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("Easy.", "</script><script>alert(1)</script><!--"), encoding="utf-8")
    file = bench.root / "desk.html"
    privatefolder.write_people(
        bench.root, (Person("1" * 16, "Participant 1", name="Ida Holm", handle="@secret-handle"),)
    )
    result = CliRunner().invoke(main, ["curate", SLUG, "--series", str(bench.root), "--file", str(file)])
    assert result.exit_code == 0, result.output
    html = file.read_text(encoding="utf-8")
    assert "alert(1)" in html
    assert "<script>alert" not in html
    assert "secret-handle" not in html
    assert "public in the series" in result.output
    assert file.stat().st_mode & 0o077 == 0 or os.name == "nt"
    order = ["curate", SLUG, "--series", str(bench.root), "--file", str(file), "--people"]
    assert CliRunner().invoke(main, order).exit_code == 0
    assert "secret-handle" in file.read_text(encoding="utf-8")


def test_a_desk_that_is_started_again_has_the_same_address(bench: Bench) -> None:
    assert privatefolder.desk_address(bench.root, SLUG) is None
    privatefolder.write_desk_address(bench.root, SLUG, "w" * 43, 8123)
    assert privatefolder.desk_address(bench.root, SLUG) == ("w" * 43, 8123)
    place = bench.root / privatefolder.CURATIONS / f"{SLUG}.address"
    os.utime(place, (0, 0))
    assert privatefolder.desk_address(bench.root, SLUG) is None, "another day"
    assert place.stat().st_mode & 0o077 == 0 or os.name == "nt"


HOSTILE = {
    "not JSON": "hello",
    "a list": "[]",
    "deep": "[" * 100_000,
    "deep in a field": '{"case": ' + '{"a":' * 5_000,
    "another format": '{"format": 2, "case": "x", "desk": "%s"}' % ("0" * 32),
    "no number": '{"format": 1, "case": "x", "desk": "%s", "revision": NaN}' % ("0" * 32),
    "huge number": '{{"format": 1, "case": "x", "desk": "{}", "revision": 1{}}}'.format("0" * 32, "0" * 5_000),
    "unknown field": '{"format": 1, "case": "x", "desk": "%s", "__proto__": {}}' % ("0" * 32),
    "a path as id": '{"format": 1, "case": "../x", "desk": "%s", "themes": [{"id": "../../x", "title": "a"}]}'
    % ("0" * 32),
    "half a character": '{"format": 1, "case": "x", "desk": "%s", "introduction": "\\ud800"}' % ("0" * 32),
    "a line in a title": '{"format": 1, "case": "x", "desk": "%s", "themes": [{"id": "a", "title": "a\\nb"}]}'
    % ("0" * 32),
    "a field that rings": '{"format": 1, "case": "x", "desk": "%s", "a\\u0007b": 1}' % ("0" * 32),
    "a theme that rings": '{"format": 1, "case": "x", "desk": "%s", "quotes": [{"id": "a", "theme": "\\u0007"}]}'
    % ("0" * 32),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(bench: Bench, name: str) -> None:
    file = bench.root / "back.json"
    file.write_text(HOSTILE[name], encoding="utf-8")
    result = CliRunner().invoke(main, ["curate", SLUG, "--series", str(bench.root), "--take", str(file)])
    assert result.exit_code == 2, result.output
    assert "nothing was written" in result.output
    assert "Traceback" not in result.output
    assert "\a" not in result.output


def test_a_sound_form_with_hostile_values_is_refused(bench: Bench) -> None:
    made = bench.made().curation
    new = quote("c2", "Nobody owns")
    rng = random.Random(1)  # noqa: S311 - no secret
    bad = (
        replace(made, case="2026-04-paper-club"),
        replace(made, quotes=(*made.quotes, new), contributions={"c2": Marks(spam=True)}),
        replace(made, curators=("nobody-known",)),
        replace(made, themes=(*made.themes, made.themes[0])),
        replace(made, themes=(*made.themes, DeskTheme("x", "x", summary="## Another\n\nheading"))),
        replace(made, quotes=(*made.quotes, replace(new, text="Nobody owns anything"))),
        replace(made, quotes=(*made.quotes, replace(new, theme="nowhere"))),
        replace(made, quotes=(*made.quotes, replace(new, question="nowhere"))),
        replace(made, quotes=(*made.quotes, new, new)),
        replace(
            made,
            quotes=(*made.quotes, replace(new, passages=(replace(new.passages[0], end=rng.randrange(10**4, 10**5)),))),
        ),
    )
    before = {path: (bench.root / path).read_bytes() for path in (QUOTES, COMMENTARY, RECORD)}
    for each in bad:
        status, answer = put(bench, each)
        assert status == 400, each
        assert answer["problems"]
    assert put(bench, replace(made, quotes=(*made.quotes, MarkedQuote("x", "c99", text="?", quoted=True))))[1][
        "problems"
    ]
    assert {path: (bench.root / path).read_bytes() for path in before} == before


def test_the_preview_shows_a_quote_whose_author_agreed_after_the_release(bench: Bench) -> None:
    made = with_quote(bench.made().curation, "c2", "Nobody owns", theme=bench.made().curation.themes[0].id)
    late = Agreement(state=ConsentState.GRANTED, on=date(2031, 1, 2), how="by e-mail")
    quotes = (*made.quotes[:-1], replace(made.quotes[-1], consent=late))
    assert put(bench, replace(made, quotes=quotes))[0] == 200
    assert "Nobody owns" in bench.preview("omit")


def test_a_link_in_the_preview_opens_a_new_tab_and_leads_to_no_page_that_is_not_there(bench: Bench) -> None:
    made = bench.made().curation
    words = "[away](HTTPS://example.org/a) [above](#theme-x) [mail](mailto:a@example.org)"
    assert put(bench, replace(made, introduction=words))[0] == 200
    links = {markup.text(link): link for link in markup.elements(markup.parse(bench.preview("show")), "a")}
    assert [links[name].get("target") for name in ("away", "mail", "above")] == ["_blank", "_blank", ""]
    assert links["above"].get("href") == "#theme-x"
    curator = links["Caro Lind"]
    assert not curator.has("href")
