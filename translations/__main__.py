"""Take every message out of code and templates, and lay it into the template catalogue and each language's.

`--check` changes nothing and says which catalogue is out of step. Nothing that differs from day to day or from
machine to machine is written: no date, no version, no line number.
"""

from __future__ import annotations

import sys
import tomllib
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "casebuilder"
FOLDER = PACKAGE / "wording" / "locale"
TEMPLATE = FOLDER / "casebuilder.pot"
#: Calls whose words are messages, beside gettext's own.
KEYWORDS = {**DEFAULT_KEYWORDS, "message": None}
#: Headers that change with the day and the machine, or that say nothing here.
_UNSAID = tuple(
    f'"{name}'.encode()
    for name in ("POT-Creation", "PO-Rev", "Generated", "Project-Id", "Report-Msgid", "Last-Trans", "Language-Team")
)


def extracted() -> Catalog:
    """Every message of the code and the templates."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["casebuilder"]["messages"]
    catalog = Catalog(project="casebuilder", header_comment="# The messages of casebuilder, made by 'make words'.")
    for kind in settings:
        options = {name: str(value) for name, value in kind.get("options", {}).items()}
        paths = sorted({path for pattern in kind["paths"] for path in PACKAGE.glob(pattern)})
        for path in paths:
            for _, message, comments, context in extract_from_file(
                kind["method"], path, KEYWORDS, comment_tags=("Translators:",), options=options, strip_comment_tags=True
            ):
                catalog.add(message, auto_comments=comments, context=context)
    return catalog


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a PO file."""
    file = BytesIO()
    write_po(file, catalogue, no_location=True, sort_output=True, width=120)
    return b"".join(line for line in file.getvalue().lstrip().splitlines(keepends=True) if not line.startswith(_UNSAID))


def wanted() -> dict[Path, bytes]:
    """Every catalogue as it should be, by its place."""
    template = extracted()
    files = {TEMPLATE: written(template)}
    for place in sorted(FOLDER.glob("*/LC_MESSAGES/casebuilder.po")):
        language = place.parts[-3]
        with place.open("rb") as file:
            catalogue = read_po(file, locale=language, domain="casebuilder")
        catalogue.project = template.project
        catalogue.update(template, no_fuzzy_matching=True, keep_user_comments=True)
        catalogue.obsolete.clear()
        files[place] = written(catalogue)
    return files


def main() -> int:
    """Bring the catalogues up to date, or say which are not."""
    stale = {
        place: content for place, content in wanted().items() if not place.is_file() or place.read_bytes() != content
    }
    if "--check" in sys.argv[1:]:
        for place in stale:
            print(f"{place.relative_to(ROOT)}: out of step with the code: run 'make words', then translate what is new")
        return int(bool(stale))
    for place, content in stale.items():
        place.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
