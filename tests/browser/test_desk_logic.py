"""What the curation desk works out without a document: places in a text, passages, undo, filters, counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import desk_factory
from casebuilder.editorial.curation import passages as python_passages
from casebuilder.editorial.curation.deskschema import LETTERS, Passage, plain_desk, read_curation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: Letters of one, two and more units: an accent of its own, emoji with a skin colour and joined ones, other scripts.
TEXTS = (
    "plain words, and no more",
    "\N{BELL} rings \N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5} twice",
    "cafe\N{COMBINING ACUTE ACCENT} nai\N{COMBINING DIAERESIS}ve",
    "a family \N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}\N{ZERO WIDTH JOINER}\N{BOY} waits",
    "\N{MUSICAL SYMBOL G CLEF}, \N{REGIONAL INDICATOR SYMBOL LETTER I}\N{REGIONAL INDICATOR SYMBOL LETTER E}",
    "العربية والعدد ٣",
    "two\nlines  and\ttabs",
    "",
)


@pytest.fixture(scope="module")
def logic(browser: Browser) -> Iterator[Page]:
    """A page with the logic of the desk and nothing else."""
    tab = browser.new_page()
    probes = Path(__file__).with_name("desk_probes.js").read_text(encoding="utf-8")
    tab.add_script_tag(content=desk_factory.logic() + probes)
    yield tab
    tab.close()


def ask(tab: Page, script: str, *values: object) -> Any:  # noqa: ANN401 - JSON
    return tab.evaluate(f"([a, b, c, d]) => {script}", [*values, None, None, None, None][:4])


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_convert_to_those_of_python_and_back(logic: Page, text: str) -> None:
    for points in range(len(text) + 1):
        units = ask(logic, "Offsets.toUnits(a, b)", text, points)
        assert units == len(text[:points].encode("utf-16-le")) // 2
        assert ask(logic, "Offsets.toPoints(a, b)", text, units) == points


def test_no_end_of_a_selection_lies_within_a_letter(logic: Page) -> None:
    for text in TEXTS:
        length = len(text.encode("utf-16-le")) // 2
        stops = [0, *ask(logic, "Probes.stops(a, 'letter', 'end')", text)]
        whole = {ask(logic, "Offsets.whole(a, b)", text, unit) for unit in range(length + 1)}
        assert whole == set(stops)
        assert all(
            ask(logic, "Offsets.move(a, b, -1, 'letter')", text, at) == stops[max(0, place - 1)]
            for place, at in enumerate(stops)
        )


def test_the_end_of_a_selection_moves_by_words_with_their_punctuation(logic: Page) -> None:
    text = "“It may ring,” he said. (Twice!)"
    ends = ask(logic, "Probes.stops(a, 'word', 'end')", text)
    assert [text[:end] for end in ends][:3] == ["“It", "“It may", "“It may ring,”"]
    assert text[: ends[-1]] == text
    assert ask(logic, "Offsets.move(a, 8, -1, 'word', 'start')", text) == text.index("may ")
    assert ask(logic, "Offsets.move(a, 3, -1, 'word', 'start')", text) == 0, "the quotation mark belongs to its word"
    assert ask(logic, "Offsets.sentence(a, 25)", text) == [text.index("("), len(text)]


def test_passages_that_touch_are_joined_and_give_the_same_text_as_in_python(logic: Page) -> None:
    text = "One 🔔 rings.  Two ring\nhere. Three do not. Four."
    spans = [("Three", "not."), ("One", "rings."), ("Two", "here.")]
    made = [ask(logic, "Passages.make(a, b, c)", text, *units(text, first, last)) for first, last in spans]
    merged = ask(logic, "Passages.merge(a, b)", text, made)
    assert [text[each["start"] : each["end"]] for each in merged] == ["One 🔔 rings.  Two ring\nhere. Three do not."]
    apart = ask(logic, "Passages.merge(a, b)", text, [made[0], made[1]])
    quoted = ask(logic, "Passages.quoted(a, b)", text, apart)
    assert quoted == "One 🔔 rings. […] Three do not."
    assert quoted == python_passages.joined([Passage(**each) for each in apart], text)
    rest = ask(logic, "Passages.without(a, b, c)", text, apart, made[0])
    assert rest == [made[1]]
    assert ask(logic, "Passages.make(a, 9, 9)", text) is None


def units(text: str, first: str, last: str) -> tuple[int, int]:
    """The span from one word to another in units of UTF-16, with white space around it."""
    start, end = text.index(first), text.index(last) + len(last)
    return len(text[:start].encode("utf-16-le")) // 2, len(text[:end].encode("utf-16-le")) // 2


def test_marks_that_overlap_cut_a_text_where_each_begins_and_ends(logic: Page) -> None:
    marks = [{"id": "q1", "passages": [{"start": 0, "end": 7}]}, {"id": "q2", "passages": [{"start": 4, "end": 11}]}]
    pieces = ask(logic, "Passages.pieces(a, b)", "one two three", marks)
    assert [(each["text"], each["marks"], each["ends"]) for each in pieces] == [
        ("one ", ["q1"], []), ("two", ["q1", "q2"], ["q1"]), (" thr", ["q2"], ["q2"]), ("ee", [], []),
    ]  # fmt: skip


def test_everything_can_be_undone_and_done_again_after_a_reload(logic: Page) -> None:
    logic.evaluate("(desk) => { globalThis.DESK = desk }", plain_desk(desk_factory.desk(30)))
    found = logic.evaluate("Probes.work()")
    assert found["wrong"] == []
    assert found["steps"] > 60
    assert found["nothing"] is None
    assert found["size"] < 200_000
    read_curation(json.dumps(found["written"]))


def test_undo_does_not_take_back_an_edit_of_the_files(logic: Page) -> None:
    found = ask(logic, "Probes.outside(a)", plain_desk(desk_factory.desk(3)))
    assert found["steps"] == [
        ["c001 c002 c003", "one", "mine", "refused", "Mine.", 1],  # merged, with what was done since it was sent
        ["c001 c002 c003", "one", "mine", "refused", "Mine.", 0],
        ["c001 c002 c003", "one", "mine", "refused", "", 0],
        ["c001 c002 c003", "one", "", "refused", "", 0],  # the answer that is refused since is no step any more
        ["c001 c003", "one", "", "refused", "", 0],  # and the quote that was refused, and its theme, stay
        ["c001 c003", "one", "", "refused", "", 0],
    ]
    assert found["again"] == []


def test_typing_in_one_box_is_one_step_of_undo(logic: Page) -> None:
    steps = ask(logic, "Probes.typing(a)", plain_desk(desk_factory.desk(2))["curation"])
    assert steps == [1, 2, "The"]


def test_themes_are_joined_split_and_kept_apart(logic: Page) -> None:
    result = ask(logic, "Probes.themes(a)", plain_desk(desk_factory.desk(2))["curation"])
    assert result["ids"] == ["etude-again", "etude-again-2", "theme"]
    assert result["order"] == ["etude-again", "theme", "etude-again-2"], "a split theme stands behind its first half"
    assert result["letters"] == ["A", "C", "B"]
    assert len(set(result["colours"])) == 3
    assert result["summary"].strip() == "Text", "the quote that moved leaves no line behind"
    assert result["quotes"] == ["q-c001", "q-c001-2"]
    assert result["joined"] == ["theme", "theme"]


def test_a_refused_quote_is_replaced_by_an_empty_paraphrase(logic: Page) -> None:
    desk_content = plain_desk(desk_factory.desk(3))
    result = ask(logic, "Probes.refusal(a)", desk_content)
    assert result["states"] == [["q-c002", "named", "refused", True], ["q-c002-2", "paraphrase", "not-needed", True]]
    assert result["before"] is False
    assert result["refused"] == [desk_content["contributions"][1]["voice"]]
    assert result["people"] == [["refused", 1]]
    assert result["summary"] == "::quote[q-c002-2]"
    assert result["counts"] == {"contributions": 1, "voices": 1, "quotes": 1}


def test_the_thread_keeps_replies_below_what_they_answer_and_filters_keep_their_order(logic: Page) -> None:
    desk_content = plain_desk(desk_factory.desk(60))
    logic.evaluate(
        "(desk) => { globalThis.DESK = desk; globalThis.INDEX = Reading.index(desk.contributions) }", desk_content
    )
    shown = "Probes.rows(a, b)"
    curation = desk_content["curation"]
    by_time = ask(logic, shown, {}, curation)
    place = {name: at for at, (name, _) in enumerate(by_time)}
    assert len(place) == 60
    for row in desk_factory.contributions(60):
        assert not row.in_reply_to or place[row.in_reply_to] < place[row.id]
    by_question = ask(logic, shown, {"order": "question"}, curation)
    assert [each[0] for each in by_question if len(each) == 1] == ["alarm", "door", ""]
    assert len(by_question) == 63
    nurses = [row.id for row in desk_factory.contributions(60) if row.role == "nurse"]
    assert sorted(each[0] for each in ask(logic, shown, {"role": "nurse"}, curation)) == nurses
    spam = {**curation, "contributions": {"c001": {"spam": True}, "c002": {"read": True}}}
    assert len(ask(logic, shown, {}, spam)) == 59
    assert len(ask(logic, shown, {"spam": True}, spam)) == 60
    assert "c002" not in {each[0] for each in ask(logic, shown, {"state": "unread"}, spam)}
    unanswered = {each[0] for each in ask(logic, shown, {"state": "unanswered"}, curation)}
    assert unanswered.isdisjoint(row.in_reply_to for row in desk_factory.contributions(60))
    cafe = {row.id for row in desk_factory.contributions(60) if "café" in row.text}
    assert {each[0] for each in ask(logic, shown, {"search": "CAFE"}, curation)} == cafe
    assert ask(logic, "Reading.found('The CAFÉ 🔔 and the cafe\u0301', 'café')") == [[4, 8], [20, 25]]


#: Values that no desk writes.
HOSTILE: tuple[object, ...] = (
    None, 7, "text", [], {"format": 1}, {"format": 2, "quotes": [], "themes": []},
    {"format": 1, "desk": "other", "quotes": [], "themes": []},
)  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_a_file_of_something_else_is_refused_in_words(logic: Page, value: object) -> None:
    assert len(ask(logic, "Exchange.refusal(a, b)", value, plain_desk(desk_factory.desk(2)))) > 30


def test_a_long_text_is_never_cut_and_a_file_with_one_that_nobody_takes_is_refused(logic: Page) -> None:
    desk_content = plain_desk(desk_factory.desk(1))
    value = {**desk_content["curation"], "introduction": "word " * 19_999}
    assert ask(logic, "Exchange.refusal(a, b)", value, desk_content) == ""
    read, _ = ask(logic, "Exchange.read(a, b)", value, desk_content["contributions"])
    assert read["introduction"] == value["introduction"]
    value["introduction"] = "\N{BELL}" * LETTERS
    assert ask(logic, "Exchange.refusal(a, b)", value, desk_content) == "", "counted as Python counts"
    value["contributions"] = {"c001": {"memo": "x" * (LETTERS + 1)}}
    assert "more than 100,000 characters" in ask(logic, "Exchange.refusal(a, b)", value, desk_content)


def test_what_a_damaged_file_names_that_is_not_here_is_left_out(logic: Page) -> None:
    desk_content = plain_desk(desk_factory.desk(2))
    value = {
        "format": 1,
        "desk": desk_factory.DESK,
        "themes": [{"id": "ringing", "title": "Ringing", "colour": 99, "letter": "<b>"}, {"id": "../x"}, None],
        "quotes": [
            {"id": "q1", "contribution": "c001", "passages": [{"start": 0, "end": 4}], "mode": "shouted", "consent": 3},
            {"id": "q2", "contribution": "gone", "passages": []},
            {"id": "q3", "contribution": "c001", "passages": [{"start": 3, "end": 99_999}]},
            {"id": "__proto__", "contribution": "c001"},
        ],
        "contributions": {"c001": {"read": "yes", "spam": True}, "gone": {"read": True}},
        "curators": [{}, "tan-mei-ling"],
    }
    assert ask(logic, "Exchange.refusal(a, b)", value, desk_content) == ""
    read, dropped = ask(logic, "Exchange.read(a, b)", value, desk_content["contributions"])
    assert dropped == 4
    assert [quote["id"] for quote in read["quotes"]] == ["q1", "q3"]
    assert read["quotes"][0]["mode"] == "named"
    assert read["quotes"][1]["passages"] == [], "a passage outside of the text is no passage"
    assert read["themes"] == [{"id": "ringing", "title": "Ringing", "colour": 3, "letter": "A", "summary": ""}]
    assert read["contributions"] == {"c001": {"spam": True}}
    assert read["curators"] == ["tan-mei-ling"]
    read_curation(json.dumps({**ask(logic, "Exchange.write(a, b)", read, desk_content["contributions"]), "case": "x"}))


def test_a_curation_is_written_with_the_words_that_the_browser_does_not_store(logic: Page) -> None:
    desk_content = plain_desk(desk_factory.desk(3))
    kept, written = ask(logic, "Probes.kept(a)", desk_content)
    first = desk_content["contributions"][0]
    assert kept["text"] == ""
    assert kept["by"] is None
    assert written["text"] == first["text"][:20].strip()
    assert written["by"] == {"name": first["author"], "role": first["role"], "country": first["country"]}
    again = ask(
        logic, "Exchange.read({quotes: [a], themes: []}, b)[0].quotes[0]", written, desk_content["contributions"]
    )
    assert again == kept


def test_a_letter_holds_every_quote_of_its_person(logic: Page) -> None:
    desk_content = plain_desk(desk_factory.desk(3))
    letter = ask(logic, "Probes.letter(a, 3)", desk_content)
    assert letter["subject"] == "May we quote you?"
    assert letter["text"].count("\n> ") == 3
    assert letter["text"].endswith("Thank you.")
    assert "{" not in letter["text"]
    assert ask(logic, "Probes.letter(a, 1)", desk_content)["text"].count("\n> ") == 1
    desk_content["templates"] |= {"unnamed": "Subject\nNo name"}
    assert ask(logic, "Probes.letter(a, 1, 'named')", desk_content)["text"] != "No name"
    assert ask(logic, "Probes.letter(a, 1, 'anonymous')", desk_content)["text"] == "No name"
