"""Drawings (SVG): nothing in them runs or loads anything, none hangs a printer, and what is drawn stays as it was.

`tests/drawings` holds drawings as Inkscape, draw.io, Illustrator, Mermaid, matplotlib and people write them;
`tests/browser/test_drawings.py` compares each, before and after, in Chromium.
"""

from __future__ import annotations

import base64
import io
import random
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import picture_maker as maker
from casebuilder.outputs.packs.pdf.rendering import render
from casebuilder.readers import pictures
from casebuilder.readers.pictures.svg import allowed, attributevalues, styles
from cputime import at_most

DRAWINGS = sorted((Path(__file__).parent / "drawings").glob("*.svg"))
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 60">\n'
#: What no published drawing may hold, whatever was in it.
LIVE = re.compile(
    rb"<script|\son\w+=|javascript:|https?://(?!www\.w3\.org/)|@import|<!|<\?|<set|<animate|foreignObject"
)


def drawing(content: str) -> bytes:
    return f"{HEAD}{content}\n</svg>".encode()


def faults(content: str) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in pictures.judge("a.svg", drawing(content))]


def published(content: str) -> str:
    return pictures.published("a.svg", drawing(content)).decode()


def printed(*contents: bytes) -> bytes:
    """Some drawings, each on a line of a document, as the packs are printed."""
    files = {f"pack:pictures/{number}.svg": content for number, content in enumerate(contents)}
    text = "".join(f'<p><img src="{address}" alt="A drawing."></p>' for address in files)
    head = '<!DOCTYPE html><html lang="en"><head><title>Drawings</title></head><body><h1>Drawings</h1>'
    html = f"{head}{text}</body></html>"
    return render(html, [""], files)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_drawings_of_the_usual_programs_pass_without_a_word_and_name_nobody(path: Path) -> None:
    content = path.read_bytes()
    assert pictures.judge(path.name, content) == ()
    cleaned = pictures.published(path.name, content)
    for secret in (b"Quirk", b"quirk", b"mxfile", b"inkscape", b"sodipodi", b"Illustrator", b"rdf", b"<!--", b"eJz"):
        assert secret not in cleaned
    assert not LIVE.search(cleaned)
    assert pictures.published(path.name, cleaned) == cleaned
    assert ET.fromstring(cleaned).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - ours


def test_drawings_of_the_usual_programs_print() -> None:
    made = printed(*(pictures.published(path.name, path.read_bytes()) for path in DRAWINGS))
    assert made.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("inner", "line", "column"),
    [
        ('<rect width="2" height="2" onload="x()"/>', 2, 28),
        ("<g\n   id='a'\n   ONCLICK='x()'/>", 4, 4),
        ("<script>alert(1)</script>", 2, 1),
        ("<g>\n  <script href='https://e.example/x.js'/></g>", 3, 3),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', 2, 1),
        ('<x:g xmlns:x="urn:x"><script>alert(1)</script></x:g>', 2, 22),
        ('<a href="javascript:alert(1)"><path d="M0 0h9"/></a>', 2, 4),
        ('<a xlink:href=" java&#10;script:alert(1)"><path d="M0 0h9"/></a>', 2, 4),
        ('<a href="data:text/html,x"><path d="M0 0h9"/></a>', 2, 4),
        ('<a id="l"><set attributeName="href" to="javascript:x()"/></a>', 2, 11),
        ('<animate href="#l" attributeName="xlink:href" values="javascript:x()"/>', 2, 1),
        ('<image href="https://e.example/pixel.png"/>', 2, 8),
        ('<image xlink:href="//e.example/pixel.png"/>', 2, 8),
        ('<image href="neighbour.png"/>', 2, 8),
        ('<use href="other.svg#a"/>', 2, 6),
        ('<use href="data:image/svg+xml,&lt;svg/&gt;#a"/>', 2, 6),
        ('<linearGradient xlink:href="https://e.example/g.svg#g"/>', 2, 17),
        ('<feImage href="https://e.example/x.png"/>', 2, 10),
        ('<path d="M0 0h9" fill="url(https://e.example/#g)"/>', 2, 18),
        ("<path d='M0 0h9' mask='url(\"//e.example/m.svg#m\")'/>", 2, 18),
        ('<path d="M0 0h9" style="fill: red; filter: url(f.svg#f)"/>', 2, 18),
        ('<path d="M0 0h9" style="fill: u\\72l(//e.example/g)"/>', 2, 18),
        ('<path d="M0 0h9" style="fill: image-set(\'//e.example/x.png\' 1x)"/>', 2, 18),
        ('<path d="M0 0h9" fill="URL( https://e.example/ )"/>', 2, 18),
        ("<style>\n  @import 'https://e.example/x.css';\n</style>", 3, 3),
        ("<style>@IMPORT url(//e.example/x.css);</style>", 2, 8),
        ("<style>@font-face { font-family: a; src: url(https://e.example/a.woff) }</style>", 2, 8),
        ("<style><![CDATA[\n path { fill: url(//e.example/) } ]]></style>", 3, 9),
        ("<style>@media screen { path { fill: url(//e.example/) } }</style>", 2, 31),
        ("<style>path { --x: url(//e.example/) }</style>", 2, 15),
        ('<x:img xmlns:x="http://www.w3.org/1999/xhtml" src="//e.example/x.png"/>', 2, 47),
        ('<x:img xmlns:x="http://www.w3.org/1999/xhtml" alt="" onerror="x()"/>', 2, 54),
        ('<link xmlns="http://www.w3.org/1999/xhtml" rel="stylesheet" href="//e.example/x.css"/>', 2, 61),
        ('<cursor xlink:href="https://e.example/c.cur"/>', 2, 9),
        ('<color-profile xlink:href="https://e.example/p.icc"/>', 2, 16),
        ('<path d="M0 0h9" cursor="url(//e.example/c.cur), auto"/>', 2, 18),
    ],
)
def test_what_runs_or_loads_something_is_an_error_at_its_place(inner: str, line: int, column: int) -> None:
    assert faults(inner) == [("unsafe-svg", line, column)]
    assert not LIVE.search(published(inner).encode())
    assert "e.example" not in published(inner)


