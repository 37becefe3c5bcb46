"""Lines that editors bring from other programs, and that would be printed as something else."""

from __future__ import annotations

import pytest

from casebuilder.markdown import document
from casebuilder.model import Prose
from casebuilder.readers import questionslips
from cputime import at_most


def found(text: str) -> list[tuple[int, int, str]]:
    return [(*finding.place, finding.code) for finding in document.parse(text).findings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a) Call\nb) Wait\n", "pasted-list"),
        ("(1) Call\n(2) Wait\n", "pasted-list"),
        ("i. Call\nii. Wait\n", "pasted-list"),
        ("a.\tCall\nb.\tWait\n", "pasted-list"),
        ("| Drug | Dose |\n| Insulin | 4 |\n", "unsupported-syntax"),
        ("| Drug | Dose |\n|---|\n| Insulin | 4 |\n", "unsupported-syntax"),
        ("+---+---+\n| a | b |\n+---+---+\n", "unsupported-syntax"),
        ("Severe hyper-\ntension.\n", "split-word"),
        ("    Ida came in at six in the morning.\n", "code-by-mistake"),
        ("Kind regards,\nIda\n--\nWard 6\n", "underlined-paragraph"),
        ("title: A post\ntags: [ward]\n---\n", "underlined-paragraph"),
        ("```\nx = 1\n\nIda came in.\n", "code-by-mistake"),
        ("``` Give 5 mg at once.\nThen wait.\n```\n", "lost-words"),
        ("- ```Give 5 mg\n- Wait\n", "lost-words"),
        ("> ~~~~`5 mg` at once~~ twice\n\nWait.\n", "lost-words"),
        ("- [x] ~~~~`5 mg` at once~~\n", "lost-words"),
        ("\\begin{equation}\nx = \\alpha \\times 2\n\\end{equation}\n", "unsupported-syntax"),
        ("\\textbf{Ida} came.\n", "unsupported-syntax"),
        ("\\( p < 0.05 \\) holds.\n", "unsupported-syntax"),
        ("![[ward.png]]\n", "unsupported-syntax"),
        ("[[_TOC_]]\n", "unsupported-syntax"),
        ("[url=https://example.org]x[/url]\n", "unsupported-syntax"),
        (":+1:\n", "unsupported-syntax"),
        ("## Results {.unnumbered}\n", "ignored-attribute"),
        ("** Ida ** came.\n", "unsupported-syntax"),
        ("これは**重要です。**次の文。\n", "unsupported-syntax"),
        ("%%ask Ida%%\n", "pasted-text"),
        ("Six【4†source】.\n", "pasted-text"),
        ("Six :contentReference[oaicite:0]{index=0}.\n", "pasted-text"),
    ],
)
def test_lines_of_other_programs_are_reported_once(text: str, code: str) -> None:
    problems = found(text)
    assert [name for _, _, name in problems] == [code]
    assert problems[0][0] == 1


