"""Render a text's tokens as HTML, with only the tags of the tables in `allowed`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html import escape
from inspect import getmembers, isfunction
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it.renderer import RendererHTML

from casebuilder.markdown import githubhtml, linkaddresses, linktargets, sectioning
from casebuilder.markdown.allowed import TRANSPARENT
from casebuilder.markdown.headingids import element_id
from casebuilder.markdown.htmlparts import aligned, common, letter, link_words, tells
from casebuilder.markdown.parser import parser
from casebuilder.markdown.tags import Kind as Tag
from casebuilder.markdown.textfacts import outline
from casebuilder.text import message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from casebuilder.markdown.document import Note
    from casebuilder.model import Prose

_SHOWN = frozenset(("text", "code_inline", "abbreviation", "image", "link_open"))


@dataclass(frozen=True, slots=True)
class Place:
    """Facts about the output that rendering needs.

    Attributes:
        numbers: the number of each reference, by id.
        translate: translates a word of the interface into the reader's language.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    translate: Callable[[str], str] = str


def html(prose: Prose, place: Place, tokens: Sequence[Token] | None = None) -> str:
    """Return a piece of prose as HTML, not yet sanitised, with its footnotes at the end.

    Args:
        prose: the piece.
        place: facts about the output.
        tokens: the part of the piece to render (default: all of it).
    """
    writer = _Writer(prose, place)
    rendered = writer.write(sectioning.tokens(prose) if tokens is None else tokens)
    return rendered + writer.notes()


