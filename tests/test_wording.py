"""The interface in other languages: whole catalogues, and pages, packs, feeds and books that use them."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pyphen
import pytest
from babel.messages.pofile import read_po
from jinja2 import DictLoader, Environment

from casebuilder.outputs import epub, feeds
from casebuilder.outputs.packs import views
from casebuilder.outputs.site import pages
from casebuilder.wording import Translator, catalogue, figures, languages, notes, templating
from pack_reader import reader, text
from series_factory import SLUG, ZONE, at, make_case, make_open_case, make_series, make_withdrawn_case, part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).parents[1]
TRANSLATED = [language for language in languages() if language != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%%|</?\w+[^>]*>")


def messages(language: str) -> list[Message]:
    place = files("casebuilder.wording") / "locale" / language / "LC_MESSAGES" / "casebuilder.po"
    with place.open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def page_of(language: str, site: str = "en", path: str = f"cases/{SLUG}/index.md", **changes: object) -> str:
    series = make_series(make_case(language=language, **changes), language=site)
    return next(page.text for page in pages.render(series) if page.path == path)


def test_there_are_spanish_filipino_and_arabic() -> None:
    assert {"es", "fil", "ar"} <= set(TRANSLATED)


def test_the_catalogues_are_in_step_with_code_and_templates() -> None:
    order = [sys.executable, "-m", "translations", "--check"]
    completed = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (completed.returncode, completed.stdout) == (0, "")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert list(notes([language])) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_its_message_s_placeholders_and_markup(language: str) -> None:
    wrong = [words for message in messages(language) for words in _unlike(message)]
    assert wrong == []


#: Plural forms whose noun may hold the number itself (Arabic for none, one and two), and the placeholders.
_SPELT = 3
_NUMBERS = {"%(num)s", "%(count)s", "%(number)s"}


def _unlike(message: Message) -> Iterator[str]:
    """Translations with other placeholders; of a plural, "one" and "two" need not say the number."""
    originals = [message.id] if isinstance(message.id, str) else message.id
    told = [message.string] if isinstance(message.string, str) else message.string
    wanted = set(PLACEHOLDER.findall(originals[-1]))
    for words in told:
        found = set(PLACEHOLDER.findall(words))
        said = words in told[:_SPELT] if len(originals) > 1 else False
        if found != wanted and not (said and found == wanted - _NUMBERS):
            yield words


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_as_its_message_does(language: str) -> None:
    """A label without a colon gets none; blanks at the ends would be lost or doubled."""
    pairs = [(one.id, one.string) for one in messages(language) if isinstance(one.id, str) and one.context != "list"]
    assert [told for said, told in pairs if said.endswith(":") != told.endswith((":", " :"))] == []
    assert [told for said, told in pairs if told != told.strip()] == []


def test_arabic_has_six_plurals() -> None:
    translator = Translator("ar", ZONE)
    told = ["لا حالات", "حالة واحدة", "حالتان", "3 حالات", "11 حالة", "100 حالة"]
    assert [translator.cases(number) for number in (0, 1, 2, 3, 11, 100)] == told


def test_a_language_of_a_region_takes_the_language_s_catalogue_and_its_own_dates() -> None:
    translator = Translator("es-MX", ZONE)
    assert translator.responses(2) == "2 respuestas"
    assert translator.day(at(2025, 5, 23)) == "viernes, 23 de mayo de 2025"
    assert translator.listed(["Ada", "Luis", "Mia"]) == "Ada, Luis y Mia"
    assert translator.moment(at(2025, 5, 23, 19)) == "viernes, 23 de mayo de 2025, 19:00 (hora de Dublín)"


@pytest.mark.parametrize(
    ("language", "small", "large"),
    [("es", "1397", "12.345"), ("es-MX", "1,397", "12,345"), ("en", "1,397", "12,345"), ("pl", "1397", "12\xa0345")],
)
def test_numbers_are_grouped_as_each_language_groups_them(language: str, small: str, large: str) -> None:
    translator = Translator(language, ZONE)
    assert (translator.decimal(1397), translator.decimal(12345)) == (small, large)
    halves = [figures.decimal(translator, value).replace(",", ".") for value in (2.25, 2.75, 26.5, 99.95)]
    assert halves == ["2.3", "2.8", "26.5", "100"]


def test_a_message_without_a_translation_is_english_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "casebuilder.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Draft"\nmsgstr "Borrador"\n\n'
        'msgid "Complete"\nmsgstr ""\n\n#, fuzzy\nmsgid "Withdrawn"\nmsgstr "Retirado"\n'
    )
    cached = (catalogue.languages, catalogue._translations, catalogue._catalogue)
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    for function in cached:
        function.cache_clear()
    try:
        translator = Translator("es", ZONE).gettext
        assert [translator("Draft"), translator("Complete"), translator("Withdrawn")] == [
            "Borrador",
            "Complete",
            "Withdrawn",
        ]
        assert list(notes(["en", "es"])) == [
            'language "es": 2 of 3 messages are not translated: “Complete”, “Withdrawn”',
        ]
    finally:
        for function in cached:
            function.cache_clear()


def test_a_language_without_a_catalogue_is_reported_and_english_is_not() -> None:
    assert list(notes(["en", "en-GB"])) == []
    assert list(notes(["fr"])) == ['language "fr": there is no catalogue; the interface is in English']


def test_a_case_s_page_speaks_its_language_and_says_so() -> None:
    page = page_of("es")
    assert "\nlanguage: es\ndirection: ltr\n" in page
    assert "Preguntas para la discusión</span>" in page
    assert "Responda primero y luego lea las 2 respuestas de expertos" in page
    assert "Discutido del" in page
    assert "29 de mayo de 2025" in page
    assert "Questions" not in page


def test_other_pages_speak_the_series_language_and_mark_what_is_not_in_it() -> None:
    page = page_of("es", path="cases/index.md")
    assert "language:" not in page
    assert 'title: "Cases"' in page
    assert re.search(r'<h\d lang="es" dir="auto"><a href="[^"]*">', page)


def test_a_case_in_english_is_english_in_a_spanish_series() -> None:
    page = page_of("en", site="es")
    assert "\nlanguage: en\n" in page
    assert "Questions for discussion</span>" in page
    assert 'title: "Casos"' in page_of("en", site="es", path="cases/index.md")


def test_a_case_in_a_language_without_a_catalogue_stays_in_the_series_language() -> None:
    page = page_of("fr", site="es")
    assert "language:" not in page
    assert "Preguntas para la discusión</span>" in page
    assert '<div class="cb-prose cb-story" lang="fr">' in page


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fil", "ltr")])
def test_a_page_says_which_way_it_runs(language: str, direction: str) -> None:
    assert f"\nlanguage: {language}\ndirection: {direction}\n" in page_of(language)


def test_a_withdrawn_case_says_so_in_its_language() -> None:
    series = make_series(make_withdrawn_case(language="fil"))
    (page,) = (page.text for page in pages.render(series) if page.path.startswith("cases/2"))
    assert "Binawi na ang kasong ito." in page
    assert re.search(r'</a>\. <a href="[./]+cases/">Tingnan ang lahat ng kaso</a>', page)


def test_a_handout_in_spanish() -> None:
    document = reader(make_series(make_case(language="es")), "handout")
    output = text(document)
    assert "Preguntas para la discusión" in output
    assert "Lo que decide nuestro grupo" in output
    assert re.search(r"\b1 de \d", output)
    assert document.trailer["/Root"]["/Lang"] == "es"
    assert "Question" not in output


def test_an_arabic_pack_runs_from_right_to_left() -> None:
    jobs = views.jobs(make_series(make_case(language="ar")))
    whole = [job.html for job in jobs if job.subject == SLUG]
    assert whole
    assert all('<html lang="ar" dir="rtl">' in html for html in whole)
    guide = next(job.html for job in jobs if job.edition == "guide")
    assert "دليل الميسّر: يتضمن الإجابات" in guide
    volume = next(job for job in jobs if job.subject != SLUG)
    assert '<html lang="en" dir="ltr">' in volume.html
    assert all('<html lang="ar" dir="rtl">' in part.html for part in volume.parts)


def test_the_words_of_an_arabic_guide_reach_the_paper() -> None:
    document = reader(make_series(make_case(language="ar")), "guide")
    assert document.trailer["/Root"]["/Lang"] == "ar"


def breaks(language: str, *paragraphs: str) -> set[str]:
    """Where the paragraphs' words are broken at the ends of lines, on a handout of that language: "desa-rrollo"."""
    document = reader(make_series(make_case(language=language, story=(part("\n\n".join(paragraphs)),))), "handout")
    lines = "\n".join(page.extract_text() for page in document.pages)
    cut = re.findall(r"(\w+)[-\u2010]\n(\w+)", lines)
    return {f"{head}-{tail}" for head, tail in cut if any(head + tail in words for words in paragraphs)}


