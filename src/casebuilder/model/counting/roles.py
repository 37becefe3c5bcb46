"""What people say they are, in the interface's languages: moderators, authors of the paper, or something else.

A role is free text. Whoever says it in words that are not known here may be anything, so the answers are yes, no and
None, which means that nobody can say.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = re.compile(r"\w+")
#: The article and the "and" that Arabic writes together with a word.
_ARABIC = re.compile(r"^[وبكف]?(?:ال|لل)(?=\w{2})|^و(?=\w{3})")


def _without_accents(role: str) -> str:
    """Return a role without capitals, accents and vowel signs."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", role).casefold())
    return "".join(char for char in parts if not unicodedata.combining(char) and char != "ـ")


def _words(role: str) -> list[str]:
    """Return the words of a role as they stand."""
    return _LETTERS.findall(_without_accents(role).replace("may-akda", "mayakda").replace("co-", "co"))


def _word_set(text: str) -> frozenset[str]:
    return frozenset(_words(text))


_MODERATORS = _word_set(
    "moderator moderators co-moderator comoderators moderador moderadora moderadores moderadoras comoderador "
    "comoderadora moderateur moderatrice moderatorin moderatore tagapamagitan مشرف مشرفة مشرفون مشرفين ميسر ميسرة"
)
_AUTHORS = _word_set(
    "author authors coauthor coauthors authoress autor autora autores autoras coautor coautora coautores coautoras "
    "may-akda awtor مؤلف مؤلفة مؤلفو مؤلفي مؤلفون مؤلفين مؤلفات مؤلفا"
)
#: Whoever wrote something; authors of the paper only if they say that it was the paper.
_WRITERS = _word_set("writer writers wrote escritor escritora escribio manunulat sumulat كاتب كاتبة كتب")
_PAPERS = _word_set(
    "paper papers article articles study studies trial manuscript publication review articulo articulos estudio "
    "ensayo manuscrito publicacion trabajo revision papel artikulo pag-aaral pananaliksik دراسة ورقة مقال مقالة بحث"
)
_OTHER_WORKS = _word_set(
    "book books textbook textbooks novel blog podcast libro libros novela aklat libro كتاب كتب كتابا رواية مدونة"
)
#: Words that may stand between an author and the paper, and say nothing else.
_ADJECTIVES = _word_set(
    "the this a an its our el la los las este esta un una mga itong ang first last senior lead corresponding "
    "main principal primer primera اول رئيسي مشارك مشاركة مراسل هذه هذا"
)
_OF = _word_set("of de del ng sa on for من")
#: "One of the authors" is an author; "a friend of the authors" is none.
_SOME = _word_set("one two three some several member another una uno dos otra otro isa dalawa احد احدى واحد واحدة")
_NOT = _word_set(
    "not no non never neither without ex former formerly ni nunca sin antiguo antigua hindi ليس ليست غير سابق"
)
#: What people in teaching and medicine are called; none of these is an author or a moderator.
_KNOWN = _word_set(
    # English
    "resident residents registrar fellow intern internist trainee student students undergraduate postgraduate learner "
    "teacher tutor lecturer professor faculty educator supervisor dean director attending consultant specialist "
    "hospitalist physician doctor doctors md gp surgeon nurse nurses midwife paramedic pharmacist therapist "
    "physiotherapist psychologist psychiatrist paediatrician pediatrician geriatrician cardiologist nephrologist "
    "urologist neurologist oncologist radiologist dermatologist dentist dietitian librarian scientist researcher "
    "epidemiologist statistician patient patients carer caregiver parent public expert reader editor practitioner "
    "clinician manager engineer journalist observer pathologist anaesthetist anesthesiologist obstetrician "
    # Spanish
    "residente residentes alumno alumna estudiante estudiantes docente profesor profesora profesorado tutora "
    "medico medica medicos medicas doctora enfermero enfermera enfermeria cirujano cirujana especialista pediatra "
    "geriatra cardiologo cardiologa nefrologo nefrologa urologo urologa neurologo neurologa psicologo psicologa "
    "psiquiatra farmaceutico farmaceutica fisioterapeuta matrona partera investigador investigadora paciente pacientes "
    "cuidador cuidadora familiar experto experta lector lectora editora bibliotecario bibliotecaria becario becaria "
    "internista adjunto adjunta "
    # Filipino
    "doktor doktora nars estudyante guro propesor residente komadrona parmasyutiko mananaliksik pasyente manggagamot "
    "siruhano tagapag-alaga dalubhasa mambabasa patnugot "
    # Arabic
    "طبيب طبيبة اطباء مقيم مقيمة ممرض ممرضة تمريض طالب طالبة طلاب استاذ استاذة معلم معلمة مدرس مدرسة جراح جراحة صيدلي "
    "صيدلانية اخصائي اخصائية استشاري استشارية باحث باحثة مريض مريضة قابلة خبير خبيرة قارئ قارئة محرر محررة متدرب متدربة"
)
_ALL = _MODERATORS | _AUTHORS | _WRITERS | _PAPERS | _OTHER_WORKS | _ADJECTIVES | _OF | _SOME | _NOT | _KNOWN


