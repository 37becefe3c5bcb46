"""Taking something back: the files are edited, nothing else in them is, and nothing that still holds it passes."""

from __future__ import annotations

import json
import shlex
import subprocess
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from casebuilder import folderexchange, pipeline
from casebuilder.cli import main, newfolder
from casebuilder.outputs.site import webfonts
from casebuilder.pipeline import privatefolder, problemreport, trackedrecords
from sealing import canaries

if TYPE_CHECKING:
    from pathlib import Path

QUOTES = f"cases/{canaries.SLUG}/quotes.yml"
DATA = f"cases/{canaries.SLUG}/case.yml"
RECORD = f"commentary/{canaries.SLUG}/discussion.jsonl"
QUOTED = "We spoke of {}"


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CASEBUILDER_CACHE")  # whose packs would be deleted
    files = canaries.tree()
    sentence = f"We spoke of {canaries.word('contributiontext')} all night and nobody wrote a word of it down."
    files[RECORD] = str(files[RECORD]).replace(f"We spoke of {canaries.word('contributiontext')}.", sentence)
    files[QUOTES] = (
        str(files[QUOTES])
        + f"# kept: a note of the curators\n- id: q6\n  text: {sentence}\n  mode: anonymous\n"
        + "  consent: {state: granted}\n  source: {contribution: c1}\n"
    )
    canaries.write(tmp_path, files)
    return tmp_path


def withdraw(series: Path, *arguments: str) -> Result:
    order = ["withdraw", canaries.SLUG, *arguments, "--series", str(series)]
    return CliRunner().invoke(main, order, env={"CASEBUILDER_AS_OF": "2026-04-01"})


def codes(series: Path) -> list[str]:
    return [problem.code for problem in pipeline.read(series, as_of="2026-04-01").problems]


def test_a_quote_leaves_a_dated_slot_and_nothing_else_changes(series: Path) -> None:
    before = (series / QUOTES).read_text()
    result = withdraw(series, "--quote", "q1", "--on", "2026-03-30")
    assert result.exit_code == 0, result.output
    after = (series / QUOTES).read_text()
    first, rest = before.split("- id: q2", 1)
    assert after.endswith("- id: q2" + rest)
    assert canaries.word("quotenamedtext") in first
    assert canaries.word("quotenamedtext") not in after
    assert canaries.word("quotenamedname") not in after
    quote = pipeline.read(series).series.cases[1].quotes[0]
    assert (quote.id, quote.text, quote.consent.state, str(quote.consent.on)) == ("q1", "", "withdrawn", "2026-03-30")
    assert "kind: takedown" in (series / DATA).read_text()
    assert codes(series) == codes_of_the_sound_series()


def test_files_from_windows_stay_as_windows_wrote_them(series: Path) -> None:
    for path in (QUOTES, DATA, RECORD):
        place = series / path
        place.write_bytes(b"\xef\xbb\xbf" * (path != RECORD) + place.read_bytes().replace(b"\n", b"\r\n"))
    assert withdraw(series, "--quote", "q1").exit_code == 0
    for path in (QUOTES, RECORD):
        content = (series / path).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") == (path != RECORD)
        assert content.count(b"\n") == content.count(b"\r\n") > 0
        assert canaries.word("quotenamedtext").encode() not in content


def codes_of_the_sound_series() -> list[str]:
    return ["pending-consent", "bare-link", "bare-link", "unused-person"]


def test_it_says_every_file_that_it_touched_and_what_git_keeps(series: Path) -> None:
    kept = series / ".cache" / "packs" / "abc-2.pdf"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"%PDF")
    result = withdraw(series, "--quote", "q6")
    for path in (QUOTES, DATA, RECORD, ".cache/packs/ (1 pack, printed again"):
        assert path in result.output
    assert not kept.exists()
    assert "git filter-repo" in result.output


