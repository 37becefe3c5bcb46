"""What an import adds to texts is in the language of the case, and a language that changes is no edit."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from casebuilder.editorial.discussion import participantslist, pseudonyms
from casebuilder.fingerprints import fingerprint, holds
from casebuilder.wording import languages, recordwords
from test_importers import RECORD, imported, record, series, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["series"]  # the fixture


def speak(series: Path, language: str) -> None:
    """Give a series another language."""
    config = series / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    before = text[text.index("  language: ") :].split("\n", 1)[0]
    config.write_text(text.replace(before, f"  language: {language}"), encoding="utf-8")


def status(number: int, name: str, content: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as a server says it
    """A post of Mastodon."""
    account = {"username": name, "acct": name, "url": f"https://s.example/@{name}", "display_name": f"{name} Holm"}
    own = {"id": str(number), "uri": f"https://s.example/users/{name}/statuses/{number}", "content": content}
    posted = f"2026-04-07T09:00:{number:02}.000Z"
    return {**own, "account": account, "created_at": posted, "visibility": "public", **more}


POLL = {"options": [{"title": "Ring", "votes_count": 1}, {"title": "Wait", "votes_count": 2}], "votes_count": 3}
QUOTE = {"quoted_status": status(9, "ole", "<p>Ring early.</p>")}
POSTS = [
    status(1, "Ida", "<p>See</p>", media_attachments=[{"type": "image", "description": "A phone"}, {"type": "video"}]),
    status(2, "Ole", "<p>Or</p>", spoiler_text="death", poll=POLL, quote=QUOTE),
    status(3, "Ana", "<p>Write to ida@ward.example, @Ida or https://s.example/@Ida.</p>"),
]
ENGLISH = [
    "See\n\n[Picture: A phone]\n\n[Video without a description]",
    (
        "[Content warning: death]\n\nOr\n\n[Poll: Ring (1 vote), Wait (2 votes); 3 voted; still open]\n\n"
        "[Quoted post by Participant 2: Ring early.]"
    ),
    "Write to [e-mail address], Participant 1 or [page of Participant 1].",
]
SPANISH = [
    "See\n\n[Imagen: A phone]\n\n[Video sin descripción]",
    (
        "[Advertencia de contenido: death]\n\nOr\n\n[Encuesta: Ring (1 voto), Wait (2 votos); 3 personas votaron; "
        "aún abierta]\n\n[Publicación citada de Participante 2: Ring early.]"
    ),
    "Write to [dirección de correo electrónico], Participante 1 or [página de Participante 1].",
]


@pytest.mark.parametrize(
    ("language", "word", "expected"), [("en", "Participant", ENGLISH), ("es-MX", "Participante", SPANISH)]
)
def test_what_is_added_is_in_the_language_of_the_series(
    series: Path, language: str, word: str, expected: list[str]
) -> None:
    speak(series, language)
    assert imported(series, written(series, "m.json", POSTS)).exit_code == 0
    assert [line["text"] for line in record(series)] == expected
    assert [line["author"] for line in record(series)] == [f"{word} {number}" for number in (1, 2, 3)]


@pytest.mark.parametrize("language", ["ar", "fil", "es"])
def test_another_language_is_no_edit_and_nobody_gets_another_name(series: Path, language: str) -> None:
    imported(series, written(series, "m.json", POSTS))
    before = (series / RECORD).read_bytes()
    speak(series, language)
    result = imported(series, written(series, "m.json", POSTS))
    assert "0 added, 3 already in the record" in result.stderr
    assert (series / RECORD).read_bytes() == before
    newer = [*POSTS, status(4, "Uma", "<p>Ida and @Ole, yes</p>", media_attachments=[{"type": "image"}])]
    assert "1 added, 3 already" in imported(series, written(series, "n.json", newer)).stderr
    line = record(series)[3]
    assert pseudonyms.is_same(line["author"], "Participant 4")
    assert line["author"] != "Participant 4"
    assert line["text"].startswith("Participant 1 and Participant 2, yes\n\n[")
    assert "Picture" not in line["text"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Anonymous", "user 5", "the owner of the archive"]),
        ("es", ["Anónimo", "usuario 5", "el titular del archivo"]),
    ],
)
def test_who_has_no_name_is_called_so_in_the_language_of_the_series(
    series: Path, language: str, expected: list[str]
) -> None:
    speak(series, language)
    comment = "".join(
        f"<wp:{name}>{words}</wp:{name}>"
        for name, words in {
            "comment_id": "1", "comment_author": "", "comment_date_gmt": "2026-04-07 09:00:00", "comment_approved": "1",
            "comment_content": "Anonymous, Anónimo or the owner of the archive may have rung.",
        }.items()
    )  # fmt: skip
    space = 'xmlns:wp="http://wordpress.org/export/1.2/"'
    blog = f"<rss {space}><channel><item><title>T</title><wp:comment>{comment}</wp:comment></item></channel></rss>"
    tweet = {"id": "7", "author_id": "5", "created_at": "2026-04-07T09:00:01.000Z", "text": "Yes."}
    own = {"tweet": {"id_str": "8", "created_at": "Tue Apr 07 09:00:02 +0000 2026", "full_text": "No."}}
    files = [
        written(series, "b.xml", blog),
        written(series, "x.json", {"data": [{**tweet, "edit_history_tweet_ids": ["7"]}]}),
        written(series, "t.js", f"window.YTD.tweets.part0 = {json.dumps([own])}"),
    ]
    assert imported(series, *files).exit_code == 0
    assert [line["author"] for line in record(series)] == [recordwords.pseudonym(n, language) for n in (1, 2, 3)]
    assert record(series)[0]["text"].startswith("Anonymous, Anónimo or the owner of the archive may")
    (series / RECORD).unlink()
    assert imported(series, *files, "--names", "keep").exit_code == 0
    assert [line["author"] for line in record(series)] == expected


def test_a_case_speaks_its_own_language(series: Path) -> None:
    case = series / "cases/2026-04-paper-club/case.yml"
    case.write_text(f"{case.read_text(encoding='utf-8')}language: es\n", encoding="utf-8")
    imported(series, written(series, "m.json", POSTS))
    assert [line["text"] for line in record(series)] == SPANISH
    case.write_text(case.read_text(encoding="utf-8").replace("language: es", "language: fr"), encoding="utf-8")
    (series / RECORD).unlink()
    imported(series, written(series, "m.json", POSTS))
    assert record(series)[0]["text"] == ENGLISH[0], "without a catalogue the series' language"


def test_what_was_withdrawn_in_another_language_does_not_come_back(series: Path) -> None:
    speak(series, "es")
    imported(series, written(series, "m.json", POSTS))
    place = series / RECORD
    lines = place.read_text(encoding="utf-8").splitlines()
    gone = {**record(series)[0], "text": "", "withdrawn": "2026-05-01", "fingerprint": fingerprint(SPANISH[0])}
    gone["post_key"] = "another"
    place.write_text("\n".join([json.dumps(gone), *lines[1:]]) + "\n", encoding="utf-8")
    speak(series, "en")
    moved = {**POSTS[0], "id": "77", "uri": "https://s.example/users/Ida/statuses/77"}
    moved["created_at"] = "2026-04-07T10:00:00.000Z"
    result = imported(series, written(series, "m.json", [moved, *POSTS[1:]]))
    assert "left out: 1 post with words that were withdrawn" in result.stderr


@pytest.mark.parametrize("language", languages())
def test_every_language_has_a_pseudonym_that_is_recognised(language: str) -> None:
    name = recordwords.pseudonym(7, language)
    assert pseudonyms.is_pseudonym(name)
    assert pseudonyms.highest([f"So said {name}, who"]) == 7
    assert pseudonyms.without_pseudonyms(f"{name} said").strip() == "said"
    assert participantslist.Person("k", name).answers_to("participant 7")
    assert not participantslist.Person("k", name).answers_to("Participant 70")


@pytest.mark.parametrize(
    "text",
    [
        recordwords.mark("votes"), recordwords.mark("votes", "9" * 5000), recordwords.mark("poll", "a", "x", "y"),
        recordwords.mark("unheard"), recordwords.OPENING * 3 + "x", recordwords.mark("quotation") * 2,
        recordwords.mark("card", recordwords.mark("picture", "%s %(x)s {0}")),
    ],
)  # fmt: skip
def test_marks_that_somebody_typed_are_no_crash_and_do_not_stay(text: str) -> None:
    for language in languages():
        assert not set(recordwords.rendered(f"a {text} b", language)) & set("\ufdd0\ufdd1\ufdd2")


def test_typed_brackets_stay_as_their_author_wrote_them(series: Path) -> None:
    speak(series, "es")
    imported(series, written(series, "m.json", [status(1, "Ida", "<p>[Picture: me] Participant 3</p>")]))
    assert record(series)[0]["text"] == "[Picture: me] Participant 3"


def test_people_who_want_signed_in_readers_only_are_named_to_the_editor_and_it_is_no_warning(series: Path) -> None:
    own = {"src": "did:plc:a", "val": "!no-unauthenticated"}
    author = {"did": "did:plc:a", "handle": "ana.bsky.social", "displayName": "Ana Ruiz", "labels": [own]}
    said = {"text": "Late again", "createdAt": "2026-04-07T09:00:00.000Z"}
    view = {"uri": "at://did:plc:a/app.bsky.feed.post/1", "author": author, "record": said, "labels": [own]}
    result = imported(series, written(series, "b.json", {"thread": {"post": view}}))
    assert record(series)[0]["text"] == "Late again"
    assert "1 post by people who let Bluesky show them to signed-in readers only" in result.stderr


def test_the_words_of_a_text_that_no_other_copy_has_in_other_words() -> None:
    long = " when I gave him the wrong dose that night and said it to nobody"
    assert recordwords.own_words(f"Thanks Participante 2 and [page of Participant 3]{long}") == long
    assert recordwords.own_words("Thanks Participant 2!") == "Thanks Participant 2!"
    assert holds(long.replace("dose", "do\u00adse"), fingerprint(long))
    assert holds("Ü é ist ä ö ü á", fingerprint(unicodedata.normalize("NFD", "Ü é ist ä ö ü á")))
