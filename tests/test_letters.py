"""Letters of editors and curators: whom to ask, the exact words, templates of casebuilder and of the series."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder.cli import main
from casebuilder.editorial.discussion import Person
from casebuilder.editorial.letters import (
    ExpertLetter,
    Letter,
    LetterError,
    built_in,
    consent_letters,
    consent_patterns,
    expert_letter,
    templates,
)
from casebuilder.editorial.letters.templates import KINDS, Template, choose, filled
from casebuilder.model import Consent, ConsentState, Contribution, Credit, Mode, Quote, QuoteAuthor, Role, Source, Use
from casebuilder.wording.owntemplates import OwnTemplateError, faults, fill
from series_factory import make_case, write_series

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebuilder.editorial.letters import Asking
    from casebuilder.model.case import Case

TODAY = date(2025, 6, 1)
PENDING = Consent(state=ConsentState.PENDING)


def said(name: str, text: str, key: str, **changes: object) -> Contribution:
    defaults = {"id": name, "channel": "mastodon", "author": f"Participant {key}", "author_key": key, "text": text}
    return Contribution(**(defaults | {"posted": datetime(2025, 5, 24, tzinfo=UTC)} | changes))


def quote(name: str, words: str, contribution: str = "", consent: Consent = PENDING, **changes: object) -> Quote:
    defaults = {"id": name, "text": words, "mode": Mode.ANONYMOUS, "consent": consent}
    return Quote(**(defaults | {"source": Source(channel="mastodon", contribution=contribution)} | changes))


def case_with(*quotes: Quote) -> Case:
    record = tuple(
        said(f"c{number}", f"Words {number}.", str((number + 1) // 2), country="IE") for number in range(1, 7)
    )
    return make_case(quotes=quotes).with_contributions(record)


def ask(
    case: Case, people: tuple[Person, ...] | None = (), templates: Mapping[str, str] | None = None, **options: object
) -> Asking:
    series = write_series(case)
    return consent_letters(series, case, people, templates or {}, today=TODAY, **options)  # type: ignore[arg-type]  # by name


def test_one_letter_a_person_with_the_exact_words_and_where_they_will_stand() -> None:
    words = "We rang.\nNobody had ever said “you may”, & so <we> rang {{ quietly }}."
    uses = Consent(state=ConsentState.PENDING, uses=(Use.SITE, Use.PRINT))
    case = case_with(
        quote("q1", words, "c1", uses, theme="ringing"), quote("q2", "Words 2.", "c2"), quote("q3", "Words 3.", "c3")
    )
    people = (
        Person(
            "1",
            "Participant 1",
            "Ravi Menon",
            "@ravi@social.example",
            "mastodon",
            {f"{case.slug} c1": "https://social.example/1"},
        ),
    )
    first, second = ask(case, people).letters
    assert (first.name, first.quotes) == ("Ravi Menon", ("q1", "q2"))
    assert first.reach == (("mastodon", "@ravi@social.example"), ("mastodon", "https://social.example/1"))
    assert (second.name, second.reach) == ("Participant 2", ())
    assert first.letter
    assert second.letter
    assert "> We rang.\n> Nobody had ever said “you may”, & so <we> rang {{ quietly }}.\n" in first.letter.text
    one, other = first.letter.text.split("> Words 2.")
    assert "printed packs" in one
    assert "picture" not in one, "consent.uses leaves it out"
    assert "picture" in other
    assert f"https://example.org/series/cases/{case.slug}/" in one
    assert case.title in first.letter.subject


def test_before_there_is_a_commentary_somebody_who_curates_and_edits_signs_once() -> None:
    one = Credit(person="ada-byrne", roles=(Role.CURATOR, Role.EDITOR))
    other = Credit(person="luis-ferrer", roles=(Role.EDITOR,))
    case = case_with(quote("q1", "Words 1.", "c1")).model_copy(update={"commentary": None, "credits": (one, other)})
    (letter,) = (each.letter.text for each in ask(case).letters if each.letter)
    assert "\nAda Byrne and Luis Ferrer\n" in letter


def test_printed_as_is_what_publishing_would_print() -> None:
    named = {"mode": Mode.NAMED, "by": QuoteAuthor(name="Ravi Menon", role="nurse", country="IE")}
    hidden = {"by": QuoteAuthor(role="nurse", country="IE")}
    case = case_with(quote("q1", "Words 1.", "c1", **named), quote("q3", "Words 3.", "c3", **hidden))
    one, other = (each.letter.text for each in ask(case).letters if each.letter)
    assert "Printed as: Ravi Menon, nurse, Ireland" in one
    assert "Printed as: Nurse, Ireland" in other
    few = case.with_contributions(case.contributions[:4])
    assert "Printed as: Nurse\n" in [each.letter.text for each in ask(few).letters if each.letter][1], "too few of them"


@pytest.mark.parametrize(
    ("language", "offer"),
    [("en", "without my name"), ("es", "sin mi nombre"), ("fil", "walang pangalan"), ("ar", "ذكر اسمي")],
)
def test_only_people_who_would_be_named_are_offered_to_stay_unnamed(language: str, offer: str) -> None:
    named = {"mode": Mode.NAMED, "by": QuoteAuthor(name="Ravi Menon")}
    case = case_with(quote("q1", "Words 1.", "c1", **named), quote("q3", "Words 3.", "c3"))
    one, other = (each.letter.text for each in ask(case, language=language).letters if each.letter)
    assert (offer in one, offer in other) == (True, False)
    assert "\n2. " in other


def test_nobody_who_said_no_is_asked_again_in_this_round() -> None:
    no = Consent(state=ConsentState.REFUSED, on=date(2025, 5, 30))
    case = case_with(quote("q1", "Words 1.", "c1", no), quote("q2", "Words 2.", "c2"), quote("q3", "Words 3.", "c3"))
    result = ask(case)
    assert [one.quotes for one in result.letters] == [("q3",)]
    assert [(one.quotes, one.on) for one in result.refused] == [(("q2",), date(2025, 5, 30))]
    by_name = QuoteAuthor(name="Ravi  MENON")
    elsewhere = case_with(
        quote("q1", "Words 1.", "c1", no, by=QuoteAuthor(name="Ravi Menon"), mode=Mode.NAMED),
        quote("q9", "From an e-mail.", by=by_name, mode=Mode.NAMED),
    )
    assert ask(elsewhere).letters == ()


def test_a_second_letter_needs_an_option_and_withdrawn_words_get_none() -> None:
    asked = Consent(state=ConsentState.PENDING, on=date(2025, 5, 25), how="message")
    case = case_with(quote("q1", "Words 1.", "c1", asked), quote("q2", "Words 2.", "c2"))
    result = ask(case)
    assert [one.quotes for one in result.letters] == [("q2",)]
    assert [(one.quotes, one.on) for one in result.waiting] == [(("q1",), date(2025, 5, 25))]
    assert [one.quotes for one in ask(case, again=True).letters] == [("q1", "q2")]
    gone = tuple(item.model_copy(update={"withdrawn": TODAY, "text": ""}) for item in case.contributions)
    assert ask(case.with_contributions(gone)).letters == ()


@pytest.mark.parametrize("language", ["en", "es", "fil", "ar"])
def test_every_letter_is_there_in_every_language_and_names_its_values(language: str) -> None:
    case = case_with(quote("q1", "Words 1.", "c1"))
    letter = ask(case, language=language).letters[0].letter
    assert letter
    assert letter.language == language
    assert all(each in letter.text for each in ("> Words 1.", f"/cases/{case.slug}/", "CC BY 4.0", "Participant 1"))
    assert (letter.text == ask(case).letters[0].letter.text) == (language == "en")  # type: ignore[union-attr]  # it is there
    assert {path.split(".")[0].removeprefix("letters/") for path in built_in() if f".{language}." in path} == {*KINDS}


def test_a_language_without_letters_gets_english_and_the_series_own_template_goes_first() -> None:
    case = case_with(quote("q1", "Words 1.", "c1"))
    assert choose("consent", "de-AT", {}).language == "en"
    own = {"letters/consent.es_MX.md.j2": "# Hola {{ name }}\n{% for quote in quotes %}{{ quote.words }}{% endfor %}"}
    letter = ask(case, templates=own, language="es-MX").letters[0].letter
    assert letter
    assert (letter.subject, letter.text) == ("Hola Participant 1", "Words 1.\n")
    assert choose("consent", "es", own).path == "letters/consent.es.md.j2"
    with pytest.raises(LetterError, match=r"letters/consent\.es_MX\.md\.j2:2: .*did you mean \"words\""):
        ask(case, templates={next(iter(own)): "# Hola\n{{ quotes[0].wrds }}"}, language="es-MX")
    with pytest.raises(LetterError, match="no first line"):
        filled(choose("consent", "de", {"letters/consent.de.md.j2": "# \n\n"}), {})


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n{{ nme }}", 3, 'did you mean "name"'),
        ("{% for quote in quotes %}\n{{ quote.wrds }}\n{% endfor %}", 2, 'did you mean "words"'),
        ("a\n{% if %}", 2, "expected an expression"),
        ("a\n{{ name|centre }}", 2, 'no filter "centre"'),
        ("a\n{{ name.upper() }}", 2, "letters have no functions"),
        ("{{ ().__class__.__bases__ }}", 1, "there is no value"),
        ("{{ 'a' * 1000000000 }}", 1, "letters have no *"),
        ("{{ '%999999999d' % 1 }}", 1, "letters have no %"),
        ("\n{% include 'mkdocs.yml' %}", 2, "letters have no {% include %}"),
        ("{% set a = name %}{{ a }}", 1, "letters have no {% set %}"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 1, "letters have no {% macro %}"),
        ("{% for a in quotes %}" * 4 + "{% endfor %}" * 4, 1, "more than 3 loops"),
        ("{{ name }" * 9000, 1, "more than 64000"),
        ("{{ name - 1 }}", 1, "cannot be done"),
        ("{{ quotes['x'] }}", 1, "there is no value"),
    ],
)
def test_a_template_can_do_no_harm_and_its_fault_is_shown_at_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(OwnTemplateError) as caught:
        fill(text, {"name": "Ada", "quotes": [{"words": "hello"}]})
    assert words in str(caught.value)
    assert caught.value.line == line
    before = [(fault.line, str(fault)) for fault in faults(text, ("name", "quotes"), ("words",))]
    only_known_by_its_values = "-" in text or "['x']" in text
    assert ((line, str(caught.value)) in before) != only_known_by_its_values, before


def test_whatever_letters_name_is_in_the_table_of_what_they_may_name(monkeypatch: pytest.MonkeyPatch) -> None:
    named: dict[str, set[str]] = {}
    quoted: set[str] = set()

    def noted(template: Template, values: Mapping[str, object]) -> Letter:
        named[template.path.partition("/")[2].partition(".")[0]] = {*values}
        quotes = values.get("quotes")
        for each in quotes if isinstance(quotes, list) else ():
            quoted.update(each)
        return Letter("", "", "en")

    monkeypatch.setattr(templates, "filled", noted)
    case = case_with(quote("q1", "Words 1.", "c1"))
    ask(case)
    for kind in ("invitation", "reminder", "thanks"):
        expert_letter(write_series(case), case, ExpertLetter(kind, "A B"), {}, datetime(2020, 1, 1, tzinfo=UTC))
    assert named == templates.VALUES
    assert quoted == templates.OF_QUOTE
    for path, text in built_in().items():
        assert [*templates.problems(path, text)] == [], path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{% for q in quotes %}{{ loop.index }}{{ q.words }}{% else %}{{ q.theme }}{% endfor %}", ["q"]),
        ("{% for q in quotes %}{{ loop.idx }}{% endfor %}{{ q }}", ["q", "idx"]),
        ("{{ x is defined }}{{ y | default('') }}{{ name }}{% if z %}{% endif %}", ["z"]),
        ("{% for a, b in quotes if b %}{{ a }}{{ c }}{% endfor %}", ["c"]),
        ("{{ " + "(" * 3000 + "name" + ")" * 3000 + " }}", ["nested"]),
        ("{% set a = nme %}{{ name | center }}", ["{% set %}", "center", "nme"]),
    ],
)
def test_names_without_a_value_are_seen_before_a_letter_is_written(text: str, found: list[str]) -> None:
    messages = [str(fault) for fault in faults(text, ("name", "quotes"), ("words", "theme"))]
    assert len(messages) == len(found)
    assert all(word in message for word, message in zip(found, messages, strict=True)), messages


def test_a_letter_of_any_length_is_cut_off_and_only_lines_of_tags_disappear() -> None:
    with pytest.raises(OwnTemplateError, match="more than 200000 characters"):
        fill("{% for a in x %}{% for b in x %}{{ b }}{% endfor %}{% endfor %}", {"x": ["long " * 50] * 100})
    with pytest.raises(OwnTemplateError, match="more than 100,000 times"):
        fill("{% for a in x %}{% for b in x %}{% for c in x %}{% endfor %}{% endfor %}{% endfor %}", {"x": "long" * 99})
    assert fill("a {% if x %}b{% endif %}\n\n{% if x %}\nc\n{% endif %}\nd", {"x": True}) == "a b\n\nc\nd"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return shutil.copytree(zoo_keeper.SOUND, tmp_path / "series")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_says_what_cannot_be_done_and_writes_files(series: Path, tmp_path: Path) -> None:
    slug = next(path.parent.name for path in sorted(series.glob("cases/*/quotes.yml")))
    quotes = series / "cases" / slug / "quotes.yml"
    quotes.write_text(quotes.read_text().replace("state: granted", "state: pending").replace("  on: ", "  #on: "))
    order = ("consent", "letters", slug, "--series", str(series), "--language", "de")
    code, out, err = run(*order, "-o", str(tmp_path / "out"))
    assert code == 0, err
    assert "people.jsonl is not on this computer" in err
    assert 'no such letter in "de", so it is in English' in err
    files = sorted((tmp_path / "out").iterdir())
    assert out.splitlines() == [str(file) for file in files]
    assert all(file.read_text().startswith("To ") and file.stat().st_mode & 0o077 == 0 for file in files)
    (series / "letters").mkdir()
    (series / "letters/consent.en.md.j2").write_text("# {{ case }}\n\n{{ nme }}")
    code, _, err = run(*order)
    assert code == 1
    assert 'letters/consent.en.md.j2:3: there is no value "nme"' in err
    (series / "letters/consent.en.md.j2").unlink()
    (series / "letters/consent.en.md.j2").symlink_to("/etc/hostname")
    code, _, err = run(*order)
    assert (code, "symbolic link" in err) == (1, True)


def test_letters_stay_out_of_git_and_off_the_site(series: Path) -> None:
    slug = next(path.parent.name for path in sorted(series.glob("cases/*/responses")))
    orders = (("letters", "invitation", slug, "A B", "--deadline", "2020-03-01"), ("consent", "letters", slug))
    at = ("--series", str(series), "--as-of", "2020-01-01", "-o")
    for order in orders:  # a folder of what the site is made of is refused even where there is no Git
        code, _, err = run(*order, *at, str(series / "docs/mail"))
        assert (code, "part of what the site is made of" in err) == (2, True)
    (series / ".gitignore").write_text("/private/\n/.casebuilder/\n")
    subprocess.run(["git", "-C", str(series), "init", "--quiet"], check=True)
    for order in orders:
        for folder in (series, series / "mail", series / "private/../mail"):
            code, _, err = run(*order, *at, str(folder))
            assert (code, "Git would take" in err) == (2, True), folder
            assert "name a folder outside of the series" in " ".join(err.split())
            assert not (series / "mail").exists()
    for folder in ("private", "private/letters", ".casebuilder/letters", "../mail"):
        code, _, err = run(*orders[0], *at, str(series / folder))
        assert (code, len(list((series / folder).iterdir()))) == (0, 1), err
    assert (series / "private").stat().st_mode & 0o077 == 0


def test_an_expert_gets_an_invitation_and_thanks(series: Path) -> None:
    slug = next(path.parent.name for path in sorted(series.glob("cases/*/responses")))
    at = ("--series", str(series), "--as-of", "2020-01-01")
    code, out, err = run("letters", "invitation", slug, "Dr Noor Haddad", *at)
    assert code == 0, err
    assert "Dear Dr Noor Haddad," in out
    assert "I agree that my response" in out
    assert "Please do not pass it on" in out
    code, out, _ = run("letters", "thanks", slug, "--series", str(series), "--as-of", "2030-01-01")
    assert code == 0
    assert out.count("Subject: Thank you") == len(list((series / "cases" / slug / "responses").glob("*.md")))
    assert "It is published: " in out
    edit = series / "mkdocs.yml"
    edit.write_text(re.sub(r"(?m)^site_url:.*\n", "", edit.read_text(encoding="utf-8")), encoding="utf-8")
    for language, said in (
        ("en", "It is published on the site of the series.\n\nThe page"),
        ("es", "la serie.\n\nLa pág"),
    ):
        order = ("letters", "thanks", slug, "--language", language, "--series", str(series), "--as-of", "2030-01-01")
        assert said in run(*order)[1], "there is no address to pass on"
    late = ("--series", str(series), "--as-of", "2030-01-01")
    assert run("letters", "invitation", slug, "A B", *late)[2].endswith("name a day with --deadline\n")
    code, out, err = run("letters", "invitation", slug, "A B", "--deadline", "2030-02-03", *late)
    assert (code, "Sunday 3 February 2030" in out) == (0, True), err
    assert run("letters", "invitation", slug, "A B", "--deadline", "soon", *late)[0] == 2
    for order in (("letters", "reminder", slug, "A B", "--deadline"), ("consent", "letters", slug, "--reply-by")):
        code, out, err = run(*order, "2029-12-31", *late)
        assert (code, out, "2029-12-31 is past: today is 2030-01-01" in err) == (2, "", True)
    assert run("letters", "invitation", slug, "A B", "--language", "{{", *late)[0] == 2


def test_templates_are_copied_once_and_kept_when_edited(series: Path) -> None:
    code, out, _ = run("letters", "templates", "--language", "es", "--series", str(series))
    assert code == 0
    assert len(out.splitlines()) == len(KINDS)
    (series / "letters/consent.es.md.j2").write_text("# Mine\n")
    (series / "letters/thanks.es.md.j2").unlink()
    assert len(run("letters", "templates", "--language", "es", "--series", str(series))[1].splitlines()) == 1
    assert (series / "letters/consent.es.md.j2").read_text() == "# Mine\n"
    assert run("letters", "templates", "--language", "xx", "--series", str(series))[0] == 1


def test_the_desk_offers_the_letters(series: Path) -> None:
    from casebuilder.pipeline.deskworkbench import Bench

    slug = next(path.parent.name for path in sorted(series.glob("cases/*/quotes.yml")))
    quotes = series / "cases" / slug / "quotes.yml"
    quotes.write_text(quotes.read_text().replace("state: granted", "state: pending").replace("  on: ", "  #on: "))
    made = json.loads(json.dumps(Bench(series, slug).letters()))
    assert made["problem"] == ""
    assert {*made["letters"][0]} == {"voice", "name", "where", "subject", "text", "quotes"}
    (series / "letters").mkdir()
    (series / "letters/consent.en.md.j2").write_text("{{ nme }}")
    assert "nme" in str(Bench(series, slug).letters()["problem"])


def test_the_desks_file_gets_a_letter_of_any_length_in_each_language() -> None:
    """The page cuts what a second quote adds out of the longer one, and repeats it."""
    for language in ("en", "es", "fil", "ar"):
        case = make_case(language=language)
        one, two = consent_patterns(write_series(case), case, {}, today=TODAY)
        more = len(two) - len(one)
        place = two.index("{words}")
        assert two[:place] + two[place + more :] == one
        assert one != consent_patterns(write_series(case), case, {}, today=TODAY, is_named=False)[0]
        assert two[place : place + more].count("{signed}") == 1
        assert (one.count("{name}"), two.count("{theme}")) == (1, 2)
