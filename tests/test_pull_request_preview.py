"""The preview of a pull request: what is touched, a page in one file, and a report that a stranger may have written."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import unicodedata
import zipfile
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import zoo_keeper
from casebuilder import editions, handbook, markup
from casebuilder.cli import main
from casebuilder.editorial import history, pullrequestreport
from casebuilder.editorial.pullrequestreport import artifact, markdownreport
from casebuilder.outputs.site.onefile import Surroundings, one_file
from casebuilder.problems import CODES
from cputime import at_most
from examples import drawn
from series_factory import at, make_case, part, write_series

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Json: TypeAlias = "dict[str, Any]"
CASE, CLUB = "2026-03-late-handover", "2026-04-paper-club"


def git(series: Path, *words: str) -> None:
    order = ["git", "-C", str(series), "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
    subprocess.run(order, check=True, capture_output=True)


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """The sound series in a repository whose branch `main` has it, as an editor's branch begins."""
    series_folder = zoo_keeper.lay_out("_sound", tmp_path)
    git(series_folder, "init", "-q", "-b", "main")
    git(series_folder, "add", "-A")
    git(series_folder, "commit", "-qm", "Begin")
    git(series_folder, "switch", "-qc", "own")
    return series_folder


def change(series: Path, path: str, old: str, new: str) -> None:
    text = (series / path).read_text("utf-8")
    assert old in text
    (series / path).write_text(text.replace(old, new, 1), "utf-8")


# What is touched


def test_changed_new_deleted_and_uncommitted_files_are_touched_and_what_main_did_meanwhile_is_not(series: Path) -> None:
    change(series, f"cases/{CLUB}/paper.md", " ", "  ")
    git(series, "commit", "-qam", "Change")
    (series / "cases/2026-09-a-new-one").mkdir()
    (series / "cases/2026-09-a-new-one/case.yml").write_text("status: draft\n", "utf-8")
    (series / f"cases/{CASE}/lamp.svg").unlink()
    git(series, "stash", "-qu")
    git(series, "switch", "-q", "main")
    change(series, "experts/ana-ruiz.md", "name", "name")
    (series / "experts/other.md").write_text("later\n", "utf-8")
    git(series, "add", "-A")
    git(series, "commit", "-qm", "Meanwhile")
    git(series, "switch", "-q", "own")
    git(series, "stash", "pop", "-q")
    assert history.touched(series, "main") == (
        f"cases/{CASE}/lamp.svg",
        f"cases/{CLUB}/paper.md",
        "cases/2026-09-a-new-one/case.yml",
    )
    files = dict(history.files_at(series, "main"))
    assert f"cases/{CASE}/lamp.svg" in files
    assert "experts/other.md" not in files
    with pytest.raises(history.HistoryError):
        history.touched(series, "--output=x")


# The whole command