def test_packs_that_other_builds_use_stay_and_it_says_where_they_are(
    series: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, own = tmp_path / "shared" / "packs", series / ".cache" / "packs"
    for folder in (shared, own):
        folder.mkdir(parents=True)
        (folder / "abc-2.pdf").write_bytes(b"%PDF")
    with folderexchange.shared(series / ".cache" / "work"), monkeypatch.context() as another_program:
        another_program.setattr(folderexchange, "_ours", set())
        result = withdraw(series, "--quote", "q6")
    assert f"still in {own}: delete that folder when no build runs" in result.output
    assert (own / "abc-2.pdf").exists()
    monkeypatch.setenv("CASEBUILDER_CACHE", str(shared.parent))
    result = withdraw(series, "--quote", "q1")
    assert f"still in {shared}: delete that folder" in result.output
    assert (shared / "abc-2.pdf").exists()


def test_withdrawing_a_quote_withdraws_its_contribution_and_the_reverse(series: Path) -> None:
    for words in (("--quote", "q6"), ("--contribution", "c1")):
        canaries.write(series, {RECORD: (series / RECORD).read_bytes(), QUOTES: (series / QUOTES).read_bytes()})
        saved = {path: (series / path).read_bytes() for path in (RECORD, QUOTES, DATA)}
        assert withdraw(series, *words).exit_code == 0
        assert canaries.word("contributiontext") not in (series / RECORD).read_text() + (series / QUOTES).read_text()
        assert canaries.word("contributionauthor") not in (series / RECORD).read_text()
        assert "# kept: a note of the curators" in (series / QUOTES).read_text()
        assert codes(series) == codes_of_the_sound_series()
        assert (
            f'the contribution "c1" of {canaries.SLUG} is withdrawn' in withdraw(series, "--contribution", "c1").stderr
        )
        (series / RECORD).write_text((series / RECORD).read_text().replace('"text": ""', '"text": "Kept by hand."'))
        assert "withdrawn-text" in codes(series)
        assert withdraw(series, "--contribution", "c1").exit_code == 0, "as the hint says"
        assert "Kept by hand" not in (series / RECORD).read_text()
        canaries.write(series, saved)


WORDS = "Whoever is waiting has an owner, and it is not the corridor"


@pytest.mark.parametrize(
    ("quoted", "source"),
    [
        (f"{WORDS}.", ""),
        ("Whoever is waiting has an owner […] not the corridor.", ""),
        ("[Those who wait have] an owner, and it is not the corridor.", ""),
        (f"{WORDS}!", "  source: {contribution: no-such-one}\n"),
        ("That it was the corridor.", "  source: {url: 'https://example.org/9'}\n"),
    ],
)
def test_a_quote_that_names_no_contribution_takes_the_one_with_its_words(
    series: Path, quoted: str, source: str
) -> None:
    add(series, quoted, source, f"They said: {WORDS}. Or so.")
    result = withdraw(series, "--quote", "q7")
    assert result.exit_code == 0, result.output
    assert WORDS not in (series / RECORD).read_text() + (series / QUOTES).read_text()
    assert '"Nobody"' not in (series / RECORD).read_text()
    assert "still stand" not in result.output
    assert "withdrawn-text" not in codes(series)


def test_a_contribution_takes_the_quotes_with_its_words(series: Path) -> None:
    add(series, f"{WORDS}.", "", f"They said: {WORDS}. Or so.")
    assert withdraw(series, "--contribution", "c90").exit_code == 0
    assert WORDS not in (series / RECORD).read_text() + (series / QUOTES).read_text()
    assert "withdrawn-text" not in codes(series)


def test_words_that_several_wrote_are_named_at_once_with_their_lines(series: Path) -> None:
    add(series, f"{WORDS}.", "", f"{WORDS}.", f"It was said here: {WORDS}. I disagree.")
    line = (series / RECORD).read_text().count("\n")
    result = withdraw(series, "--quote", "q7")
    assert result.exit_code == 0, result.output
    assert WORDS not in (series / QUOTES).read_text()
    assert "These lines still contain the words, and stop the next build" in result.output
    for number, name in ((line - 1, "c90"), (line, "c91")):
        assert f"{RECORD}:{number}:1: error: the text still contains the words" in result.output
        assert f"casebuilder withdraw {canaries.SLUG} --contribution {name}" in result.output
    # Whoever follows the hints ends with a sound series.
    assert withdraw(series, "--contribution", "c90").exit_code == 0
    assert "still stand" not in withdraw(series, "--contribution", "c91").output
    assert "withdrawn-text" not in codes(series)


def test_a_repost_of_a_withdrawn_contribution_is_named_at_once(series: Path) -> None:
    add(series, f"{WORDS}.", "  source: {contribution: c90}\n", f"{WORDS}.", f"{WORDS}.")
    result = withdraw(series, "--quote", "q7")
    assert "--contribution c91" in result.output


def test_a_private_record_is_withdrawn_everywhere(series: Path) -> None:
    settings = series / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("small_count: 1", "small_count: 1\n      discussions: private"))
    (series / "commentary/.gitignore").write_text("discussion.jsonl\n")
    result = CliRunner().invoke(main, ["stats", "--write", "--series", str(series)])
    assert result.exit_code == 0, result.output
    figures, clone = series / RECORD.replace("discussion.jsonl", "figures.yml"), (series / QUOTES).read_bytes()
    assert "contributions: 1" in figures.read_text()
    git(series, "init")
    assert not [*trackedrecords.problems(pipeline.read(series))]
    git(series, "add", "-A")
    git(series, "add", "--force", RECORD)
    (found,) = trackedrecords.problems(pipeline.read(series))
    assert (found.path, found.code, f"git rm --cached {RECORD}" in found.hint) == (RECORD, "tracked-record", True)
    (series / "commentary/.gitignore").unlink()
    git(series, "rm", "--cached", "--quiet", RECORD)
    checked = CliRunner().invoke(main, ["check", "--series", str(series)])
    assert "would take it with the next git add [tracked-record]" in checked.stdout
    privatefolder.keeps_record_out(pipeline.read(series), RECORD)
    assert not [*trackedrecords.problems(pipeline.read(series))]
    said = withdraw(series, "--contribution", "c1").output
    assert "contributions: 0" in figures.read_text(), said
    assert f"Git takes {QUOTES}" in said
    assert f"It leaves out {RECORD}." in said
    assert "Whoever has one runs git pull, and: casebuilder withdraw 2026-03-canary-case --contribution c1" in said
    (series / QUOTES).write_bytes(clone)
    (series / RECORD).unlink()
    said = withdraw(series, "--contribution", "c9").output
    assert f"the record of {canaries.SLUG} is not on this computer, and no quote names c9" in said
    said = withdraw(series, "--contribution", "c1").output
    assert canaries.word("contributiontext") not in (series / QUOTES).read_text()
    assert "not on this computer. Where it is, it still contains the words" in said
    assert f"the new {figures.relative_to(series).as_posix()}, the site still counts" in said
    assert "nothing to commit" in problemreport.withdrawal([RECORD], "a", tracked=(), stays=False, ignored=[RECORD])


