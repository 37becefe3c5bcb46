"""Which column is which field of the record: by the field's own name, by what others call it, or as mapped."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.post import TranscriptError
from casebuilder.text import and_list, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: Columns that a table may have: fields of the record, and where an author is found on the platform.
COLUMNS = ("id", "channel", "author", "address", "author_key", "posted", "text", "kind", "in_reply_to", "question",
           "country", "role", "url")  # fmt: skip
NEEDED = ("author", "posted", "text")
#: Columns that are read but have no field of their own: a time of day belongs to the day beside it.
TIME = "time"
#: Other names of the fields in exports and survey forms, most likely first.
_SYNONYMS: dict[str, str] = {
    "id": "post id, comment id, message id, tweet id, status id, contribution id, response id",
    "channel": "platform, network, source",
    "author": "name, display name, full name, author name, your name, posted by, written by, from, sender, "
    "participant, respondent, your full name, commenter, contributor, user, user name, username, screen name, "
    "nickname, pseudonym, nombre, nom, nome, autor, auteur, nombre completo, su nombre, tu nombre, nombre y apellidos, "
    "votre nom, nom complet, nom et prénom, ihr name, vollständiger name, seu nome, nome completo, nome e "
    "cognome, naam, imię i nazwisko, pangalan, الاسم, الاسم الكامل, お名前, 氏名, 名前, 姓名, 이름",
    "address": "handle, email, e mail, mail, email address, e mail address, your email, account, user id, author id, "
    "author address, profile, profile url, username, user name, screen name, correo electrónico, correo, "
    "dirección de correo electrónico, adresse e mail, adresse email, courriel, e mail adresse, endereço de e "
    "mail, indirizzo email, indirizzo e mail, e mailadres, adres e mail, البريد الإلكتروني, عنوان البريد "
    "الإلكتروني, メールアドレス",
    "posted": "timestamp, time stamp, date posted, posted at, posted on, date time, datetime, date and time, created, "
    "created at, created on, created date, published, published at, submitted, submitted at, submission date, "
    "sent, sent at, completion time, date, time, start time, hora de inicio, hora de finalización, heure de début, "
    "heure de fin, startzeit, fertigstellungszeit, marca temporal, horodateur, zeitstempel, fecha, "
    "datum, data, tweet date, post date, comment date, date created, fecha y hora, date et heure, datum und "
    "uhrzeit, carimbo de data hora, informazioni cronologiche, tijdstempel, sygnatura czasowa, petsa, طابع "
    "زمني, التاريخ, タイムスタンプ, 日時, 日付",
    "text": "comment, comments, message, post, post text, tweet text, full text, comment text, content, body, "
    "contribution, your comment, your comments, response, your response, answer, your answer, comentario, "
    "commentaire, kommentar, texto, texte, mensaje, su comentario, tu comentario, votre commentaire, ihr "
    "kommentar, seu comentário, comentário, commento, opmerking, komentarz, komento, puna, التعليق, تعليقك, "
    "コメント, ご意見, 留言, 评论, 댓글",
    "kind": "post type, comment type, message type, tweet type, status type",
    "in_reply_to": "reply to, replying to, in reply to id, parent, parent id, reply to id, in reply to status id, "
    "in reply to tweet id, replied to tweet id, replied to id, in reply to post id, parent comment id, comment parent",
    "question": "question id, question number, question no",
    "country": "country region, country or region, country code, your country, nation, país, pais, pays, land, paese, "
    "kraj, bansa, البلد, الدولة, 国, 国名, 国家, 국가",
    "role": "profession, occupation, job, job title, position, your role, grade, profesión, profession ou rôle, "
    "beruf, rolle, profissão, professione, beroep, zawód, propesyon, المهنة, 職業, 职业, 직업",
    "url": "link, permalink, web address, post url, tweet url, comment url, uri",
    TIME: "time, hour, time of day, hora, heure, uhrzeit",
}
_FIELDS = {name: tuple(map(str.strip, names.split(","))) for name, names in _SYNONYMS.items()}
_NEAR = 0.8
#: When somebody opened a form: what they wrote is of the time at which they sent it, which stands beside it.
_BEGINNINGS = {"start time", "hora de inicio", "heure de début", "startzeit"}
#: When somebody sent a form: only forms name a column so, and they may leave their readers unnamed.
_SENT = {"timestamp", "completion time", "hora de finalización", "heure de fin", "fertigstellungszeit",
         "marca temporal", "horodateur", "zeitstempel", "carimbo de data hora", "informazioni cronologiche",
         "tijdstempel", "sygnatura czasowa", "طابع زمني", "タイムスタンプ"}  # fmt: skip
#: Columns of forms that are no answers, or begin like one.
_NO_ANSWERS = _BEGINNINGS | {"last modified time", "score", "total points", "quiz feedback", "grade posted time"}
_QUESTION_MARKS = ("?", "؟", "\N{FULLWIDTH QUESTION MARK}")
_NO_ANSWER = re.compile(r"(?:points|feedback) ")
#: Columns that survey forms add and no record may have, however near their names are to those of fields.
_NEVER = {"ip", "ipaddress", "ipaddresses", "remoteaddress", "clientip", "useragent"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each field.

    Attributes:
        places: the column of each field, from 0.
        passed: names of columns that are not imported.
        is_form: whether these are answers to a form, whose authors may be unnamed.
    """

    places: Mapping[str, int]
    passed: tuple[str, ...]
    is_form: bool = False