def filled(word: str) -> str:
    """A paragraph in which the word meets the end of many lines, each time at another letter."""
    return " ".join(f"{'o' * (number**2 % 31 % 13 + 1)} {word}" for number in range(250))


#: Words that English and Spanish break in other places; Spanish keeps double letters together.
SPANISH, ENGLISH = "desarrolladores", "understanding"


def points(word: str, language: str) -> set[str]:
    """Where a language breaks a word, three letters from either end at least."""
    dictionary = pyphen.Pyphen(lang=language, left=3, right=3)
    return {f"{word[:place]}-{word[place:]}" for place in dictionary.positions(word)}


def assert_broken_as_written(found: set[str]) -> None:
    for word, own, other in ((SPANISH, "es", "en"), (ENGLISH, "en", "es")):
        breaks_of_it = {one for one in found if one.replace("-", "") == word}
        assert breaks_of_it <= points(word, own)
        assert breaks_of_it - points(word, other), f"{word} is broken where only {own} breaks it"


@pytest.mark.parametrize("language", ["es", "es-MX"])
def test_a_pack_in_spanish_breaks_words_as_spanish_does_and_an_english_paragraph_as_english(language: str) -> None:
    assert_broken_as_written(breaks(language, filled(SPANISH), f'<p lang="en">{filled(ENGLISH)}</p>'))