@pytest.mark.parametrize("words", ["Thank you.", "I agree", "Yes!"])
def test_common_words_stop_no_build_after_somebody_withdrew_them(series: Path, words: str) -> None:
    add(series, f"{WORDS}.", "", words, words)
    assert withdraw(series, "--contribution", "c90").exit_code == 0
    assert "withdrawn-text" not in codes(series)
    assert (series / RECORD).read_text().count(f'"{words}"') == 1


def add(series: Path, quoted: str, source: str, *said: str) -> None:
    """Add a quote, and what several people said."""
    quote = f'- id: q7\n  text: "{quoted}"\n  mode: anonymous\n  consent: {{state: granted}}\n'
    (series / QUOTES).write_text((series / QUOTES).read_text() + quote + source)
    lines = "".join(
        f'{{"id": "c9{number}", "channel": "site", "author": "Nobody", "author_key": "{number}555555555555555", '
        f'"posted": "2026-03-03T20:15:00Z", "text": "{text}", "url": "https://example.org/{9 - number}"}}\n'
        for number, text in enumerate(said)
    )
    record = (series / RECORD).read_text()
    (series / RECORD).write_text(record + ("" if record.endswith("\n") else "\n") + lines)


def test_building_again_forgets_the_packs_that_held_it(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webfonts, "render", lambda _kept: ())  # which this cache does not have yet

    def packs() -> set[str]:
        return {path.name for path in (series / ".cache" / "packs").glob("*.pdf")}

    pipeline.make(pipeline.read(series, as_of="2026-03-10"))
    before = packs()
    assert before
    story = series / f"cases/{canaries.SLUG}/scenario.md"
    story.write_text(story.read_text().replace("The ward", "The clinic"))
    pipeline.make(pipeline.read(series, as_of="2026-03-10"))
    assert packs()
    assert not packs() & before


