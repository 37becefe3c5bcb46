"""Names that mean nobody, such as "Anonymous" and "N/A": two people who write one of them are not one person."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from casebuilder.wording import recordwords

#: Each says of itself that there is no name; in the languages of the catalogues, and of the columns that tables name.
_NO_NAME = (
    "anon, anonym, anonyme, anonymous, anonymously, anonymised, anonymized, nameless, unknown, unnamed, unidentified, "
    "undisclosed, withheld, deleted, guest, nobody, none, null, undefined, anónimo, anónima, anonima, anônimo, "
    "anônima, desconocido, desconocida, desconhecido, invitado, invitada, "
    "convidado, ninguno, nadie, inconnu, inconnue, invité, "
    "invitée, anoniem, onbekend, gast, unbekannt, sconosciuto, ospite, anonimowy, gość, hindi nagpakilala, "
    "di nagpakilala, hindi kilala, di kilala, panauhin, walang pangalan, مجهول, مجهولة, مجهول الهوية, مجهولة الهوية, "
    "غير معروف, غير معروفة, بدون اسم, بلا اسم, دون اسم, ضيف, زائر, 匿名, 匿名希望, 無記名, 名無し, 不明, ゲスト, 未知, "
    "익명, 게스트, no name, name withheld, not given, not known, not provided, not stated, not applicable, "
    "prefer not to say, rather not say, na, n a, n d, s n, no aplica, sin nombre, sem nome, sans nom, "
    "ohne namen, senza nome"
)
#: Words that may stand beside such a name: "anonymous user".
_ANYBODY = (
    "name, user, participant, respondent, member, person, account, author, commenter, commentator, poster, "
    "visitor, attendee, contributor, colleague, usuario, usuaria, participante, persona, usuário, utilisateur, "
    "utilisatrice, participant, benutzer, nutzer, teilnehmer, gebruiker, deelnemer, utente, partecipante, użytkownik, "
    "kalahok, tao, المستخدم, مستخدم, مستخدمة, مشارك, مشاركة, شخص, ユーザー, さん, 用户, 用戶, 사용자"
)
#: How two letters may be written that are also a name, which one person may have.
_NAME = "Na"


def is_nobodys(name: str) -> bool:
    """Return whether a name is none: it has only punctuation, or says so. "Anonymous 3" is somebody's."""
    text = name.strip()
    if text and all(unicodedata.category(character)[0] in "PZ" for character in text):
        return True
    words = _plain(text)
    if words in _no_names():
        return text != _NAME
    parts = words.split()
    return bool({*parts} & _no_names()) and _no_names() | _anybody() >= {*parts}


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """Return the names that mean nobody, as `_plain` writes them, with those that casebuilder itself gives."""
    own = recordwords.forms(recordwords.mark("anonymous"))
    return frozenset(map(_plain, (*_NO_NAME.split(", "), *own)))


@lru_cache(maxsize=1)
def _anybody() -> frozenset[str]:
    return frozenset(map(_plain, _ANYBODY.split(", ")))


def _plain(name: str) -> str:
    """Return a name for comparison: small letters without accents, and one space for all that is no letter."""
    letters = (
        character
        for character in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(character)
    )
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())