def test_a_drawing_of_draw_io_and_a_program_as_they_were_found_in_the_wild() -> None:
    label = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100"><rect width="300" height="100" fill="#eee"/>'
        b'<foreignObject width="300" height="100"><div xmlns="http://www.w3.org/1999/xhtml">Label from draw.io</div>'
        b'</foreignObject><switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/>'
        b'<text x="10" y="20">Text is not SVG - cannot display</text></switch></svg>'
    )
    (fault,) = pictures.judge("foreign.svg", label)
    assert (fault.code, fault.line, fault.column) == ("svg-label", 1, 110)
    assert b"Text is not SVG" not in pictures.published("foreign.svg", label)
    program = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" onload="alert(1)">'
        b'<script>alert(document.domain)</script><rect width="20" height="20"/></svg>'
    )
    found = [(fault.code, fault.line, fault.column) for fault in pictures.judge("script.svg", program)]
    assert found == [("unsafe-svg", 1, 64), ("unsafe-svg", 1, 82)]
    assert b"alert" not in pictures.published("script.svg", program)


def test_what_stands_before_the_drawing_is_judged_too() -> None:
    sheet = b'<?xml version="1.0"?>\n<?xml-stylesheet href="https://e.example/x.css"?>\n' + drawing("")
    assert [(fault.code, fault.line) for fault in pictures.judge("a.svg", sheet)] == [("unsafe-svg", 2)]
    for inner in (
        "<!ENTITY a 'b'>",
        "<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;",
        "<!ATTLIST svg onload CDATA 'x()'>",
    ):
        content = f"<!DOCTYPE svg [{inner}]>\n".encode() + drawing("<text>a</text>")
        assert [fault.code for fault in pictures.judge("a.svg", content)] == ["unsafe-svg"]
        with pytest.raises(pictures.DamagedError):
            pictures.published("a.svg", content)
    named = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n' + drawing(
        "<text>fish &amp; chips&nbsp;</text>"
    )
    assert [fault.code for fault in pictures.judge("a.svg", named)] == ["broken-picture"], "no word is lost in silence"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_drawing_in_any_encoding_keeps_its_words(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + drawing("<text>Säge</text>").decode()
    assert pictures.judge("a.svg", text.encode(encoding)) == ()
    assert "Säge" in pictures.published("a.svg", text.encode(encoding)).decode()


def test_a_program_hidden_by_its_encoding_is_found() -> None:
    hidden = drawing("<script>x()</script>").decode()
    assert [fault.code for fault in pictures.judge("a.svg", hidden.encode("utf-16"))] == ["unsafe-svg"]
    for odd in ("undefined", "punycode", "unicode_escape", "idna", "hex", "zlib_codec", "x" * 90):
        named = f'<?xml version="1.0" encoding="{odd}"?>'.encode()
        assert [fault.code for fault in pictures.judge("a.svg", named + drawing("<script>x()</script>"))] == [
            "unsafe-svg"
        ], odd
    seven = b'<?xml version="1.0" encoding="utf-7"?>' + drawing("+ADw-script+AD4-x()+ADw-/script+AD4-")
    assert b"<script" not in pictures.published("a.svg", seven)


def bomb(levels: int, element: str = "<use href='#a{}'/>") -> str:
    steps = "".join(f"<g id='a{level + 1}'>{element.format(level) * 10}</g>" for level in range(levels))
    return f"<defs><g id='a0'><rect width='1' height='1'/></g>{steps}</defs><use href='#a{levels}'/>"


def patterns(levels: int) -> str:
    elements = (f"<pattern id='p{n}'>" + f"<rect fill='url(#p{n + 1})'/>" * 30 + "</pattern>" for n in range(levels))
    return "".join(elements) + "<g fill='url(#p0)'/>"


def markers(corners: int) -> str:
    marked = "<marker id='m'><path d='M0 0h1'/></marker><style>.x { marker: url('#m') }</style>"
    return f"{marked}<path class='x' d='M0 0{'h1' * corners}'/>"


@pytest.mark.parametrize(
    "inner",
    [
        bomb(5),
        bomb(200),
        bomb(9).replace("href", "xlink:href"),
        "<use id='u' href='#u'/>",
        "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
        "".join(f"<g id='a{n}'><use href='#a{n + 1}'/></g>" for n in range(5000)),
        "<pattern id='p'><rect width='9' height='9' style='fill: url(#p)'/></pattern><rect fill='url(#p)'/>",
        "<mask id='m'><g mask='url(#m)'/></mask><g mask='url(#m)'/>",
        patterns(8),
        markers(60_000),
        f"<filter id='f'>{'<feGaussianBlur/>' * 1_000}</filter><rect filter='url(#f)'/>",
        "<g>" * 120 + "</g>" * 120,
        "<g/>" * 50_001,
        f"<text>{'words ' * 20_000}</text>",
        f"<path d='M0 0{'l1 1' * 700_000}'/>",
        f"<style>a {{ {'b: c;' * 200_000} }}</style>",
        f"<style>{'a{' * 300_000}</style>",
        f"<path style='fill: {'(' * 600_000}'/>",
        f"<style>{''.join(f'.a{n} {{ fill: url(#g) }}' for n in range(4_000))}</style>",
        "<path " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/>",
    ],
    ids=lambda inner: inner[:40],
)  # fmt: skip
def test_what_would_take_a_printer_minutes_is_refused_in_no_time(inner: str) -> None:
    with at_most(2):
        assert [fault[0] for fault in faults(inner)] == ["svg-too-complex"]


@pytest.mark.parametrize(
    "inner",
    [
        f"<path fill='{'a' * 500_000}('/>",
        f"<path fill='a{' ' * 500_000}('/>",
        f"<path width='{'1' * 500_000}x'/>",
        f"<path fill='{'light-dark(' * 50_000}'/>",
        f"<path fill='{'url(#a' * 100_000}'/>",
        f"<style>{'a ' * 80_000} {{ fill: red }}</style>",
        f"<g transform='{'rotate(1)' * 100_000}x'/>",
        "<path onload='x()'/>" * 30_000,
        f"<{'a' * 500_000}/><path {'a' * 500_000}='1'/>",
        f"<!--{'<!DOCTYPE ' * 100_000}-->",
    ],
    ids=lambda inner: inner[:24],
)
def test_no_value_takes_long_to_read(inner: str) -> None:
    with at_most(2):
        judged = pictures.judge("a.svg", drawing(inner))
        assert len(judged) <= 50
        assert all(len(fault.message) < 200 for fault in judged)


def test_a_busy_but_honest_drawing_passes() -> None:
    dots = "".join(f"<use href='#dot' x='{n}' style='fill: url(#g)'/>" for n in range(9_000))
    inner = (
        f"<defs><circle id='dot' r='1'/><linearGradient id='g'><stop/><stop offset='1'/></linearGradient></defs>{dots}"
    )
    assert faults(inner) == []


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>Bed <b>four</b></div></foreignObject>", "svg-label"),
        ("<switch><foreignObject><p>Bed four</p></foreignObject><text>Text is not SVG</text></switch>", "svg-label"),
        ("<flowRoot><flowPara>Bed four</flowPara></flowRoot>", "svg-label"),
        ("<foreignObject requiredExtensions='urn:x'><p>nobody sees this</p></foreignObject>", ""),
        ("<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'> <br/> </div></foreignObject>", ""),
    ],
)
def test_a_label_that_paper_cannot_have_is_an_error_with_the_way_out(inner: str, code: str) -> None:
    assert [fault[0] for fault in faults(inner)] == [code][: bool(code)]
    for fault in pictures.judge("a.svg", drawing(inner)):
        assert "Bed four" in fault.message
        assert "Formatted Text" in fault.hint
        assert "htmlLabels" in fault.hint
    assert "Text is not SVG" not in published(inner)


