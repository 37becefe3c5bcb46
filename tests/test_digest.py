"""A month as a mail: what it tells and links to, and what no mail may hold."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from casebuilder import pipeline
from casebuilder.cli import main
from casebuilder.model import State
from casebuilder.model.series import Settings
from casebuilder.outputs import digest
from casebuilder.published import NotAMomentError, month, publish
from sealing import canaries
from series_factory import (
    SITE,
    SLUG,
    at,
    make_case,
    make_journal_club,
    make_open_case,
    make_series,
    make_withdrawn_case,
)

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from casebuilder.model.series import Series

MAY, JUNE, JULY, AUGUST = (date(2025, number, 1) for number in (5, 6, 7, 8))
PAGE = f"{SITE}cases/{SLUG}/"


class Mail(HTMLParser):
    """A mail as a program shows it: its words by the kind of element, and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.tags: set[str] = set()
        self.loaded: list[str] = []
        self._inside: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.loaded += [value for name, value in attributes.items() if name in {"src", "srcset", "background"}]
        self._inside.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            for tag, attributes in self._inside:
                self.words.setdefault(tag, []).append(words)
                if tag == "a":
                    self.links.setdefault(words, []).append(attributes["href"])


def written(series: Series, when: date) -> tuple[Mail, str]:
    html, text = digest.render(series, when)
    return Mail(html.read().decode()), text.read().decode()


def test_a_month_with_a_release_links_to_case_and_answers_and_holds_none_of_them() -> None:
    mail, text = written(make_series(), JUNE)
    assert mail.words["h1"] == ["Quiet Dilemmas"]
    assert mail.words["h2"] == ["Released"]
    assert mail.links["The Case of the Quiet Pager"] == [PAGE]
    assert mail.links["Then compare with the experts"] == [f"{PAGE}#section-responses"]
    assert "Now released: responses by Noor Khan and Tom Otieno and the community commentary." in " ".join(text.split())
    assert text.startswith("Quiet Dilemmas, June 2025\n=========================\n")
    for form in (text, " ".join(mail.words["body"])):
        assert "A pager stays quiet all night." in form
        for answer in ("finding", "data", "midnight", "resident here", "Silence", "facilitator"):
            assert answer not in form


def test_the_mail_invites_to_what_is_under_discussion_and_says_until_when() -> None:
    mail, text = written(make_series(make_open_case(), make_journal_club(state=State.CURATING)), MAY)
    assert mail.words["h2"] == ["Open for discussion", "Awaiting responses"]
    assert mail.links["Join the discussion"] == [f"{PAGE}#section-join"]
    words = " ".join(text.split())
    assert "Discussion open until Thursday 29 May 2025, 23:59 (Dublin time). Expert responses" in words
    assert (
        "The discussion has closed. Expert responses and the community commentary are released on Wednesday 15" in words
    )


def test_a_case_that_opened_and_was_released_since_is_listed_as_opened() -> None:
    mail, text = written(make_series(), MAY)
    assert mail.words["h2"] == ["Opened"]
    assert "Responses and commentary released on 6 June 2025." in text


def test_corrections_and_withdrawals_are_in_the_mail_of_their_month() -> None:
    mail, text = written(make_series(), AUGUST)
    assert mail.words["h2"] == ["Corrections and updates"]
    assert "Correction, 4 August 2025: The ward’s name was wrong." in text
    mail, text = written(make_series(make_withdrawn_case()), JULY)
    assert mail.words["h2"] == ["Withdrawn"]
    assert "A reader recognised a colleague." in text
    assert "Read the case" not in text


def test_no_events_make_no_mail() -> None:
    assert digest.render(make_series(), JULY) == ()
    assert digest.render(make_series(make_withdrawn_case()), MAY) == ()
    for state in (State.DRAFT, State.SCHEDULED):
        assert digest.render(make_series(make_case(state=state)), JUNE) == ()


def test_the_mail_says_who_sends_it_and_whom_to_write_to() -> None:
    mail, text = written(make_series(settings=Settings(contact="editors@example.org", notice="All invented.")), JUNE)
    assert mail.links["Questions, or to unsubscribe"] == ["mailto:editors@example.org"]
    assert "This is the monthly digest of Quiet Dilemmas." in text
    assert "All invented." in text
    assert text.endswith("Questions, or to unsubscribe:\neditors@example.org\n")
    mail, _ = written(make_series(), JUNE)
    assert "Questions, or to unsubscribe" not in mail.links
    assert mail.links["RSS feed"] == [f"{SITE}feed.xml"]


def test_any_program_can_show_it() -> None:
    series = make_series(make_case(teaser="A <b>bold</b> & “quoted” teaser"), make_journal_club(state=State.OPEN))
    (html, text) = (file.read().decode() for file in digest.render(series, JUNE))
    mail = Mail(html)
    assert not mail.tags & {"table", "img", "script", "link", "b"}
    assert mail.loaded == []
    assert "url(" not in html
    assert len(html) < 100_000
    assert all(address.startswith((SITE, "mailto:")) for found in mail.links.values() for address in found)
    assert "A <b>bold</b> & “quoted” teaser" in mail.words["p"]
    for line in text.splitlines():
        assert len(line) <= 72 or line.startswith(SITE), line
        assert line == line.strip()