class _Writer(RendererHTML):
    """Renders tokens; each method has the name of a token type, as in the parser's own renderer."""

    def __init__(self, prose: Prose, place: Place) -> None:
        self.rules = {name: getattr(self, name) for name in _token_types()}
        self._prose = prose
        self._place = place
        self._links: list[bool] = []
        self._hidden_words = False
        self._noted: dict[str, int] = {}
        self._name = element_id(prose.path)

    def write(self, tokens: Sequence[Token]) -> str:
        """Return the HTML of tokens."""
        return self.render(tokens, parser().options, {})

    def notes(self) -> str:
        """Return the footnotes that the text refers to, each with a link back."""
        used_notes = sectioning.notes(self._prose, self._noted)
        if not used_notes:
            return ""
        items = "".join(map(self._write_note, used_notes))
        return f'<ol class="notes" type="a" start="{used_notes[0].number + 1}">\n{items}</ol>\n'

    def _write_note(self, note: Note) -> str:
        label = escape(self._place.translate(message("Back to the text")))
        link = f' <a href="#{self._anchor_id("from", note.label)}" aria-label="{label}">↑</a>'
        rendered = self.write(note.tokens).rstrip()
        if self._noted.get(note.label, 0):
            rendered = (
                f"{rendered.removesuffix('</p>')}{link}</p>"
                if rendered.endswith("</p>")
                else f"{rendered}<p>{link}</p>"
            )
        return f'<li id="{self._anchor_id("note", note.label)}">{rendered}</li>\n'

    def _anchor_id(self, kind: str, label: str) -> str:
        number = sectioning.document(self._prose).notes[label].number
        suffix = "-from" if kind == "from" else ""
        first = self._prose.line
        # Each part of a text has its notes below it: one that an earlier part has, too, needs another id on their page.
        again = f"-{first}" if any(name == label and at < first for name, at in self._references()) else ""
        return f"note-{self._name}-{letter(number)}{again}{suffix}"

    def _references(self) -> list[tuple[str, int]]:
        """Return the label and the line of each reference to a note in the whole text."""
        return [(label, line) for label, line, _ in outline(self._prose.whole).noted]

    # ---------------------------------------------------------------- the parser's tokens

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the letter of a footnote, as a link; the link back leads to the first of several."""
        del options, env
        label = tokens[idx].meta["label"]
        note = sectioning.document(self._prose).notes.get(label)
        if note is None:
            return escape(f"[^{label}]")
        first = not self._noted.get(label)
        self._noted[label] = self._noted.get(label, 0) + 1
        name = f' id="{self._anchor_id("from", label)}"' if first else ""
        title = escape(self._place.translate(message("Note")))
        mark = letter(note.number)
        link = f'<a href="#{self._anchor_id("note", label)}" title="{title} {mark}">{mark}</a>'
        return f"<sup{name}>{self._comma_after_mark(tokens, idx)}{link}</sup>"

    def citation(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the number of a reference, as a link; an unknown one unchanged."""
        del options, env
        token = tokens[idx]
        number = self._place.numbers.get(token.meta["id"])
        if not number:
            return escape(token.content)
        title = escape(self._place.translate(message("Reference %(number)s")) % {"number": number})
        link = f'<a href="#reference-{escape(token.meta["id"])}" title="{title}">{number}</a>'
        return f"<sup>{self._comma_after_mark(tokens, idx)}{link}</sup>"

    def _comma_after_mark(self, tokens: Sequence[Token], idx: int) -> str:
        """Return a comma if another raised number or letter stands right before: 2 and 3 would be read as 23."""
        before = tokens[idx - 1] if idx else None
        follows_mark = before is not None and (
            (before.type == "citation" and bool(self._place.numbers.get(before.meta["id"])))
            or (before.type == "footnote_ref" and before.meta["label"] in sectioning.document(self._prose).notes)
        )
        return "," if follows_mark else ""

    def abbreviation(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return an abbreviation with its meaning."""
        if self._hidden_words:
            return self.text(tokens, idx, options, env)
        return f'<abbr title="{escape(tokens[idx].meta["title"])}">{escape(tokens[idx].content)}</abbr>'

    def task(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the box of a task, which says whether it is done."""
        del options, env
        return githubhtml.task_box(self._place.translate, done=tokens[idx].meta["checked"])

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open an entry of a list; a task's box is a token of its own."""
        del options, env
        return f"<li{common(tokens[idx])}>"

    def bullet_list_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a list."""
        del options, env
        return f"<ul{common(tokens[idx])}>\n"

    def ordered_list_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a numbered list, which may begin at any number."""
        del options, env
        start = tokens[idx].attrs.get("start")
        start_attribute = "" if start is None else f' start="{start}"'
        return f"<ol{common(tokens[idx])}{start_attribute}>\n"

    def alert_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open GitHub's alert: a quotation with a title that says what it is."""
        del tokens, idx, options, env
        return '<blockquote class="alert">\n'

    def alert_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close an alert."""
        del tokens, idx, options, env
        return "</blockquote>\n"

    def alert_title_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open an alert's title."""
        del tokens, idx, options, env
        return "<p>"

    def alert_title(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Write the title of an alert, in the reader's language."""
        del options, env
        return f"<strong>{escape(githubhtml.alert_title(self._place.translate, tokens[idx].content))}</strong>"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open the head of a column; one without words, as above the names of rows, is no head."""
        del options, env
        return f'<th scope="col"{aligned(tokens[idx])}>' if tokens[idx + 1].content else "<td>"

    def th_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close the head of a column."""
        del options, env
        return "</th>\n" if tokens[idx - 1].content else "</td>\n"

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a cell."""
        del options, env
        return f"<td{aligned(tokens[idx])}>"

    def hr(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return a rule, if something stands above it, and something else than the text's notes below it."""
        del options, env
        is_above_notes = idx + 1 == len(tokens) and bool(self._noted)
        return "" if idx == 0 or tokens[idx - 1].type == "hr" or is_above_notes else "<hr />\n"

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a heading, with the name under which links of the series find it."""
        del options, env
        token = tokens[idx]
        mark = token.meta.get("mark", "")
        name = f' id="text-{self._name}-{mark}"' if mark else ""
        return f"<{token.tag}{name}{common(token)}>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Write fenced code; its language makes no difference here."""
        del options, env
        return f"<pre><code>{escape(tokens[idx].content, quote=False)}</code></pre>\n"

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Write a block of HTML, whose tags were parsed with the text."""
        return self.renderInline(tokens[idx].children or [], options, env) + "\n"

    def html_tag(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Write a tag that the table allows."""
        del options, env
        tag = tokens[idx].meta["found"]
        if tag.name in TRANSPARENT:
            return ""
        if tag.kind is Tag.CLOSE:
            return f"</{tag.name}>"
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in tag.attributes.items())
        return f"<{tag.name}{attributes}>"

    def quote_place(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return "": callers that print quotes split the text here."""
        del tokens, idx, options, env
        return ""

    # ---------------------------------------------------------------- links and pictures

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return a link if its target is public; otherwise only its words are printed."""
        del options, env
        token = tokens[idx]
        href = str(token.attrs.get("href", ""))
        address = linkaddresses.address_in(self._prose, href)
        if unquote(address) == unquote(href) and linktargets.is_note_mark(link_words(tokens, idx), href):
            address = ""
        self._links.append(bool(address))
        self._hidden_words = not address and tells(tokens, idx)
        title = f' title="{escape(str(token.attrs["title"]))}"' if token.attrs.get("title") else ""
        return f'<a href="{escape(address)}"{title}{common(token)}>' if address else ""

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close a link."""
        del tokens, idx, options, env
        self._hidden_words = False
        return "</a>" if self._links and self._links.pop() else ""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return text; a bare address of a page that is not public yet is replaced, because it would reveal it."""
        del options, env
        if not self._hidden_words:
            return escape(tokens[idx].content, quote=False)
        first = next((at for at in range(idx - 1, -1, -1) if tokens[at].type in _SHOWN), None)
        is_first = first is None or tokens[first].type == "link_open"
        return escape(self._place.translate(message("a page that is not published yet"))) if is_first else ""

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return inline code, which may also contain such an address."""
        return (
            self.text(tokens, idx, options, env)
            if self._hidden_words
            else super().code_inline(tokens, idx, options, env)
        )

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return a picture of the series; of one on another site a link, or only its words within another link."""
        token = tokens[idx]
        if self._hidden_words:
            return self.text(tokens, idx, options, env)
        alternative = self.renderInlineAsText(token.children, options, env)
        source = str(token.attrs.get("src", ""))
        if address := linktargets.picture_on_web(source):
            shown = escape(alternative.strip() or linktargets.name_on_web(address), quote=False)
            return shown if any(self._links) else f'<a href="{escape(address)}">{shown}</a>'
        path = linktargets.picture(self._prose.path, source)
        if not path or linktargets.is_elsewhere(path):
            return escape(alternative)
        return f'<img src="picture:{escape(path)}" alt="{escape(alternative)}"{common(token)}>'


@cache
def _token_types() -> tuple[str, ...]:
    """Return the types of tokens that have a method; the parser's own renderer looks for them each time it is made."""
    return tuple(name for name, _ in getmembers(_Writer, isfunction) if not name.startswith(("render", "_")))
