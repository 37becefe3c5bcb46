"""The table of what other programs leave in a text that is copied from them: fields, marks of comments, signatures."""

from __future__ import annotations

from casebuilder.markdown.notation import Notation

_DELETE = "delete it: it would be printed"
_PICTURE = "put the picture into the case's folder, and write ![what it shows](its name); or delete it"
#: Formulas that chemists write in square brackets, as a concentration.
_FORMULAS = "CO2|SO[24]|NO[23]|PO4|NH[34]|HCO3"


def _remnant(sign: str, pattern: str, name: str, hint: str) -> Notation:
    return Notation(sign, pattern, name, hint, "pasted-text")


#: Within a line.
INLINE: tuple[Notation, ...] = (
    _remnant(
        "[",
        r"\[(?:image|photo|picture|video|audio|sticker|gif)(?:: [^\[\]\n]{1,80}| omitted)\](?![(\[:])"
        r"|\[(?:cid:[^\[\]\s]{1,120}|image\d{0,4}\.(?:png|jpe?g|gif|emz|wmf))\](?![(\[:])",
        "the place of a picture in another program",
        _PICTURE,
    ),
    _remnant(
        "[",
        rf"(?-i:\[(?!(?:{_FORMULAS})\])[A-Z]{{2,3}}\d{{1,2}}\](?=[A-Z“]|\[[A-Z]{{2,3}}\d)"
        rf"|(?<=[.!?”])\[(?!(?:{_FORMULAS})\])[A-Z]{{2,3}}\d{{1,2}}\](?!\())",
        "the mark of a comment from Word",
        _DELETE,
    ),
    _remnant(
        "!",
        r"(?-i:(?<=Error)! (?:Reference source not found|Bookmark not defined|Hyperlink reference not valid"
        r"|No text of specified style in document)\.?)",
        "what Word writes for a reference that it has lost, with Error before it",
        "write what it referred to, or delete it",
    ),
    _remnant(
        "{",
        r"(?-i:\{ ?(?:REF|PAGEREF|HYPERLINK|ADDIN|CITATION|SEQ|INCLUDEPICTURE|MERGEFIELD|XE|TC) [^{}\n]{1,200}\})",
        "a field of Word",
        "write its words in its place",
    ),
    _remnant(
        ":",
        r"(?-i:(?<=HYPERLINK \"http):|(?<=HYPERLINK \"https):|(?<=HYPERLINK \"mailto):)[^\"\n]{1,300}\"",
        "the address of a link from Word, with HYPERLINK before it",
        "write [words](address) in place of all of it",
    ),
    Notation(
        "[",
        r"\[(?:insert|your|name of|add|fill in)\b[^\[\]\n]{0,60}\](?![(\[:])",
        "a place that is still to be filled in",
        "write it, or delete it",
        "unfinished-text",
    ),
    _remnant(
        "{",
        r"\{[^{}\n,#]{1,60}, \d{4}[a-z]? #\d{1,6}[^{}\n]{0,120}\}",
        "a citation of EndNote",
        "write [@id], with the id of the work under references",
    ),
)
#: At the start of a paragraph.
LINES: tuple[Notation, ...] = (
    _remnant(
        "SG",
        r"(?-i:Sent from my (?:iPhone|iPad|Samsung|Galaxy|Android|Huawei|phone|mobile)\b[^\n]{0,40}$"
        r"|Get Outlook for (?:iOS|Android)\b)",
        "the signature of an email program",
        _DELETE,
    ),
    Notation("L", r"Lorem ipsum\b", "filler text", "write the text", "unfinished-text"),
    _remnant("F", r"(?-i:Formatted: (?:Font|Indent|Normal|Style|Space|Left|List|Not)\b)", "a note of Word", _DELETE),
    _remnant(
        "\u200eivagsdc",
        r"\u200e?(?:image|video|audio|gif|sticker|document|contact card) omitted[ \t]*$",
        "the place of a picture in a chat",
        _PICTURE,
    ),
)