def test_a_file_that_still_holds_withdrawn_words_is_refused(series: Path) -> None:
    words = (series / RECORD).read_text().split('"text": "')[1].split('"')[0]
    withdraw(series, "--contribution", "c1")
    commentary = series / f"commentary/{canaries.SLUG}/commentary.md"
    commentary.write_text(commentary.read_text() + f"\nOne of us said: “{words.upper()}”\n")
    assert "withdrawn-text" in codes(series)


def test_withdrawing_by_hand_without_taking_the_words_out_is_refused(series: Path) -> None:
    quotes = series / QUOTES
    quotes.write_text(quotes.read_text().replace("state: granted, on: 2026-03-14", "state: withdrawn, on: 2026-03-30"))
    assert "withdrawn-text" in codes(series)


def test_a_whole_case_needs_a_reason_and_leaves_a_tombstone(series: Path) -> None:
    assert withdraw(series).exit_code == 2
    assert withdraw(series, "--yes", "--reason", 'A "colleague" was recognised: sorry.', "--delete").exit_code == 0
    case = pipeline.read(series).series.case(canaries.SLUG)
    assert case is not None
    assert case.status == "withdrawn"
    assert case.changes[-1].note == 'A "colleague" was recognised: sorry.'
    assert not (series / f"cases/{canaries.SLUG}/scenario.md").exists()
    assert not [code for code in codes(series) if code in {"missing-file", "missing-change"}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--quote", "q1", "--delete"), "are for a whole case"),
        (("--contribution", "c1", "--reason", "Why."), "are for a whole case"),
        (("--quote", "q9"), 'has no quote "q9"; it has: q1, q2'),
        (("--contribution", "c9"), 'no contribution "c9"'),
        (("--quote", "q1", "--contribution", "c1"), "not both"),
        (("--quote", "q1", "--on", "30.3.2026"), "is not a date"),
    ],
)
def test_wrong_usage_writes_nothing(series: Path, words: tuple[str, ...], said: str) -> None:
    before = {path: (series / path).read_bytes() for path in (RECORD, QUOTES, DATA)}
    result = withdraw(series, *words)
    assert result.exit_code != 0
    assert said in result.output
    assert {path: (series / path).read_bytes() for path in before} == before
    assert not isinstance(result.exception, AssertionError | TypeError | KeyError)


def test_what_was_withdrawn_cannot_be_withdrawn_again(series: Path) -> None:
    assert withdraw(series, "--quote", "q1").exit_code == 0
    before = {path: path.read_bytes() for path in series.rglob("*.yml")}
    result = withdraw(series, "--quote", "q1")
    assert (result.exit_code, result.stderr) == (1, f'Error: the quote "q1" of {canaries.SLUG} is withdrawn already\n')
    assert {path: path.read_bytes() for path in series.rglob("*.yml")} == before


def test_a_withdrawn_case_is_withdrawn_once_and_its_texts_can_still_be_deleted(series: Path) -> None:
    assert withdraw(series, "--yes", "--reason", "A reader was recognised.").exit_code == 0
    assert f"{canaries.SLUG} is withdrawn already" in withdraw(series, "--yes", "--reason", "Again.").stderr
    assert withdraw(series, "--yes", "--reason", "Again.", "--delete").exit_code == 0
    assert not (series / QUOTES).exists()
    assert (series / DATA).read_text().count("kind: withdrawal") == 1
    assert "nothing is left to delete" in withdraw(series, "--yes", "--reason", "Again.", "--delete").stderr


def test_its_day_is_that_of_the_instant_that_counts_as_now(series: Path) -> None:
    assert withdraw(series, "--quote", "q1").exit_code == 0
    assert "on: 2026-04-01" in (series / QUOTES).read_text()
    assert "date: 2026-04-01" in (series / DATA).read_text()


@pytest.mark.parametrize(("answer", "is_done"), [("y\n", True), ("n\n", False), ("", False)])
def test_it_asks_before_a_whole_case(series: Path, answer: str, is_done: bool) -> None:  # noqa: FBT001 - a case
    before = (series / DATA).read_text()
    order = ["withdraw", canaries.SLUG, "--reason", "A reader was recognised.", "--series", str(series)]
    result = CliRunner().invoke(main, order, input=answer)
    assert (result.exit_code == 0) == is_done
    assert ("status: withdrawn" in (series / DATA).read_text()) == is_done
    if not is_done:
        assert "nothing was changed; a script that cannot answer adds --yes" in result.output
        assert (series / DATA).read_text() == before
    else:
        assert f"still in cases/{canaries.SLUG}/ and commentary/{canaries.SLUG}/, unpublished" in result.output


