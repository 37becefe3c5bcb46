"""The books: what each contains, read back from the file as an e-reader would."""

from __future__ import annotations

import io
import posixpath
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import pytest

from casebuilder import markdown
from casebuilder.markdown import prose
from casebuilder.model import (
    Breakdown,
    Change,
    ChangeKind,
    CollectionEntry,
    Commentary,
    Consent,
    ConsentState,
    Figures,
    Metric,
    Part,
    Picture,
    Prose,
    Section,
    State,
)
from casebuilder.model.series import Collection
from casebuilder.outputs import epub
from casebuilder.outputs.epub.xhtml import Place, document
from casebuilder.wording import direction
from series_factory import (
    SITE,
    SLUG,
    at,
    make_case,
    make_journal_club,
    make_open_case,
    make_person,
    make_quote,
    make_response,
    make_series,
    make_withdrawn_case,
    part,
)

if TYPE_CHECKING:
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

X = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
PNG = b"\x89PNG\r\n\x1a\n and so on"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
HARD = """A <title> & "quote" 'x' ]]> --> <script>alert(1)</script>"""
ARABIC = make_case(
    slug="2025-06-silent-pager",
    language="ar",
    title="حالة النداء الصامت",
    teaser="بقي جهاز النداء صامتا طوال الليل.",
    story=(part("كان الجهاز *صامتا*.[@chan-2015]\n\nThis paragraph is in English."),),
)


@dataclass(frozen=True)
class Read:
    """A book that was opened."""

    archive: ZipFile

    @property
    def package(self) -> ET.Element:
        container = xml(self.archive.read("META-INF/container.xml"))
        rootfile = container.find(".//{*}rootfile")
        assert rootfile is not None
        return xml(self.archive.read(rootfile.attrib["full-path"]))

    def manifest(self) -> dict[str, ET.Element]:
        return {item.attrib["id"]: item for item in self.package.iter(f"{OPF}item")}

    def spine(self) -> list[str]:
        rows = self.manifest()
        return [rows[row.attrib["idref"]].attrib["href"] for row in self.package.iter(f"{OPF}itemref")]

    def page(self, path: str) -> ET.Element:
        return xml(self.archive.read(f"EPUB/{path}"))

    def case_page(self, name: str, slug: str = SLUG) -> ET.Element:
        return self.page(f"{slug}/{name}.xhtml")

    def texts(self) -> dict[str, str]:
        return {path: words(self.page(path)) for path in self.spine()}

    def all_text(self) -> str:
        return " ".join(self.texts().values())

    def stated(self, name: str) -> list[str]:
        elements = self.package.iter(name if name.startswith("{") else f"{OPF}meta")
        return [each.text or "" for each in elements if name in (each.tag, each.get("property"))]


