"""Words in another script: marked with what their letters tell, and with nothing that they do not."""

from __future__ import annotations

import pytest

from casebuilder.writingsystems import is_leftward, is_leftward_script, marked

_LEILA = "ليلى منصور"


@pytest.mark.parametrize(
    ("language", "given", "made"),
    [
        ("en", "<p>By สมชาย วงศ์สุวรรณ.</p>", '<p>By <span lang="th">สมชาย วงศ์สุวรรณ</span>.</p>'),
        ("en", "<li>अनुराधा, MD</li>", '<li><span lang="und-Deva">अनुराधा</span>, MD</li>'),
        ("en", "<p>She is 李小龍.</p>", '<p>She is <span lang="und-Hani">李小龍</span>.</p>'),
        ("en", "<p>It says 日本語です.</p>", '<p>It says <span lang="ja">日本語です</span>.</p>'),
        ("en", "<p>It says ᮘᮞ ᮞᮥᮔ᮪ᮓ.</p>", '<p>It says <span lang="und-Sund">ᮘᮞ ᮞᮥᮔ᮪ᮓ</span>.</p>'),
        ("en", "<p>It says ꯃꯤꯇꯩꯂꯣꯟ.</p>", '<p>It says <span lang="und-Mtei">ꯃꯤꯇꯩꯂꯣꯟ</span>.</p>'),
        ("en", "<p>Her name is 𠮷𡈽.</p>", '<p>Her name is <span lang="und-Hani">𠮷𡈽</span>.</p>'),
        ("en", "<p>It has ࡰࡱ in it.</p>", '<p>It has <span lang="und-Arab" dir="rtl">ࡰࡱ</span> in it.</p>'),
        ("en", "<p>It says ߒߞߏ.</p>", '<p>It says <span lang="und-Nkoo" dir="rtl">ߒߞߏ</span>.</p>'),
        (
            "en",
            "<p>ଓଡ଼ିଆ, ꦗꦮ, བོད་.</p>",
            '<p><span lang="or">ଓଡ଼ିଆ</span>, <span lang="und-Java">ꦗꦮ</span>, <span lang="und-Tibt">བོད་</span>.</p>',
        ),
        (
            "en",
            "<p>He said 「李小龍、王」 twice.</p>",
            '<p>He said 「<span lang="und-Hani">李小龍、王</span>」 twice.</p>',
        ),
        (
            "en",
            "<p>In ٣ words: नमस्ते।</p>",
            '<p>In <span lang="und-Arab" dir="rtl">٣</span> words: <span lang="und-Deva">नमस्ते।</span></p>',
        ),
        (
            "en",
            "<p>A и\u0306ти here, ｶﾀｶﾅ there.</p>",
            '<p>A <span lang="und-Cyrl">и\u0306ти</span> here, <span lang="ja">ｶﾀｶﾅ</span> there.</p>',
        ),
        (
            "en",
            "<p>It is الميسّر or हिन्दी\u0951.</p>",
            '<p>It is <span lang="und-Arab" dir="rtl">الميسّر</span> or <span lang="und-Deva">हिन्दी\u0951</span>.</p>',
        ),
        ("sr-Latn", "<p>Reč реч.</p>", "<p>Reč реч.</p>"),
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
        ("su-Sund", "<p>ᮞᮥᮔ᮪ᮓ</p>"),
        ("mni", "<p>ꯃꯤꯇꯩ</p>"),
        ("en", "<p>⠃⠗ 👍🏽 🇮🇪 ℵ № 10 µg ﬁt 5’–10″</p>"),
    ],
)
def test_what_needs_no_mark_is_left_alone(language: str, html: str) -> None:
    assert marked(html, language) == html


def test_the_direction_is_that_of_unicodes_tables() -> None:
    leftward = ["Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Syrc"]
    assert list(filter(is_leftward_script, (*leftward, "Latn", "Thai", ""))) == leftward
    assert "".join(filter(is_leftward, "a1 «ש» \u05b8 ل ٣ ߒ 𞤀 ไ")) == "שلߒ𞤀"
