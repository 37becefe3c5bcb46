"""The parser of authors' Markdown: CommonMark, GitHub's extensions and casebuilder's own.

markdown-it-py keeps the lines of blocks, but not the places of inline elements. So its inline rules are wrapped to
store an offset in each token; `sourcepositions` converts offsets to lines and columns.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.gfm import gfm_plugin

from casebuilder.markdown import bareaddresses, blockrules, headingids, tags, unreadsigns, wrappedlinks
from casebuilder.markdown.allowed import SETTINGS
from casebuilder.markdown.tagproblems import OPEN_COMMENT, complaint, ignored
from casebuilder.markdown.unreadsigns import note_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    Inline = Callable[[StateInline, bool], bool]

#: How deep elements may be nested for the parser; `document` refuses texts long before, and would be wrong not to:
#: beyond this depth the parser drops words.
NESTING = 100
#: Where the inside of a line is looked at more closely: only at signs at which a rule begins. The parser's own
#: list has the hyphen and each "w" in it, and takes half as long again.
_STOPS = re.compile(r"[\n!$&*+:<=@\[\\\]^_`{~【]|%(?=%)|w(?=ww\.)")
#: What makes it worth while to read the inside of a block; most paragraphs of a story have nothing of it.
_MARKED = re.compile(r"[!$&*+<=@\[\\\]^_`{~\t【]|%%|:(?!\s)|www\.|  \n| \Z")
_CITATION = re.compile(r"\[@(?P<id>[A-Za-z0-9][\w.-]*+)\]")
_ATTRIBUTES = re.compile(r"\{:(?P<words>[^{}\n]*)\}")
#: Settings right after a link or a picture, as Pandoc has them.
_AFTER_LINK = re.compile(r"(?<=\))\{(?P<words>[^{}:\n][^{}\n]*)\}")
#: Only these begin an address in angle brackets; `<Dr:Smith>` is text.
_AUTOLINK = re.compile(r"<(?:https?://|mailto:|[\w.!#$%&'*+/=?^`{|}~-]+@)", re.IGNORECASE)
#: The sign at which each rule begins, and the one without which it cannot end: the parser looks to the end of a text
#: for it, from each beginning.
_BEGINS = {
    "link": "[", "image": "!", "autolink": "<", "html_inline": "<", "citation": "[", "attributes": "{",
    "footnote_ref": "[", "backticks": "`", "gfm_autolink_www": "w", "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
}  # fmt: skip
_CLOSES = {"link": "]", "image": "]", "citation": "]", "footnote_ref": "]"}
#: How many brackets a paragraph and a text may open; each costs the parser a look at what may stand within it.
_MOST_IN_BLOCK, _MOST_IN_TEXT = 1500, 10_000
#: How deep the inside of a line is looked into; beyond it brackets are text.
_INNER_NESTING = 40
#: More characters than the protocol of a bare address has.
_LAST = 20
_BARE = {"gfm_autolink_protocol": ("http", "https", "mailto"), "gfm_autolink_email": ()}
_ADDRESSES = ("gfm_autolink_www", "gfm_autolink_protocol")


@cache
def parser() -> MarkdownIt:
    """Return the parser, which keeps no state between texts."""
    markdown = MarkdownIt("commonmark").use(gfm_plugin)
    markdown.options["maxNesting"] = NESTING
    markdown.options["strikethrough_single_tilde"] = False
    markdown.options["html"] = True
    markdown.options["store_labels"] = True
    # All addresses are parsed, so that a rule can explain what is wrong; `linktargets` decides which are printed.
    setattr(markdown, "validateLink", lambda url: True)  # noqa: B010, ARG005 - the parser asks this attribute of its own
    markdown.disable("footnote_tail")
    markdown.block.ruler.at("html_block", blockrules.html, {"alt": ["paragraph", "reference", "blockquote"]})
    markdown.block.ruler.before(
        "fence", "quote", blockrules.quote, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    markdown.block.ruler.before(
        "reference", "abbreviation", blockrules.abbreviation, {"alt": ["paragraph", "reference"]}
    )
    markdown.inline.terminator_re = _STOPS
    markdown.core.ruler.before("inline", "heading_ids", headingids.name)
    markdown.core.ruler.at("inline", _parse_inline)
    rules = markdown.inline.ruler
    rules.at("html_inline", _parse_html)
    rules.before("link", "citation", _parse_citation)
    rules.before("link", "attributes", _parse_attributes)
    rules.after("link", "wrapped_link", _parse_wrapped_link)
    rules.after("text", "notation", unreadsigns.report_notation)
    rules.push("unread", unreadsigns.report_unread)
    for name in _BEGINS:
        rules.at(name, _with_offsets(name, _rule_by_name(markdown, name)))
    return markdown


def _rule_by_name(parser: MarkdownIt, name: str) -> Inline:
    """Return a rule of the parser by name, for which there is no public method."""
    return next(rule.fn for rule in parser.inline.ruler.__rules__ if rule.name == name)


def _with_offsets(name: str, rule: Inline) -> Inline:
    """Wrap a rule so that it stores where it begins and ends in each of its tokens."""
    sign, closing = _BEGINS[name], _CLOSES.get(name, "")
    applied = _at_end(rule) if _BARE.get(name) else rule
    applied = _before_break(applied) if name in _ADDRESSES else applied

    def rule_with_offsets(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
        start, tokens_before = state.pos, len(state.tokens)
        if state.src[start] != sign or (closing and tags.last(state.src, closing) < start):
            return False
        if name == "autolink" and not _AUTOLINK.match(state.src, start):
            return False
        if name in _BARE and not _may_be_bare(state, _BARE[name]):
            return False
        if not applied(state, silent):
            return False
        if not silent:
            tokens = state.tokens[tokens_before:]
            for token in tokens:
                token.meta.setdefault("at", _bare_start(state, token, start))
                token.meta.setdefault("until", state.pos)
            if name in _ADDRESSES:
                bareaddresses.unescape(state, tokens)
        return True

    return rule_with_offsets


def _at_end(rule: Inline) -> Inline:
    """Return a rule that sees only the end of the text before it, where the protocol of a bare address stands.

    The plugin's own searches all of that text at each colon.
    """

    def rule_at_end(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
        tokens_before, before, last = len(state.tokens), state.pending[:-_LAST], state.pending[-_LAST:]
        state.pending = last
        if not rule(state, silent):
            state.pending = before + last
            return False
        if before:  # what is left of `last` became a token
            state.tokens[tokens_before].content = before + state.tokens[tokens_before].content
        return True

    return rule_at_end


def _before_break(rule: Inline) -> Inline:
    """Return a rule that does not see a backslash at the end of a line."""

    def rule_before_break(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
        with bareaddresses.before_break(state):
            return rule(state, silent)

    return rule_before_break


def _may_be_bare(state: StateInline, protocols: tuple[str, ...]) -> bool:
    """Return whether a bare address can be here; the plugin's own test copies the line, which is too slow."""
    source, at = state.src, state.pos
    if protocols:
        return source[max(0, at - 6) : at].lower().endswith(protocols)
    return at > 0 and (source[at - 1].isalnum() or source[at - 1] in ".+-_") and source[at + 1 : at + 2].isalnum()