def xml(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - our own


def words(element: ET.Element) -> str:
    body = element.find(f"{X}body")
    return re.sub(r"\s+", " ", "".join((element if body is None else body).itertext())).strip()


def files(path: str) -> bytes:
    return SVG if path.endswith(".svg") else PNG


def contents(series: Series) -> dict[str, bytes]:
    return {file.path: file.read() for file in epub.render(series, files)}


def book(series: Series, name: str = SLUG) -> Read:
    return Read(ZipFile(io.BytesIO(contents(series)[f"packs/{name}.epub"])))


def collection(*slugs: str) -> Collection:
    cases = tuple(CollectionEntry(case=slug, why=f"Because of {slug}.") for slug in slugs)
    return Collection(
        id="quiet",
        title="Quiet & calm",
        introduction="Read *these*.",
        text=Prose("Read *these*.", "collections/quiet.yml"),
        editors=("ada-byrne",),
        cases=cases,
    )


def test_every_released_case_volume_and_collection_is_a_book() -> None:
    series = make_series(make_case(), make_journal_club(), make_open_case(slug="open"), collections=(collection(SLUG),))
    assert set(contents(series)) == {
        f"packs/{SLUG}.epub",
        "packs/2025-10-a-year-of-posts.epub",
        "packs/volume-2025.epub",
        "packs/volume-season-1.epub",
        "packs/collection-quiet.epub",
    }


@pytest.mark.parametrize(
    "case", [make_open_case(), make_open_case(state=State.CURATING), make_withdrawn_case()], ids=lambda case: case.state
)
def test_what_is_not_released_is_in_no_book(case: Case) -> None:
    assert contents(make_series(case, collections=(collection(SLUG),))) == {}


def test_an_e_reader_knows_the_file_by_its_first_bytes() -> None:
    content = contents(make_series())[f"packs/{SLUG}.epub"]
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    first, *others = ZipFile(io.BytesIO(content)).infolist()
    assert first.compress_type == ZIP_STORED
    assert [entry.filename for entry in others] == sorted(entry.filename for entry in others)
    assert {entry.date_time for entry in (first, *others)} == {(2025, 8, 3, 23, 0, 0)}


def test_the_same_series_gives_the_same_bytes_at_any_time() -> None:
    series = make_series(make_case(), ARABIC, collections=(collection(SLUG),))
    later = replace(series, as_of=at(2027, 1, 1))
    assert contents(series) == contents(later)


@pytest.mark.parametrize(
    ("changes", "modified"),
    [
        ({"changes": ()}, "2025-06-05T23:00:00Z"),
        ({}, "2025-08-03T23:00:00Z"),
        (
            {"quotes": (make_quote("q1", "", consent=Consent(state=ConsentState.WITHDRAWN, on=date(2025, 11, 3))),)},
            "2025-11-03T00:00:00Z",
        ),
    ],
    ids=["release", "change", "quote taken back"],
)
def test_a_book_is_as_new_as_the_newest_thing_in_it(changes: dict[str, object], modified: str) -> None:
    assert book(make_series(make_case(**changes))).stated("dcterms:modified") == [modified]


def test_the_identifier_stays_and_is_another_for_each_book_and_series() -> None:
    def identifier(series: Series, name: str = SLUG) -> str:
        return book(series, name).stated(f"{DC}identifier")[0]

    series, edited = make_series(), make_series(make_case(title="Another Title"))
    elsewhere = make_series(site_url="https://example.org/other/")
    assert identifier(series) == identifier(edited)
    assert len({identifier(series), identifier(series, "volume-2025"), identifier(elsewhere)}) == 3
    assert identifier(series).startswith("urn:uuid:")


def test_the_package_says_who_made_it_and_for_whom_it_is_accessible() -> None:
    read = book(make_series())
    assert read.stated(f"{DC}title") == ["The Case of the Quiet Pager"]
    assert read.stated(f"{DC}creator") == ["Ada Byrne"]
    assert read.stated(f"{DC}contributor") == [
        "Luis Ferrer",
        "Mia Sato",
        "Mia Sato",
        "Noor Khan",
        "Tom Otieno",
    ]  # curator, moderator
    assert read.stated(f"{DC}language") == ["en"]
    assert read.stated("group-position") == ["1.3"]
    assert read.stated("schema:accessMode") == ["textual"]
    assert "tableOfContents" in read.stated("schema:accessibilityFeature")
    assert read.stated("dcterms:conformsTo") == []  # nobody has evaluated the book, so it claims nothing
    assert read.stated("schema:accessibilitySummary")[0].endswith("makes a sound.")


def test_a_case_is_shown_whole_and_in_order() -> None:
    read = book(make_series())
    names = ["title", "story", "questions", "responses", "commentary", "references", "about"]
    assert [path.rpartition("/")[2] for path in read.spine() if "/" in path] == [f"{name}.xhtml" for name in names]
    texts = {name: words(read.case_page(name)) for name in names}
    assert "Quiet Dilemmas · Season 1 · Episode 3 The Case of the Quiet Pager Ada Byrne" in texts["title"]
    assert "A fictional series." in texts["title"]
    assert "“Lucky night,” said Rhona.1 The morning after At six the phone rang." in texts["story"]
    assert "1 Should Rhona ask why? Think of the night team. 2 Who tells" in texts["questions"]
    assert "A teacher’s perspective Quiet is a finding Noor Khan, MB, PhD Disclosure: Nothing" in texts["responses"]
    assert "By Mia Sato. Two of us read all 24 contributions" in texts["commentary"]
    assert "Femi Ojo, resident, Nigeria · quoted with permission" in texts["commentary"]
    assert "Nurse · anonymous, quoted with permission" in texts["commentary"]
    assert "Acad Med. 2015;90(6):785-789." in texts["references"]
    for stated in ("curator (Formal analysis)", "CC BY 4.0", "Available from", "4 August 2025, correction. The ward’s"):
        assert stated in texts["about"]


def test_numbers_of_works_cited_one_after_the_other_are_apart() -> None:
    case = make_case(story=(part("Two say so[@night-notes][@chan-2015]."),))
    assert "Two say so1,2." in words(book(make_series(case)).case_page("story"))


def test_a_book_has_the_discussion_in_figures_as_the_reading_copy_has_it() -> None:
    regions = Breakdown(cells={"europe": 24, "asia": 8}, other=None)
    counted = Figures(small_count=3, contributions=40, participants=32, continents=regions)
    text = words(book(make_series(make_case(figures=counted))).case_page("about"))
    assert "The discussion in figures FigureNumber Contributions40 Participants32" in text
    assert "Europe24 Asia8" in text
    assert "Numbers of fewer than 3 people are not shown." in text
    assert "in figures" not in book(make_series()).all_text()


def test_a_book_has_the_typed_figures_each_with_its_source_as_the_page_has_them() -> None:
    day, log = date(2025, 6, 7), "The host’s log"
    figures = (
        Metric(metric="page-views", value=12702, window_days=7, source=log, tool="GoAccess", collected=day),
        Metric(metric="followers", discontinued=True, window_hours=48, source="X.", collected=day),
    )
    text = words(book(make_series(make_case(metrics=figures))).case_page("about"))
    assert (
        "Reach First 48 hours FigureNumber Followersno longer available Source: X. Collected on 7 June 2025. "
        "Impressions and followers change: the same question on another day gives another number. "
        "First 7 days FigureNumber Page views12,702 "
        "Source: The host’s log. Collected on 7 June 2025. Counted with GoAccess." in text
    )
    assert "Reach" not in book(make_series()).all_text()


def test_a_book_holds_nothing_for_facilitators() -> None:
    text = book(make_series()).all_text()
    assert "A note for the facilitator only" not in text
    assert "Read the story aloud" not in text


def test_a_part_without_published_text_has_no_chapter() -> None:
    bare = make_case(responses=(), commentary=None, quotes=(), references=(), story=(part("Text."),), changes=())
    paths = book(make_series(bare)).spine()
    assert [path for path in paths if "/" in path] == [
        f"{SLUG}/{n}.xhtml" for n in ("title", "story", "questions", "about")
    ]


def test_a_journal_club_names_its_paper() -> None:
    text = words(
        book(make_series(make_journal_club()), "2025-10-a-year-of-posts").page("2025-10-a-year-of-posts/story.xhtml")
    )
    assert "The paper Thangasamy IA, Leveridge M" in text
    assert "Published 1 July 2014 · not open access" in text


def test_a_quote_that_was_taken_back_leaves_a_dated_slot() -> None:
    gone = make_quote("q1", "", consent=Consent(state=ConsentState.WITHDRAWN, on=date(2025, 7, 3)), theme="silence")
    text = words(book(make_series(make_case(quotes=(gone,)))).case_page("commentary"))
    assert "A quote was removed at its author’s request on 3 July 2025." in text


def test_a_collection_has_introduction_reasons_indexes_and_licence() -> None:
    club = make_journal_club(licence="CC-BY-NC-4.0")
    series = make_series(make_case(), club, collections=(collection(club.slug, SLUG),))
    read = book(series, "collection-quiet")
    texts = read.texts()
    assert list(texts)[:5] == [
        "cover.xhtml",
        "title.xhtml",
        "contents.xhtml",
        "introduction.xhtml",
        f"{club.slug}/title.xhtml",
    ]
    assert list(texts)[-2:] == ["index.xhtml", "colophon.xhtml"]
    assert "Chosen by Ada Byrne" in texts["title.xhtml"]
    assert "Read these." in texts["introduction.xhtml"]
    assert f"Why this case Because of {SLUG}." in texts[f"{SLUG}/title.xhtml"]
    assert "Noor Khan, MB, PhD A Year of Posts: expert response" in texts["index.xhtml"]
    assert "handover A Year of Posts The Case of the Quiet Pager" in texts["index.xhtml"]
    assert "As a whole under CC BY-NC 4.0" in texts["colophon.xhtml"]
    assert (
        f"Ada Byrne, editor. Quiet & calm. Quiet Dilemmas; 2025. Available from: {SITE}collections/quiet/"
        in texts["colophon.xhtml"]
    )
    assert "Why this case" not in book(series, "volume-2025").all_text()


def test_the_contents_lead_to_every_chapter() -> None:
    for name in (SLUG, "volume-2025", "collection-quiet"):
        read = book(make_series(make_case(), ARABIC, collections=(collection(SLUG),)), name)
        nav = next(item for item in read.manifest().values() if item.get("properties") == "nav")
        toc, landmarks = read.page(nav.attrib["href"]).iter(f"{X}nav")
        linked = {link.attrib["href"].partition("#")[0] for link in toc.iter(f"{X}a")}
        assert set(read.spine()) - linked <= {"cover.xhtml", "title.xhtml", "contents.xhtml", f"{SLUG}/title.xhtml"}
        kinds = [link.attrib[TYPE] for link in landmarks.iter(f"{X}a")]
        assert kinds[:4] == ["cover", "toc", "titlepage", *({"bodymatter", "introduction"} & {kinds[3]})]
        assert len(kinds) == len(set(kinds))


def test_every_link_and_every_file_is_accounted_for() -> None:
    lamp = Picture(file="lamp.svg", alt="A lamp.")
    pictured = make_case(
        image=lamp,
        pictures=frozenset((f"cases/{SLUG}/lamp.svg", f"cases/{SLUG}/Ünsere Ecke.png")),
        story=(part("![A corner](<Ünsere Ecke.png>)\n\n[Another case](../2025-06-silent-pager/) [@chan-2015]"),),
    )
    faced = (make_person("noor-khan", photo=Picture(file="noor.jpg", alt="Noor, smiling.")), make_person("ada-byrne"))
    series = make_series(pictured, ARABIC, people=faced, collections=(collection(SLUG, ARABIC.slug),))
    for content in contents(series).values():
        read = Read(ZipFile(io.BytesIO(content)))
        held = {name.removeprefix("EPUB/") for name in read.archive.namelist() if name.startswith("EPUB/")}
        assert {item.attrib["href"] for item in read.manifest().values()} | {"package.opf"} == held
        for path in read.spine():
            for target in _inner_links(read, path):
                assert target.partition("#")[0] in held
                if "#" in target:
                    file, _, anchor = target.partition("#")
                    assert read.page(file).find(f".//*[@id='{anchor}']") is not None


def _inner_links(read: Read, path: str) -> list[str]:
    addresses = [value for each in read.page(path).iter() for key, value in each.items() if key in {"href", "src"}]
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))
        for address in addresses
        if not address.startswith("http")
    ]


