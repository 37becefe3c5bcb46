"""From folders to a site: by MkDocs, by the command, for another engine, twice, and while one writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import zoo_keeper
from sealing import canaries
from waiting import until

if TYPE_CHECKING:
    from pathlib import Path

COMPLETE = "2026-04-01"
DATA = f"cases/{canaries.SLUG}/case.yml"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """The canary series without a profile that nobody needs."""
    files = canaries.tree()
    del files[f"experts/{canaries.word('strangersfile')}.md"]
    canaries.write(tmp_path / "series", files)
    return tmp_path / "series"


def run(
    series: Path, *words: str, as_of: str = COMPLETE, clock: str = "1775000000"
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CASEBUILDER_AS_OF": as_of, "SOURCE_DATE_EPOCH": clock}
    order = [sys.executable, "-m", *words]
    return subprocess.run(order, cwd=series, env=environment, capture_output=True, text=True, check=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_mkdocs_and_the_command_make_the_same_site_and_make_it_again(series: Path) -> None:
    """Packs, books, fonts, search and all; the second time on another day, with an empty cache of packs."""
    first = run(series, "mkdocs", "build")
    assert first.returncode == 0, first.stderr
    assert "WARNING" not in first.stderr
    by_mkdocs = tree(series / "site")
    os.environ["PYTHONHASHSEED"] = "11"
    try:
        second = run(series, "casebuilder", "build", "--site", "again", clock="1775400000")
    finally:
        del os.environ["PYTHONHASHSEED"]
    assert second.returncode == 0, second.stderr
    by_command = tree(series / "again")
    assert by_mkdocs.keys() == by_command.keys()
    assert [path for path in by_mkdocs if by_mkdocs[path] != by_command[path]] == []


def in_languages(series: Path, site: str, case: str) -> None:
    configuration = series / "mkdocs.yml"
    configuration.write_text(configuration.read_text().replace("theme:\n", f"theme:\n  language: {site}\n", 1))
    (series / DATA).write_text(f"{(series / DATA).read_text()}language: {case}\n")


def test_a_spanish_site_is_spanish_and_its_arabic_case_runs_from_right_to_left(series: Path) -> None:
    in_languages(series, "es", "ar")
    (series / "docs" / "us.md").write_text("# Us\n\n> [!TIP]\n> Write to a@b.org.\n\n- [x] ~~old~~\n", encoding="utf-8")
    result = run(series, "casebuilder", "build", "--no-packs")
    assert result.returncode == 0, result.stderr
    home, case, lost = (
        (series / "site" / path).read_text(encoding="utf-8")
        for path in ("index.html", f"cases/{canaries.SLUG}/index.html", "404.html")
    )
    assert all('<html lang="es" dir="ltr">' in page for page in (home, case, lost))
    assert "Saltar al contenido" in home
    assert "Página no encontrada" in lost
    assert '<article class="cb-page" lang="ar" dir="rtl"' in case
    assert "أسئلة للمناقشة" in case
    own_page = (series / "site" / "us" / "index.html").read_text(encoding="utf-8")
    assert (
        '<blockquote class="alert">\n<p><strong>Consejo</strong></p>\n<p>Write to <a href="mailto:a@b.org">' in own_page
    )
    assert 'aria-label="hecho">☑</span> <del>old</del>' in own_page
    assert "catalogue" not in result.stderr


@pytest.mark.large
def test_a_build_shows_words_that_are_not_translated_and_goes_on(series: Path) -> None:
    in_languages(series, "es", "fr")
    result = run(series, "casebuilder", "build", "--no-packs")
    assert result.returncode == 0, result.stderr
    assert 'language "fr": there is no catalogue; the interface is in English' in result.stderr


def test_a_site_has_every_kind_of_output(series: Path) -> None:
    result = run(series, "casebuilder", "build")
    assert result.returncode == 0, result.stderr
    made = tree(series / "site")
    slug = canaries.SLUG
    expected = {
        "index.html", "404.html", "cases/index.html", f"cases/{slug}/index.html", "facilitators/index.html",
        f"experts/{canaries.word('writersfile')}/index.html", "topics/feedback/index.html",
        "collections/first-set/index.html", "feed.xml", "calendar.ics", "schema/case.json",
        "cards/series.png", f"cards/{slug}.png",
        f"packs/{slug}.epub", "about/index.html", "assets/stylesheets/casebuilder.css",
        "facilitators/build/index.html", "packs/sheet.css",
        *(f"packs/{slug}-{edition}.html" for edition in ("handout", "guide", "case")),
        *(f"packs/{slug}-{edition}-a4.pdf" for edition in ("handout", "guide", "case")),
        *(f"packs/{slug}-{edition}-letter.pdf" for edition in ("handout", "guide", "case")),
    }  # fmt: skip
    assert expected <= made.keys()
    for page in ("facilitators/", f"cases/{slug}/"):
        assert f'/packs/{slug}.epub"' in made[f"{page}index.html"].decode()
    facilitators = made["facilitators/index.html"].decode()
    assert '/packs/volume-2026.epub"' in facilitators
    offered = set(re.findall(r'href="\.\./(packs/[^"#?]+)"', facilitators))
    assert {"packs/volume-2026.bib", "packs/volume-2026-case-a4.pdf"} & offered
    assert offered <= made.keys(), "what is linked is there"
    assert '/packs/collection-first-set.epub"' in made["collections/first-set/index.html"].decode()
    assert "packs: " in result.stderr + result.stdout, "progress is shown in plain lines where there is no terminal"


def test_errors_stop_the_build_with_one_report_and_nothing_is_written(series: Path) -> None:
    text = (series / DATA).read_text()
    (series / DATA).write_text(text.replace("teaser:", "taeser:").replace("canmeds:leader", "canmeds:leeder"))
    result = run(series, "mkdocs", "build")
    assert result.returncode == 1
    for said in ('unknown field "taeser" [unknown-key]', 'did you mean "canmeds:leader"?'):
        assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (series / "site").exists()


def make_strict(series: Path) -> None:
    settings = series / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("      timezone:", "      strict: true\n      timezone:", 1))


def test_a_note_stops_a_strict_series_and_no_other(series: Path) -> None:
    (series / DATA).write_text((series / DATA).read_text().replace("A short teaser.", "word " * 61))
    loose = run(series, "casebuilder", "build", "--no-packs")
    assert loose.returncode == 0, loose.stderr
    assert "teaser-length" in loose.stderr
    for order in (("mkdocs", "build", "--strict"), ("casebuilder", "build", "--no-packs")):
        if order[0] == "casebuilder":
            make_strict(series)
        strict = run(series, *order)
        assert strict.returncode == 1
        assert "teaser-length" in strict.stderr


@pytest.mark.large
def test_a_broken_link_on_a_page_by_hand_stops_a_strict_series_and_no_other(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    (series / "docs").mkdir(exist_ok=True)
    home = "cases/2026-03-late-handover/index.md"
    (series / "docs/about.md").write_text(
        "# About\n\n[Nowhere](nowhere.md)\n"
        f"\n[Question]({home}#question-the-bus)\n\n[No question]({home}#question-none)\n"
    )
    with (series / "mkdocs.yml").open("a") as settings:
        settings.write("validation:\n  links:\n    anchors: warn\n")
    loose = run(series, "casebuilder", "build", "--no-packs")
    assert loose.returncode == 0, loose.stderr
    assert "nowhere.md" in loose.stderr
    assert "#question-none" in loose.stderr
    assert "#question-the-bus" not in loose.stderr
    make_strict(series)
    settings = series / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("      timezone:", "      packs: false\n      timezone:", 1))
    # MkDocs finds them while it builds, and casebuilder before, at their lines.
    for order, said in (
        (("mkdocs", "build"), "2 warnings, and the series is strict"),
        (("casebuilder", "build"), "about.md:7:"),
    ):
        strict = run(series, *order)
        assert strict.returncode == 1
        assert said in strict.stderr
    text = settings.read_text().replace("      packs: false\n", "")
    settings.write_text(text)
    (series / "docs/about.md").write_text("# About\n\n[Pack](packs/2026-03-late-handover-guide-a4.pdf)\n")
    assert run(series, "casebuilder", "build", "--no-packs").returncode == 0  # which leaves out the packs itself


def test_pages_for_another_engine_are_plain_markdown(series: Path) -> None:
    result = run(series, "casebuilder", "build", "--no-packs", "--pages", "pages")
    assert result.returncode == 0, result.stderr
    page = (series / "pages" / "cases" / canaries.SLUG / "index.md").read_text()
    assert page.startswith("---\n")
    assert "\ntitle:" in page
    assert "\n## " in page
    assert canaries.word("storybody") in page
    assert "{{" not in page
    again = run(series, "casebuilder", "build", "--no-packs", "--pages", "pages")
    assert again.returncode == 2
    assert "not empty; nothing was written" in again.stderr


def test_drafts_are_shown_only_when_asked_for_and_say_so(series: Path) -> None:
    result = run(series, "casebuilder", "build", "--no-packs", "--drafts", "--pages", "pages", as_of="2026-01-01")
    assert result.returncode == 0, result.stderr
    draft = (series / "pages" / "cases" / "2026-02-draft" / "index.md").read_text()
    assert canaries.word("draftstory") in draft
    assert "draft" in draft.lower().replace(canaries.word("draftstory"), "").replace(canaries.word("drafttitle"), "")
    run(series, "casebuilder", "build", "--no-packs", "--pages", "without", as_of="2026-01-01")
    assert not (series / "without" / "cases" / "2026-02-draft").exists()


def test_serve_builds_again_after_an_edit_and_then_is_quiet(series: Path) -> None:
    log = series.parent / "serve.log"
    environment = os.environ | {"CASEBUILDER_AS_OF": COMPLETE, "PYTHONUNBUFFERED": "1"}
    order = [sys.executable, "-m", "casebuilder", "serve", "--no-packs", "--address", "127.0.0.1:0"]
    with log.open("w") as out:
        served = subprocess.Popen(order, cwd=series, env=environment, stdout=out, stderr=out, start_new_session=True)
        try:
            until(lambda: "Serving on" in log.read_text())
            _break(series / DATA)
            until(lambda: 'unknown field "taeser"' in log.read_text())
            _repair(series / DATA)
            until(lambda: "Reloading browsers" in log.read_text())
            with pytest.raises(TimeoutError):  # it does not build again by itself
                until(lambda: log.read_text().count("Detected file changes") > 2, seconds=2)
        finally:
            served.terminate()
            served.wait(60)
        until(lambda: not _is_there(served.pid))
    text = log.read_text()
    assert 'unknown field "taeser"' in text
    assert text.count("Detected file changes") == 2, "it does not loop"


def _is_there(group: int) -> bool:
    """Whether a process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _break(place: Path) -> None:
    _exchange(place, b"teaser:", b"taeser:")


def _repair(place: Path) -> None:
    _exchange(place, b"taeser:", b"teaser:")


def _exchange(place: Path, old: bytes, new: bytes) -> None:
    """Put words of one length in the place of others at once: who watches the file never sees it empty."""
    assert len(old) == len(new)
    with place.open("r+b") as file:
        changed = file.read().replace(old, new)
        file.seek(0)
        file.write(changed)