def known(head: Sequence[str]) -> int:
    """Return how many fields the names of a row match."""
    return len(_guess_columns([_normalise(name) for name in head], {}, set())[0])


def has_needed(head: Sequence[str], names_and_fields: Mapping[str, str]) -> bool:
    """Return whether the names of a row give each required field a column, with the editor's own words for some."""
    normalised = [_normalise(name) for name in head]
    fields_by_name = {_normalise(name): _normalise(field).replace(" ", "_") for name, field in names_and_fields.items()}
    places_by_field = {fields_by_name[name]: index for index, name in enumerate(normalised) if fields_by_name.get(name)}
    skipped = {index for index, name in enumerate(normalised) if name in fields_by_name}
    places, _ = _guess_columns(normalised, places_by_field, skipped - set(places_by_field.values()))
    return all(name in places for name in _needed(normalised))


def _needed(normalised: Sequence[str]) -> tuple[str, ...]:
    """Return the fields that a table must have: a form may ask for no name."""
    return NEEDED if _SENT.isdisjoint(normalised) else tuple(name for name in NEEDED if name != "author")


def columns(head: Sequence[str], fields_by_name: Mapping[str, str], row: int) -> Columns:
    """Return the columns of a table.

    Args:
        head: the names of its columns.
        fields_by_name: fields by names of columns, where the editor says so; a field "" leaves a column out.
        row: the number of the row that has these names, from 1.

    Raises:
        TranscriptError: a field that is needed has no column or several, or a name is not known.
    """
    normalised = [_normalise(name) for name in head]
    places_by_field, skipped = _apply_mapping(head, normalised, fields_by_name)
    places, twice = _guess_columns(normalised, places_by_field, skipped)
    for field, two_columns in twice.items():
        names = quote_names(head[index] for index in two_columns)
        hint = f'say which, such as --map "{head[two_columns[0]]}={field}"'
        raise TranscriptError("SOURCE", f'the columns {names} can each be "{field}": {hint}')
    unused = [index for index in range(len(head)) if index not in {*places.values(), *skipped}]
    if missing := [name for name in _needed(normalised) if name not in places]:
        raise TranscriptError("SOURCE", _missing_message(missing, [head[index] for index in unused], row))
    for index in (index for index in unused if normalised[index].replace(" ", "") not in _NEVER):
        if suggestion := did_you_mean(normalised[index].replace(" ", "_"), set(COLUMNS) - set(places), cutoff=_NEAR):
            hint = f'{suggestion} Rename it, or leave it out with --map "{head[index]}="'
            raise TranscriptError("SOURCE", f'unknown column "{head[index]}": {hint}')
    passed = tuple(head[index] or f"column {index + 1}" for index in (*unused, *sorted(skipped)))
    return Columns(places, passed, is_form=not _SENT.isdisjoint(normalised))