def test_pictures_have_words_and_their_true_type() -> None:
    lamp = Picture(file="lamp.svg", alt='A "lamp" & a desk.')
    pictured = make_case(
        image=lamp,
        pictures=frozenset((f"cases/{SLUG}/lamp.svg", f"cases/{SLUG}/wrong.jpg")),
        story=(part("![A corner](wrong.jpg) ![Elsewhere](https://example.org/a.png) ![Not ours](secret.png)"),),
    )
    read = book(make_series(pictured))
    types = {item.attrib["href"]: item.attrib["media-type"] for item in read.manifest().values()}
    assert types[f"{SLUG}/picture-1-lamp.svg"] == "image/svg+xml"
    assert types[f"{SLUG}/picture-2-wrong.png"] == "image/png"
    assert [image.attrib["alt"] for image in read.case_page("title").iter(f"{X}img")] == ['A "lamp" & a desk.']
    assert [image.attrib["src"] for image in read.case_page("story").iter(f"{X}img")] == ["picture-2-wrong.png"]
    assert "Elsewhere Not ours" in words(read.case_page("story"))
    assert "alternativeText" in read.stated("schema:accessibilityFeature")


def test_links_lead_out_of_the_book_or_nowhere() -> None:
    text = "[a](../2025-06-other/) [b](#nowhere) [c](https://exa.org/a%zz?q=ü) [d](<http://[::1>) [e](mailto:a@b.c)"

    def links(series: Series) -> list[str | None]:
        return [link.get("href") for link in book(series).case_page("story").iter(f"{X}a")]

    case = make_case(story=(part(text),))
    page = f"{SITE}cases/{SLUG}/"
    sure = ["https://exa.org/a%25zz?q=%C3%BC", "mailto:a@b.c"]
    other = make_case(slug="2025-06-other")
    assert links(make_series(case, other)) == [f"{SITE}cases/2025-06-other/", f"{page}#nowhere", *sure]
    assert links(make_series(case, other, site_url="")) == [None, None, *sure]