@pytest.mark.parametrize(
    "inner",
    [
        "<a href='https://example.org/'><path d='M0 0h9'/></a>",
        "<rect width='9' height='9'><animateTransform attributeName='transform' type='rotate' dur='1s'/></rect>",
        "<style>.a { animation: turn 1s } @keyframes turn { to { opacity: 0 } }</style>",
        "<style>@font-face { font-family: a; src: url(data:font/woff;base64,AAAA) }</style>",
        "<style>x|y { fill: red }</style>",
        "<path d='M0 0h9v9 L oops'/>",
        "<rect width='calc(1px + 2px)' height='9'/>",
        "<path d='M0 0h9' hatch='x'/>",
        "<linearGradient id='g' spreadMethod='reflect'/>",
        "<path d='M0 0h9' stroke='red' stroke-dasharray='0.0001'/>",
        "<switch><text systemLanguage='de'>Bett</text><text>Bed</text></switch>",
    ],
)
def test_what_is_left_out_is_a_warning_at_its_place_and_said_once(inner: str) -> None:
    found = pictures.judge("a.svg", drawing(inner * 3))
    assert {fault.code for fault in found} == {"svg-reduced"}
    assert all(fault.line == 2 and fault.column for fault in found)
    assert len({fault.message for fault in found}) == len(found) <= 2