def _apply_mapping(
    head: Sequence[str], normalised: Sequence[str], fields_by_name: Mapping[str, str]
) -> tuple[dict[str, int], set[int]]:
    """Return the editor's mapping: the columns of fields, and those to leave out."""
    places_by_field: dict[str, int] = {}
    skipped: set[int] = set()
    for name, field in fields_by_name.items():
        places = [index for index, word in enumerate(normalised) if word == _normalise(name)]
        if not places:
            hint = did_you_mean(name, head) or f"the table has: {quote_names(head)}"
            raise TranscriptError("--map", f'the table has no column "{name}"; {hint}')
        normal_field = _normalise(field).replace(" ", "_")
        if normal_field and normal_field not in (*COLUMNS, TIME):
            hint = did_you_mean(field, COLUMNS) or f"the fields are {', '.join(COLUMNS)}"
            raise TranscriptError("--map", f'the record has no field "{field}"; {hint}')
        if normal_field in places_by_field or len(places) > 1:
            raise TranscriptError("--map", f'"{name}={field}": only one column can be {normal_field}')
        if normal_field:
            places_by_field[normal_field] = places[0]
        else:
            skipped |= set(places)
    return places_by_field, skipped


def _guess_columns(
    normalised: Sequence[str], places_by_field: Mapping[str, int], skipped: set[int]
) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Return the column of each field, and of the fields that several columns could be, those columns.

    A field's own name goes before what others call it, and a name that can be one field alone before one that can be
    two: beside "name", a "username" is where somebody is found.
    """
    places = dict(places_by_field)
    free = [index for index in range(len(normalised)) if index not in {*places_by_field.values(), *skipped}]
    twice: dict[str, list[int]] = {}
    for choices in (_own_field, _single_field, _possible_fields):
        candidates: dict[str, list[int]] = {}
        for index in free:
            field = next((name for name in choices(normalised[index]) if name not in places), None)
            if field:
                candidates.setdefault(field, []).append(index)
        for field, every in candidates.items():
            indices = [index for index in every if normalised[index] not in _BEGINNINGS] or every
            places[field] = indices[0]
            free = [index for index in free if index not in indices]
            if len(indices) > 1:
                twice[field] = indices
    if TIME in places and TIME not in places_by_field and "posted" not in places:
        places["posted"] = places.pop(TIME)
    return places, twice


def _own_field(name: str) -> Iterator[str]:
    if (field := name.replace(" ", "_")) in COLUMNS:
        yield field


def _single_field(name: str) -> Iterator[str]:
    fields = list(_possible_fields(name))
    if len(fields) == 1:
        yield fields[0]


def _possible_fields(name: str) -> Iterator[str]:
    yield from (field for field, names in _FIELDS.items() if name in names)


def _missing_message(missing: Sequence[str], others: Sequence[str], row: int) -> str:
    """Return the message for fields without a column, with a likely column."""
    message = f"{'the first row' if row == 1 else f'row {row}'} must name the columns; missing: {', '.join(missing)}"
    named_columns = [name for name in others if name.strip()]
    if not named_columns:
        return message
    hints = [
        f'unknown column "{name}": {suggestion}'
        for name in named_columns
        if (suggestion := did_you_mean(name, missing))
    ]
    likely = _likely_answer(named_columns) if missing[-1] == "text" else named_columns[0]
    unknown = f'unknown column "{likely}"; the names are {", ".join(COLUMNS)}'
    return f'{message}; {"; ".join(hints) or unknown}; or say it with --map "{likely}={missing[-1]}"'


def _likely_answer(names: Sequence[str]) -> str:
    """Return the column that may hold what people wrote: the first question, or the longest name."""
    answers = [
        name for name in names if _normalise(name) not in _NO_ANSWERS and not _NO_ANSWER.match(_normalise(name))
    ] or names
    questions = (name for name in answers if name.rstrip(" *").endswith(_QUESTION_MARKS))
    return next(questions, max(answers, key=len))


def quote_names(names: Iterable[str]) -> str:
    """Return names in quotation marks, as a sentence lists them."""
    return and_list(f'"{name}"' for name in names if name)


def _normalise(name: str) -> str:
    """Return a column's name for comparison: "E-mail Address" is "e mail address"."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).strip()
