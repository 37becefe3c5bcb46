"""Fields are plain text: tags and signs of Markdown in them are reported, with the text that is meant."""

from __future__ import annotations

import pytest

from casebuilder.checks import plainfields


@pytest.mark.parametrize(
    ("written", "sign", "meant"),
    [
        ("The *chart* is gone", "*chart*", "The chart is gone"),
        ("Where is **the chart**?", "**the chart**", "Where is the chart?"),
        ("It is _not_ here", "_not_", "It is not here"),
        ("<i>S. aureus</i> and CO<sub>2</sub>", "<i>", "S. aureus and CO₂"),
        ("Ca<sup>2+</sup> in cells", "<sup>", "Ca²⁺ in cells"),
        ("Ünïcode <b>title</b>", "<b>", "Ünïcode title"),
        ("One<br/>two", "<br/>", "One two"),
        ("See [the paper](https://example.org/a)", "[the paper](https://example.org/a)", "See the paper"),
        ("Type `check` first", "`check`", "Type check first"),
    ],
)
def test_the_plain_text_of_a_field_with_signs_has_none(written: str, sign: str, meant: str) -> None:
    match = plainfields.first_sign(written)
    assert match
    assert match[0] == sign
    assert plainfields.without_signs(written) == meant
    assert not plainfields.first_sign(meant)


@pytest.mark.parametrize(
    "value",
    ["p < 0.05", "a < b and c > d", "2*3*4", "5 * 3 * 2", "[sic]", "[1]", "#1", "CYP2D6*4/*4", "snake_case_name",
     "HLA-B*57:01 and HLA-B*15:02", "*p < 0.05, **p < 0.01", "https://example.org/a_b_c", "Na<K and Cl>100",
     "f(x)*g(x)", "[a](b c)"],
)  # fmt: skip
def test_signs_that_belong_to_a_field_are_left_alone(value: str) -> None:
    assert not plainfields.first_sign(value)