@pytest.mark.parametrize(
    "text",
    [
        "A) alone\n", "a) Call  \nb) Wait\n", "Vitamin\nc) no\n", "|x| is at least |y|\n", "pre- and\npostoperative\n",
        "pre-\nand postoperative\n", "Vor-\nund Nachteile\n", "    ls -l /tmp/a\n", "```\nx = 1\n```\n",
        "- ```\n  x\n\nAfter.\n", '```c++ title="a b.cpp" {1,3}\nx\n```\n', "``` {.r .x}\nx\n```\n",
        "p < 0.05*, p < 0.01**\n", "100%% sure, 5 %%\n", "C:\\temp\\{x}\n",
        "**Ida** came **at six**.\n",
        "\\*\\*Ida\\*\\* came.\n", "`a) b` {x}\n", "Results\n---\n", "Who called?\n===\n", "The set {1, 2}.\n",
    ],
)  # fmt: skip
def test_what_is_printed_as_written_is_no_problem(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "Dr. Yamada looked at the board and asked who was next.",
        "Nobody answered the phone.",
        "Élise looked at the board.",
        "“Who has the chart?” asked Ida.",
        "— Who has the chart? she asked.",
        "نظر الطبيب إلى اللوحة وسأل من التالي",
        "佐藤先生はボードを見て、次の患者を呼んだ。",
        "डॉक्टर ने बोर्ड को देखा और पूछा।",
        "Врач посмотрел на доску и спросил",
        "*Nobody* knew [the dose](a.md)[@smith].",
        "Her potassium was 6.1 mmol/L (p < 0.05), and nobody in the team had seen it yet.",
        "she asked again, and nobody answered that night",
    ],
)
@pytest.mark.parametrize("indentation", ["    ", "\t"])
def test_an_indented_sentence_in_any_script_is_code_by_mistake(line: str, indentation: str) -> None:
    assert found(f"One.\n\n{indentation}{line}\n") == [(3, 1, "code-by-mistake")]


@pytest.mark.parametrize(
    "code",
    [
        "x <- lm(y ~ x)", "import numpy as np\nimport pandas as pd", "import numpy, pandas, scipy, seaborn, torch",
        "SELECT name FROM patients WHERE age", "for x in y:\n    print(x)", "Patient Age Sex\nIda 45 F\nBen 46 M",
        "            Estimate Std. Error t value\n(Intercept)   1.2     0.3      4.0",
        "Min. 1st Qu. Median Mean 3rd Qu. Max.\n1.0 2.0 3.0 4.0 5.0 6.0", "DISPLAY PATIENT NAME.",
        'def mean(x):\n    """Return the mean of x."""\n    return sum(x) / len(x)',
        '# Read the data of the ward.\nd <- read.csv("a.csv")', "summarize age sex weight height dose",
        "Usage: casebuilder check [OPTIONS]", "$ casebuilder check\nNo problems found.",
    ],
)  # fmt: skip
def test_programs_their_output_and_tables_are_code(code: str) -> None:
    indented = "".join(f"    {line}\n" for line in code.split("\n"))
    assert found(f"One.\n\n{indented}") == []


@pytest.mark.parametrize(
    "text",
    [
        "– one\n– two",
        "— one\n— two",
        "o one\no two",
        "§ one\n§ two",
        "✓ one\n✓ two",
        "→ one\n→ two",
        "・one\n・two",
        "①one\n②two",
        "① one\n② two",
        "–\tone\n–\ttwo",
        "We need:\n– one\n– two",
        "ü one\nü two",
        "-one\n-two",
        "🔹 one\n🔹 two",
        "✔\ufe0f a\n✔\ufe0f b",
        "\uf0b7 one\n\uf0b7 two",
        "1.Call\n2.Wait",
        "1.) Call\n2.) Wait",
        "1- Call\n2- Wait",
        "一、叫\n二、等",
        "а) раз\nб) два",  # noqa: RUF001 - signs of other scripts
        "١. واحد\n٢. اثنان",  # noqa: RUF001 - signs of other scripts
        "-> one\n-> two",
        "[1/12/27, 10:22:31 PM] Dr Layla: Who?\n[1/12/27, 10:23:31 PM] Dr Ben: Me",
        "1/12/27, 22:31 - Dr Layla: Who\n1/12/27, 22:32 - Ben: me",
        "Dr A: Who?\nDr B: Me.",
        "**Dr A:** Who?\n**Dr B:** Me.",
        "Dr A: Who has it\nand where?\nDr B: Me.",
        "ليلى: من\nبن: أنا",
        "佐藤：誰\n山田：私",  # noqa: RUF001 - signs of other scripts
        "Layla Haddad 10:31 PM\nWho?\nBen Okoro 10:32 PM\nMe.",
        "06:00 Ward\n07:00 Handover",
        "Infirmière : oui\nMédecin : non",
        "> – one\n> – two",
        "a) one\nb) two",
        "- intro\n  – one\n  – two",
        "(1) a\n(2) b",
        "1\ufe0f⃣ one\n2\ufe0f⃣ two",
        "—Who?\n—Me.",
    ],
)
def test_lines_below_each_other_that_are_a_list_a_dialogue_or_a_chat_are_reported_once(text: str) -> None:
    assert [code for _, _, code in found(text)] == ["pasted-list"]


