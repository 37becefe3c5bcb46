"""The table of other programs' notations that casebuilder does not support, and what to write instead.

GitHub or another tool may render them; our pages would show plain characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Notation:
    """A notation that casebuilder does not print.

    Attributes:
        sign: the characters that it can begin with.
        pattern: a regular expression, matched at that character.
        name: its name in a sentence.
        hint: what to write instead; `{}` stands for the words in it.
        code: the problem's code.
    """

    sign: str
    pattern: str
    name: str
    hint: str
    code: str = "unsupported-syntax"

    @property
    def form(self) -> re.Pattern[str]:
        """The compiled pattern. Most texts have the signs of few notations, and compiling all takes milliseconds."""
        return _compile(self.pattern)

    def message(self, text: str) -> str:
        """Return the message for words in this notation."""
        consequence = (
            ", which is not supported and would be printed as plain characters"
            if self.code == "unsupported-syntax"
            else ""
        )
        return f'"{text}" is {self.name}{consequence}'

    def remedy(self, text: str, following: str = "") -> str:
        """Return the hint for words in this notation; `following` is the text from these words on."""
        if self.code == "quote-line":
            return _quote_hint(following or text)
        return self.hint.replace("{}", text.strip(self.sign))


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _notation(sign: str, pattern: str, name: str, hint: str, code: str = "unsupported-syntax") -> Notation:
    return Notation(sign, pattern, name, hint, code)


_BOX = "write > [!NOTE] on a line, and the text below it, each line after >"
_DOT = 'begin each line with "- " in place of the dot'
#: Addresses in angle brackets begin with these; a tag of Word or XML begins with another prefix: `<o:p>`.
_SCHEMES = (
    "https?|ftps?|mailto|tel|sms|doi|urn|geo|data|info|hdl|news|callto|skype|xmpp|sips?|javascript|about|file|irc"
)
#: The hint is made of the quote's own id: see `_quote_hint`.
_QUOTE_HINT = ""
_QUOTE_ID = re.compile(
    r"[^\w\n]{0,8}[a-z]{3,8}[\s\[\](){}<>:=\"'\uff08\u3010\uff3b]{1,6}(?P<id>[a-z0-9][\w-]{0,40})", re.IGNORECASE
)


def _quote_hint(text: str) -> str:
    """Return how to place the quote that a mistyped line names."""
    match = _QUOTE_ID.match(text.replace("\\", ""))
    line = "in small letters, with nothing before or after it"
    if match:
        return f"write ::quote[{match['id']}] on a line of its own, {line}"
    return (
        f"write ::quote[ ] on a line of its own, with the id that the quote has in quotes.yml between [ and ], {line}"
    )


#: The id of a reference, and blanks beside it.
_CITED, _GAP = r"[A-Za-z0-9][\w.-]{0,80}", r"[ \t\u00a0]{1,3}"
#: Inline notations. A form may look back one character, and ahead about a hundred, so that time stays linear.
INLINE: tuple[Notation, ...] = (
    _notation(
        "$",
        r"(?<!\$)\$\$(?=[^$]{0,400}[\\^_={}+<>]|\s*[A-Za-z]{1,3}\s*\$)[^$]{1,400}\$\$(?!\$)",
        "a formula between $ signs",
        "write it in words, or as a picture",
    ),
    _notation(
        "$",
        r"(?<![\w$\\])\$(?=[^\s$])(?:(?=[^$\n]{0,200}[\\^_={}+<>])|(?=[A-Za-z]{1,3}\$))[^$\n]{0,200}(?<=[^\s\\])\$(?![\w$])",
        "a formula between $ signs",
        "write it in words, or as a picture",
    ),
    _notation(
        "\\",
        r"\\{1,2}\((?=(?:(?!\\\))[^\n]){0,200}?(?:\\[A-Za-z]|[\^_={}<>]))(?:(?!\\\))[^\n]){1,200}\\\)",
        "a formula",
        "write it in words, or as a picture",
    ),
    _notation(
        "\\",
        r"\\{1,2}\[(?=[^\]]{0,400}?(?:\\[A-Za-z]{2}|\^|_\{))[^\]]{1,400}\\\]",
        "a formula",
        "write it in words, or as a picture",
    ),
    _notation(
        "\\",
        r"\\begin\{([a-z]{3,12}\*?)\}(?:(?!\\end\{)[\s\S]){0,1500}\\end\{\1\}",
        "a formula",
        "write it in words, or as a picture",
    ),
    _notation(
        "\\",
        r"\\(?:begin|end|text[a-z]{2,6}|emph|cite[a-z]{0,6}|ref|footnote|frac|sqrt|mathrm|href|url)\{[^{}\n]{0,200}\}",
        "a command of LaTeX",
        "write its words without it",
    ),
    _notation(
        "\\",
        r"\\(?:alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|rho|sigma|tau|chi|omega|pm|times|cdot|div|leq?|geq?|neq|approx|sim"
        r"|rightarrow|to|infty|circ|degree)(?![A-Za-z])",
        "a sign of LaTeX",
        "type the sign itself, such as µ, ± or ×",
    ),
    _notation(
        "%", r"(?<![\d%])%%(?!%)[^%]{1,400}%%", "a comment of Obsidian", "delete it: it would be printed", "pasted-text"
    ),
    _notation(
        "【",
        r"【[^【】\n]{0,60}†[^【】\n]{0,60}】",
        "a mark of a chat program",
        "delete it, and name the source",
        "pasted-text",
    ),
    _notation(
        ":",
        r":contentReference\[[^\]\n]{0,60}\](?:\{[^{}\n]{0,60}\})?",
        "a mark of a chat program",
        "delete it, and name the source",
        "pasted-text",
    ),
    _notation(
        "{",
        r"(?<!\))\{(?:\.[a-z][\w-]{0,40}|(?:width|height|style|class|align|target|rel|loading|scale)=[^{}\n]{1,60})"
        r"(?: [^{}\n]{0,100})?\}",
        "a setting of another program",
        "delete it",
    ),
    _notation(
        "=", r"(?<!=)==(?=[^\s=])[^=\n]{1,200}(?<=\S)==(?!=)", "highlighting by == signs", "write <mark>{}</mark>"
    ),
    _notation("~", r"(?<=[\w)\]])~(?!~)[^\s~]{1,30}(?<!~)~(?!~)", "a subscript by ~ signs", "write <sub>{}</sub>"),
    _notation(
        "~",
        r"(?<![\w~])~(?=[^\W\d])[^~\n]{1,80}(?<=\w)~(?![\w~])",
        "a single ~ on each side",
        "to strike words out, write ~~{}~~",
    ),
    _notation(
        "^",
        r"(?:(?<=[^\s^(\[\\])\^(?!_\^)[^\s^\[\]*]{1,30}|(?<![^\s(])\^\d{1,3}(?:[,–-]\d{1,3}){0,20})\^(?![-+−]?\d)",
        "a superscript by ^ signs",
        "write <sup>{}</sup>",
    ),
    _notation(
        "<",
        rf"<(?!(?:{_SCHEMES}):)((?-i:[a-z][a-z0-9]{{0,9}}):[a-z][\w.-]{{0,40}})(?:\s[^<>]{{0,300}})?(?:/>|>(?:[^<>]{{0,40}}</\1>)?)"
        rf"|</(?!(?:{_SCHEMES}):)(?-i:[a-z][a-z0-9]{{0,9}}):[a-z][\w.-]{{0,40}}\s?>"
        r"|<\?xml(?:(?!\?>)[^<>]){0,300}(?<!\?)>|<!\[if\b[^<>]{0,100}>(?:[^<>]{0,40}<!\[endif\]>)?|<!\[endif\]>",
        "a tag of Word",
        "delete it, with its closing tag; keep the words between them",
    ),
    _notation(
        "^", r"\^\[[^\]\n]{1,200}\]", "a note within the line", "write [^1] here, and [^1]: its text on a line below"
    ),
    _notation(
        "+",
        r"(?<![\w+])\+\+(?=[^\s+])[^+\n]{1,200}(?<=\S)\+\+(?!\+)",
        "underlining by ++ signs",
        "write <ins>{}</ins>",
    ),
    _notation("!", r"!\[\[[^\[\]\n]{1,200}\]\]", "a picture of a wiki", "write ![what it shows](its name)"),
    _notation(
        "[",
        rf"\[\[-?@{_CITED}\]\](?!\()",
        "a citation in double brackets",
        "write it in single ones: [@id]",
    ),
    _notation("[", r"(?<!!)\[\[(?!_TOC_\])[^\[\]\n]{1,200}\]\](?!\()", "a link of a wiki", "write [words](address)"),
    _notation(
        "[",
        r"\[(?:-?@[\w.-]+(?:, [^\];]{0,60})?[;,] ?)+-?@[\w.-]+(?:, [^\];]{0,60})?\]",
        "a citation of several works",
        "write one after the other: [@one][@two]",
    ),
    _notation(
        "[",
        rf"\[(?:{_GAP}-?@{_CITED}{_GAP}?|-?@{_CITED}{_GAP}|-@{_CITED})\]",
        "a citation with other signs in its brackets",
        "write [@id], with its id and nothing else",
    ),
    _notation(
        "[",
        r"\[-?@[A-Za-z0-9][\w.-]{0,80}(?:[,:;]|[ \t\u00a0])[^\[\]\n]{1,80}\](?!\()",
        "a citation with a page or a comment",
        "write [@id], and the rest as text",
    ),
    _notation(
        "[",
        r"\[(?:comment(?:ed)? ?)?\[[A-Z]{1,4}\d{1,3}(?:R\d+)?\][^\]\n]{0,400}\]?",
        "a comment from Word",
        "delete it: it would be printed",
        "pasted-text",
    ),
    _notation(
        ":", r"(?<![\w:]):(?:[a-z][a-z0-9_+-]{1,30}|[+-]1):(?![\w:])", "a name of an emoji", "type the emoji itself"
    ),
    _notation(
        ":",
        r":quotes?[\[(<{]|: ?quotes? ?[\[(<{][a-z]?\d"
        r"|(?<![\w:]):{2,3} ?(?:quotes?(?!\w)(?: ?[\[(<{])?|[a-z]{3,8} ?[\[(<{][a-z]?\d+[\])>}])",
        "a quote that is not placed",
        _QUOTE_HINT,
        "quote-line",
    ),
    _notation("\\", r"\\:\\?:quotes?\\?\[[\w-]{1,40}\\?\]", "a quote that is not placed", _QUOTE_HINT, "quote-line"),
    _notation("[", r"\[quotes?[ :]+[a-z]{0,3}\d+\](?![(\[:])", "a quote that is not placed", _QUOTE_HINT, "quote-line"),
    _notation(
        "{", r"\{{1,2} ?quotes?[ :=]+[\w-]{1,40} ?\}{1,2}", "a quote that is not placed", _QUOTE_HINT, "quote-line"
    ),
    _notation(
        "[",
        r"\[([a-z][\w-]{0,40})(?: [\w-]{1,40}=(?:[\"“”″][^\"“”″\]\n]{0,200}[\"“”″]|'[^'\]\n]{0,200}')){1,12} ?/?\]"
        r"(?!\()(?:[^\[\]\n]{0,400}\[/\1\])?|\[([a-z][\w-]{0,40})(?:[ =][^\[\]\n]{1,200})?\][^\[\]\n]{0,400}\[/\2\]",
        "an instruction of WordPress or a forum",
        "delete the square brackets with what is in them, and put pictures into the case's folder",
    ),
    _notation("{", r"\{%[^%\n]{0,200}%\}", "an instruction of a template", "delete it"),
    _notation(
        "{", r"\{\{[<%]? ?[\w.$'\"][^{}\n]{0,200}\}\}", "an instruction of a template", "delete it, or write its value"
    ),
)
#: Markdown within a block of HTML, which neither casebuilder nor GitHub interprets.
IN_HTML = re.compile(
    r"::?:? ?quote|\[@[A-Za-z0-9]|\[\^[^\s\]]|!?\[[^\[\]\n]{1,200}\]\([^()\n]{1,200}\)|`[^`\n]{1,200}`"
    r"|(?<![\w*])\*{1,3}(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*{1,3}(?![\w*])|(?<![\w_])__(?=[^\s_])[^_\n]{1,200}(?<=[^\s_])__(?!\w)"
    r"|~~[^\s~][^~\n]{0,200}~~|^[ \t]*(?:#{1,6}|[-*+])[ \t]+[^\W\d_]|^[ \t]*\|.*\|[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
#: Notations at the start of a line.
LINES: tuple[Notation, ...] = (
    _notation(
        "!",
        r"!!!\+? [a-z-]+(?: inline(?: end)?)?(?: +\"[^\"]*\")?$",
        "a box of another program",
        _BOX,
    ),
    _notation(
        "?",
        r"\?\?\?\+? [a-z-]+(?: +\"[^\"]*\")?$",
        "a box of another program",
        _BOX,
    ),
    _notation(
        ":",
        r":::+ ?\{?(?!quotes?\b)\w",
        "a box of another program",
        _BOX,
    ),
    _notation(
        "[",
        r"\[!\w+\]",
        "the head of a box",
        "write > [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION] on a line of its own, the text below it",
    ),
    _notation("：", r"：{1,3} ?quotes? ?[\[(<{（【［]", "a quote that is not placed", _QUOTE_HINT, "quote-line"),  # noqa: RUF001 - signs of a Chinese or Japanese keyboard
    _notation(
        "\uff03",  # the sign of a Chinese or Japanese keyboard
        r"\uff03(?:[ \t]|\uff03{1,5})[ \t]*\S",
        "a heading with the # of another keyboard",
        "write # in its place, as many, and a space",
        "glued-heading",
    ),
    _notation("q", r"quotes? ?[\[({][a-z]?\d+[\])}][ \t]*$", "a quote that is not placed", _QUOTE_HINT, "quote-line"),
    _notation("=", r"={3}\+? ?\"", "a tab of another program", "write a heading"),
    _notation("[", r"\[TOC\]$|\[\[_TOC_\]\]$", "a table of contents", "delete it: the page has one where it needs one"),
    _notation(
        "¹²³⁴⁵⁶⁷⁸⁹",
        r"[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}[ \t\u00a0]{1,3}[^\W\d_]",
        "a footnote from Word",
        "write [^1]: in place of the number, and [^1] where the text refers to it",
        "pasted-text",
    ),
    _notation("-", r"--8<--", "a text that is fetched from another file", "put the text itself here"),
    _notation("\\", r"\\(?:newpage|pagebreak|section|subsection|item|maketitle)\b", "a command of LaTeX", "delete it"),
    _notation(":", r":[ \t]+\S", "a list of definitions", "write **word**: its definition, as an entry of a list"),
    _notation("[", r"\[comment(?:ed)?[ \[]", "a comment from Word", "delete it: it would be printed", "pasted-text"),
    _notation(
        "Cc",
        r"commented \[[A-Z]{1,4}\d{1,3}(?:R\d+)?\]",
        "a comment from Word",
        "delete it: it would be printed",
        "pasted-text",
    ),
    _notation(
        "•▪◦‣●○■□➢❖·∙\u2043",
        r"[•▪◦‣●○■□➢❖·∙\u2043][ \t\u00a0]*\S",
        "a list from Word",
        _DOT,
        "pasted-list",
    ),
    _notation(
        "*",
        r"\*\[[^\]\n]{1,60}\]:[ \t]*$",
        "an abbreviation without its words",
        "write them on the same line: *[ICU]: intensive care unit",
    ),
    _notation("o", r"o\t\S", "a list from Word", 'begin each line with "  - " in place of the circle', "pasted-list"),
)