def test_hostile_words_stay_words() -> None:
    case = make_case(
        title=HARD,
        teaser=HARD,
        topics=(HARD,),
        objectives=(HARD,),
        content_note=HARD,
        story=(part("Text.", title=HARD),),
        responses=(make_response("noor-khan", HARD, f"{HARD} &#8; &#x1F;", perspective=HARD),),
        quotes=(make_quote("q1", HARD),),
        commentary=Commentary(curators=("mia-sato",), method=HARD, sections=(Section(body=Prose("::quote[q1]")),)),
        changes=(Change(date=date(2025, 8, 4), kind=ChangeKind.UPDATE, note=HARD),),
    )
    series = make_series(case, name=HARD, collections=(collection(SLUG),))
    for content in contents(series).values():
        read = Read(ZipFile(io.BytesIO(content)))
        assert HARD in read.all_text()
        for path in read.spine():
            assert read.page(path).find(f".//{X}script") is None
        assert HARD in words(xml(read.archive.read("EPUB/cover.svg")))


def test_an_arabic_case_runs_from_right_to_left() -> None:
    read = book(make_series(ARABIC), ARABIC.slug)
    spine = read.package.find(f"{OPF}spine")
    assert spine is not None
    assert spine.attrib["page-progression-direction"] == "rtl"
    story = read.case_page("story", ARABIC.slug)
    assert (story.attrib["dir"], story.attrib["lang"]) == ("rtl", "ar")
    assert [found.get("dir") for found in story.iter(f"{X}p")] == [None, None, "ltr"]
    assert [found.text for found in story.iter(f"{X}h1")] == ["الحالة"]