@pytest.mark.parametrize(
    "text",
    [
        "— Who has the chart? she asked.",
        "The night was long\n– and rare –\nand quiet.",
        "— Who has the chart? she asked,\nand nobody answered.\n\n— Me.",
        "We gave 5 mg\n≥ 65 years\nand",
        "one – two\nthree – four",
        "– one  \n– two",
        "– one\\\n– two",
        "Note: this is\na paragraph.",
        "He said: yes\nand: no",
        "at\n10:30 we went",
        "x\n3.5 mg and\n2.5 mg",
        "It was\n1.5 or\n2.5",
        "“Who?”\n“Me.”",
        "«Qui?»\n«Moi.»",
        "¿Quién?\n¿Yo?",
        "…and\n…so",
        "- a\n- b",
        "1. a\n2. b",
        "See https://a.org:80\nhttps://b.org",
        "(a) alone",
        "Ratio 1:2\nand 1:3",
        "Results: see below\nand the end",
    ],
)
def test_a_paragraph_with_a_dash_a_colon_or_a_time_is_prose(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Chan et al.^1^ found.",
        "Then x.^2,3^",
        "(a)^4^",
        "(Na)~2~",
        "“So.”^1^ he",
        "*S. aureus*^1^ was",
        "Smith ^1^ said",
        "^1,2^ Dublin",
        "Na^+^ and",
        "[SO4]~2~",
        "(^2^)",
        "<o:p></o:p>",
        "Ida<o:p>&nbsp;</o:p> came",
        "<w:sdt>x</w:sdt>",
        "<st1:place>Cork</st1:place>",
        '<st1:place w:st="on">Cork</st1:place>',
        "<![if !supportEmptyParas]>&nbsp;<![endif]>",
        '<?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" />',
        "<p>Ida<o:p></o:p></p>",
        '<v:shape id="a" type="#x"/>',
    ],
)
def test_raised_and_lowered_signs_and_tags_of_word_are_reported_once(text: str) -> None:
    assert [code for _, _, code in found(text)] == ["unsupported-syntax"]


@pytest.mark.parametrize(
    "text",
    [
        "10^6 and 10^7",
        "x[^]",
        "2^n",
        "https://example.org/~user/a~b/",
        "^_^ fine ^_^",
        "(^o^) hi",
        "~5 mg to ~10 mg",
        "a (~5) to (~10)",
        "<mailto:a@b.org>",
        "<https://a.org/x>",
        "<doi:10.1000/x>",
        "<urn:isbn:123>",
        "x < y:z > w",
        "a[^1]\n\n[^1]: n",
        "10^-3 to 10^-6",
        "<tel:123>",
        "E = mc^2 (see p.^ )",
        "<Dr:Smith> came",
    ],
)
def test_powers_faces_and_addresses_are_printed_as_written(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("SeÃ±or", "Señor"),
        ("donâ€™t", "don’t"),
        ("Ã–lkrise", "Ölkrise"),
        ("37 Â°C", "°C"),
        ("gÅ‚owa", "głowa"),
        ("Ð”Ð¾ÐºÑ‚Ð¾Ñ€", "Доктор"),
        ("Ø§Ù„Ø·Ø¨ÙŠØ¨", "الطبيب"),
        ("â‰¥ 65", "≥"),
        ("ðŸ˜€", "😀"),  # noqa: RUF001 - garbled letters
        ("don‚Äôt", "don’t"),
        ("caf√©", "café"),
        ("IRMÃƒO", "IRMÃO"),
    ],
)
def test_letters_read_in_the_wrong_encoding_are_reported_with_the_word_put_right(text: str, meant: str) -> None:
    (finding,) = document.parse(f"One {text} two {text}.").findings
    assert finding.code == "garbled-letters"
    assert f'write "{meant}"' in finding.hint


