"""First names and family names alone: a participant who is spoken to or of is a pseudonym, and words stay words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casebuilder.editorial.discussion.displaynames import display_names
from casebuilder.editorial.discussion.firstnames import TOKEN, first_names
from casebuilder.editorial.discussion.soughtwords import SoughtWords, occurrences
from test_importers import imported, output_of, record, series, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["series"]  # the fixture


def recorded(shown: str, text: str, others: str = "") -> tuple[str, list[str]]:
    """A text as the record has it, and what is reported, where these people take part (separated by a stroke)."""
    people = [(name, str(number)) for number, name in enumerate(shown.split("|"), start=1)]
    names = first_names(people, texts=[text], others=set(others.split()))

    def pseudonym(key: str) -> str:
        return f"Participant {key}"

    return names.without(display_names(people).replaced(text, pseudonym), pseudonym), list(names.notes())


@pytest.mark.parametrize(
    ("shown", "said", "expected"),
    [
        ("Priya Sharma", "Thanks Priya, great point.", "Thanks P1, great point."),
        ("Priya Sharma", "thanks priya!", "thanks P1!"),
        ("Priya Sharma", "I think Priya is right; Priya’s list helps.", "I think P1 is right; P1’s list helps."),
        ("Priya Sharma", "Dr Sharma said so. Priya said so.", "Dr P1 said so. P1 said so."),
        ("Priya Sharma|Will Lee", "Hi Priya and Will, hello.", "Hi P1 and P2, hello."),
        ("Will Lee", "Will it help? I agree with Will. Yes, Will.", "Will it help? I agree with P1. Yes, P1."),
        ("Will Lee", "Will, I agree. Will, we hope, come.", "P1, I agree. Will, we hope, come."),
        ("Grace May", "In May with Grace. Hi Grace, may I?", "In May with Grace. Hi P1, may I?"),
        ("Mark Hope", "Mark my words. Hope this helps. Thanks Mark!", "Mark my words. Hope this helps. Thanks P1!"),
        ("Hope Will", "I hope will and hope will do.", "I hope will and hope will do."),
        ("Jane Murphy", "Murphy’s sign; thanks Jane; Dr Murphy asks", "Murphy’s sign; thanks P1; Dr P1 asks"),
        ("Ida Holm", "Holm et al. (2015), the Holm trial, Holm 2015", "Holm et al. (2015), the Holm trial, Holm 2015"),
        ("Ida Holm", "Ida Berg is another, and so is Ole Holm.", "Ida Berg is another, and so is Ole Holm."),
        ("Ida Holm|Ida Berg", "Thanks Ida.", "Thanks [name of a participant]."),
        ("Evidence Geek", "Evidence shows it, evidence is good.", "Evidence shows it, evidence is good."),
        ("Nurse Priya", "As Priya wrote, sisters do it.", "As P1 wrote, sisters do it."),
        ("Night Owl", "An Owl is a bird.", "An Owl is a bird."),
        ("Pat O’Brien", "O'Brien's idea, and thanks Pat.", "P1's idea, and thanks P1."),
        ("Priya Sharma", "Priya is a nurse. (Priya) PRIYA! priya’s point", "P1 is a nurse. (P1) P1! P1’s point"),
        ("Priya Sharma", "P. Sharma asks, J. Sharma answers, Sharma-led", "P. P1 asks, J. Sharma answers, P1-led"),
        ("Mary Ann Obi", "Mary Ann, thanks. I am with Ann Berg.", "P1, thanks. I am with Ann Berg."),
        ("Al Gore", "Hi Al. Holm et al. say so.", "Hi P1. Holm et al. say so."),
        ("अनिता शर्मा", "अनिता शर्मा और धन्यवाद अनिता", "P1 और धन्यवाद P1"),
        ("José Álvarez", "Gracias Jose!", "Gracias P1!"),
        ("Anna-Lena Weiß", "Danke Anna-Lena! Weiß ich nicht. Danke Anna.", "Danke P1! Weiß ich nicht. Danke Anna."),
        ("佐藤 花子", "佐藤さんに賛成です。花子は花", "P1さんに賛成です。花子は花"),
        ("ليلى الخطيب", "شكرا ليلى. الليلى وليلى", "شكرا P1. الليلى وليلى"),
        ("Мария Иванова", "Спасибо, Мария! Согласен, Мария права.", "Спасибо, P1! Согласен, P1 права."),
        ("Amara Obi", "https://x.org/Amara #Amara @Amara hi", "https://x.org/Amara #Amara P1 hi"),
    ],
)  # fmt: skip
def test_a_name_alone_is_a_pseudonym_where_it_means_a_participant(shown: str, said: str, expected: str) -> None:
    assert recorded(shown, said)[0].replace("Participant ", "P") == expected


def test_somebody_of_the_case_keeps_the_name_unless_a_participant_is_spoken_to() -> None:
    said = "I would ask Priya in the story. I agree with Priya. Thanks Priya."
    text, notes = recorded("Priya Sharma", said, others="priya")
    assert text == "I would ask Priya in the story. I agree with Priya. Thanks Participant 1."
    assert notes[0] == "first or family names alone, replaced by pseudonyms: “Priya” (1 post)"
    assert notes[1].startswith("left in sentences, because they may be words or other people’s names: “Priya” (1 post)")


def test_an_import_reports_names_alone_and_older_lines_with_them(series: Path) -> None:
    at = "2026-04-07T09:00"
    first = f"author,posted,text\nOle Berg,{at}:00Z,Thanks Priya.\nMia,{at}:01Z,I agree with Ole.\n"
    result = imported(series, written(series, "a.csv", first), "--channel", "site")
    assert "first or family names alone, replaced by pseudonyms: “Ole” (1 post)" in result.stderr
    assert [line["text"] for line in record(series)] == ["Thanks Priya.", "I agree with Participant 1."]
    second = f"author,posted,text\nPriya Sharma,{at}:30Z,Thanks Ole.\n"
    output = output_of(imported(series, written(series, "b.csv", second), "--channel", "site"))
    assert "older lines of the record name somebody who is new in it: c01; change their words by hand" in output
    assert record(series)[2]["text"] == "Thanks Participant 1."
    (series / "commentary/2026-04-paper-club/discussion.jsonl").unlink()
    imported(series, written(series, "a.csv", first), "--channel", "site", "--names", "keep")
    assert record(series)[1]["text"] == "I agree with Ole."


def test_thousands_of_one_first_name_are_told_apart_by_all_their_words() -> None:
    people = [(f"Maria Sol {letter}{letter}a", f"k-{letter}") for letter in "bdfgklmnprstvz"]
    names = display_names([*people, ("Maria Sol", "k"), ("Dr Okoye", "o"), ("Siobhan O’Neil-Kay", "s")])
    assert all(len(found) == 1 for found in names.spaced.values()), "no text is compared with all names of a beginning"
    said = "Maria  Sol Bba, Maria Sol and Maria Solis met Dr. Okoye, Dr okoye, and Siobhan O'Neil-Kay, not O'Neil."
    shown = names.replaced(said, lambda key: f"<{key}>")
    assert shown == "<k-b>, <k> and Maria Solis met <o>, Dr okoye, and <s>, not O'Neil."


@pytest.mark.parametrize(
    "text",
    [
        "ida idaho Ida ida-rn ida's -ida- aida ida--ida ida3 3ida _ida",
        "Ida’s, ida-é id\u0301a éida ida’ ida",
        "ida-" * 40,
        "",
    ],
)
@pytest.mark.parametrize("few", [True, False])
def test_words_are_found_where_they_stand_alone(text: str, few: bool) -> None:  # noqa: FBT001 - pytest's form
    words = {"ida", "Ida", "ida-rn", "ida's"} | ({f"x{n}" for n in range(40)} if not few else set())
    sought = SoughtWords(words.__contains__)
    plainly = [(token.start(), token[0]) for token in TOKEN.finditer(text) if token[0] in words]
    for _ in range(2):  # the second time it remembers
        assert sought.of(text, TOKEN) == {word for _, word in plainly}
    assert occurrences(text, words, TOKEN) == plainly