def test_a_picture_in_a_drawing_is_cleaned_and_judged() -> None:
    def shown(content: bytes) -> str:
        return f"<image href='data:image/png;base64,{base64.b64encode(content).decode()}'/>"

    made = published(shown(maker.jpeg(orientation=6)))
    match = re.search(r'href="data:image/jpeg;base64,([^"]*)"', made)
    assert match
    inside = base64.b64decode(match[1])
    assert maker.holds_secret(inside) == []
    assert Image.open(io.BytesIO(inside)).size == (32, 48)
    assert [code for code, _, _ in faults(shown(maker.png()[:200]))] == ["broken-picture"]
    assert [code for code, _, _ in faults(shown(maker.promise(30_000, 30_000)))] == ["picture-size"]
    assert [code for code, _, _ in faults(shown(drawing("")))] == ["picture-kind"]
    assert printed(pictures.published("a.svg", drawing(shown(maker.png()))))


def test_values_that_not_every_program_knows_are_written_so_that_all_do() -> None:
    assert attributevalues.shared("font-size", "medium") == "16px"
    assert attributevalues.shared("fill", "light-dark(rgb(1, 2, 3), var(--x, #121212))") == "rgb(1, 2, 3)"
    assert attributevalues.shared("stroke", "var(--ge-dark, light-dark(#fff, #000))") == "#fff"
    assert attributevalues.shared("orient", "0.25turn") == "90"
    assert attributevalues.shared("width", "4Q") == f"{4 * 96 / 101.6:g}"
    assert attributevalues.shared("transform", "rotate(45) translate(1,2)") == "rotate(45) translate(1,2)"
    assert attributevalues.shared("transform", "rotate(45deg)") == "rotate(45)"
    assert attributevalues.shared("transform", "translate(50%)") is None
    assert attributevalues.shared("d", "M0 0a1 1 0 01.5.5z") == "M0 0a1 1 0 01.5.5z"


