"""A field of a YAML text is replaced whole, in whatever form it was written; a comment behind it stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casebuilder.editorial.curation.yamledits import Edits, Folded, emitted, one_space
from casebuilder.readers import yamltext

#: Every sign that means something in YAML.
_SIGNS = ["#", "#4", "Ward", "é", ":", "mail:", '"', "'", "it's", "\\", "- ", "{", "]", "&a", "|", ">-"]
WORDS = st.lists(st.sampled_from(_SIGNS), min_size=1, max_size=6).map(" ".join).map(one_space)
_HEAD, _TAIL = "- id: one  # first\n- id: two\n", "\n  # of its own\n  last: 'z # z'   # end\n- id: three\n"


def broken(words: str, margin: str) -> str:
    """A text that goes on in a new line at each space."""
    return words.replace(" ", f"\n{margin}")


#: How a value can be written. None if these words cannot be.
STYLES = {
    "plain": lambda _: "Ward four",
    "plain over lines": lambda _: "Ward\n      four - #4 not\n      'a comment",
    "single": lambda words: "'" + words.replace("'", "''") + "'",
    "single over lines": lambda words: broken("'" + words.replace("'", "''") + "'", "      "),
    "double": json.dumps,
    "double over lines, without a margin": lambda words: broken(json.dumps(words, ensure_ascii=False), " "),
    "folded": lambda words: f">-REMARK\n      {words}",
    "literal": lambda words: f"|+2REMARK\n      # {words}\n\n      {words}",
    "tagged": lambda words: f"&anchor {json.dumps(words)}",
    "list": lambda words: json.dumps([words, "]"], ensure_ascii=False),
    "list over lines": lambda words: json.dumps([words, "] # no comment"], indent=6),
    "braces": lambda words: json.dumps({"a": words, "b": {"c": words}}, ensure_ascii=False),
    "fields": lambda words: f"REMARK\n      a: {json.dumps(words)}\n      b: 'x # y'",
    "nothing": lambda _: "",
}


def written(style: str, words: str, remark: str) -> str:
    """A text with a field in one style, and fields above and below it."""
    value = STYLES[style](words)
    if style == "plain over lines":
        value = value.replace(" - #4", " -#4")
    value = value.replace("REMARK", remark) if "REMARK" in value else value + remark
    space = " " if value.strip() == value and value else ""
    return f"{_HEAD}  name:{space}{value}{_TAIL}"


@settings(max_examples=12, deadline=None)
@given(old=WORDS, new=WORDS, remark=st.sampled_from(["", '  # it\'s "said": #4', "\t# a"]), long=st.booleans())
@example(old="Ward #4", new="Ward four", remark="", long=False)
@example(old='mail #12: "yes"', new="mail #13", remark="  # by post", long=False)
@pytest.mark.parametrize("style", STYLES)
def test_a_value_of_any_style_is_replaced_whole(style: str, old: str, new: str, remark: str, long: bool) -> None:  # noqa: FBT001 - drawn
    text = written(style, old, remark)
    document, problems = yamltext.read(text, "")
    if document is None or (problems and style != "tagged"):
        return  # these words cannot be written in this style
    edits = Edits(text, document.origin)
    edits.put((1, "name"), Folded(new) if long else new)
    first, *others = emitted("name", Folded(new) if long else new, 2)
    assert edits.result() == _HEAD + "\n".join([first + remark, *others]) + _TAIL
    again, problems = yamltext.read(edits.result(), "")
    assert again is not None
    assert not problems
    assert again.value == [{"id": "one"}, {"id": "two", "name": new, "last": "z # z"}, {"id": "three"}]
    edits = Edits(text, document.origin)
    edits.put((1, "name"), None)
    assert edits.result() == _HEAD.rstrip("\n") + _TAIL