def test_a_book_in_a_language_without_a_catalogue_marks_our_english() -> None:
    read = book(make_series(ARABIC.model_copy(update={"language": "he"})), ARABIC.slug)
    label = read.case_page("story", ARABIC.slug).find(f".//{X}h1/{X}span")
    assert label is not None
    assert (label.text, label.attrib["lang"]) == ("The case", "en")


def test_an_arabic_answer_in_an_english_case_runs_its_own_way() -> None:
    answer = make_response("noor-khan", "الصمت نتيجة", "الصمت *بيانات* مثل ECG.")
    page = book(make_series(make_case(responses=(answer,)))).case_page("responses")
    assert [found.text for found in page.iter() if found.get("dir") == "rtl" and found.tag != f"{X}html"] == [
        "الصمت نتيجة",
        "الصمت ",
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("dv", "rtl"), ("az", "ltr"), ("az-Arab", "rtl"), ("xx", "ltr")],
)
def test_the_direction_follows_the_script(language: str, expected: str) -> None:
    assert direction(language) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<em><p>a</p></em>", "<p><em /></p><p><em>a</em></p>"),
        ("<div><span><div>a</div></span></div>", "<div><div><div>a</div></div></div>"),
        ("<h3><ul><li>a</li></ul></h3>", "<h2><span><span>a</span></span></h2>"),
        ("<li>a</li>", "<div>a</div>"),
        ("<ul>a<li>b</li></ul>", "<div>a<div>b</div></div>"),
        ("<dl><dt>a</dt></dl>", "<div><div>a</div></div>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ('<ol start="3" type="i"><li>a</li></ol>', '<ol start="3" type="i"><li>a</li></ol>'),
        (
            '<table><tr><td align="right" colspan="1">a</td></tr></table>',
            '<table><tbody><tr><td colspan="1" class="align-right">a</td></tr></tbody></table>',
        ),
        ("<table></table>", "<div />"),
        ('<p lang="not one" dir="up">a</p>', '<p>&lt;p lang="not one" dir="up"&gt;a&lt;/p&gt;</p>'),
        ('<p lang="fr">a</p>', '<p lang="fr" xml:lang="fr">a</p>'),
        ("a<br>b<hr>", "<p>a<br />b</p><hr />"),
        ("&nbsp;&amp;&lt;", "<p>\N{NO-BREAK SPACE}&amp;&lt;</p>"),
    ],
)
def test_html_in_the_wrong_place_becomes_valid_xhtml(written: str, expected: str) -> None:
    html = prose.html(Prose(written), level=2)
    made = document(f'<html lang="en"><body>{html}</body></html>', Place("a.xhtml")).decode()
    assert expected in re.sub(r">\s+<", "><", made)


