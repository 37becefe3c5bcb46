"""Words in another script: marked with what their letters tell, and with nothing that they do not."""

from __future__ import annotations

import pytest

from casebuilder.scripts import marked

_LEILA = "ليلى منصور"


@pytest.mark.parametrize(
    ("language", "given", "made"),
    [
        ("en", "<p>By สมชาย วงศ์สุวรรณ.</p>", '<p>By <span lang="th">สมชาย วงศ์สุวรรณ</span>.</p>'),
        ("en", "<li>अनुराधा, MD</li>", '<li><span lang="und-Deva">अनुराधा</span>, MD</li>'),
        ("en", "<p>She is 李小龍.</p>", '<p>She is <span lang="und-Hani">李小龍</span>.</p>'),
        ("en", "<p>It says 日本語です.</p>", '<p>It says <span lang="ja">日本語です</span>.</p>'),
        ("en", f"<p>We asked {_LEILA}.</p>", f'<p>We asked <span lang="und-Arab" dir="rtl">{_LEILA}</span>.</p>'),
        ("en", f"<p>{_LEILA}: no.</p>", f'<p lang="und-Arab" dir="rtl">{_LEILA}: no.</p>'),
        ("en", f'<p class="name">{_LEILA}</p>', f'<p class="name"><span lang="und-Arab" dir="rtl">{_LEILA}</span></p>'),
        (
            "en",
            f"<ul><li>{_LEILA} {_LEILA}</li><li>Yes</li></ul>",
            f'<ul lang="und-Arab" dir="rtl"><li>{_LEILA} {_LEILA}</li><li lang="en" dir="ltr">Yes</li></ul>',
        ),
    ],
)
def test_words_in_another_script_are_marked(language: str, given: str, made: str) -> None:
    assert marked(given, language) == made


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("en", "<p>5 μg of a β-lactam, Δ = 2</p>"),
        ("en", '<p lang="th">สมชาย</p>'),
        ("en", '<img alt="สมชาย">'),
        ("en", "<head><title>สมชาย</title></head>"),
        ("th", "<p>สมชาย</p>"),
        ("ar-EG", f"<p>{_LEILA}, MD</p>"),
        ("en", "<p>Wanjirũ Kamau, Adéyẹmí, Łukasz</p>"),
    ],
)
def test_what_needs_no_mark_is_left_alone(language: str, html: str) -> None:
    assert marked(html, language) == html
