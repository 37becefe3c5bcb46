"""The names and signatures of WeasyPrint that we depend on, and a check that the installed version has them."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.pdf.faults import Fault, PdfError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The version of WeasyPrint that the patches were written for and tested with.
TESTED = "70.0"
#: Functions that are wrapped or called, by module and name, with their parameters.
SIGNATURES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("weasyprint.pdf.tags", "_build_box_tree"): (
        "box", "parent", "pdf", "page_number", "nums", "annotations", "tags",
    ),
    ("weasyprint.pdf.stream", "Stream.marked"): ("self", "box", "tag"),
    ("weasyprint.pdf", "build_fonts_dictionary"): ("pdf", "fonts", "compress", "subset", "options"),
    ("weasyprint.layout.inline", "split_first_line"): (
        "text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum",
    ),
    ("weasyprint.text.line_break", "split_first_line"): (
        "text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum",
    ),
    ("weasyprint.text.line_break", "_font_style_cache_key"): ("style", "include_size"),
    ("weasyprint.layout.preferred", "inline_line_widths"): (
        "context", "box", "outer", "is_line_start", "minimum", "skip_stack", "first_line",
    ),
    ("weasyprint.layout.table", "table_layout"): (
        "context", "table", "bottom_space", "skip_stack", "containing_block", "page_is_empty", "absolute_boxes",
        "fixed_boxes",
    ),
    ("weasyprint", "HTML._ua_stylesheets"): ("self", "forms"),
    ("weasyprint.formatting_structure.boxes", "ParentBox.descendants"): ("self", "placeholders"),
    ("weasyprint.formatting_structure.boxes", "Box.margin_height"): ("self",),
    ("weasyprint.formatting_structure.boxes", "Box.content_box_y"): ("self",),
    ("weasyprint.formatting_structure.boxes", "Box.is_in_normal_flow"): ("self",),
    ("weasyprint.formatting_structure.boxes", "ParentBox.copy_with_children"): ("self", "new_children"),
    ("weasyprint.formatting_structure.boxes", "ParentBox.get_wrapped_table"): ("self",),
    ("weasyprint.formatting_structure.boxes", "LineBox.anonymous_from"): ("parent", "args", "kwargs"),
    ("weasyprint.formatting_structure.boxes", "TextBox.anonymous_from"): ("parent", "args", "kwargs"),
    ("weasyprint.formatting_structure.boxes", "TextBox.copy_with_text"): ("self", "text"),
    ("weasyprint.formatting_structure.boxes", "InlineBox"): ("element_tag", "style", "element", "children"),
}  # fmt: skip
#: Text in WeasyPrint's source that we rely on: calls of wrapped functions, attributes, log messages.
SOURCES: tuple[tuple[str, str], ...] = (
    ("weasyprint.document", "self._page_box = page_box"),
    ("weasyprint.pdf.anchors", "box.link_annotation['Contents'] = pydyf.String(link_target)"),
    ("weasyprint.pdf.tags", "elements = _build_box_tree("),
    ("weasyprint.pdf.tags", "'S': f'/{tag}'"),
    ("weasyprint.pdf.tags", "box.mark = element"),
    ("weasyprint.pdf.tags", "element['A']['RowSpan'] = box.rowspan"),
    ("weasyprint.layout.block", "result = table_layout("),
    ("weasyprint.text.line_break", "style.font_config.strut_layouts"),
    ("weasyprint.formatting_structure.build", "cell.grid_x = grid_x"),
    ("weasyprint.formatting_structure.build", "group.is_header = True"),
    ("weasyprint.pdf.stream", "super().begin_marked_content(tag, property_list)"),
    ("weasyprint.pdf", "build_fonts_dictionary(pdf, document.fonts,"),
    ("weasyprint.pdf.fonts", "self.file_content = "),
    ("weasyprint.pdf.fonts", "ttfont = TTFont("),
    ("weasyprint.pdf.fonts", "self.index = "),
    ("weasyprint.pdf.fonts", "self.to_unicode = {}"),
    ("weasyprint.layout.inline", "= split_first_line("),
    ("weasyprint.css", "html._ua_stylesheets(forms)"),
    ("weasyprint.text.ffi", "\nffi = cffi.FFI()"),
    ("weasyprint.text.ffi", "\npango = _dlopen("),
    ("weasyprint.draw.text", ".notdef glyph rendered for Unicode string"),
    ("pydyf", "self.stream.append(property_list)"),
)
#: The style sheet that gives HTML its look, below WeasyPrint's folder, and the rules that are left out or narrowed.
STYLE_SHEET = "css/html5_ua.css"
RULES = ("::marker", "::footnote-call", "::footnote-marker", "::note-call", "::note-marker", "::note-callback")


def require() -> None:
    """Make sure that WeasyPrint has all that this package uses.

    Raises:
        PdfError: something is missing or has changed. Its one fault says what, and which version was tested.
    """
    import weasyprint

    if missing_parts := list(missing()):
        raise PdfError(
            Fault(
                f"WeasyPrint {weasyprint.__version__} is installed, and packs are printed with WeasyPrint {TESTED}: "
                f"it has no {', no '.join(missing_parts)}; install WeasyPrint {TESTED}"
            )
        )


def missing() -> Iterator[str]:
    """Yield what the installed WeasyPrint lacks, each as the end of a sentence that begins with "it has no"."""
    for (module, name), parameters in SIGNATURES.items():
        function = _find_original(module, name)
        if function is None:
            yield f"{module}.{name}"
        elif tuple(inspect.signature(function).parameters) != parameters:
            yield f"{module}.{name}({', '.join(parameters)})"
    for module, source_part in SOURCES:
        if source_part not in _source_of(module):
            yield f'"{source_part}" in {module}'
    sheet = style_sheet()
    for rule in RULES:
        if not re.search(rf"^{rule} \{{.*\}}$", sheet, re.MULTILINE):
            yield f'rule of its own for "{rule}" in {STYLE_SHEET}'


def style_sheet() -> str:
    """Return the style sheet with which WeasyPrint gives HTML its look; empty if it is not in its place."""
    import weasyprint

    path = Path(weasyprint.__file__).parent / STYLE_SHEET
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _find_original(module: str, name: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a function or class, without the patches; None if there is no such thing."""
    try:
        found_object: Any = import_module(module)
    except ImportError:
        return None
    for part in name.split("."):
        found_object = getattr(found_object, part, None)
    return found_object


def _source_of(module: str) -> str:
    """Return the source of a module; empty if there is none."""
    try:
        path = Path(import_module(module).__file__ or "")
    except ImportError:
        return ""
    return path.read_text(encoding="utf-8") if path.suffix == ".py" else ""
