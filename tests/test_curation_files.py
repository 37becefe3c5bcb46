"""What a curation changes in quotes.yml, commentary.md and the record, and that everything else stays byte for byte."""

from __future__ import annotations

import difflib
import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from casebuilder import published
from casebuilder.checks import verbatim
from casebuilder.editorial.curation import casecuration, passages, saving
from casebuilder.editorial.curation.deskschema import Agreement, Author, DeskTheme, MarkedQuote, Marks, Passage
from casebuilder.editorial.curation.mergelines import with_anchors
from casebuilder.model import Arranged, ConsentState, Mode, Use
from casebuilder.model.commentary import METHOD_FIGURES
from casebuilder.outputs.site.pages import case as pages
from casebuilder.outputs.site.pages.siteview import SiteView
from casebuilder.published import methodline
from casebuilder.readers import read as read_series
from curating import COMMENTARY, QUOTES, RECORD, SLUG, TEXTS, after, curation, quote, read, save, with_texts

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.editorial.curation.deskschema import Curation


LINE = {"id": "c9", "channel": "x", "author": "a", "author_key": "9", "posted": "2026-03-05T00:00:00Z"}


def changed(old: str, new: str) -> list[str]:
    """The lines that differ, with - or + before each."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def with_quote(made: Curation, name: str, **fields: object) -> Curation:
    """A curation in which one quote has other values."""
    quotes = tuple(replace(each, **fields) if each.id == name else each for each in made.quotes)  # type: ignore[arg-type]  # a test's
    return replace(made, quotes=quotes)


def test_a_curation_that_changes_nothing_writes_nothing() -> None:
    assert save(curation()).edits == {}


def test_a_new_quote_is_one_block_behind_the_contribution_before_it() -> None:
    new = quote("c3", "That finger was the real handover", theme="owners", dissent=True)
    texts_after = after(replace(curation(), quotes=(new, *curation().quotes)))
    assert changed(TEXTS[QUOTES], texts_after[QUOTES]) == [
        "+- id: q-c3",
        "+  text: >-",
        "+    That finger was the real handover",
        "+  mode: anonymous",
        "+  consent:",
        "+    state: pending",
        "+  source:",
        "+    channel: site",
        "+    posted: 2026-03-04T09:30:00+00:00",
        "+    contribution: c3",
        "+  theme: owners",
        "+  dissent: true",
    ]
    assert texts_after[QUOTES].index("q-c3") > texts_after[QUOTES].index("q1")
    assert {path for path in texts_after if texts_after[path] != TEXTS[path]} == {QUOTES}


def test_two_curators_additions_merge_by_git(tmp_path: Path) -> None:
    """One quotes an early contribution and one a late one; both write the commentary of a theme of their own."""
    changed_curation = curation()
    extra = "".join(
        TEXTS[RECORD].splitlines(keepends=True)[0].replace('"c1"', f'"c{number}"').replace("Easy.", f"Word {number}.")
        for number in range(4, 9)
    )
    blocks = "".join(
        f"- {{id: old{number}, text: Word {number}., mode: paraphrase, consent: {{state: not-needed}}, "
        f"source: {{contribution: c{number}}}}}\n"
        for number in (5, 7)
    )
    texts = with_texts(
        record=TEXTS[RECORD].rstrip("\n") + "\n" + extra, quotes=TEXTS[QUOTES].rstrip("\n") + "\n" + blocks
    )
    changed_curation = curation(texts)
    first, second = quote("c4", "Word 4.", texts), quote("c8", "Word 8.", texts)
    texted = [
        replace(theme, summary=theme.summary + f"\n\n::quote[q-c{n}]")
        for theme, n in zip(changed_curation.themes, (4, 8), strict=True)
    ]
    one = after(
        replace(
            changed_curation, quotes=(*changed_curation.quotes, first), themes=(texted[0], changed_curation.themes[1])
        ),
        texts,
    )
    two = after(
        replace(
            changed_curation, quotes=(*changed_curation.quotes, second), themes=(changed_curation.themes[0], texted[1])
        ),
        texts,
    )
    merged = {}
    for path in (QUOTES, COMMENTARY):
        for name, version in (("base", texts), ("one", one), ("two", two)):
            (tmp_path / name).write_text(version[path], encoding="utf-8")
        completed = subprocess.run(
            ["git", "merge-file", "--stdout", "one", "base", "two"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert completed.returncode == 0, completed.stdout
        merged[path] = completed.stdout
    both = curation({**texts, **merged})
    assert {each.id for each in both.quotes} == {each.id for each in changed_curation.quotes} | {"q-c4", "q-c8"}
    assert [theme.summary for theme in both.themes] == [theme.summary for theme in texted]
    assert save(both, {**texts, **merged}).edits == {}


FORMS = {
    "flow": "- {id: q1, text: 'Nobody owns a patient who is waiting.', mode: anonymous, by: {role: nurse}, "
    "consent: {state: pending, how: asked}, source: {contribution: c2}, theme: owners}\n- id: q2\n  text: Other.\n"
    "  mode: paraphrase\n  consent: {state: not-needed}\n",
    "indented": "  - id: q1 # first\n    text: |\n      Nobody owns\n      a patient who is waiting.\n"
    "    mode: anonymous\n    by: {role: nurse}   # of a ward\n"
    "    consent:\n      # asked twice\n      state: pending\n      how: asked\n"
    "    source: {contribution: c2}\n\n  # about the second\n  - id: q2\n    text: Other.\n    mode: paraphrase\n"
    "    consent: {state: not-needed}\n",
    "other order": "# all of them\n\n- theme: owners # changed\n  consent: {how: asked, state: pending}\n"
    '  mode: anonymous\n  text: "Nobody owns\n    a patient who is waiting."\n  by:\n    role: nurse\n'
    "  source: {contribution: c2}\n  id: q1\n"
    "- consent: {state: not-needed}\n  id: q2\n  text: Other.\n  mode: paraphrase\n# the end\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_each_field_of_a_quote_is_changed_in_its_place_whatever_form_it_has(form: str) -> None:
    texts = with_texts(quotes=FORMS[form], commentary=TEXTS[COMMENTARY].replace("::quote[q1]\n", ""))
    changed_curation = curation(texts)
    agreed = Agreement(ConsentState.GRANTED, None, 'said: "yes" # twice', (Use.SITE, Use.PRINT))
    for fields in (
        {"consent": agreed},
        {"by": Author(role="head nurse", country="NO")},
        {"theme": "lists"},
        {"theme": ""},
        {"by": Author(), "question": "the-bus"},
        {"mode": Mode.PARAPHRASE, "text": "Nobody: owns  it", "by": Author("A", "B", "GB")},
        {"mode": Mode.NAMED, "by": Author("Ann: #1")},
    ):
        texts_after = after(with_quote(changed_curation, "q1", **fields), texts)
        assert [each for each in curation(texts_after).quotes if each.id != "q1"] == [
            each for each in changed_curation.quotes if each.id != "q1"
        ]
        for remark in ("# about the second", "# all of them", "# the end", "# asked twice"):
            assert (remark in texts_after[QUOTES]) == (remark in FORMS[form])
        assert not changed(*(text[QUOTES].split("q2")[-1] for text in (texts, texts_after)))
    gone = after(
        replace(changed_curation, quotes=tuple(each for each in changed_curation.quotes if each.id != "q1")), texts
    )
    assert [each.id for each in curation(gone).quotes] == ["q2"]
    more = after(
        replace(changed_curation, quotes=(*changed_curation.quotes, quote("c3", "the real handover", texts))), texts
    )
    assert {each.id for each in curation(more).quotes} == {"q1", "q2", "q-c3"}


def test_a_comment_behind_a_value_stays() -> None:
    texts = with_texts(quotes=TEXTS[QUOTES].replace("theme: lists", "theme: lists  # was: buses"))
    texts_after = after(with_quote(curation(texts), "q1", theme="owners"), texts)
    assert changed(texts[QUOTES], texts_after[QUOTES]) == [
        "-  theme: lists  # was: buses",
        "+  theme: owners  # was: buses",
    ]


def test_a_quote_from_a_private_record_carries_its_digest() -> None:
    settings = TEXTS["mkdocs.yml"].replace("- casebuilder:", "- casebuilder:\n      discussions: private")
    texts = {**with_texts(), "mkdocs.yml": settings}
    texts_after = after(replace(curation(texts), quotes=(*curation(texts).quotes, quote("c3", "That finger"))), texts)
    case = read(texts_after).case(SLUG)
    assert case is not None
    said = next(item for item in case.contributions if item.id == "c3")
    source = next(each for each in case.quotes if each.id == "q-c3").source
    assert (source.digest, source.posted) == (said.digest, ""), "the moment leads to the post"


def test_a_quote_that_loses_its_name_loses_the_address_of_its_post() -> None:
    texts = with_texts(
        quotes=TEXTS[QUOTES].replace("    channel: site\n", "    channel: site\n    url: https://x.example/1\n")
    )
    texts_after = after(with_quote(curation(texts), "q1", mode=Mode.ANONYMOUS), texts)
    assert changed(texts[QUOTES], texts_after[QUOTES]) == [
        "-  mode: named", "+  mode: anonymous", "-    name: Ida Holm", "-    url: https://x.example/1",
    ]  # fmt: skip


def test_a_quote_that_gets_a_name_gets_the_address_of_its_post() -> None:
    texts = with_texts(
        record=TEXTS[RECORD].replace('"c2", ', '"c2", "url": "https://x.example/2", '),
        quotes=TEXTS[QUOTES].replace("  theme: owners\n", "  source:\n    channel: site\n    contribution: c2\n"),
    )
    texts_after = after(with_quote(curation(texts), "q2", mode=Mode.NAMED, by=Author("Ann Ex", "resident")), texts)
    assert changed(texts[QUOTES], texts_after[QUOTES]) == [
        "-  mode: anonymous", "+  mode: named", "+    name: Ann Ex", "+    url: https://x.example/2",
    ]  # fmt: skip
    assert texts_after[QUOTES].index("channel: site\n    url: https://x") > 0


def test_the_last_quote_may_go_and_the_first_may_come() -> None:
    plain = with_texts(commentary=TEXTS[COMMENTARY].replace("::quote[q1]\n", ""))
    empty = after(replace(curation(plain), quotes=()), plain)
    assert QUOTES not in empty
    again = after(replace(curation(empty), quotes=(quote("c2", "Nobody owns a patient"),)), empty)
    assert [each.id for each in curation(again).quotes] == ["q-c2"]
    remarked = after(replace(curation(plain), quotes=()), {**plain, QUOTES: f"# ours\n{plain[QUOTES]}"})
    assert remarked[QUOTES] == "# ours\n[]\n"


@pytest.mark.parametrize(
    ("said", "chosen", "quoted"),
    [
        ("I don’t know whose pager it was.", "on’t know whose pag", "don’t know whose pager"),
        ("我今天在病房里很累。", "天在病房", "天在病房"),
        ("The well-being of all.", "being of al", "well-being of all"),
        ("Yes 👏🏽👏🏽 👏🏽!", "👏🏽👏🏽 👏🏽", "👏🏽👏🏽 👏🏽"),
        ("~", "~", "~"),
        ("y" * 20_010, "y" * 20_010, "y" * 20_010),
        ("The cafe\u0301 is shut.", "The caf", "The cafe\u0301"),
    ],
)
def test_a_quote_verifies_by_construction_also_if_a_selection_ends_within_a_word(
    said: str, chosen: str, quoted: str
) -> None:
    texts = with_texts(record=TEXTS[RECORD] + json.dumps(LINE | {"text": said}) + "\n")
    start = said.index(chosen)
    half = MarkedQuote("q-c9", "c9", (Passage(start, start + len(chosen)),), text=chosen, quoted=True)
    result = save(replace(curation(texts), quotes=(*curation(texts).quotes, half)), texts)
    assert result.outside is (chosen != quoted), "the page gets it back"
    made = {**texts, **{path: text for path, text in result.edits.items() if text}}
    (found,) = (each for each in curation(made).quotes if each.id == "q-c9")
    assert found.text == quoted
    assert not list(verbatim.quotes(read(made)))


def test_two_passages_in_the_same_word_are_one() -> None:
    assert passages.whole_words((Passage(0, 2), Passage(5, 10)), "2026-01-01 is over") == (Passage(0, 10),)


ODD = (
    *(
        "no",
        "null",
        "1e5",
        "2026",
        "- a",
        "a: b",
        "#1",
        "'",
        '"',
        "{x}",
        "@x",
        "%",
        "a\\nb",
        "é\u00a0«»",
        "*b*",
        "x" * 300,
    ),
    *(
        "a\ufeffb",
        "a\u200bb",
        "🔔👩🏽\u200d⚕️",
        "عربي",
        "e\u0301",
        "~",
        "? a",
        "&a",
        "!b",
        "|",
        ">",
        "a #b",
        "[@c]",
        "<b>",
        "\\",
    ),
)


def test_words_that_yaml_could_take_for_something_else() -> None:
    quotes, themes = [], []
    for number, words in enumerate(ODD):
        new = quote("c2", "Nobody owns", id=f"q{number}-odd", by=Author(role=words), consent=Agreement(how=words))
        quotes.append(new)
        themes.append(DeskTheme(f"t{number}", words))
    changed_curation = curation()
    made = curation(
        after(
            replace(
                changed_curation, quotes=(*changed_curation.quotes, *quotes), themes=(*changed_curation.themes, *themes)
            )
        )
    )
    found = {each.id: (each.by.role, each.consent.how) for each in made.quotes}
    assert [found[f"q{number}-odd"] for number in range(len(ODD))] == [(words, words) for words in ODD]
    assert [theme.title for theme in made.themes[len(changed_curation.themes) :]] == [*ODD]


@pytest.mark.parametrize(
    "said", ["\u00a0«\u00a0Nobody\u00a0owns\u00a0» it\u3000\n\n🔔 now. \u00a0", 'عربي: "ب" #x\n- ب', "a\tb\r\nc"]
)
def test_a_quote_of_any_words_is_read_as_it_was_written(said: str) -> None:
    texts = with_texts(record=TEXTS[RECORD] + json.dumps(LINE | {"text": said}) + "\n")
    whole = MarkedQuote("q-c9", "c9", (Passage(0, len(said.strip())),), quoted=True)
    texts_after = after(replace(curation(texts), quotes=(*curation(texts).quotes, whole)), texts)
    (found,) = (each for each in curation(texts_after).quotes if each.id == "q-c9")
    assert found.text.split() == said.split()
    assert ("\u00a0" in found.text.strip()) == ("\u00a0" in said.strip())
    assert found.passages == whole.passages


def test_themes_are_renamed_moved_added_and_deleted_each_with_its_text() -> None:
    changed_curation = curation()
    lists, owners = changed_curation.themes
    renamed = after(replace(changed_curation, themes=(lists, replace(owners, title="Who *owns* one"))))
    assert changed(TEXTS[COMMENTARY], renamed[COMMENTARY]) == [
        "-    title: Who owns a patient", '+    title: "Who *owns* one"',
        "-## Who owns a patient {#owners}", "+## Who \\*owns\\* one {#owners}",
    ]  # fmt: skip
    moved = after(replace(changed_curation, themes=(owners, lists)))[COMMENTARY]
    assert moved.index("## Who owns") < moved.index("## What a list")
    assert sorted(moved.split()) == sorted(TEXTS[COMMENTARY].split())
    new = DeskTheme("new", "New", 3, "C", "Some words.\n\n### Deeper\n\n::quote[q2]")
    more = after(replace(changed_curation, themes=(lists, new, owners)))
    assert [theme.id for theme in curation(more).themes] == ["lists", "new", "owners"]
    fewer = after(replace(with_quote(changed_curation, "q2", theme=""), themes=(lists,)))
    assert "owns" not in fewer[COMMENTARY]
    assert read(fewer)


def test_a_theme_in_braces_is_renamed_and_keeps_the_remark_behind_it() -> None:
    braces = "  - {id: lists, title: What a list hides} # the first\n  # next\n"
    text = TEXTS[COMMENTARY].replace("  - id: lists\n    title: What a list hides\n", braces)
    texts = with_texts(commentary=text)
    changed_curation = curation(texts)
    made = after(
        replace(
            changed_curation,
            themes=(replace(changed_curation.themes[0], title="Lists: all"), *changed_curation.themes[1:]),
        ),
        texts,
    )[COMMENTARY]
    assert '  - id: lists # the first\n    title: "Lists: all"\n  # next\n  - id: owners\n' in made


def test_a_text_of_a_theme_changes_alone() -> None:
    changed_curation = curation()
    texts_after = after(
        replace(
            changed_curation,
            themes=(replace(changed_curation.themes[0], summary="One.\n\nTwo."), changed_curation.themes[1]),
            introduction="",
        )
    )
    assert (
        texts_after[COMMENTARY]
        .partition("---\n\n")[2]
        .startswith("## What a list hides {#lists}\n\nOne.\n\nTwo.\n\n## Who owns a patient {#owners}\n\nHere")
    )
    assert texts_after[COMMENTARY].partition("---\n\n")[0] == TEXTS[COMMENTARY].partition("---\n\n")[0]


def test_footnotes_setext_headings_and_text_of_no_theme_stay() -> None:
    text = TEXTS[COMMENTARY].replace("## What a list hides {#lists}", "What a list hides\n---")
    text += "\nSee[^1].\n\n[^1]: A *note*\n    of two lines.\n"
    texts = with_texts(commentary=text)
    changed_curation = curation(texts)
    texts_after = after(
        replace(
            changed_curation, themes=(replace(changed_curation.themes[0], summary="New."), changed_curation.themes[1])
        ),
        texts,
    )
    assert "What a list hides\n---\n\nNew.\n\n## Who" in texts_after[COMMENTARY]
    assert texts_after[COMMENTARY].endswith("[^1]: A *note*\n    of two lines.\n")


def test_themes_whose_list_has_another_order_than_their_headings_stay_so() -> None:
    text = TEXTS[COMMENTARY]
    lists, owners = ("  - id: lists\n    title: What a list hides\n", "  - id: owners\n    title: Who owns a patient\n")
    texts = with_texts(commentary=text.replace(lists + owners, owners + "  # the first\n" + lists))
    changed_curation = curation(texts)
    assert [theme.id for theme in changed_curation.themes] == ["lists", "owners"], "as readers see them"
    made = after(replace(changed_curation, introduction="Other words."), texts)[COMMENTARY]
    assert changed(texts[COMMENTARY], made) == [
        "-Three people wrote, and two of them had missed the bus.", "+Other words.",
    ]  # fmt: skip
    renamed = after(
        replace(
            changed_curation, themes=(changed_curation.themes[0], replace(changed_curation.themes[1], title="Ours"))
        ),
        texts,
    )[COMMENTARY]
    assert changed(texts[COMMENTARY], renamed) == [
        "-    title: Who owns a patient", "+    title: Ours", "-## Who owns a patient {#owners}", "+## Ours {#owners}",
    ]  # fmt: skip


def test_a_theme_that_somebody_deletes_stays_if_a_new_quote_is_in_it() -> None:
    made = replace(curation(), quotes=(*curation().quotes, quote("c3", "That finger", theme="owners")))
    without = (
        TEXTS[COMMENTARY].replace("  - id: owners\n    title: Who owns a patient\n", "").partition("\n## Who owns")[0]
        + "\n"
    )
    texts = with_texts(commentary=without, quotes=TEXTS[QUOTES].replace("  theme: owners\n", ""))
    both = curation(after(made, texts))
    assert [theme.id for theme in both.themes] == ["lists", "owners"]
    assert {each.id: each.theme for each in both.quotes} == {"q1": "lists", "q2": "", "q3": "", "q-c3": "owners"}


def test_a_first_commentary_is_written_once_somebody_curates() -> None:
    texts = {path: text for path, text in TEXTS.items() if path not in {COMMENTARY, QUOTES}}
    own = replace(curation(texts), themes=(DeskTheme("a", "A: b", summary="Text."),), introduction="Before.")
    assert own.curators == ("caro-lind",)
    assert save(replace(own, curators=()), texts).edits == {}
    made = after(own, texts)[COMMENTARY]
    assert made.startswith(
        "---\ncurators: [caro-lind]\nmethod: >-\n  Contributions read: {contributions}. People who contributed: "
    )
    assert made.endswith('themes:\n  - id: a\n    title: "A: b"\n---\n\nBefore.\n\n## A: b {#a}\n\nText.\n')


def test_the_method_line_says_what_was_left_out() -> None:
    line = '{"id": "c4", "channel": "x", "author": "a", "author_key": "4", '
    line += '"posted": "2026-03-05T00:00:00Z", "text": "%s"}\n'
    copy = "RT @resident42 I say that nobody owns a patient who is waiting."
    record = TEXTS[RECORD].replace("Nobody owns", "I say that nobody owns").rstrip("\n") + "\n" + line % copy
    record += (line % "Buy watches").replace("c4", "c5")
    texts = with_texts(record=record, quotes=TEXTS[QUOTES].replace("\n  theme: owners", ""))
    changed_curation = curation(texts)
    saved_files = save(replace(changed_curation, method_automatic=True, contributions={"c5": Marks(spam=True)}), texts)
    assert saved_files.curation.method == (
        "Contributions read: {contributions}. People who contributed: {contributors}. Quotes used: {quotes}. "
        "People quoted: {people}. Left out as reposts or copies: {copies}. Left out as spam: {spam}. "
        "Withdrawn by their authors: {withdrawn}."
    )
    assert (saved_files.edits[RECORD] or "").endswith('"text": "Buy watches", "spam": true}\n')
    back = {**texts, **{path: text for path, text in saved_files.edits.items() if text}}
    (shown,) = published.publish(read(back), datetime(2027, 1, 1, tzinfo=UTC)).cases[-1:]
    assert shown.commentary
    assert shown.commentary.method == (
        "Contributions read: 4. People who contributed: 4. Quotes used: 3. People quoted: 3. Left out as spam: 1."
    )
    for name in METHOD_FIGURES:
        back = {path: text.replace(f"{{{name}}}", "99") for path, text in back.items()}
    (typed,) = published.publish(read(back), datetime(2027, 1, 1, tzinfo=UTC)).cases[-1:]
    assert typed.commentary
    assert typed.commentary.method == shown.commentary.method, "an earlier desk wrote numbers"
    said, figures = next(case.contributions for case in read(back).cases if case.slug == SLUG), shown.figures
    assert methodline.counts((), said, figures, 1)["copies"] == 1
    taken_back = [said[0].model_copy(update={"withdrawn": said[0].posted.date()}), *said[1:]]
    assert methodline.counts((), taken_back, None, 1)["withdrawn"] == 1
    hidden = {"contributions": None, "contributors": None, "quotes": 0, "people": 0, "spam": None}
    assert methodline.counts((), taken_back, None, 3) == {**hidden, "copies": None, "withdrawn": None}
    four = [said[0].model_copy(update={"id": f"w{n}", "withdrawn": said[0].posted.date()}) for n in range(4)]
    assert methodline.counts((), four, None, 3)["withdrawn"] is None, "four of one person are one person's"
    undone = save(replace(curation(back), contributions={}), back)
    assert undone.edits == {RECORD: record}


def test_a_commentary_may_be_arranged_by_the_questions_of_the_case() -> None:
    changed_curation = curation()
    (case,) = (each for each in read(TEXTS).cases if each.slug == SLUG)
    themes = tuple(DeskTheme(each.id, each.title, summary="Words.") for each in case.questions[:1])
    texts = after(replace(changed_curation, arranged=Arranged.QUESTIONS, themes=themes, introduction=""))
    made = curation(texts)
    assert made.arranged is Arranged.QUESTIONS
    assert [theme.id for theme in made.themes] == [each.id for each in case.questions]
    assert "themes:" not in texts[COMMENTARY]
    assert save(made, texts).edits == {}
    (shown,) = published.publish(read(texts), datetime(2027, 1, 1, tzinfo=UTC)).cases[-1:]
    assert {each.id: each.theme for each in shown.quoted(Use.SITE)} == {"q1": "the-bus", "q2": "", "q3": ""}
    html = pages.commentary(SiteView(published.publish(read(texts), datetime(2027, 1, 1, tzinfo=UTC)), ()), shown, "")
    assert html.index(case.questions[0].title) < html.index("late for supper") < html.index("Nobody owns a patient")
    back = after(replace(made, arranged=Arranged.THEMES, themes=changed_curation.themes), texts)
    assert [theme.title for theme in curation(back).themes] == [theme.title for theme in changed_curation.themes]


def test_what_cannot_be_edited_safely_is_refused() -> None:
    texts = with_texts(
        quotes=TEXTS[QUOTES].replace("- id: q1", "- &one\n  id: q1").replace("role: nurse", "role: nurse")
    )
    result = save(with_quote(curation(texts), "q1", theme="owners"), texts)
    assert result.edits or result.reasons
    series, _ = read_series({**texts, **{path: text for path, text in result.edits.items() if text}})
    assert series.case(SLUG)


def test_a_number_sign_in_a_title_or_an_answer_outlives_every_edit() -> None:
    texts = dict(TEXTS)
    for title in ("Ward #4", 'Ward #5: "four"', "Ward four", "#6"):
        changed_curation = curation(texts)
        quotes = tuple(
            replace(each, consent=Agreement(ConsentState.GRANTED, None, title)) for each in changed_curation.quotes
        )
        themes = (replace(changed_curation.themes[0], title=title), *changed_curation.themes[1:])
        texts = after(replace(changed_curation, quotes=quotes, themes=themes), texts)
        assert curation(texts).themes[0].title == title
        assert {each.consent.how for each in curation(texts).quotes} == {title}
    assert not [line for line in texts[COMMENTARY].splitlines() if "four" in line]


def test_no_save_brings_a_new_error_into_a_file() -> None:
    changed_curation = curation()
    for words in ("word " * 4200, "w" * 60_000, "text\n<<<<<<< HEAD\nother"):
        saved_files = save(replace(changed_curation, introduction=words))
        assert saved_files.reasons, words[:20]
        assert not saved_files.edits


@pytest.mark.parametrize("words", ["w " * 10_500, "w" * 60_000, "```\ncode", "text\n\n~~~~ python\ncode\n```"])
def test_a_text_that_the_desk_could_not_open_again_is_refused_with_its_theme(words: str) -> None:
    changed_curation = curation()
    saved_files = save(
        replace(
            changed_curation, themes=(replace(changed_curation.themes[0], summary=words), *changed_curation.themes[1:])
        )
    )
    cure = "begin new paragraphs" if words.startswith("w") else "close the code block"
    assert len(saved_files.reasons) == 1
    assert cure in saved_files.reasons[0]
    assert changed_curation.themes[0].title in saved_files.reasons[0]
    assert not saved_files.edits


@pytest.mark.parametrize("text", ["", "\n\n", "# for later\n", "# one\n[] # none yet\n", "---\n# two\n"])
def test_a_file_without_a_quote_gets_its_first_and_keeps_its_comments(text: str) -> None:
    texts = with_texts(quotes=text, commentary=TEXTS[COMMENTARY].replace("::quote[q1]\n", ""))
    series = read_series(texts)[0]
    case = series.case(SLUG)
    assert case is not None
    began = casecuration.curation_of(case, texts, "0" * 32)
    made = saving.saved(series, texts, replace(began, quotes=(quote("c3", "That finger"),)))
    assert not made.reasons
    written = made.edits[QUOTES] or ""
    assert [line for line in text.splitlines() if "#" in line and "[]" not in line] == [
        line for line in written.splitlines() if line.startswith("#") and line != "# none yet"
    ]
    assert ("# none yet" in written) == ("# none yet" in text)
    assert [each.id for each in curation({**texts, QUOTES: written}).quotes] == ["q-c3"]


OPEN = TEXTS[COMMENTARY].rstrip("\n") + "\n\n~~~ py\nnot finished\n"
OPEN_FIRST = TEXTS[COMMENTARY].replace("::quote[q1]\n", "```\nnot finished\n")


@pytest.mark.parametrize("text", [OPEN, OPEN_FIRST], ids=["in the last text", "above a heading"])
def test_a_code_block_without_an_end_hinders_only_what_would_stand_below_it(text: str) -> None:
    texts = with_texts(commentary=text)
    changed_curation = curation(texts)
    new = quote("c3", "That finger", texts, theme="owners")
    marked = replace(changed_curation, quotes=(*changed_curation.quotes, new), method="Read once.")
    texts_after = after(marked, texts)
    assert "q-c3" in texts_after[QUOTES]
    assert texts_after[COMMENTARY].split("---\n", 2)[2] == text.split("---\n", 2)[2]
    assert "Read once." in texts_after[COMMENTARY]
    said = save(replace(changed_curation, themes=(*changed_curation.themes, DeskTheme("new", "New"))), texts)
    line = 1 + text[: max(text.find("~~~"), text.find("```"))].count("\n")
    assert f"{COMMENTARY}:{line}: the code block that begins here has no end" in said.reasons[0]
    assert "Write the marks of this line" in said.reasons[0]


def test_a_heading_and_a_place_that_somebody_wrote_by_hand_hinder_nothing_and_stay() -> None:
    by_hand = TEXTS[COMMENTARY].rstrip("\n") + "\n\n::quote[mistyped]\n\n# Their own heading\n"
    texts = with_texts(commentary=by_hand)
    changed_curation = curation(texts)
    assert (
        "q-c3"
        in after(
            replace(changed_curation, quotes=(*changed_curation.quotes, quote("c3", "That finger", texts))), texts
        )[QUOTES]
    )
    themes = (replace(changed_curation.themes[0], title="Another name"), *changed_curation.themes[1:])
    made = after(replace(changed_curation, themes=themes), texts)[COMMENTARY]
    assert made == by_hand.replace("What a list hides", "Another name")


def test_the_text_above_the_first_theme_may_be_all_that_there_is() -> None:
    text = TEXTS[COMMENTARY].split("\n## ", 1)[0]
    texts = with_texts(commentary=text)
    made = after(replace(curation(texts), introduction="Three people wrote."), texts)[COMMENTARY]
    assert "\nThree people wrote.\n" in made


EMPTY = with_anchors("", ("c1", "c2", "c3"))


@pytest.mark.parametrize("pairs", [(("c1",), ("c2",)), (("c3",), ("c2", "c1")), (("c2",), ("c3",))])
def test_first_quotes_of_two_curators_merge_by_git_below_the_lines_that_an_import_wrote(
    tmp_path: Path, pairs: tuple[tuple[str, ...], ...]
) -> None:
    texts = {path: text for path, text in with_texts(quotes=EMPTY).items() if path != COMMENTARY}
    said = {"c1": "I would rather be late", "c2": "Nobody owns a patient", "c3": "That finger"}
    sides = []
    for names in pairs:
        changed_curation = curation(texts)
        quotes = tuple(quote(name, said[name], texts) for name in names)
        sides.append(after(replace(changed_curation, quotes=quotes), texts)[QUOTES])
    merged = merged_by_git(tmp_path, EMPTY, *sides)
    found = read_series({**texts, QUOTES: merged})[0].case(SLUG)
    assert found is not None
    assert [each.source.contribution for each in found.quotes] == sorted({*pairs[0], *pairs[1]})
    assert [line for line in merged.split("\n") if line.startswith("#")] == EMPTY.strip().split("\n")
    # Each edits, or removes, a quote that stands next to the other's.
    texts = {**with_texts(quotes=merged), COMMENTARY: TEXTS[COMMENTARY].replace("::quote[q1]\n", "")}
    changed = [save(each, texts).edits[QUOTES] for each in _next_to_each_other(curation(texts))]
    again = read_series({**texts, QUOTES: merged_by_git(tmp_path, merged, *changed)})[0].case(SLUG)
    assert again is not None
    assert len(again.quotes) == len(found.quotes) - 1
    assert again.quotes[0].dissent


def _next_to_each_other(made: Curation) -> tuple[Curation, Curation]:
    """Two curations: one changes the first quote, one removes the second."""
    first, second, *rest = made.quotes
    return replace(made, quotes=(replace(first, dissent=True), second, *rest)), replace(made, quotes=(first, *rest))


def test_an_added_quote_changes_no_line_of_the_commentary() -> None:
    """Two curators who quote on two computers have no conflict there."""
    own = replace(curation(), method_automatic=True)
    texts = after(own)
    own = replace(curation(texts), method_automatic=True)
    assert [*save(replace(own, quotes=own.quotes[:2]), texts).edits] == [QUOTES]


def test_figures_of_a_method_line_are_those_of_what_is_shown() -> None:
    method = "We read all. Quotes used: {quotes}. People quoted: {people}. Spam: 1."
    quotes = next(case.quotes for case in read(TEXTS).cases if case.slug == SLUG)
    assert methodline.people_quoted(quotes, {}) is None
    assert methodline.people_quoted(quotes, {"c1": "one"}) == len(quotes), "who wrote the others, nobody knows"
    known = {"quotes": "3", "people": "2"}
    assert methodline.with_figures(method, known) == "We read all. Quotes used: 3. People quoted: 2. Spam: 1."
    assert methodline.with_figures(method, {**known, "people": ""}) == "We read all. Quotes used: 3. Spam: 1."
    assert not methodline.is_counted("Two curators read {all}.")


def test_numbers_that_an_earlier_desk_typed_are_counted_like_those_of_today() -> None:
    typed = "Personas que participaron: 1.204. Citas utilizadas: 9. Leídas por dos: 2."
    assert methodline.is_typed(typed)
    counted = "Personas que participaron: {contributors}. Citas utilizadas: {quotes}. Leídas por dos: 2."
    assert methodline.with_places(typed, is_known=True) == counted
    only = typed.replace("9", "{quotes}")
    assert methodline.with_places(typed, is_known=False) == only
    assert methodline.with_places("الاقتباسات المستخدمة: ٩.", is_known=True) == "الاقتباسات المستخدمة: {quotes}."


def with_theme(made: Curation, name: str, place: int) -> Curation:
    """A curation with another theme at a place."""
    new = DeskTheme(id=name, title=name.title(), summary=f"Of {name}.")
    return replace(made, themes=(*made.themes[:place], new, *made.themes[place:]))


def test_themes_of_two_curators_merge_by_git_where_another_theme_is_between_them(tmp_path: Path) -> None:
    changed_curation = curation(TEXTS)
    one, two = (
        after(with_theme(changed_curation, name, place), TEXTS)[COMMENTARY]
        for name, place in (("sleep", 1), ("rank", 2))
    )
    merged = merged_by_git(tmp_path, TEXTS[COMMENTARY], one, two)
    found = curation({**TEXTS, COMMENTARY: merged})
    first, last = (theme.id for theme in changed_curation.themes)
    assert [theme.id for theme in found.themes] == [first, "sleep", last, "rank"]
    assert {theme.summary for theme in found.themes} >= {"Of sleep.", "Of rank."}


def test_themes_at_one_place_are_a_conflict_and_both_sides_of_it_are_right_together(tmp_path: Path) -> None:
    """Git cannot know which of two goes first; the handbook says to keep both."""
    changed_curation = curation(TEXTS)
    one, two = (after(with_theme(changed_curation, name, 2), TEXTS)[COMMENTARY] for name in ("sleep", "rank"))
    with pytest.raises(subprocess.CalledProcessError):
        merged_by_git(tmp_path, TEXTS[COMMENTARY], one, two)
    for name, text in (("base", TEXTS[COMMENTARY]), ("one", one), ("two", two)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    order = ["git", "merge-file", "--union", "--stdout", "one", "base", "two"]
    both = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    found = curation({**TEXTS, COMMENTARY: both})
    assert [theme.id for theme in found.themes[2:]] == ["sleep", "rank"]
    assert [theme.summary for theme in found.themes[2:]] == ["Of sleep.", "Of rank."]
    assert save(found, {**TEXTS, COMMENTARY: both}).edits == {}


def merged_by_git(folder: Path, base: str, first: str | None, second: str | None) -> str:
    """A file after two branches that began with the same text are merged.

    Raises:
        subprocess.CalledProcessError: they conflict.
    """
    place = folder / f"{len([*folder.iterdir()])}"
    place.mkdir()

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *arguments], cwd=place, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    for branch, text in (("main", base), ("one", first), ("two", second)):
        if branch != "main":
            git("checkout", "-q", "-b", branch, "main")
        (place / "quotes.yml").write_text(text or "", encoding="utf-8")
        git("add", "quotes.yml")
        git("commit", "-q", "-m", branch)
    git("merge", "-q", "--no-edit", "one")
    return (place / "quotes.yml").read_text(encoding="utf-8")
