"""Authors' Markdown: one parser, one tree, and everything else from that tree.

Rules, readers and `publish` use `facts` and `findings`; `rendered` returns the sanitised HTML of a piece.
"""

from __future__ import annotations

from casebuilder.markdown.headingids import element_id, plain_id
from casebuilder.markdown.keptfacts import FACTS, recall
from casebuilder.markdown.linktargets import Kind, Target, is_note_mark, picture, picture_on_web, resolve
from casebuilder.markdown.outlines import Citation, Heading, Link, Outline, Picture, QuotePlace
from casebuilder.markdown.parserproblems import NO_WORDS, Finding
from casebuilder.markdown.sanitiser import reduced, sanitised
from casebuilder.markdown.sectioning import facts, findings, sections, tokens, whole

__all__ = [
    "FACTS",
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
    "element_id",
    "facts",
    "findings",
    "is_note_mark",
    "picture",
    "picture_on_web",
    "plain_id",
    "recall",
    "reduced",
    "resolve",
    "sanitised",
    "sections",
    "tokens",
    "whole",
]
