"""The table of other programs' notations that casebuilder does not support, and what to write instead.

GitHub or another tool may render them; our pages would show plain characters.
"""

from __future__ import annotations

import re

from casebuilder.markdown.notation import QUOTE_HINT, Notation

_BOX = "write > [!NOTE] on a line, and the text below it, each line after >"
_DOT = 'begin each line with "- " in place of the dot'
#: Addresses in angle brackets begin with these; a tag of Word or XML begins with another prefix: `<o:p>`.
_SCHEMES = (
    "https?|ftps?|mailto|tel|sms|doi|urn|geo|data|info|hdl|news|callto|skype|xmpp|sips?|javascript|about|file|irc"
)
#: The id of a reference, and blanks beside it.
_CITED, _GAP = r"[A-Za-z0-9][\w.-]{0,80}", r"[ \t\u00a0]{1,3}"
#: Inline notations. A form may look back one character, and ahead about a hundred, so that time stays linear.
INLINE: tuple[Notation, ...] = (
    Notation(
        "$",
        r"(?<!\$)\$\$(?=[^$]{0,400}[\\^_={}+<>]|\s*[A-Za-z]{1,3}\s*\$)[^$]{1,400}\$\$(?!\$)",
        "a formula between $ signs",
        "write it in words, or as a picture",
    ),
    Notation(
        "$",
        r"(?<![\w$\\])\$(?=[^\s$])(?:(?=[^$\n]{0,200}[\\^_={}+<>])|(?=[A-Za-z]{1,3}\$))[^$\n]{0,200}(?<=[^\s\\])\$(?![\w$])",
        "a formula between $ signs",
        "write it in words, or as a picture",
    ),
    Notation(
        "\\",
        r"\\{1,2}\((?=(?:(?!\\\))[^\n]){0,200}?(?:\\[A-Za-z]|[\^_={}<>]))(?:(?!\\\))[^\n]){1,200}\\\)",
        "a formula",
        "write it in words, or as a picture",
    ),
    Notation(
        "\\",
        r"\\{1,2}\[(?=[^\]]{0,400}?(?:\\[A-Za-z]{2}|\^|_\{))[^\]]{1,400}\\\]",
        "a formula",
        "write it in words, or as a picture",
    ),
    Notation(
        "\\",
        r"\\begin\{([a-z]{3,12}\*?)\}(?:(?!\\end\{)[\s\S]){0,1500}\\end\{\1\}",
        "a formula",
        "write it in words, or as a picture",
    ),
    Notation(
        "\\",
        r"\\(?:begin|end|text[a-z]{2,6}|emph|cite[a-z]{0,6}|ref|footnote|frac|sqrt|mathrm|href|url)\{[^{}\n]{0,200}\}",
        "a command of LaTeX",
        "write its words without it",
    ),
    Notation(
        "\\",
        r"\\(?:alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|rho|sigma|tau|chi|omega|pm|times|cdot|div|leq?|geq?|neq|approx|sim"
        r"|rightarrow|to|infty|circ|degree)(?![A-Za-z])",
        "a sign of LaTeX",
        "type the sign itself, such as µ, ± or ×",
    ),
    Notation(
        "%", r"(?<![\d%])%%(?!%)[^%]{1,400}%%", "a comment of Obsidian", "delete it: it would be printed", "pasted-text"
    ),
    Notation(
        "【",
        r"【[^【】\n]{0,60}†[^【】\n]{0,60}】",
        "a mark of a chat program",
        "delete it, and name the source",
        "pasted-text",
    ),
    Notation(
        ":",
        r":contentReference\[[^\]\n]{0,60}\](?:\{[^{}\n]{0,60}\})?",
        "a mark of a chat program",
        "delete it, and name the source",
        "pasted-text",
    ),
    Notation(
        "{",
        r"(?<!\))\{(?:\.[a-z][\w-]{0,40}|(?:width|height|style|class|align|target|rel|loading|scale)=[^{}\n]{1,60})"
        r"(?: [^{}\n]{0,100})?\}",
        "a setting of another program",
        "delete it",
    ),
    Notation(
        "=", r"(?<!=)==(?=[^\s=])[^=\n]{1,200}(?<=\S)==(?!=)", "highlighting by == signs", "write <mark>{}</mark>"
    ),
    Notation("~", r"(?<=[\w)\]])~(?!~)[^\s~]{1,30}(?<!~)~(?!~)", "a subscript by ~ signs", "write <sub>{}</sub>"),
    Notation(
        "~",
        r"(?<![\w~])~(?=[^\W\d])[^~\n]{1,80}(?<=\w)~(?![\w~])",
        "a single ~ on each side",
        "to strike words out, write ~~{}~~",
    ),
    Notation(
        "^",
        r"(?:(?<=[^\s^(\[\\])\^(?!_\^)[^\s^\[\]*]{1,30}|(?<![^\s(])\^\d{1,3}(?:[,–-]\d{1,3}){0,20})\^(?![-+−]?\d)",
        "a superscript by ^ signs",
        "write <sup>{}</sup>",
    ),
    Notation(
        "<",
        rf"<(?!(?:{_SCHEMES}):)((?-i:[a-z][a-z0-9]{{0,9}}):[a-z][\w.-]{{0,40}})(?:\s[^<>]{{0,300}})?(?:/>|>(?:[^<>]{{0,40}}</\1>)?)"
        rf"|</(?!(?:{_SCHEMES}):)(?-i:[a-z][a-z0-9]{{0,9}}):[a-z][\w.-]{{0,40}}\s?>"
        r"|<\?xml(?:(?!\?>)[^<>]){0,300}(?<!\?)>|<!\[if\b[^<>]{0,100}>(?:[^<>]{0,40}<!\[endif\]>)?|<!\[endif\]>",
        "a tag of Word",
        "delete it, with its closing tag; keep the words between them",
    ),
    Notation(
        "^", r"\^\[[^\]\n]{1,200}\]", "a note within the line", "write [^1] here, and [^1]: its text on a line below"
    ),
    Notation(
        "+",
        r"(?<![\w+])\+\+(?=[^\s+])[^+\n]{1,200}(?<=\S)\+\+(?!\+)",
        "underlining by ++ signs",
        "write <ins>{}</ins>",
    ),
    Notation("!", r"!\[\[[^\[\]\n]{1,200}\]\]", "a picture of a wiki", "write ![what it shows](its name)"),
    Notation(
        "[",
        rf"\[\[-?@{_CITED}\]\](?!\()",
        "a citation in double brackets",
        "write it in single ones: [@id]",
    ),
    Notation("[", r"(?<!!)\[\[(?!_TOC_\])[^\[\]\n]{1,200}\]\](?!\()", "a link of a wiki", "write [words](address)"),
    Notation(
        "[",
        r"\[(?:-?@[\w.-]+(?:, [^\];]{0,60})?[;,] ?)+-?@[\w.-]+(?:, [^\];]{0,60})?\]",
        "a citation of several works",
        "write one after the other: [@one][@two]",
    ),
    Notation(
        "[",
        rf"\[(?:{_GAP}-?@{_CITED}{_GAP}?|-?@{_CITED}{_GAP}|-@{_CITED})\]",
        "a citation with other signs in its brackets",
        "write [@id], with its id and nothing else",
    ),
    Notation(
        "[",
        r"\[-?@[A-Za-z0-9][\w.-]{0,80}(?:[,:;]|[ \t\u00a0])[^\[\]\n]{1,80}\](?!\()",
        "a citation with a page or a comment",
        "write [@id], and the rest as text",
    ),
    Notation(
        "[",
        r"\[(?:comment(?:ed)? ?)?\[[A-Z]{1,4}\d{1,3}(?:R\d+)?\][^\]\n]{0,400}\]?",
        "a comment from Word",
        "delete it: it would be printed",
        "pasted-text",
    ),
    Notation(
        ":", r"(?<![\w:]):(?:[a-z][a-z0-9_+-]{1,30}|[+-]1):(?![\w:])", "a name of an emoji", "type the emoji itself"
    ),
    Notation(
        ":",
        r":quotes?[\[(<{]|: ?quotes? ?[\[(<{][a-z]?\d"
        r"|(?<![\w:]):{2,3} ?(?:quotes?(?!\w)(?: ?[\[(<{])?|[a-z]{3,8} ?[\[(<{][a-z]?\d+[\])>}])",
        "a quote that is not placed",
        QUOTE_HINT,
        "quote-line",
    ),
    Notation("\\", r"\\:\\?:quotes?\\?\[[\w-]{1,40}\\?\]", "a quote that is not placed", QUOTE_HINT, "quote-line"),
    Notation("[", r"\[quotes?[ :]+[a-z]{0,3}\d+\](?![(\[:])", "a quote that is not placed", QUOTE_HINT, "quote-line"),
    Notation(
        "{", r"\{{1,2} ?quotes?[ :=]+[\w-]{1,40} ?\}{1,2}", "a quote that is not placed", QUOTE_HINT, "quote-line"
    ),
    Notation(
        "[",
        r"\[([a-z][\w-]{0,40})(?: [\w-]{1,40}=(?:[\"“”″][^\"“”″\]\n]{0,200}[\"“”″]|'[^'\]\n]{0,200}')){1,12} ?/?\]"
        r"(?!\()(?:[^\[\]\n]{0,400}\[/\1\])?|\[([a-z][\w-]{0,40})(?:[ =][^\[\]\n]{1,200})?\][^\[\]\n]{0,400}\[/\2\]",
        "an instruction of WordPress or a forum",
        "delete the square brackets with what is in them, and put pictures into the case's folder",
    ),
    Notation("{", r"\{%[^%\n]{0,200}%\}", "an instruction of a template", "delete it"),
    Notation(
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
    Notation(
        "!",
        r"!!!\+? [a-z-]+(?: inline(?: end)?)?(?: +\"[^\"]*\")?$",
        "a box of another program",
        _BOX,
    ),
    Notation(
        "?",
        r"\?\?\?\+? [a-z-]+(?: +\"[^\"]*\")?$",
        "a box of another program",
        _BOX,
    ),
    Notation(
        ":",
        r":::+ ?\{?(?!quotes?\b)\w",
        "a box of another program",
        _BOX,
    ),
    Notation(
        "[",
        r"\[!\w+\]",
        "the head of a box",
        "write > [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION] on a line of its own, the text below it",
    ),
    Notation("：", r"：{1,3} ?quotes? ?[\[(<{（【［]", "a quote that is not placed", QUOTE_HINT, "quote-line"),  # noqa: RUF001 - signs of a Chinese or Japanese keyboard
    Notation(
        "\uff03",  # the sign of a Chinese or Japanese keyboard
        r"\uff03(?:[ \t]|\uff03{1,5})[ \t]*\S",
        "a heading with the # of another keyboard",
        "write # in its place, as many, and a space",
        "glued-heading",
    ),
    Notation("q", r"quotes? ?[\[({][a-z]?\d+[\])}][ \t]*$", "a quote that is not placed", QUOTE_HINT, "quote-line"),
    Notation("=", r"={3}\+? ?\"", "a tab of another program", "write a heading"),
    Notation("[", r"\[TOC\]$|\[\[_TOC_\]\]$", "a table of contents", "delete it: the page has one where it needs one"),
    Notation(
        "¹²³⁴⁵⁶⁷⁸⁹",
        r"[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}[ \t\u00a0]{1,3}[^\W\d_]",
        "a footnote from Word",
        "write [^1]: in place of the number, and [^1] where the text refers to it",
        "pasted-text",
    ),
    Notation("-", r"--8<--", "a text that is fetched from another file", "put the text itself here"),
    Notation("\\", r"\\(?:newpage|pagebreak|section|subsection|item|maketitle)\b", "a command of LaTeX", "delete it"),
    Notation(":", r":[ \t]+\S", "a list of definitions", "write **word**: its definition, as an entry of a list"),
    Notation("[", r"\[comment(?:ed)?[ \[]", "a comment from Word", "delete it: it would be printed", "pasted-text"),
    Notation(
        "Cc",
        r"commented \[[A-Z]{1,4}\d{1,3}(?:R\d+)?\]",
        "a comment from Word",
        "delete it: it would be printed",
        "pasted-text",
    ),
    Notation(
        "•▪◦‣●○■□➢❖·∙\u2043",
        r"[•▪◦‣●○■□➢❖·∙\u2043][ \t\u00a0]*\S",
        "a list from Word",
        _DOT,
        "pasted-list",
    ),
    Notation(
        "*",
        r"\*\[[^\]\n]{1,60}\]:[ \t]*$",
        "an abbreviation without its words",
        "write them on the same line: *[ICU]: intensive care unit",
    ),
    Notation("o", r"o\t\S", "a list from Word", 'begin each line with "  - " in place of the circle', "pasted-list"),
)