def test_html_that_is_nested_without_end_is_flattened_and_no_word_is_lost() -> None:
    case = make_case(story=(part("<div>" * 900 + "depth" + "</div>" * 900 + "\n\nAnd on."),))
    assert "depth And on." in words(book(make_series(case)).case_page("story"))


@pytest.mark.parametrize(
    "title", ["Short", "A " + "considerably longer title " * 6, "Donaudampfschifffahrtsgesellschaft" * 3]
)
def test_a_title_fits_on_its_cover(title: str) -> None:
    cover = xml(book(make_series(make_case(title=title.strip()))).archive.read("EPUB/cover.svg"))
    lines = [
        (line.text or "", int(line.attrib["y"]), int(line.attrib["font-size"]))
        for line in cover.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert all(len(text) * size * 0.53 <= 960 for text, _, size in lines)
    assert [y for _, y, _ in lines] == sorted(y for _, y, _ in lines)
    assert "".join(text for text, _, _ in lines[1:-2]).replace(" ", "") == title.replace(" ", "")


def test_a_note_of_two_parts_has_two_ids() -> None:
    source = "One.[^a]\n\n## Part\n\nTwo.[^a] Three.[^a]\n\n[^a]: The note."
    path = f"cases/{SLUG}/scenario.md"
    parts = markdown.sections(Prose(source, path))
    story = tuple(Part(title=heading.text if heading else "", body=body) for heading, body in parts)
    page = book(make_series(make_case(story=story))).case_page("story")
    ids = [each.attrib["id"] for each in page.iter() if "id" in each.attrib]
    assert len([name for name in ids if name.startswith("note-")]) == 4
    assert len(ids) == len(set(ids))
