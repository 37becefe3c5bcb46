"""A small series full of telling photographs, through site, feed, book and pack: every byte is searched."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

import click
import pytest
from PIL import Image
from pypdf import PdfReader

import picture_maker as maker
import zoo_keeper
from casebuilder import pipeline, published
from casebuilder.cli.pack import _read_logo as cover_logo
from casebuilder.outputs import epub
from casebuilder.outputs.packs import views
from casebuilder.problems import Severity
from casebuilder.readers import pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

CASE = "cases/2026-03-late-handover"
#: Each picture's file on disk, and how the story names it.
NAMES = {
    "ward.jpg": "ward.jpg",
    "Ward Round.png": "Ward%20Round.png",
    "IMG 1234.png": "<IMG 1234.png>",
    "Ward Photo.jpg": "<Ward Photo.jpg>",
    unicodedata.normalize("NFD", "Säge.webp"): "Säge.webp",
    "été.png": unicodedata.normalize("NFD", "été.png"),
    "50% (left) & #1.png": "50%25%20%28left%29%20%26%20%231.png",
    "X-RAY.PNG": "X-RAY.PNG",
}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 9 9">'
    f"<!-- {maker.COMMENT} --><metadata>{maker.AUTHOR}</metadata><path i:label='{maker.CAMERA}' d='M0 0h9v9z'/></svg>"
)


def content_of(name: str) -> bytes:
    if name == "X-RAY.PNG":
        return maker.deep_grey()
    made = {"jpg": maker.jpeg, "png": maker.png, "webp": maker.webp}
    return made[name[-4:].strip(".").lower()](orientation=6 if name == "ward.jpg" else 1)


def lay_out(root: Path) -> Path:
    """The sound series of the zoo with photographs wherever a picture can be."""
    series = zoo_keeper.lay_out("_sound", root)
    for name in NAMES:
        (series / CASE / name).write_bytes(content_of(name))
    story = series / CASE / "scenario.md"
    text = "\n\n".join(f"![The side room, seen from the door.]({written})" for written in NAMES.values())
    story.write_text(f"{story.read_text('utf-8')}\n\n{text}\n", "utf-8")
    (series / CASE / "lamp.svg").write_text(DRAWING, "utf-8")
    (series / "experts/ana ruiz.jpg").write_bytes(maker.jpeg())
    profile = series / "experts/ana-ruiz.md"
    photo = "country: ES\nphoto:\n  file: ana ruiz.jpg\n  alt: Ana Ruiz at a bus stop."
    profile.write_text(profile.read_text("utf-8").replace("country: ES", photo), "utf-8")
    for name, content in (
        ("docs/images/team.jpg", maker.jpeg()),
        ("docs/images/turned.png", maker.png(orientation=3)),
        ("docs/moving.gif", maker.gif()),
        ("theme/assets/logo.webp", maker.webp()),
        ("theme/assets/mark.svg", DRAWING.encode()),
    ):
        (series / name).parent.mkdir(parents=True, exist_ok=True)
        (series / name).write_bytes(content)
    settings = series / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("theme:\n", "theme:\n  custom_dir: theme\n"), "utf-8")
    return series


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("pictured"))


@pytest.fixture(scope="module")
def reading(series: Path) -> pipeline.Reading:
    return pipeline.read(series)


@pytest.fixture(scope="module")
def site(series: Path) -> Path:
    """Its site, without the packs, which are looked at apart."""
    order = [sys.executable, "-m", "casebuilder", "build", "--no-packs"]
    completed = subprocess.run(order, cwd=series, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stderr
    return series / "site"


def opened(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(path.read_bytes()))


def pictures_of(site: Path) -> Iterator[Path]:
    return (path for path in site.rglob("*") if path.suffix.lower() in {".jpg", ".png", ".webp", ".gif", ".svg"})


def test_the_check_reports_each_position_and_nothing_else(reading: pipeline.Reading) -> None:
    reported = {(problem.path, problem.line) for problem in reading.problems if problem.code == "picture-position"}
    assert len(reported) == len(NAMES) - 1 + 1 + 3  # all but the X-ray; the face; the pages' own
    assert {problem.code for problem in reading.problems} == {"picture-position"}
    assert all(problem.severity is Severity.WARNING for problem in reading.problems)


def test_no_byte_of_the_site_holds_what_a_camera_noted(site: Path) -> None:
    assert len(list(pictures_of(site))) >= len(NAMES) + 6
    for path in site.rglob("*"):
        if path.is_file():
            assert maker.holds_secret(path.read_bytes()) == [], path
    for path in pictures_of(site):
        if path.suffix != ".svg":
            assert not opened(path).getexif(), path


def test_the_authors_own_files_are_not_touched(series: Path, site: Path) -> None:
    assert site.is_dir()
    assert maker.holds_secret((series / "docs/images/team.jpg").read_bytes())
    assert maker.holds_secret((series / CASE / "ward.jpg").read_bytes())


def test_each_picture_of_a_page_and_of_a_feed_is_where_they_say(site: Path) -> None:
    for page in (f"{CASE}/index.html", "experts/ana-ruiz/index.html"):
        addresses = re.findall(r'<img[^>]* src="([^"]+)"', (site / page).read_text("utf-8"))
        assert addresses
        for address in map(unescape, addresses):
            assert (site / unquote(urljoin(page, address))).is_file(), address
    feed = (site / "feed.json").read_text("utf-8").replace('\\"', '"')
    matches = re.findall(r"src=[\"'](https://example\.org/small/[^\"']+)", feed)
    assert len(set(matches)) >= len(NAMES) + 1
    for address in matches:
        assert (site / unquote(address.removeprefix("https://example.org/small/"))).is_file(), address
    page = (site / "experts/ana-ruiz/index.html").read_text("utf-8")
    preview = re.search(r'property="og:image" content="([^"]+)"', page)
    assert preview
    assert preview[1].endswith("experts/ana%20ruiz.jpg")


def test_pictures_are_upright_and_grey_on_the_page(site: Path) -> None:
    turned = opened(site / CASE / "ward.jpg")
    assert (turned.size, turned.format) == ((32, 48), "JPEG")
    assert opened(site / "images/turned.png").getpixel((47, 31)) == (220, 20, 20)
    assert opened(site / CASE / "X-RAY.PNG").getextrema() == (0, 255)
    assert opened(site / CASE / "X-RAY.PNG").getpixel((128, 3)) == 128


def test_a_book_holds_every_picture_and_no_metadata(reading: pipeline.Reading) -> None:
    public = published.publish(reading.series, reading.as_of)
    book = next(file for file in epub.render(public, reading.gallery.read) if "late-handover" in file.path)
    with zipfile.ZipFile(io.BytesIO(book.read())) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert sum(name.rpartition(".")[2] in {"jpg", "png", "webp", "svg"} for name in held) >= len(NAMES) + 1
    for name, content in held.items():
        assert maker.holds_secret(content) == [], name


def test_a_pack_holds_every_picture_and_no_metadata(reading: pipeline.Reading, tmp_path: Path) -> None:
    request = views.PackRequest(cases=("2026-03-late-handover",), edition="case", paper="a4")
    place, _ = pipeline.pack(reading, request, tmp_path / "case.pdf", {})
    content = place.read_bytes()
    assert maker.holds_secret(content) == []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            assert maker.holds_secret(zlib.decompressobj().decompress(stream)) == []
        except zlib.error:
            assert maker.holds_secret(stream) == []
    shown = [image for page in PdfReader(io.BytesIO(content)).pages for image in page.images]
    assert {image.image.size for image in shown if image.image} >= {(32, 48), (48, 32), (256, 8)}
    x_ray = next(image.image for image in shown if image.image and image.image.size == (256, 8))
    assert x_ray.convert("L").getpixel((128, 3)) in range(126, 131)


def test_the_logo_of_a_cover_is_cleaned_too(tmp_path: Path) -> None:
    (tmp_path / "logo.jpg").write_bytes(maker.jpeg(orientation=8))
    made = cover_logo(tmp_path / "logo.jpg")
    assert maker.holds_secret(made) == []
    assert Image.open(io.BytesIO(made)).size == (32, 48)
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "utf-8")
    with pytest.raises(click.BadParameter, match="contains a program"):
        cover_logo(tmp_path / "logo.svg")


def test_results_are_cached_by_content_and_a_cache_in_the_repository_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")
    series = zoo_keeper.lay_out("_sound", tmp_path)
    drawing = series / CASE / "lamp.svg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "utf-8")
    asked: list[str] = []
    judge = pictures.judge

    def counted(name: str, content: bytes) -> tuple[pictures.Fault, ...]:
        asked.append(name)
        return judge(name, content)

    monkeypatch.setattr(pictures, "judge", counted)
    assert [problem.code for problem in pipeline.read(series).problems] == ["unsafe-svg"]
    assert [problem.code for problem in pipeline.read(series).problems] == ["unsafe-svg"]
    assert len(asked) == 1
    (kept,) = (series / ".cache/pictures").glob("*/verdicts.json")
    foreign = series / ".cache/pictures/somewhere-else/verdicts.json"
    foreign.parent.mkdir()
    foreign.write_text(re.sub(r"\[\[.*\]\]", "[]", kept.read_text("utf-8")), "utf-8")
    kept.unlink()
    assert [problem.code for problem in pipeline.read(series).problems] == ["unsafe-svg"]
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    assert pipeline.read(series).problems == ()
    kept.write_text("not a verdict", "utf-8")
    assert pipeline.read(series).problems == ()


@pytest.mark.parametrize("link", [".cache", ".cache/pictures"])
def test_a_cache_that_a_pull_request_makes_lead_elsewhere_is_an_error_and_nothing_is_deleted_there(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")
    series = zoo_keeper.lay_out("_sound", tmp_path)
    (series / CASE / "lamp.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><!-- x --></svg>", "utf-8")
    home = tmp_path / "home"
    for folder in ("thesis", "pictures/holidays"):
        (home / folder).mkdir(parents=True)
        (home / folder / "a.txt").touch()
    (series / link).parent.mkdir(exist_ok=True)
    (series / link).symlink_to(home)
    before = sorted(home.rglob("*"))
    reading = pipeline.read(series)
    assert [(problem.path, problem.code, problem.severity) for problem in reading.problems] == [
        (link, "link-outside", "error")
    ]
    assert isinstance(reading.gallery.published(f"{CASE}/lamp.svg"), bytes)
    reading.gallery.forget()
    assert sorted(home.rglob("*")) == before


def test_a_folder_that_cannot_be_written_is_checked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Read-only file system")

    monkeypatch.delenv("CASEBUILDER_CACHE")
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: refuse())
    series = zoo_keeper.ZOO / "_sound"
    assert pipeline.read(series).problems == ()
    assert not (series / ".cache").exists()


def test_a_picture_that_may_not_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    series = zoo_keeper.lay_out("_sound", tmp_path)
    reading = pipeline.read(series)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    (fault,) = reading.gallery.faults(f"{CASE}/lamp.svg")
    assert (fault.code, fault.message) == ("broken-picture", "cannot be opened (Permission denied)")


def test_cached_pictures_that_a_build_did_not_use_are_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")
    series = lay_out(tmp_path)
    gallery = pipeline.read(series).gallery
    kept = gallery.published(f"{CASE}/ward.jpg")
    assert isinstance(kept, Path)
    assert kept.is_relative_to(series / ".cache")
    gallery.forget()
    assert kept.is_file()
    pipeline.read(series).gallery.forget()
    assert not kept.exists()
