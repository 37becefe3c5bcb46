"""Room to write: ruled lines for a pen, or fields of a form for a keyboard."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casebuilder.outputs.packs import pdf

_LEAST_LINES = 5
#: The distance of ruled lines as a multiple of the font size.
_LINE = 1.9


@dataclass(frozen=True, slots=True)
class AnswerSpace:
    """Room to write on one sheet. A field's name stays the same from build to build, so that answers can be collected.

    Attributes:
        fillable: fields in place of lines.
    """

    fillable: bool = False

    def growing_lines(self, name: str, label: str, least: int = _LEAST_LINES) -> Markup:
        """Return at least `least` ruled lines, more where the page has space.

        Or one field of that height, which scrolls.

        Args:
            name: of the field and of the place: "question-2".
            label: the field's accessible name.
            least: lines.
        """
        if self.fillable:
            return _form_field(name, label, least)
        return Markup(pdf.LINE * least + pdf.growth_mark(name))  # noqa: S704 - our own HTML

    def lines(self, count: int, name: str, label: str) -> Markup:
        """Return `count` ruled lines, or a field of that height."""
        return _form_field(name, label, count) if self.fillable else Markup(pdf.LINE * count)  # noqa: S704 - our own HTML

    def growing_space(self, name: str) -> Markup:
        """Return space that grows where its page has room; a field does not."""
        return Markup("" if self.fillable else pdf.growth_mark(name))  # noqa: S704 - our own HTML


def _form_field(name: str, label: str, lines: int) -> Markup:
    """Return a field of a form, as high as its lines would be; its height follows the size in which it is set."""
    if lines == 1:
        return Markup('<input type="text" name="{}" title="{}">').format(name, label)
    height = f"{lines * _LINE:g}em"
    return Markup('<textarea name="{}" title="{}" style="height: {}"></textarea>').format(name, label, height)