def test_a_pack_in_english_breaks_words_as_english_does_and_a_spanish_paragraph_as_spanish() -> None:
    assert_broken_as_written(breaks("en", filled(ENGLISH), f'<p lang="es">{filled(SPANISH)}</p>'))


@pytest.mark.parametrize(("language", "word"), [("ar", "المسؤولية"), ("fil", "pananagutan")])
def test_a_language_without_patterns_breaks_no_word(language: str, word: str) -> None:
    assert breaks(language, filled(word)) == set()


def test_an_entry_of_a_feed_speaks_the_case_s_language() -> None:
    made = {file.path: file.read().decode() for file in feeds.render(make_series(make_open_case(language="ar")), ())}
    assert 'lang=\\"ar\\" dir=\\"rtl\\"' in made["feed.json"]
    assert "أسئلة للمناقشة" in made["atom.xml"]
    assert "This is a feed" in made["feed.xml"]


def test_a_book_in_hebrew_marks_our_english_and_one_in_arabic_has_none() -> None:
    for language, marked in (("he", True), ("ar", False)):
        (case, *_) = epub.render(make_series(make_case(language=language)), lambda _: b"")
        assert case.path == f"packs/{SLUG}.epub"
        assert (b'lang="en"' in _inside(case.read())) is marked


def _inside(book: bytes) -> bytes:
    import io
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(book)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if name.endswith("questions.xhtml"))


def test_a_template_is_compiled_once_until_it_is_changed() -> None:
    texts = {"page": "{{ _('Questions') }}"}

    def shown() -> str:
        environment = Environment(loader=DictLoader(texts), bytecode_cache=templating.compiled(), autoescape=True)
        templating.speak(environment, "es")
        return environment.get_template("page").render()

    first = shown()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "_compile", lambda *_: pytest.fail("compiled again"))
        assert shown() == first == "Preguntas"
    texts["page"] = "{{ _('Questions') }}!"
    assert shown() == "Preguntas!"
