"""Participants: keys for other computers, the list that only the editors have, and records that stay out of Git."""

from __future__ import annotations

import json
import stat
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder import pipeline
from casebuilder.cli import main
from casebuilder.model import Contribution

if TYPE_CHECKING:
    from pathlib import Path

CASE, CLUB = "2026-03-late-handover", "2026-04-paper-club"
TABLE = (
    "author,address,posted,text,channel\n"
    "Ida Holm,@ida@s.example,2026-04-07T09:00:00Z,We rang and nobody came for an hour.,mastodon\n"
    "Ole,@ole@s.example,2026-04-07T09:05:00Z,Ask @ida@s.example what she did at night.,mastodon\n"
    "I. H.,ida@ward.example,2026-04-07T09:10:00Z,By e-mail I say the same as before.,email\n"
)


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CASEBUILDER_SECRET", raising=False)
    monkeypatch.delenv("CASEBUILDER_CACHE", raising=False)  # whose packs a withdrawal would delete
    return zoo_keeper.lay_out("_sound", tmp_path)


def run(series: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, [*words, "--series", str(series)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def imported(series: Path, table: str = TABLE, case: str = CLUB) -> Result:
    (series.parent / "t.csv").write_text(table, encoding="utf-8")
    return run(series, "discussion", "import", case, str(series.parent / "t.csv"))


def said(result: Result) -> str:
    return " ".join(result.output.split())


def record(series: Path, case: str = CLUB) -> list[dict[str, Any]]:
    place = series / f"commentary/{case}/discussion.jsonl"
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]


def people(series: Path) -> list[dict[str, Any]]:
    text = (series / ".casebuilder/people.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


# --- the file that only the editors have


def test_the_list_of_participants_lies_outside_of_git(series: Path) -> None:
    subprocess.run(["git", "init", "-q", str(series)], check=True)
    assert imported(series).exit_code == 0
    for name in ("people.jsonl", "author.key"):
        assert stat.S_IMODE((series / ".casebuilder" / name).stat().st_mode) == 0o600
    status = subprocess.run(
        ["git", "-C", str(series), "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True
    )
    assert ".casebuilder" not in status.stdout
    assert [(row["pseudonym"], row["name"], row["handle"]) for row in people(series)] == [
        ("Participant 1", "Ida Holm", "@ida@s.example"),
        ("Participant 2", "Ole", "@ole@s.example"),
        ("Participant 3", "I. H.", ""),
    ]
    assert "ward.example" not in "".join(path.read_text() for path in series.rglob("*.jsonl"))
    assert record(series)[1]["text"] == "Ask Participant 1 what she did at night."


def test_pseudonyms_and_keys_are_the_same_in_every_round(series: Path) -> None:
    imported(series)
    later = TABLE.replace("2026-04-07", "2026-03-04")
    (series / f"commentary/{CASE}/discussion.jsonl").unlink()
    (series / ".casebuilder/people.jsonl").unlink()  # the records alone are enough
    assert imported(series, later, CASE).exit_code == 0
    assert [line["author_key"] for line in record(series, CASE)] == [line["author_key"] for line in record(series)]
    assert [line["author"] for line in record(series, CASE)] == [line["author"] for line in record(series)]


@pytest.mark.parametrize("words", ["Participant 2", "@ole@s.example", "ole@s.example", "Ole"])
def test_somebody_is_forgotten_by_any_name(series: Path, words: str) -> None:
    imported(series)
    before = record(series)
    assert said(run(series, "forget", words)) == "forgotten: Participant 2"
    assert [row["name"] for row in people(series)] == ["Ida Holm", "I. H."]
    assert record(series) == before
    result = run(series, "forget", words)
    assert result.exit_code == 1
    assert "nobody is called" in said(result)


def test_forget_names_the_quotes_that_wait_for_an_answer_or_name_the_person(series: Path) -> None:
    imported(series)
    quotes = (
        "- {id: q1, text: Ask somebody., mode: anonymous, consent: {state: pending}, source: {contribution: c02}}\n"
        "- {id: q2, text: By e-mail I say the same, mode: anonymous, consent: {state: pending},"
        " source: {contribution: c03}}\n"
        "- {id: q3, text: Ask, mode: named, by: {name: Ole}, consent: {state: granted, on: 2026-04-09}}\n"
    )
    (series / f"cases/{CLUB}/quotes.yml").write_text(quotes, encoding="utf-8")
    assert said(run(series, "forget", "Ole")) == (
        f"forgotten: Participant 2 the quote q1 of {CLUB} waits for their permission, and where to ask them is no "
        f"longer stored; to withdraw it: casebuilder withdraw {CLUB} --quote q1 the quote q3 of {CLUB} names them, "
        f"with their permission; to withdraw it: casebuilder withdraw {CLUB} --quote q3"
    )


def test_a_withdrawal_counts_the_deleted_packs_in_one_line(series: Path) -> None:
    imported(series)
    packs = series / ".cache/packs"
    packs.mkdir(parents=True)
    for number in range(30):
        (packs / f"{number:064x}.pdf").write_bytes(b"%PDF")
    output = run(series, "withdraw", CLUB, "--contribution", "c02").output
    assert ".cache/packs/ (30 packs, printed again when they are needed)" in output.replace("\\", "/")
    assert output.count(".pdf") == 0
    assert not list(packs.iterdir())


@pytest.mark.parametrize("command", ["consent", "withdraw"])
def test_a_day_as_people_write_it_is_put_right(series: Path, command: str) -> None:
    words = {
        "consent": ("consent", "set", CLUB, "q1", "granted"),
        "withdraw": ("withdraw", CLUB, "--contribution", "c02"),
    }[command]
    output = said(run(series, *words, "--on", "13/2/2027")).replace("│ ", "").replace(" │", "")
    assert "did you mean 2027-02-13" in output


def test_without_the_file_the_commands_say_what_cannot_be_done(series: Path) -> None:
    result = run(series, "forget", "Ole")
    assert result.exit_code == 1
    assert "there is no .casebuilder/people.jsonl on this computer" in said(result)
    imported(series)
    (series / ".casebuilder/people.jsonl").unlink()
    joined = run(series, "discussion", "same-person", "Participant 1", "@ole@s.example")
    assert joined.exit_code == 2
    assert "only in .casebuilder/people.jsonl, which is not on this computer" in said(joined)


def test_a_broken_or_linked_file_is_no_crash(series: Path) -> None:
    imported(series)
    place = series / ".casebuilder/people.jsonl"
    place.write_text('{"author_key": 1\n')
    assert "line 1 cannot be read" in said(run(series, "forget", "Ole"))
    place.unlink()
    place.symlink_to(series / "mkdocs.yml")
    assert "symbolic link" in said(run(series, "forget", "Ole"))


def test_what_is_withdrawn_is_gone_from_the_file_too(series: Path) -> None:
    table = TABLE.replace(",channel\n", ",channel,id\n").replace(",mastodon\n", ",mastodon,https://s.example/@x/1\n", 1)
    (series.parent / "m.json").write_text(
        json.dumps([{
            "id": "1", "created_at": "2026-04-07T09:00:00Z", "visibility": "public", "content": "We rang at night.",
            "uri": "https://s.example/users/uma/statuses/1", "url": "https://s.example/@uma/1",
            "account": {"acct": "uma", "username": "uma", "display_name": "Uma", "url": "https://s.example/@uma"},
        }])
    )  # fmt: skip
    assert table
    run(series, "discussion", "import", CLUB, str(series.parent / "m.json"))
    assert people(series)[0]["posts"] == {f"{CLUB} c01": "https://s.example/@uma/1"}
    assert run(series, "withdraw", CLUB, "--contribution", "c01").exit_code == 0
    assert people(series) == []


def test_no_address_of_mail_or_machine_reaches_a_file_from_whatever_column(series: Path) -> None:
    table = (
        "author,address,posted,text,channel,url,IP Address\n"
        "203.0.113.7,2001:db8::7,2026-04-07T09:00:00Z,Hm.,site,mailto:ida@ward.example,203.0.113.8\n"
        "ida@ward.example,[::ffff:82.119.20.0],2026-04-07T09:01:00Z,No.,site,https://x.example/?u=ida%40ward.example,\n"
    )
    result = imported(series, table)
    assert result.exit_code == 0, result.output
    assert 'not imported: the column "IP Address"' in result.stderr
    everything = "".join(path.read_text() for path in series.rglob("*.jsonl") if path.is_file())
    for trace in ("203.0.113", "2001:db8", "82.119", "ward.example"):
        assert trace not in everything
    assert [(row["name"], row["handle"], row["posts"]) for row in people(series)] == [("", "", {}), ("", "", {})]


# --- keys


def test_a_key_is_copied_to_another_computer_and_a_different_key_is_refused(series: Path, tmp_path: Path) -> None:
    assert "there is no key yet" in said(run(series, "discussion", "key"))
    assert "there is no key on this computer" in said(run(series, "discussion", "key", "--export", str(tmp_path / "k")))
    imported(series)
    own = record(series)[0]["key_id"]
    assert said(run(series, "discussion", "key")) == f"{own} (.casebuilder/author.key)"
    assert run(series, "discussion", "key", "--export", str(tmp_path / "k")).exit_code == 0
    assert stat.S_IMODE((tmp_path / "k").stat().st_mode) == 0o600
    assert "is there already" in said(run(series, "discussion", "key", "--export", str(tmp_path / "k")))

    (series / ".casebuilder/author.key").unlink()  # another curator's computer
    late = "author,posted,text,channel\nUma,2026-04-08T09:00:00Z,Late.,site\n"
    before = record(series)
    refused = imported(series, late)
    assert refused.exit_code == 2
    assert f"the record was made with the key {own}" in said(refused)
    other = imported(series, late, CASE)
    assert other.exit_code == 1
    assert f"the record of {CLUB} was made with the key {own}, which is not on this computer" in said(other)
    assert record(series) == before
    assert not (series / ".casebuilder/author.key").exists()

    assert said(run(series, "discussion", "key", "--import", str(tmp_path / "k"))).startswith(own)
    assert imported(series, late).exit_code == 0
    assert {line["key_id"] for line in record(series)} == {own}
    (tmp_path / "other").write_text("another key, long enough\n")
    assert "nothing was changed" in said(run(series, "discussion", "key", "--import", str(tmp_path / "other")))


def test_a_lost_key_is_replaced_when_somebody_says_so(series: Path) -> None:
    imported(series)
    assert "there is a key" in said(run(series, "discussion", "key", "--new"))
    (series / ".casebuilder/author.key").unlink()
    result = run(series, "discussion", "key", "--new")
    assert "counts as new from now on" in result.stderr
    late = "author,posted,text,channel\nUma,2026-03-05T09:00:00Z,Late.,site\n"
    assert imported(series, late, CASE).exit_code == 0
    assert "was made with another key" in run(series, "discussion", "key").stderr
    assert imported(series, late).exit_code == 2


def test_the_environment_variable_overrides_the_key_file(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(series)
    monkeypatch.setenv("CASEBUILDER_SECRET", "long word")
    assert "the variable CASEBUILDER_SECRET holds" in said(imported(series, TABLE.replace("09:0", "10:0")))


@pytest.mark.parametrize("content", [b"", b"short", b"two\nlines of it", b"\xff\xfe\x00", b"x" * 2_000])
def test_an_invalid_key_is_refused(series: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "k").write_bytes(content)
    assert run(series, "discussion", "key", "--import", str(tmp_path / "k")).exit_code in {1, 2}
    assert not (series / ".casebuilder").exists()
    assert run(series, "discussion", "key", "--new", "--export", "x").exit_code == 2


# --- one person with two accounts


def test_two_joined_participants_stay_joined_in_every_record(series: Path) -> None:
    imported(series)
    imported(series, TABLE.replace("2026-04-07", "2026-03-04"), CASE)
    first, _, third = record(series)
    assert run(series, "stats", "--write").exit_code == 0
    assert "participants: 3" in (series / f"commentary/{CLUB}/figures.yml").read_text(encoding="utf-8")
    result = run(series, "discussion", "same-person", "@ida@s.example", "Participant 3")
    assert result.stderr == "2 contributions of Participant 3 now count as Participant 1’s\n"
    for case in (CASE, CLUB):
        joined = record(series, case)[-1]
        assert (joined["author_key"], joined["author"]) == (first["author_key"], "Participant 1")
        assert joined["joined_key"] == third["author_key"]
    assert [row["pseudonym"] for row in people(series)] == ["Participant 1", "Participant 2"]
    written = series / f"commentary/{CLUB}/figures.yml"
    assert "participants: 3" not in written.read_text(encoding="utf-8"), "two are a small number"
    assert "figures-differ" not in said(run(series, "check"))
    (series / ".casebuilder/people.jsonl").unlink()
    again = imported(series, TABLE + "I. H.,ida@ward.example,2026-04-08T09:10:00Z,One more word.,email\n")
    assert again.stderr == "1 added, 3 already in the record\n"
    assert record(series)[-1]["author"] == "Participant 1"
    assert "one person already" in said(run(series, "discussion", "same-person", "Participant 1", "Participant 1"))
    assert 'is called "Participant 9"' in said(
        run(series, "discussion", "same-person", "Participant 1", "Participant 9")
    )


def test_where_a_record_is_elsewhere_joining_says_what_to_run_there(series: Path) -> None:
    imported(series)
    run(series, "stats", "--write")
    (series / f"commentary/{CASE}/discussion.jsonl").unlink()
    first, _, third = record(series)
    result = run(series, "discussion", "same-person", "Participant 1", "Participant 3")
    order = f"casebuilder discussion same-person {first['author_key']} {third['author_key']}"
    assert f"the record of {CASE} is not on this computer; whoever has it runs: {order}\n" in result.stderr


def test_a_pseudonym_that_somebody_has_is_nobody_elses(series: Path) -> None:
    """Another curator's list of people calls Uma as the record calls Ida; a text names a Participant 8."""
    late = "author,address,posted,text,channel\nUma,@uma@s.example,2026-04-08T09:00:00Z,Late.,mastodon\n"
    imported(series)
    place = series / f"commentary/{CLUB}/discussion.jsonl"
    before = place.read_text(encoding="utf-8")
    imported(series, late)
    place.write_text(before, encoding="utf-8")
    row = {**people(series)[-1], "pseudonym": "Participant 1"}
    (series / ".casebuilder/people.jsonl").write_text(f"{json.dumps(row)}\n", encoding="utf-8")
    story = series / f"cases/{CASE}/scenario.md"
    story.write_text(story.read_text(encoding="utf-8") + "\nAs Participant 8 said.\n", encoding="utf-8")
    assert imported(series, late).exit_code == 0
    assert [line["author"] for line in record(series)] == [f"Participant {n}" for n in (1, 2, 3, 9)]
    assert people(series)[0]["pseudonym"] == "Participant 9"


# --- private records


@pytest.fixture
def private(series: Path) -> Path:
    configuration = series / "mkdocs.yml"
    configuration.write_text(
        configuration.read_text(encoding="utf-8") + "      discussions: private\n", encoding="utf-8"
    )
    subprocess.run(["git", "init", "-q", str(series)], check=True)
    return series


def test_a_private_record_stays_out_of_git(private: Path) -> None:
    assert imported(private).exit_code == 0
    order = ["git", "-C", str(private), "check-ignore", f"commentary/{CLUB}/discussion.jsonl"]
    assert subprocess.run(order, capture_output=True, check=False).returncode == 0
    subprocess.run(["git", "-C", str(private), "add", "-f", "commentary"], check=True)
    late = "author,posted,text,channel\nUma,2026-04-08T09:00:00Z,Late.,site\n"
    assert "run git rm --cached" in imported(private, late).stderr


@pytest.mark.parametrize("flow", [False, True])
def test_quotes_carry_a_digest_and_verify_says_who_can_compare(private: Path, *, flow: bool) -> None:
    quotes = private / f"cases/{CASE}/quotes.yml"
    if flow:
        old = "  source:\n    channel: site\n    contribution: c1\n"
        text = quotes.read_text(encoding="utf-8")
        assert old in text
        quotes.write_text(
            text.replace(old, '  source: {channel: site, contribution: "c1"}  # here\n'), encoding="utf-8"
        )
    assert "[missing-digest]" in run(private, "check").output
    result = run(private, "discussion", "verify", CASE, "--digests")
    assert result.exit_code == 0
    assert "quotes.yml: 1 digest" in result.stdout
    assert run(private, "check").exit_code == 0
    (case,) = (case for case in pipeline.read(private).series.cases if case.slug == CASE)
    assert case.quotes[0].source.digest == case.contributions[0].digest
    content = quotes.read_bytes()
    run(private, "discussion", "verify", CASE, "--digests")
    assert quotes.read_bytes() == content

    place = private / f"commentary/{CASE}/discussion.jsonl"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("Easy. I would", "Hm. I would"), encoding="utf-8")
    assert "[digest-mismatch]" in run(private, "discussion", "verify").stdout
    place.unlink()  # who has not the record
    result = run(private, "discussion", "verify")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"the record of {CASE} is not on this computer: 1 quote could not be compared" in result.stderr
    assert run(private, "check").exit_code == 0

    refused = imported(private)
    assert refused.exit_code == 1
    assert f"the record of {CASE} was made elsewhere, with a key, which is not on this computer" in refused.stderr
    run(private, "discussion", "key", "--new")
    assert imported(private).exit_code == 0


def test_a_digest_does_not_lead_to_the_post_and_is_in_no_output(private: Path) -> None:
    run(private, "discussion", "verify", CASE, "--digests")
    reading = pipeline.read(private)
    case = reading.series.case(CASE)
    assert case
    one = case.contributions[0]
    other = Contribution.model_validate({**one.model_dump(exclude={"place"}), "author_key": "another"})
    assert one.digest != other.digest
    from casebuilder import published

    public = repr(published.publish(reading.series, reading.as_of))
    assert case.quotes[0].text in public
    assert one.digest not in public
    assert one.text not in public


def test_a_key_file_that_is_no_text_is_refused(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBUILDER_SECRET", "a long word \udcff")
    result = CliRunner().invoke(main, ["discussion", "key", "--series", str(series)])
    assert (result.exit_code, "has bytes that are not UTF-8" in result.output) == (1, True), result.output