def test_a_character_that_no_font_of_the_packs_has_is_an_error() -> None:
    assert faults("<text>\ue123</text>") == [("unprintable-character", 2, 1)]


_WRITTEN = "|a|-1|0|1|50%|1e99|3em|1vw|calc(1px)|1 2|1,2 3|none|auto|url(#x)|NaN|url(#g)|url(#p)|url(#m)|rotate(1)|M0 0"
_WORDS = (
    "red|translate(1,2) scale(2)|0 0 1 1|bold|-5%|italic|reflect|userSpaceOnUse|objectBoundingBox|large|1.5em|10 10"
)
_VALUES = st.sampled_from([*_WRITTEN.split("|"), *_WORDS.split("|")])
_SHAPES = (
    "<rect width='9' height='9' {}/>", "<path d='M0 0h9v9' stroke='red' {}/>", "<text {}>abc</text>",
    "<text><tspan {}>abc</tspan></text>", "<svg {}><circle r='3'/></svg>", "<g {}><line x2='9' stroke='red'/></g>",
    "<linearGradient id='h' {}><stop offset='0' {}/></linearGradient><rect width='9' height='9' fill='url(#h)'/>",
    "<marker id='n' {}><path d='M0 0h1'/></marker><path d='M0 0h9v9' marker-end='url(#n)'/>",
    "<pattern id='q' width='3' height='3' {}><path d='M0 0h1'/></pattern><rect width='9' height='9' fill='url(#q)'/>",
    "<mask id='k' {}><path d='M0 0h1'/></mask><rect width='9' height='9' mask='url(#k)'/>",
    "<path id='t' d='M0 9h50'/><text><textPath href='#t' {}>abc</textPath></text>",
)  # fmt: skip
_DEFINED = (
    "<linearGradient id='g'><stop/></linearGradient><marker id='m'><path d='M0 0h1'/></marker>"
    "<pattern id='p' width='3' height='3'><path d='M0 0h1'/></pattern>"
)


@given(st.data())
@settings(deadline=None, max_examples=5)
def test_whatever_the_check_lets_pass_prints(data: st.DataObject) -> None:
    attributes = sorted(allowed.ATTRIBUTES - {"id", "class", "lang", "xml:lang", "xml:space"})
    passed = []
    for shape in _SHAPES * 3:
        used = set(re.findall(r"([\w-]+)=", shape))
        chosen = data.draw(st.lists(st.sampled_from(attributes), min_size=1, max_size=4, unique=True))
        pairs = [(name, data.draw(_VALUES)) for name in chosen if name not in used]
        written = " ".join(f"{name}='{value}'" for name, value in pairs)
        if data.draw(st.booleans()):
            written = f"style='{'; '.join(f'{name}: {value}' for name, value in pairs)}'"
        content = drawing(_DEFINED + shape.replace("{}", written))
        if {fault.code for fault in pictures.judge("a.svg", content)} <= {"svg-reduced"}:
            passed.append(pictures.published("a.svg", content))
    assert printed(*passed)


@given(st.text(alphabet="url(#\"'a;:{}/*\\,) @i-.\n", max_size=40))
def test_no_value_that_passes_loads_anything(text: str) -> None:
    if styles.is_safe(text):
        stripped = re.sub(r"url\(\s*(\"#[^\"()\\]*\"|'#[^'()\\]*'|#[^\"'()\\\s]*)\s*\)", "", text, flags=re.IGNORECASE)
        outside = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", stripped)
        assert "url(" not in outside.lower()
        assert "\\" not in text
        assert "@" not in text


def test_a_damaged_drawing_is_a_fault_and_never_an_exception() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    for path in DRAWINGS:
        content = path.read_bytes()
        for _ in range(12):
            damaged = bytearray(content[: chance.randrange(len(content))] if chance.random() < 0.4 else content)
            for _ in range(chance.randrange(4)):
                if damaged:
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            for fault in pictures.judge(path.name, bytes(damaged)):
                assert fault.hint