@pytest.mark.parametrize(
    "text",
    [
        "Señor",
        "«CAFÉ»",
        "“ESPAÑ”",
        "blasé…”",
        "NÃO",
        "Å²",
        "10 Å°",
        "Ångström",
        "√2 and √x",
        "2×µg",
        "“Où…” dit",
        "São Paulo",
        "10×¹",
    ],
)
def test_accents_quotation_marks_and_units_are_not_garbled(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("body", "number_of_problems"),
    [
        ("Six minutes.\n\n2. Who writes the note?\n\nThink.", 1),
        ("Six minutes.\n\n2) Who?\n\nThink.\n\n3) Why now?", 2),
        ("Six minutes.\n\n**Who writes the note?**", 1),
        ("**2. Who writes the note?**", 1),
        ("Six minutes.\n\nQ2: Who writes the note?", 1),
        ("### Question 2: Who writes the note?", 1),
        ("1. Who?\n\n2. Why now?", 0),
        ("1. Who?\n2. Why now?", 0),
        ("5 to 10. Who?", 0),
        ("**Who** writes? And **why?**", 0),
        ("Think of:\n\n- **Who?**", 0),
        ("**A note.**", 0),
        ("2.5 mg is enough.", 0),
        ("```\n\n2. x y z\n```", 0),
    ],
)
def test_a_question_without_a_heading_is_reported(body: str, number_of_problems: int) -> None:
    problems = [*questionslips.of_body(Prose(body, "cases/2026-03-a/questions.md"), 1)]
    assert [problem.code for problem in problems] == ["question-heading"] * number_of_problems
    assert all("Who" in problem.hint or "Why" in problem.hint for problem in problems)


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        ("1) Who writes?", 'delete "1)"'),
        ("1. Who writes?", 'delete "1."'),
        ("Q3: Who writes?", 'delete "Q3:"'),
        ("Question 1 – Who writes?", 'delete "Question 1 –"'),
        ("24 hours later: who writes?", ""),
        ("2. Liga: who plays?", ""),
        ("1:1 care, or not?", ""),
        ("1.5 mg, or 2?", ""),
    ],
)
def test_a_number_in_the_heading_of_a_question_is_reported(title: str, hint: str) -> None:
    assert [problem.hint for problem in questionslips.of_heading(title, 1, ("a", 1, 1))] == ([hint] if hint else [])


def test_an_id_without_braces_after_a_question_is_a_mistyped_id() -> None:
    assert found("## Who writes? #writes") == [(1, 16, "heading-id")]
    assert found("## What does #meded mean to #urojc") == []


@pytest.mark.large
def test_such_lines_are_looked_for_in_a_time_that_grows_with_the_text() -> None:
    for text in (
        "a) x\n" * 20_000,
        "**x " * 20_000,
        "\\begin{a" * 20_000,
        "word-\n" * 20_000,
        "%%x" * 20_000,
        "【x" * 20_000,
        "<o:p <?xml ^1" * 20_000,
        "Ã–Å‚–" * 20_000,
        "– x\nDr A: x\n" * 20_000,
        "    [x *a\n" * 20_000,
    ):
        with at_most(4):
            document.parse(text)


def test_the_sign_for_a_lost_letter_is_not_called_invisible() -> None:
    (finding,) = document.parse("The se\ufffdor said so.").findings
    assert finding.place == (1, 7)
    assert finding.message == 'a letter was lost here: a program could not read it, and wrote "\ufffd" (U+FFFD)'
    assert finding.hint == "type the letter, or copy these words again from where they came from"