def _bare_start(state: StateInline, token: Token, start: int) -> int:
    """Return the start of a bare address, which the parser recognises only at its colon or @."""
    if token.type != "link_open" or token.info != "auto":
        return start
    text = next((other.content for other in reversed(state.tokens) if other.type == "text"), "")
    address_start = state.pos - len(text)
    return address_start if state.src.startswith(text, max(address_start, 0)) else start


def _parse_inline(state: StateCore) -> None:
    """Parse the inline content of each block; `env["within"]` is the text whose offsets have a place in the file."""
    opened = 0
    state.md.options["maxNesting"] = _INNER_NESTING
    for number, token in enumerate(state.tokens):
        if token.type == "inline":
            token.children = token.children or []
            if not _MARKED.search(token.content):
                token.children += _plain_tokens(token.content)
                continue
            count = token.content.count("[")
            opened += count
            if count > _MOST_IN_BLOCK or opened > _MOST_IN_TEXT:
                message = "there are too many opening square brackets here to read them all as links"
                hint = "delete those that are no links, or write some of it in a file of its own"
                state.env.setdefault("found", []).append((number, 0, "unsupported-syntax", message, hint))
                break
            state.env["within"], state.env["number"] = token.content, number
            state.md.inline.parse(token.content, state.md, state.env, token.children)
    state.md.options["maxNesting"] = NESTING


def _plain_tokens(content: str) -> Iterator[Token]:
    """Return the tokens of inline content without any Markdown: its lines."""
    for number, line in enumerate(content.split("\n")):
        if number:
            yield Token("softbreak", "br", 0)
        text = Token("text", "", 0)
        text.content = line.strip(" ")
        yield text


# ------------------------------------------------------------------ within a line


def _parse_html(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Parse an allowed tag, or a comment, which is dropped; anything else after "<" is text."""
    if state.src[state.pos] != "<":
        return False
    tag = tags.read(state.src, state.pos)
    if tag is not None and tag.end > state.posMax:
        return False
    if tag is None or tag.kind in {tags.Kind.REFUSED, tags.Kind.STRAY}:
        source = state.src[state.pos : tag.end] if tag is not None else ""
        silent = silent or state.env.get("found_until", (-1, -1)) > (state.env["number"], state.pos)
        if tag is not None and not silent and (problem := complaint(tag, source, state.env["refused"])):
            note_problem(state, *problem)
        elif tag is None and not silent and state.src.startswith("<!--", state.pos):
            note_problem(state, *OPEN_COMMENT)
        return False
    if not silent:
        token = state.push("html_tag" if tag.kind is not tags.Kind.COMMENT else "html_comment", "", 0)
        token.content = state.src[state.pos : tag.end]
        token.meta["found"] = tag
        if tag.ignored and (problem := ignored(tag, state.env["refused"])):
            note_problem(state, *problem)
        if tag.name == "a":
            state.linkLevel += 1 if tag.kind is tags.Kind.OPEN else -1
    state.pos = tag.end
    return True


def _parse_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Parse `[@id]`."""
    match = _CITATION.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not match:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match.group()
        token.meta["id"] = match["id"]
    state.pos = match.end()
    return True


def _parse_attributes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Parse `{: lang=fr }` after a word or at the end of a block."""
    if state.src[state.pos] != "{":
        return False
    match = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if not match:
        match = _AFTER_LINK.match(state.src, state.pos, state.posMax)
        if not match or not re.fullmatch(SETTINGS, match["words"]):
            return False
    if not silent:
        state.push("attributes", "", 0).content = match["words"]
    state.pos = match.end()
    return True


def _parse_wrapped_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Parse a link whose address is broken over lines."""
    start = state.pos
    if (
        state.src[start] != "["
        or tags.last(state.src, "\n") < start
        or not (problem := wrappedlinks.parse(state, silent))
    ):
        return False
    if not silent:
        end, state.pos = state.pos, start
        note_problem(state, *problem)
        state.pos = end
    return True