def test_a_pull_request_is_previewed_although_another_case_has_an_error(
    series: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "EDITIONS", (editions.HANDOUT,))  # the other editions are printed elsewhere
    run_files = {name: tmp_path / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    for name, place in run_files.items():
        monkeypatch.setenv(name, str(place))
    change(series, f"cases/{CASE}/case.yml", "teaser:", "teasr:")
    change(series, f"cases/{CLUB}/paper.md", " ", " https://evil.example/ @everybody ")
    paper = series / f"cases/{CLUB}/paper.md"
    paper.write_text(paper.read_text("utf-8") + "More to read. " * 500, "utf-8")
    story = series / f"cases/{CASE}/scenario.md"
    story.write_text(story.read_text("utf-8") + "\nAnd so it went on.\n", "utf-8")
    order = ["preview", "--since", "main", "--out", str(tmp_path / "out"), "--series", str(series)]
    result = CliRunner().invoke(main, [*order, "--as-of", "2026-04-01"])
    assert result.exit_code == 3, result.output
    out = tmp_path / "out"
    assert not (out / "site/cases" / CLUB).exists(), "it has not opened"
    assert sorted(path.name for path in (out / "pages").iterdir()) == [f"{CLUB}-handout-a4.pdf", f"{CLUB}.html"]
    packs = sorted(path.name for path in (out / "preview/packs").glob("*.pdf"))
    assert packs == [f"{CLUB}-handout-a4.pdf", f"{CLUB}-handout-letter.pdf"], "no case but those that are touched"
    page = (out / "pages" / f"{CLUB}.html").read_text("utf-8")
    assert "not for publication" in page
    assert not re.search(r"(?:src|srcset)=\"(?!data:)|url\((?!\"data:|\"#)|<script|<link|@import", page)
    report = json.loads((out / "preview.json").read_text("utf-8"))
    assert (report["errors"], [case["slug"] for case in report["cases"]]) == (2, [CLUB, CASE]), (
        "a slip, and no changes entry"
    )
    assert [case["is_shown"] for case in report["cases"]] == [True, False]
    (a4,) = (pack for pack in report["cases"][0]["packs"] if pack["paper"] == "a4")
    assert 0 < a4["before"] < a4["now"]
    words = {text["kind"]: text for text in report["cases"][0]["texts"]}
    assert words["story"]["now"] - words["story"]["before"] > 1500
    (own,) = (text for text in report["cases"][1]["texts"] if text["kind"] == "story")
    assert (own["now"] - 5, own["usual"]) == (own["before"], own["before"]), "what a branch changes is not usual yet"
    assert run_files["GITHUB_OUTPUT"].read_text("utf-8") == f'files=["{CLUB}-handout-a4.pdf", "{CLUB}.html"]\n'
    assert "A paper on watching handovers" in run_files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
    assert (out / "preview/cases" / CASE / "index.html").is_file(), "it says that the case is being corrected"
    change(series, "mkdocs.yml", "timezone: ", "timezone: Nowhere/")
    result = CliRunner().invoke(main, order)
    assert result.exit_code == 1
    assert not json.loads((out / "preview.json").read_text("utf-8"))["is_built"]
    assert list((out / "pages").iterdir()) == [], "nothing is left of the earlier preview"


def test_a_repository_without_a_commit_needs_one(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(history.HistoryError, match="no commit yet: commit first"):
        history.commit(tmp_path, "main")


def test_a_preview_deletes_no_file_of_others(series: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/letter.txt").write_text("mine", "utf-8")
    for out in (tmp_path / "out", series, series / "cases"):
        order = ["preview", "--since", "main", "--out", str(out), "--series", str(series)]
        assert CliRunner().invoke(main, order).exit_code == 2
    order = ["preview", "--since", "main", "--out", str(series / "docs"), "--series", str(series)]
    assert f"{series / 'docs'} contains your own texts" in CliRunner().invoke(main, order).stderr
    assert (tmp_path / "out/letter.txt").read_text("utf-8") == "mine"
    assert (series / "cases" / CASE / "case.yml").is_file()


# One page in one file

PAGE = """<!doctype html><html lang="en"><head><title>A</title>
<link rel="stylesheet" href="../../a/s.css" media="print">
<link rel="icon" href="../../i.png"><link rel="stylesheet" href="https://elsewhere.example/x.css">
<meta http-equiv="refresh" content="0; url=https://elsewhere.example"><script src="../../j.js"></script></head>
<body><p><img src="b.png" srcset="b2.png 2x" alt="B"><img src="../../../../etc/passwd" alt=""><a href="#q">q</a>
<a href="../y/?a=1#b">y</a> <a href="../z/">z</a> <a href="../..">home</a> <a href="https://x.example/">x</a>
<form action="/f"><input></form><b hidden>b</b><button>c</button>é</p></body></html>"""
STYLE = (
    '@import "more.css";@font-face { src: url("../f/l.woff2"); unicode-range: U+20-7E }'
    "@font-face { src: url(../f/g.woff2); unicode-range: U+370-3FF }"
    "p { background: url('../pic.svg'); mask: url(https://elsewhere.example/m.png); content: '</style>' }"
)
FILES = {
    "a/s.css": STYLE.encode(),
    "f/l.woff2": b"latin",
    "f/g.woff2": b"greek",
    "pic.svg": b"<svg/>",
    "cases/x/b.png": b"picture",
}


def test_a_page_holds_what_it_shows_and_nothing_else_is_asked_for() -> None:
    published = frozenset(("cases/y/index.html",))
    surroundings = Surroundings(FILES.get, "https://example.org/s/", published)
    made = one_file(PAGE, "cases/x/index.html", surroundings, "Look & <see>")
    for content in (b"latin", b"picture", b"<svg/>"):
        assert base64.b64encode(content).decode() in made
    assert base64.b64encode(b"greek").decode() not in made, "no letter of the page needs it"
    for gone in ("elsewhere.example", "srcset", "@import", "j.js", "<form", "<b>", "<b ", "<button", "i.png", "passwd"):
        assert gone not in made
    assert 'href="https://example.org/s/cases/y/?a=1#b"' in made
    assert "<span>z</span> <span>home</span>" in made, "they are not published"
    assert '<a href="#q">' in made
    assert "<style media=" in made
    assert "Look &amp; &lt;see></p>" in made
    root = markup.parse(made)
    assert len(list(markup.elements(root, "style"))) == 1, "the text of a style does not end it"
    assert "default-src 'none'" in next(markup.elements(root, "meta")).get("content") or "default-src" in made


# A report from a stranger


def report(**changes: object) -> Json:
    """A report in JSON, with changes to its case or to itself."""
    case: Json = {
        "slug": CASE, "title": "Late", "state": "draft", "step": "opens", "due": "2026-03-27",
        "missing": ["teaser missing"],
        "texts": [{"kind": "story", "person": "", "before": None, "now": 1200, "low": 300, "high": 1100, "usual": 600}],
        "packs": [{"edition": "handout", "paper": "a4", "before": 2, "now": 3}], "is_shown": True,
    }  # fmt: skip
    made: Json = {
        "format": 1, "commit": "a" * 40, "as_of": "2026-03-01", "is_built": True, "errors": 0, "warnings": 1,
        "notes": 0,
        "worst": [], "cases": [case], "others": 0, "deleted": [],
    }  # fmt: skip
    case.update({name: value for name, value in changes.items() if name in case})
    return made | {name: value for name, value in changes.items() if name not in case}


def zipped(data: bytes, *names: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in names or ("preview.json",):
            archive.writestr(name, data)
    return buffer.getvalue()


def lying(data: bytes) -> bytes:
    """A zip that states a small size for a large file."""
    made = bytearray(zipped(data))
    size = len(data).to_bytes(4, "little")
    return bytes(made.replace(size, (10).to_bytes(4, "little")))


def beyond(data: bytes) -> bytes:
    """A zip whose file begins at a place of 64 bits that no file has."""
    made = zipped(data)
    at = made.index(b"PK\x01\x02")
    entry, end = bytearray(made[at:-22] + b"\x01\x00\x08\x00" + b"\xff" * 8), bytearray(made[-22:])
    entry[30:32], entry[42:46] = b"\x0c\x00", b"\xff" * 4
    end[12:16] = len(entry).to_bytes(4, "little")
    return made[:at] + bytes(entry + end)


SOUND = json.dumps(report()).encode()
BAD_ZIPS: dict[str, Callable[[], bytes]] = {
    "not a zip": lambda: b"GIF89a",
    "empty": lambda: zipped(b"")[-22:],
    "cut off": lambda: zipped(SOUND)[:-30],
    "a path upwards": lambda: zipped(SOUND, "../preview.json"),
    "an absolute path": lambda: zipped(SOUND, "/preview.json"),
    "another name": lambda: zipped(SOUND, "preview.json.sh").replace(b"json.sh", b"json\0sh"),
    "two files": lambda: zipped(SOUND, "preview.json", "more.json"),
    "the same twice": lambda: zipped(SOUND, "preview.json") + b"x" * 300_000,
    "a bomb": lambda: zipped(b'{"a":"' + b"0" * 20_000_000),
    "a bomb that lies": lambda: lying(b"0" * 600_000),
    "unusual packing": lambda: zipped(SOUND, method=zipfile.ZIP_LZMA),
    "not JSON": lambda: zipped(b"<html>"),
    "not UTF-8": lambda: zipped(b'{"format": "\xff"}'),
    "deep": lambda: zipped(b"[" * 100_000 + b"]" * 100_000),
    "deep in a known place": lambda: zipped(json.dumps(report(missing=[[[[[[["x"]]]]]]])).encode()),
    "a number for words": lambda: zipped(json.dumps(report(title=5)).encode()),
    "words for a number": lambda: zipped(json.dumps(report(errors="1")).encode()),
    "a huge number": lambda: zipped(SOUND.replace(b"1200", b"9" * 5000)),
    "not a number": lambda: zipped(SOUND.replace(b"1200", b"NaN")),
    "an unknown field": lambda: zipped(json.dumps(report(more=1)).encode()),
    "a slug that is a path": lambda: zipped(json.dumps(report(slug="2026-03-../../x")).encode()),
    "a slug with a line": lambda: zipped(json.dumps(report(slug=f"{CASE}\n")).encode()),
    "too many cases": lambda: zipped(json.dumps(report(cases=report()["cases"] * 9)).encode()),
    "too many words": lambda: zipped(json.dumps(report(title="x" * 301)).encode()),
    "too much missing": lambda: zipped(json.dumps(report(missing=["x"] * 41)).encode()),
    "a deleted case that is markup": lambda: zipped(json.dumps(report(deleted=["[x](y)"])).encode()),
    "digits of another script": lambda: zipped(json.dumps(report(due="\u0662026-03-27")).encode()),
    "a file that begins beyond any disk": lambda: beyond(SOUND),
    "half a letter": lambda: zipped(SOUND.replace(b'"Late"', b'"\\ud83d"')),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_ZIPS)
def test_an_invalid_report_is_refused(name: str) -> None:
    with pytest.raises(pullrequestreport.ArtifactError):
        pullrequestreport.report_in(BAD_ZIPS[name]())


@pytest.mark.parametrize("key", ["\n::add-mask::main", "##[error]x", "\r::stop-commands::x", "a\u2028::debug::x"])
def test_what_a_stranger_calls_a_field_is_no_command_of_the_runner(key: str) -> None:
    for changes in ({key: 1}, {"cases": [{**report()["cases"][0], key: 1}]}):
        with pytest.raises(pullrequestreport.ArtifactError) as refused:
            pullrequestreport.report_in(zipped(json.dumps({**report(), **changes}).encode()))
        assert re.fullmatch(r"[\w .'()?-]+", str(refused.value), re.ASCII)


@pytest.mark.parametrize("data", [b'\\"', b'"', b'\\\\"', b'["', b'"\\'])
def test_a_report_of_quotation_marks_alone_is_refused_at_once(data: bytes) -> None:
    """It took eight minutes: the job that writes comments has ten."""
    with at_most(2), pytest.raises(pullrequestreport.ArtifactError):
        pullrequestreport.report_in(zipped(data * (490_000 // len(data))))


def test_a_report_is_read_as_it_was_written() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        found = pullrequestreport.report_in(zipped(SOUND, method=method))
        assert json.loads(pullrequestreport.as_json(found)) == report()
    quoted = report(title='He said "[[[[[[[[[[" and \\')
    assert (
        pullrequestreport.report_in(zipped(json.dumps(quoted).encode())).cases[0].title == quoted["cases"][0]["title"]
    )


def test_every_problem_can_be_reported() -> None:
    for code in CODES:
        found = pullrequestreport.FoundProblem(
            pullrequestreport.shortened("cases/\udce9/" + "x" * 400), 1, CODES[code].severity.value, code, "x"
        )
        made = pullrequestreport.report_in(zipped(json.dumps(report(worst=[asdict(found)])).encode()))
        assert made.worst == (found,)


@given(st.binary(max_size=200))
@drawn(25)
def test_any_bytes_are_a_report_or_are_refused(data: bytes) -> None:
    for archive in (data, zipped(data)):
        with pytest.raises(pullrequestreport.ArtifactError):
            pullrequestreport.report_in(archive)


# The comment

LINKS = pullrequestreport.Links(
    "https://github.example/o/r/actions/runs/7",
    {f"{CASE}.html": "https://github.example/o/r/actions/runs/7/artifacts/1"},
)


def written(**changes: object) -> str:
    found = pullrequestreport.report_in(zipped(json.dumps(report(**changes)).encode()))
    return pullrequestreport.comment(found, LINKS, "b" * 40)


def test_the_comment_has_what_an_editor_asks_for() -> None:
    text = written()
    assert text.startswith(pullrequestreport.MARKER)
    assert f"[**Look at the page**]({LINKS.files[f'{CASE}.html']})" in text
    assert "Handout (PDF)" not in text, "there is no such artifact"
    assert "- teaser missing" in text
    assert "| Story | – | **1200** ⚠️ | 300–1100 | 600 |" in text
    assert "| Handout, A4 | 2 | **3** |" in text
    assert "draft; opens 2026-03-27" in text
    assert "The check found 1 warning in the series." in text
    assert "commit bbbbbbb" in text
    assert "could not be built" in written(is_shown=False)
    assert "It changes no case." in written(cases=[])
    assert "deletes: `2026-01-gone`." in written(cases=[], deleted=["2026-01-gone"])
    assert "It touches 2 more cases without a page" in written(others=2)
    assert "It touches 1 case without a page" in written(cases=[], others=1)
    assert "It changes no case." not in written(cases=[], others=1)


def test_each_problem_links_to_the_handbook() -> None:
    worst = [{"path": "a.md", "line": 1, "severity": "warning", "code": "poor-alt", "message": "m"}]
    found = pullrequestreport.report_in(zipped(json.dumps(report(worst=worst)).encode()))
    links = replace(LINKS, handbook=handbook.at("https://example.org/h"))
    link = "([poor-alt](https://example.org/h/problems/#poor-alt))"
    assert link in pullrequestreport.comment(found, links, "b" * 40)
    assert link in pullrequestreport.summary(found, links.handbook)
    assert "poor-alt](" not in pullrequestreport.summary(found)


SLY = (
    "@everybody see #12 and GH-7, o/r#3",
    "https://evil.example/ www.evil.example <a@evil.example>",
    "[x](https://evil.example) ![p](https://evil.example/p.png)",
    "<img src=x onerror=alert(1)><!-- casebuilder:preview --></details>",
    "`code` **bold** | a | b |\n# heading\n- [ ] task",
    "\u202eturned\u2066 \x1b[31m\x00 &lt;b&gt; &#64;everybody",
    "a\r\n\r\n---\r\n$\\href{https://evil.example}{x}$",
    ":warning: ~~gone~~ [^1]: note",
)


@pytest.mark.parametrize("words", SLY)
def test_no_word_of_a_stranger_is_more_than_a_word(words: str) -> None:
    text = written(title=words, missing=[words], worst=[
        {"path": words, "line": 1, "severity": "error", "code": "x-y", "message": words}
    ])  # fmt: skip
    harmless = written(title="T", missing=["T"], worst=[
        {"path": "T", "line": 1, "severity": "error", "code": "x-y", "message": "T"}
    ])  # fmt: skip
    assert text.count("\n") == harmless.count("\n")
    assert text.count(pullrequestreport.MARKER) == 1
    shape = re.compile(r"<(\w+)")
    html = markdown_html(text)
    assert shape.findall(html) == shape.findall(markdown_html(harmless))
    seen = markup.text(markup.parse(html))
    assert not re.search(r"@\w|#\d|\b[Gg][Hh]-\d|://evil|www\.evil|[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", seen)


def test_no_short_name_is_the_number_of_an_issue_or_the_id_of_a_commit() -> None:
    packs = [{"edition": "gh-12", "paper": "deadbeef1", "before": 1, "now": 2}]
    lines = written(state="deadbeef1", step="gh-12", packs=packs, deleted=["2026-01-gh-12"]).splitlines()
    text = "\n".join(re.sub(r"`[^`]*`", "", line) for line in lines)
    assert not re.search(r"gh-12|gh\\-12|deadbeef1", text)


def test_a_comment_that_is_too_long_ends_with_a_whole_line_and_with_its_links() -> None:
    text = written(missing=['"' * 300] * 40)
    assert len(text) < 65_000
    assert f"[the summary of the run]({LINKS.run})" in text
    assert f"{LINKS.run}#artifacts" in text
    assert text.endswith("</sub>\n")
    assert {line for line in text.splitlines() if "&quot;" in line} == {"- " + "&quot;" * 300}


def test_no_word_is_an_emoji_or_the_id_of_a_commit() -> None:
    """GitHub looks for these in what is shown, so that no sign of Markdown keeps it from them."""
    seen = markup.text(
        markup.parse(markdown_html(markdownreport.plain(f":tada: :+1: {'deadbeef' * 5} abcdef1 decade 12:30")))
    )
    assert not re.search(r":[\w+-]+:|\b[0-9a-f]{7,40}\b", seen)
    assert seen.split()[-2:] == ["decade", "12:30"]


def markdown_html(text: str) -> str:
    """HTML of GitHub's dialect, with addresses made links as GitHub does."""
    return MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"]).render(text)


@given(st.text(max_size=60))
@drawn(60)
def test_any_words_are_shown_as_they_are(words: str) -> None:
    shown = markup.text(markup.parse(markdown_html(markdownreport.plain(words)))).replace("\u200b", "").strip()
    assert "".join(shown.split()) == "".join("".join(char for char in words if _is_seen(char)).split())


def _is_seen(char: str) -> bool:
    unseen = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return unicodedata.category(char) not in unseen or char in "\u200c\u200d"


def test_words_are_counted_by_text_beside_what_is_usual() -> None:
    case = make_case(story=(part("One two three."),))
    series = write_series(case, make_case(slug="2025-06-other", story=(part("One " * 7),)))
    usual = pullrequestreport.usual_words(series, at(2026, 1, 1))
    lengths = {(one.kind, one.person): one for one in pullrequestreport.words_of(case, make_case(responses=()), usual)}
    story = lengths["story", ""]
    assert (story.now, story.low, story.high, story.usual) == (3, 300, 1100, 5)
    assert story.before != story.now
    assert lengths["response", "noor-khan"].before is None
    assert pullrequestreport.words_of(None, case, usual)[0].now is None


def test_the_limit_of_the_depth_leaves_room_for_a_report() -> None:
    assert artifact._nesting_depth(SOUND) == 5
    assert artifact._nesting_depth(b'{"a\\"[[[": ["]]]"]}') == 2


def styled(sheet: str, unit: str = "x") -> str:
    surroundings = Surroundings({"a.css": sheet.encode(), "i.png": b"x"}.get, "", frozenset())
    return one_file(f'<link rel="stylesheet" href="a.css"><p>{unit}</p>', "index.html", surroundings, "")


def test_addresses_of_a_style_sheet_are_replaced_and_others_stay() -> None:
    kept = """url('data:,<a b="c(">') url(#d) url( }"""
    made = styled(f"""@import 'b.css'; a{{b:url( "i.png" ) url('i.png') url(i.png) {kept}""")
    assert made.count('url("data:image/png;base64,eA==")') == 3
    assert kept in made
    assert "@import" not in made


@pytest.mark.parametrize("unit", ["url(", "url(  ", "@import ", "@font-face{"])
def test_a_style_sheet_without_ends_is_read_in_a_time_that_grows_with_its_length(unit: str) -> None:
    with at_most(0.5):
        assert unit in styled(unit * 20_000)