def test_the_mail_is_in_the_series_language_and_a_case_in_its_own() -> None:
    series = make_series(make_case(language="ar", title="حالة التسليم"), make_journal_club(), language="es")
    html = digest.render(series, JUNE)[0].read().decode()
    assert '<html lang="es" dir="ltr">' in html
    assert re.search(r'<h3 [^>]*lang="ar" dir="rtl">', html)
    assert "junio de 2025" in html


def test_chinese_breaks_within_72_columns() -> None:
    series = make_series(make_case(teaser="夜间呼叫器一直安静" * 12, language="zh"))
    _, text = written(series, JUNE)
    assert max(len(line) for line in text.splitlines() if "夜" in line) <= 36


@pytest.mark.parametrize(
    ("as_of", "chosen", "first"),
    [
        ((2026, 1, 1), None, date(2025, 12, 1)),
        ((2026, 3, 31, 23, 59), None, date(2026, 2, 1)),
        ((2026, 3, 1), "2026-03", date(2026, 3, 1)),
        ((2026, 3, 1), "2024-02", date(2024, 2, 1)),
    ],
)
def test_the_month_is_the_last_one_that_is_over(as_of: tuple[int, ...], chosen: str | None, first: date) -> None:
    assert month(make_series(), at(*as_of), chosen) == first


@pytest.mark.parametrize("chosen", ["2026-13", "March", "2026-3", "0000-01", "2026-03-01", "٢٠٢٦-٠٣", "2026-04"])
def test_what_is_no_month_or_has_not_begun_is_refused(chosen: str) -> None:
    with pytest.raises(NotAMomentError, match=r"is not a month; write it as 2026-03|has not begun on 2026-03-31"):
        month(make_series(), at(2026, 3, 31, 23), chosen)


@pytest.mark.parametrize(("as_of", "released"), [("2026-03-05", False), ("2026-03-20", False), ("2026-03-28", True)])
def test_no_digest_holds_a_sealed_word_at_any_time(tmp_path: Path, as_of: str, *, released: bool) -> None:
    canaries.write(tmp_path, canaries.tree())
    reading = pipeline.read(tmp_path, as_of=as_of)
    files = digest.render(publish(reading.series, reading.as_of), date(2026, 3, 1))
    text = canaries.seen_in((file.path, file.read()) for file in files)
    seen = {name for name in (*canaries.SEALED, *canaries.NEVER, *canaries.UNPRINTED) if canaries.word(name) in text}
    assert seen == ({"respondername"} if released else set())
    assert (canaries.word("casetitle") in text) is (as_of > "2026-03-06")


# the command


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["digest", "--series", str(root), *arguments])


@pytest.fixture
def series(tmp_path: Path) -> Path:
    files = canaries.tree()
    canaries.write(tmp_path / "series", files)
    return tmp_path / "series"


def test_the_command_writes_both_forms_and_says_where(series: Path, tmp_path: Path) -> None:
    result = run(series, "--as-of", "2026-04-02", "-o", str(tmp_path / "mail"))
    assert result.exit_code == 0, result.output
    places = [tmp_path / "mail" / name for name in ("digest-2026-03.html", "digest-2026-03.txt")]
    assert result.stdout.splitlines() == [str(place) for place in places]
    before = [place.read_bytes() for place in places]
    assert run(series, "2026-03", "--as-of", "2026-04-02", "-o", str(tmp_path / "mail")).exit_code == 0
    assert [place.read_bytes() for place in places] == before
    assert sorted(path.name for path in (tmp_path / "mail").iterdir()) == [place.name for place in places]


def test_an_empty_month_is_said_and_nothing_is_written(series: Path, tmp_path: Path) -> None:
    result = run(series, "2025-07", "--as-of", "2026-04-02", "-o", str(tmp_path / "mail"))
    assert result.exit_code == 0
    assert "no digest was written" in result.stderr
    assert not (tmp_path / "mail").exists()


def test_wrong_use_is_explained(series: Path, tmp_path: Path) -> None:
    result = run(series, "March", "--as-of", "2026-04-02")
    assert result.exit_code == 2
    assert '"March" is not a month; write it as 2026-03' in result.stderr
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert run(series, "--as-of", "2026-04-02", "-o", str(tmp_path / "taken" / "mail")).exit_code == 2
    configuration = series / "mkdocs.yml"
    words = configuration.read_text(encoding="utf-8").replace("site_url: https://example.org/canaries/\n", "")
    configuration.write_text(words, encoding="utf-8")
    result = run(series, "--as-of", "2026-04-02", "-o", str(tmp_path / "mail"))
    assert (result.exit_code, "set site_url in mkdocs.yml" in result.stderr) == (1, True)
    assert not (tmp_path / "mail").exists()
