"""Authors' Markdown: one parser, one tree, and everything else from that tree.

Rules, readers and `publish` use `facts` and `findings`; `rendered` returns the sanitised HTML of a piece.
"""

from __future__ import annotations

from markdown_it.token import Token

from casebuilder.markdown.blockchecks import NO_WORDS
from casebuilder.markdown.headingids import element_id, plain_id
from casebuilder.markdown.linktargets import Kind, Target, is_note_mark, picture, picture_on_web, resolve
from casebuilder.markdown.outlines import Citation, Heading, Link, Outline, Picture, QuotePlace
from casebuilder.markdown.parserproblems import Finding
from casebuilder.markdown.sanitiser import reduced, sanitised
from casebuilder.markdown.sectioning import facts, findings, sections, tokens, whole

__all__ = [
    "NO_WORDS",
    "Citation",
    "Finding",
    "Heading",
    "Kind",
    "Link",
    "Outline",
    "Picture",
    "QuotePlace",
    "Target",
    "Token",
    "element_id",
    "facts",
    "findings",
    "is_note_mark",
    "picture",
    "picture_on_web",
    "plain_id",
    "reduced",
    "resolve",
    "sanitised",
    "sections",
    "tokens",
    "whole",
]