def git(series: Path, *words: str) -> None:
    order = ["git", "-c", "user.name=E", "-c", "user.email=e@example.org", "-C", str(series), *words]
    subprocess.run(order, check=True, capture_output=True)


@pytest.mark.parametrize("was_committed", [False, True])
def test_what_it_says_about_undoing_works(series: Path, was_committed: bool) -> None:  # noqa: FBT001 - a case
    git(series, "init")
    git(series, "add", "-A")
    git(series, "rm", "--cached", "--quiet", RECORD)
    git(series, "commit", "--quiet", "-m", "All")
    saved = {path: path.read_bytes() for path in (series / QUOTES, series / DATA)}
    said = withdraw(series, "--quote", "q6").output
    assert f"Git does not have {RECORD}: only a copy of your own" in said
    if was_committed:
        git(series, "commit", "--quiet", "--all", "-m", "Withdraw")
        assert "git reset --soft HEAD~1" in said
        git(series, "reset", "--quiet", "--soft", "HEAD~1")
    order = next(line for line in said.splitlines() if line.startswith("  git restore"))
    git(series, *shlex.split(order)[1:])
    assert {path: path.read_bytes() for path in saved} == saved


@pytest.mark.parametrize(
    "order",
    [
        ("discussion", "show", canaries.SLUG, "-o"),
        ("curate", canaries.SLUG, "--file"),
        ("discussion", "key", "--export"),
    ],
)
def test_files_with_a_record_or_a_key_stay_out_of_git(series: Path, order: tuple[str, ...]) -> None:
    git(series, "init")
    privatefolder.write_key(series, privatefolder.made_key())
    result = CliRunner().invoke(main, [*order, str(series / "new.html"), "--series", str(series)])
    assert (result.exit_code, (series / "new.html").exists()) == (2, False)
    assert "Git would take" in result.stderr


def test_a_private_file_is_written_outside_of_the_series_or_where_git_ignores_it(tmp_path: Path) -> None:
    def is_refused(path: str) -> bool:
        try:
            newfolder.out_of_git(series / path, series, "the record", "--file")
        except click.BadParameter as error:
            return "the record: name a file outside of the series" in error.message
        return False

    series = tmp_path / "series"
    series.mkdir()
    assert [is_refused(path) for path in ("docs/a.html", "site/b/a.html", "a.html", "../a.html")] == [
        True,
        True,
        False,
        False,
    ]
    git(series, "init")
    assert [is_refused(path) for path in ("a.html", "private/a.html", "sub/a.html", "../a.html")] == [
        True,
        True,
        True,
        0,
    ]
    (series / ".gitignore").write_text("/private/\n/docs/\n")
    assert [is_refused(path) for path in ("a.html", "private/a.html", "docs/a.html")] == [True, False, True]
    assert (series / "private").is_dir()


def test_copies_of_the_words_in_other_files_are_named(series: Path) -> None:
    git(series, "init")
    (series / ".gitignore").write_text("/private/\n")
    (series / "private").mkdir()
    said = f"We spoke of {canaries.word('contributiontext')} all night"
    for name in ("desk.html", "private/show.html", "notes.txt"):
        (series / name).write_text(f"<p>{said} <i>and nobody</i> wrote a word of it down.</p>")
    (series / "data.json").write_text(json.dumps({"t": f"{said}\nand nobody wrote a word of it down."}))
    (series / "binary").write_bytes(b"\0" + said.encode())
    (series / "other.txt").write_text("We spoke of something else all night and nobody wrote a word of it down.")
    git(series, "add", "desk.html")
    listed = withdraw(series, "--quote", "q6").stdout.partition("contain the words, too.")[2].partition("  - Git")[0]
    assert listed.split()[-4:] == ["data.json", "desk.html", "notes.txt", "private/show.html"]


def test_outside_of_git_it_says_that_nothing_can_be_undone(series: Path) -> None:
    assert "No commit of Git has these files" in withdraw(series, "--quote", "q6").output
