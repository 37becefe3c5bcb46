"""The theme: its colours have enough contrast, and are defined in one file."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casebuilder import mkdocsbuild
from casebuilder.pipeline import themefiles
from casebuilder.wording import templatefaults, templatelimits

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.problems import Problem

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


_TOO_LARGE = "the template cannot be used: a number in it has more digits than a page could show"
_TOO_LONG = "the template cannot be used: a text in it has more than 10,000,000 letters"
_DOUBLED = b"{%% set n = namespace(x='a') %%}\n{%% for i in range(99) %%}{%% set n.x = %s %%}{%% endfor %%}"
_TOO_MANY = "the template cannot be used: its ranges have more than 1,000,000 numbers on one page"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"\xff\xfe<p>", "404.html: the template is not UTF-8"),
        (b"<p>\n{% block content %}", "404.html, line 2: the template cannot be used: Unexpected end of template"),
        (b"<p>\n\n{{ gone.title }}", "404.html, line 3: the template cannot be used: 'gone' is undefined"),
        (b"{% extends 'gone.html' %}", 'a template of the theme names the template "gone.html", which does not exist'),
        (b"{{ 'a' | gone }}", "404.html, line 1: the template cannot be used: No filter named 'gone'"),
        (b"<p>\n{{ 1 // 0 }}", "404.html, line 2: the template cannot be used: ZeroDivisionError: "),
        (b"{% include '404.html' %}", "404.html, line 1: the template cannot be used: it includes itself without end"),
        (b"<p>\n{% for i in range(100000000) %}{% endfor %}", f"404.html, line 2: {_TOO_MANY}"),
        (b"<p>\n{% for i in range(10 ** 30) %}{% endfor %}", f"404.html, line 2: {_TOO_MANY}"),
        (b"<p>\n{{ 10 ** (10 ** 10) }}", f"404.html, line 2: {_TOO_LARGE}"),
        (b"{% set n = 9 ** 999 %}\n{{ n * n * n * n }}", f"404.html, line 2: {_TOO_LARGE}"),
        (b"<p>\n{{ '-' * 10 ** 10 }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ ([1] * 10 ** 9) | length }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ 'x' | center(10 ** 10) }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ 'a\\nb' | indent(width=10 ** 9) }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ [1] | batch(10 ** 9, 'x') | list }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ 'x'.ljust(10 ** 10) }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ '{:>9999999999}'.format('x') }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ '{:>{w}}'.format('x', w=10 ** 9) }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ '%9999999999d' % 5 }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ '%*d' | format(10 ** 9, 5) }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ ('a' * 9999) | replace('a', 'b' * 9999) }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ (['a'] * 9999) | join('b' * 9999) }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ ('b' * 9999).join(['a'] * 9999) }}", f"404.html, line 2: {_TOO_LONG}"),
        (b"<p>\n{{ lipsum(n=10 ** 9) }}", f"404.html, line 2: {_TOO_LONG}"),
        (_DOUBLED % b"n.x ~ n.x", f"404.html, line 2: {_TOO_LONG}"),
        (_DOUBLED % b"n.x + n.x", f"404.html, line 2: {_TOO_LONG}"),
        (
            b"{% set x = 'a' * 9999 %}\n{% for i in range(9999) %}{{ x }}{% endfor %}",
            "404.html, line 2: the template cannot be used: its loops print more than 10,000,000 letters on one page",
        ),
    ],
)
def test_a_template_of_a_series_that_cannot_be_used_ends_a_build_in_a_sentence(
    tmp_path: Path, written: bytes, said: str
) -> None:
    (tmp_path / "404.html").write_bytes(written)
    environment = Environment(loader=FileSystemLoader(tmp_path), undefined=StrictUndefined, autoescape=True)
    templatelimits.limit(environment)
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
        ("{% for i in range(99) %}\n{% for j in range(0, 100000000) %}{% endfor %}{% endfor %}", [(2, _TOO_MANY)]),
        ("{{ range(1, 10 ** 9, 0) }}{{ range(1, 5, 0) }}{{ range() }}{{ range(count) }}", []),
    ],
)
def test_faults_of_a_template_are_seen_without_running_it(written: str, said: list[tuple[int, str]]) -> None:
    found = list(templatefaults.in_source(written, lambda name: name == "main.html"))
    assert [line for line, _ in found] == [line for line, _ in said]
    assert all(words in message for (_, message), (_, words) in zip(found, said, strict=True))


@pytest.mark.parametrize(
    "written",
    [
        b"{% for i in range(200) %}\n{% for j in range(i) %}{% endfor %}{% endfor %}",
        b"{% set l = [1] * 99 %}{% for a in l %}\n{% for b in l if b %}{% endfor %}{% endfor %}",
        b"{% macro m(n) %}{% if n %}\n{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
        (
            b"{% set n = n | default(0) + 1 %}{% if n < 40 %}\n{% include ['a', '404.html'] %}"
            b"{% include '404.html' %}{% endif %}"
        ),
    ],
)
def test_what_repeats_without_end_ends_a_build_in_a_sentence(
    tmp_path: Path, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templatelimits, "MOST_STEPS", 9_000)  # a second, of a million
    (tmp_path / "404.html").write_bytes(written)
    environment = Environment(loader=FileSystemLoader(tmp_path), autoescape=True)
    templatelimits.limit(environment)
    said = "404.html, line 2: the template cannot be used: its loops, macros and includes take more than 9,000 steps"
    with pytest.raises(mkdocsbuild.EngineError, match=said), mkdocsbuild._log_to_stderr():
        environment.get_template("404.html").render()


def test_each_page_may_do_as_much_and_usual_templates_are_as_before(tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text(
        "{% import 'parts.html' as parts %}{% for i in range(400000) if i > 399998 %}{{ i }}{% endfor %}"
        "{% for x in 'ab' %}{{ loop.index }}/{{ loop.length }}{{ parts.bold(x) }}{{ '' if loop.last else ', ' }}"
        "{% endfor %}{{ '%03d' % 7 }} {{ 2 ** 10 * 3 + 1 }} {{ 'a' ~ 1 }} {{ [1] + [2] }} "
        "{{ 'x'.center(3) }}{{ '{:>4}'.format(5) }}"
        "{{ ['a', 'b'] | join('-') }} {{ 'a.b' | replace('.', '!') }} {{ 1700000000 | default(-1) }}"
        "{% include 'gone.html' ignore missing %}{% for x in none_such | default([]) %}{% else %} none{% endfor %}",
        encoding="utf-8",
    )
    (tmp_path / "parts.html").write_text("{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}", encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(tmp_path), undefined=StrictUndefined, autoescape=True)
    templatelimits.limit(environment)
    said = "3999991/2<b>a</b>, 2/2<b>b</b>007 3073 a1 [1, 2]  x    5a-b a!b 1700000000 none"
    assert [environment.get_template("main.html").render() for _ in range(3)] == [said] * 3


@pytest.mark.parametrize(
    ("templates", "place"),
    [
        ({"main.html": ""}, ("theme/main.html", 1)),
        ({"main.html": "<h1>Our club</h1>"}, ("theme/main.html", 1)),
        ({"main.html": "{% extends 'base.html' %}\n\n{% block content %}Hi{% endblock %}"}, ("theme/main.html", 3)),
        ({"main.html": "{% extends 'base.html' %}\n{% block container %}{% endblock %}"}, ("theme/main.html", 2)),
        ({"base.html": "{% if page.content %}{% block content %}{% endblock %}{% endif %}"}, ("theme/base.html", 1)),
        ({"partials/content.html": "<p>Soon.</p>"}, ("theme/partials/content.html", 1)),
        (
            {"main.html": "{% extends 'ours.html' %}", "ours.html": "{% block content %}{% endblock %}"},
            ("theme/main.html", 1),
        ),
    ],
)
def test_a_template_with_which_no_page_shows_its_text_is_a_problem(
    templates: dict[str, str], place: tuple[str, int], tmp_path: Path
) -> None:
    (problem,) = theme_problems(tmp_path, templates)
    assert (problem.path, problem.line, problem.code) == (*place, "template-error")
    assert "no page shows its text" in problem.message


@pytest.mark.parametrize(
    "templates",
    [
        {"main.html": "{% extends 'base.html' %}{% block content %}<p>Hi</p>{{ super() }}{% endblock %}"},
        {"main.html": "{% extends 'base.html' %}{% block announce %}Hi{% endblock %}"},
        {"main.html": "<html><body>{{ page.content }}</body></html>"},
        {"main.html": "{% extends 'ours.html' %}", "ours.html": "{% include 'partials/content.html' %}"},
        {"main.html": "{% extends layout %}"},
        {"main.html": "{% set text = page.content %}{{ text }}"},
        {"partials/content.html": "{{ page.content }}", "main.html": "{% extends 'base.html' %}"},
        {"404.html": "<h1>Gone</h1>"},
    ],
)
def test_a_template_that_shows_the_text_of_pages_is_none(templates: dict[str, str], tmp_path: Path) -> None:
    assert theme_problems(tmp_path, templates) == []


@pytest.mark.parametrize("part", ["<!-- our header", "<script>", '<STYLE media="print">\n<p>', "<title>Our club"])
def test_what_browsers_hide_to_the_end_of_the_page_is_a_problem(part: str, tmp_path: Path) -> None:
    (problem,) = theme_problems(tmp_path, {"partials/header.html": f"<script></script>\n<!-- a -->{part}\n<p>x</p>"})
    assert (problem.path, problem.line) == ("theme/partials/header.html", 2)
    assert "is never closed" in problem.message


def theme_problems(root: Path, templates: dict[str, str]) -> list[Problem]:
    for name, source in templates.items():
        path = root / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return list(themefiles.problems(root, ["theme"]))
