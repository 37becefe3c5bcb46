"""The theme: its colours have enough contrast, and are defined in one file."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casebuilder import mkdocsbuild
from casebuilder.wording import templatefaults

if TYPE_CHECKING:
    from pathlib import Path

SHEETS = files("casebuilder.outputs.site") / "theme" / "assets" / "stylesheets"
PAIRS = re.compile(r"--cb-(\w+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)")
#: A script, style or address in a template. Data for machines are no script; a vocabulary's name is not asked for.
OWN = re.compile(
    r"""<script(?![^>]* src=|[^>]* type="application/ld\+json")|<style|\bon\w+=|style=|https?://(?!purl\.org/dc/)"""
)
LIGHT = re.compile(r"--cb-(\w+): #([0-9a-f]{6});")
TOKENS = (SHEETS / "tokens.css").read_text(encoding="utf-8")
SCHEMES = {
    "light": {name: light for name, light, _ in PAIRS.findall(TOKENS)},
    "dark": {name: dark for name, _, dark in PAIRS.findall(TOKENS)},
}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "raised", "soft"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "signal"])
def test_every_text_colour_can_be_read_on_every_ground(scheme: str, ground: str, text: str) -> None:
    assert contrast(SCHEMES[scheme][text], SCHEMES[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_edge_of_a_field_can_be_seen(scheme: str) -> None:
    assert contrast(SCHEMES[scheme]["field"], SCHEMES[scheme]["raised"]) >= 3


def test_browsers_without_light_dark_get_the_light_colours() -> None:
    assert dict(LIGHT.findall(TOKENS)) == SCHEMES["light"]


def test_colours_stand_in_one_file() -> None:
    others = [sheet for sheet in SHEETS.iterdir() if sheet.name not in {"tokens.css", "paper.css"}]
    assert {
        sheet.name for sheet in others if re.search(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", sheet.read_text(encoding="utf-8"))
    } == set()


def test_no_page_of_the_theme_holds_a_script_or_a_style_of_its_own() -> None:
    theme = files("casebuilder.outputs.site") / "theme"
    for template in [*theme.iterdir(), *(theme / "partials").iterdir()]:
        if template.name.endswith(".html"):
            text = template.read_text(encoding="utf-8")
            assert not OWN.search(text), template.name


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"\xff\xfe<p>", "404.html: the template is not UTF-8"),
        (b"<p>\n{% block content %}", "404.html, line 2: the template cannot be used: Unexpected end of template"),
        (b"<p>\n\n{{ gone.title }}", "404.html, line 3: the template cannot be used: 'gone' is undefined"),
        (b"{% extends 'gone.html' %}", 'a template of the theme names the template "gone.html", which does not exist'),
        (b"{{ 'a' | gone }}", "404.html, line 1: the template cannot be used: No filter named 'gone'"),
    ],
)
def test_a_template_of_a_series_that_cannot_be_used_ends_a_build_in_a_sentence(
    tmp_path: Path, written: bytes, said: str
) -> None:
    (tmp_path / "404.html").write_bytes(written)
    environment = Environment(loader=FileSystemLoader(tmp_path), undefined=StrictUndefined, autoescape=True)
    with pytest.raises(mkdocsbuild.EngineError, match=re.escape(said)), mkdocsbuild._log_to_stderr():
        environment.get_template("404.html").render()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{% extends 'main.html' %}{% block content %}{{ page.title | url }}{% endblock %}", []),
        ("{{ 10 ** 10 ** 10 }}{{ 'x' | center(10 ** 9) }}", []),  # nothing is worked out
        ("<p>\n{% trans %}Read{% endtrans %}\n{% break %}", [(3, "Encountered unknown tag 'break'")]),
        ("\n{% from 'gone.html' import a %}", [(2, 'there is no template "gone.html"')]),
        ("{% if a is gone %}{% endif %}", [(1, 'no test is named "gone"')]),
        ("{{ " + "(" * 100_000, [(1, "too much in it is nested")]),
    ],
)
def test_faults_of_a_template_are_seen_without_running_it(written: str, said: list[tuple[int, str]]) -> None:
    found = list(templatefaults.in_source(written, lambda name: name == "main.html"))
    assert [line for line, _ in found] == [line for line, _ in said]
    assert all(words in message for (_, message), (_, words) in zip(found, said, strict=True))
