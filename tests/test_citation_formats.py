"""Citations with hostile words, read back by programs that we did not write: one record, with what went in."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TYPE_CHECKING

import bibtexparser
import pytest
import rispy
import yaml
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from casebuilder.model import Credit, Role
from casebuilder.outputs import citationfiles
from casebuilder.published.citednames import cited_name
from series_factory import SLUG, make_case, make_person, make_series

if TYPE_CHECKING:
    from casebuilder.published import PublishedSeries

#: Words of the kind that end a field, an entry or a line, or begin a command, in one format or another.
HOSTILE = (
    "10.5555/x},title={Injected},author={Evil-Name},note={y}}@article{evil2,title={Second",
    "}}\n@article{evil, title={x}}",
    "{",
    "} {",
    "{{{{x}}",
    "a, b = {c} @comment{x} @string{y = {z}}",
    "\\",
    "\\input{/etc/passwd}",
    "\\} \\{ \\\\ \\end{document}",
    "50% off % not a comment",
    "#1 & #2 _x_ ^y^ ~z~ $a$",
    'a "quoted" word, and "',
    "-- --- `` '' ?` !` << >> ,,",
    "and and and",
    "Smith and Jones",
    "x\nER  - \nTY  - JOUR\nTI  - Second",
    "x\r\nER  - \r\nTY  - JOUR",
    "TY  - BOOK",
    "x\u2028ER  - \u2029TY  - JOUR\x85AU  - Evil",
    "x\x0bER  - \x0cTY  - JOUR\x1eAU  - Evil",
    "<i>x</i> <script>alert(1)</script> &amp;",
    '"}],[{"id":"evil"',
    "key: [a, b] # comment",
    "- !!python/object/apply:os.system [id]",
    "ünïcödé Ærø 日本語 العربية 😀",
)
BOTH = (Role.WRITER, Role.EDITOR)
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def decoder() -> LatexNodes2Text:
    """pylatexenc, with the three commands of LaTeX's kernel that it does not know or takes for another sign."""
    context = get_default_latex_context_db()
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    macros = [MacroTextSpec(name, sign) for name, sign in signs.items()]
    context.add_context_category("braces", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, keep_comments=True, strict_latex_spaces=True)


DECODER = decoder()


def line(text: str) -> str:
    """Words as every format has to give them back: on one line."""
    return _BREAKS.sub(" ", text).strip()


def hostile(words: str) -> PublishedSeries:
    """A series that says the same hostile words wherever it is cited."""
    case = make_case(
        title=words,
        teaser=words,
        topics=(words, "handover"),
        credits=(
            Credit(person="ada-byrne", roles=(Role.WRITER, Role.EDITOR)),
            Credit(person="bo", roles=(Role.WRITER,)),
        ),
        responses=(),
    )
    people = (make_person("ada-byrne", name=f"Ada {words}"), make_person("bo", name="Bo"))
    return make_series(case, people=people, name=f"Series {words}", description=words)


def written(series: PublishedSeries, ending: str) -> str:
    return next(
        file.content.decode() for file in citationfiles.render(series) if file.path == f"cases/{SLUG}/cite.{ending}"
    )


def read_bibtex(text: str) -> tuple[str, dict[str, str]]:
    """The key and fields of the one entry of a file, with TeX's commands undone."""
    undone = LatexDecodingMiddleware(decoder=DECODER)
    library = bibtexparser.parse_string(text, append_middleware=[undone])
    assert not library.failed_blocks
    (entry,) = library.blocks
    assert isinstance(entry, bibtexparser.model.Entry)
    return entry.key, {field.key: field.value for field in entry.fields}


def name_in(words: str) -> str:
    """A name as bibliographies have it."""
    return line(cited_name(make_person("ada-byrne", name=f"Ada {words}")).whole)


def check_bibtex(words: str) -> None:
    text = written(hostile(words), "bib")
    depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in text))
    assert min(depths[text.index("{") : text.rindex("}")]) > 0  # BibTeX counts braces, whatever stands before them
    assert depths[-1] == 0
    key, fields = read_bibtex(text)
    assert key == f"case-{SLUG}"
    assert set(fields) <= {"author", "title", "journal", "year", "month", "day", "volume", "number", "url", "language",
                           "keywords", "abstract"}  # fmt: skip
    assert line(fields["title"]) == line(words)
    assert line(fields["abstract"]) == line(words)
    assert line(fields["journal"]) == line(f"Series {words}")
    assert line(fields["author"]) == f"{name_in(words)} and Bo"
    assert line(fields["keywords"]) == f"{line(words)}, handover"


def check_ris(words: str) -> None:
    (entry,) = rispy.loads(written(hostile(words), "ris"))
    assert entry["type_of_reference"] == "JOUR"
    assert entry["title"] == line(words)
    assert entry["authors"] == [name_in(words), "Bo"]
    assert entry["keywords"] == [line(words), "handover"]
    assert entry["abstract"] == line(words)


def check_csl(words: str) -> None:
    (entry,) = json.loads(written(hostile(words), "json"))
    assert (entry["title"], entry["abstract"]) == (words, words)
    assert entry["container-title"] == hostile(words).name
    assert [name["literal"] for name in entry["author"]] == [
        cited_name(make_person("ada-byrne", name=f"Ada {words}")).whole,
        "Bo",
    ]


def check_cff(words: str) -> None:
    entry = yaml.safe_load(citationfiles.cff(hostile(words)))
    assert (entry["title"], entry["abstract"]) == (line(f"Series {words}"), line(words))
    assert [author["name"] for author in entry["authors"]] == [name_in(words)]


CHECKS = (check_bibtex, check_ris, check_csl, check_cff)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("check", CHECKS)
def test_hostile_words_give_one_record_with_what_went_in(check: object, words: str) -> None:
    assert callable(check)
    check(words)


@given(st.text(st.sampled_from("{}\\%#~^_&$@\"'`,=-<>?! aZ\n\r\t\u2028é"), min_size=1).filter(str.strip))
def test_any_signs_give_one_record_with_what_went_in(words: str) -> None:
    for check in CHECKS:
        check(words)