def _role_words(role: str) -> list[str]:
    """Return the words of a role; those of Arabic without the article, unless they are known with it."""
    return [word if word in _ALL else _ARABIC.sub("", word) for word in _words(role)]


@lru_cache(maxsize=1024)
def is_moderator(role: str) -> bool | None:
    """Return whether a role is that of a moderator; None if its words are not understood."""
    words = _role_words(role)
    if not _MODERATORS.isdisjoint(words):
        return _NOT.isdisjoint(words)
    return False if not words or _is_understood(words) else None


@lru_cache(maxsize=1024)
def is_author(role: str) -> bool | None:
    """Return whether a role is that of an author of the paper; None if its words are not understood."""
    words = _role_words(role)
    places = [place for place, word in enumerate(words) if word in _AUTHORS]
    about_paper = not _PAPERS.isdisjoint(words)
    if not places:
        if about_paper:
            return None if _WRITERS.isdisjoint(words) or not _NOT.isdisjoint(words) else True
        return False if not words or _is_understood(words) else None
    if not _NOT.isdisjoint(words):
        return False
    if re.search(r"\bauthors?['’]s?\s+\w", _without_accents(role)):
        return None
    answers = {_is_of_paper(words, place) for place in places}
    return True if True in answers else None if None in answers else False


def _is_understood(words: list[str]) -> bool:
    return not _KNOWN.isdisjoint(words) or not (_MODERATORS | _AUTHORS).isdisjoint(words)


def _is_of_paper(words: list[str], place: int) -> bool | None:
    """Return whether the author at a place among some words is one of the paper."""
    words_before = words[:place]
    while words_before and words_before[-1] in _ADJECTIVES - _SOME:
        words_before = words_before[:-1]
    if (
        words_before
        and words_before[-1] in _OF
        and (_SOME.isdisjoint(words_before[-2:-1]) or not _OF.isdisjoint(words_before[-3:-2]))
    ):
        return None  # "a friend of the authors"
    if words_before and words_before[-1] in _OTHER_WORKS:
        return False  # "textbook author"
    words_after = words[place + 1 :]
    while words_after and words_after[0] in _ADJECTIVES:
        words_after = words_after[1:]
    is_construct = bool(words_after) and "\u0600" <= words[place][0] <= "\u06ff"  # Arabic has no "of" between the two
    if not words_after or not (is_construct or words_after[0] in _OF):
        return True
    noun = next((word for word in words_after if word not in _OF | _ADJECTIVES), "")
    if noun in _OTHER_WORKS:
        return False
    return True if not noun or not _PAPERS.isdisjoint(words_after[:6]) else None
