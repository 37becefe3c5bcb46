"""First names and family names alone, found in sentences: "Thanks Priya" names somebody to all who were there.

Only names of this record's own participants are looked for. A name that is no word is replaced wherever it has a
capital letter that nothing else explains. One that is a word as well, or the name of somebody in the case, is replaced
only where somebody is spoken to. What stays is counted, so that somebody can look.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.displaynames import MARKS, SEVERAL, folded, plain, words_of
from casebuilder.editorial.discussion.ordinarywords import ORDINARY, PARTICLES
from casebuilder.editorial.discussion.post import count_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_LETTERS = rf"(?:[^\W\d_]|[{MARKS}])+"
TOKEN = re.compile(rf"{_LETTERS}(?:['’-]{_LETTERS})*")
_ADDRESS = re.compile(r"https?://\S+")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LEAST, _FULL, _FAMILY, _MOST_NAMED = 3, 4, 2, 8
#: Before a name: somebody is spoken to.
_GREETED = re.compile(
    r"(?:(?<!\w)(?:thanks|thank you|thankyou|thx|ty|cheers|hi|hiya|hello|hey|dear|welcome|congrats|congratulations|"
    r"well said|well put|(?:good|great|nice|fair|excellent|interesting|lovely|brilliant) (?:point|points|question|idea|"
    r"post|comment)|bravo|kudos to|kudos|gracias|hola|querid[oa]|estimad[oa]|merci|bonjour|salut|cher|chère|danke|"
    r"dank dir|hallo|liebe[r]?|obrigad[oa]|olá|grazie|ciao|salamat(?: po)?|terima kasih|dank je|bedankt|hoi|tack|hej|"
    r"takk|hei|kiitos|dzięki|dziękuję|cześć|teşekkürler|merhaba|спасибо|привет|дякую|ευχαριστώ|γεια|"
    r"شكرا|شكرًا|شكراً|مرحبا|يا|תודה|היי|धन्यवाद|नमस्ते)(?: so much| very much| again| a lot| to you)?[,:]?\s+(?:يا\s+)?"
    r"(?:(?-i:[A-ZÀ-Þ][\w'’-]*(?: \d+)?)(?:,\s*|\s+(?:and|&|y|und|et|e|at|og|och)\s+)){0,3}"
    r"|(?<![\w.])@)$",
    re.IGNORECASE,
)
#: Before a name: somebody's words are meant, of whoever it is.
_MEANT = re.compile(
    r"(?<!\w)(?:agree(?:d|ing)? with|disagree(?:d|ing)? with|echo|echoing|second|\+1 to|reply(?:ing)? to|according to|"
    r"de acuerdo con|d['’]accord avec|einverstanden mit|concordo com|d['’]accordo con|sang-ayon ako kay|مع)\s+$",
    re.IGNORECASE,
)
#: After a name.
_SAID = re.compile(
    r"['’]s\s+(?!(?:a|an|the|not|been|going)\b)[a-zà-þ]|"
    r"\s+(?:said|says|wrote|writes|asked|asks|mentioned|mentions|pointed out|points out|raised|is right|was right|"
    r"you|your|and I|hat recht|sagt|schreibt|schrieb|dijo|dice|tiene razón|a raison|a dit|dit|tem razão|disse|"
    r"ha ragione|sabi)\b"
)
_TITLE = re.compile(
    r"(?<!\w)(?:dr|prof|professor|mr|mrs|ms|mx|miss|nurse|sister|doctor|doc|sra?|dra|herr|frau|mme|m|"
    r"الدكتور|الدكتورة|دكتور|دكتورة|أستاذ|أستاذة)\.?\s+$",
    re.IGNORECASE,
)
#: After a name in Chinese, Japanese and Korean: it is a person.
_HONORIFIC = re.compile(
    r"\s?(?:さん|先生|氏|様|さま|くん|君|ちゃん|老师|老師|医生|醫生|医師|教授|博士|同学|님|씨|선생|교수|박사)"
)
#: After a family name: a work, or what is named after somebody.
_NO_PERSON = re.compile(
    r"(?:['’]s?)?\s+(?:et al|and colleagues|and co|sign|signs|syndrome|disease|score|scale|criteria|criterion|test|law|"
    r"method|procedure|palsy|trial|study|paper|index|rule|manoeuvre|maneuver|catheter|model|formula|classification|"
    r"hospital|university|institute|foundation|ward|street|road)\b|\s+\(?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_BEFORE_WORD = re.compile(r"(?P<word>[^\W\d_][\w'’-]*)[ \t]+$")
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-Þ]\.\s?$")
#: Words with a capital letter before a name that are no part of it.
_FUNCTION = frozenset(
    [
        "a", "agree", "agreed", "also", "although", "and", "as", "because", "but", "did", "does", "for", "if", "in",
        "is", "like", "maybe", "no", "not", "of", "on", "or", "perhaps", "plus", "second", "seconding", "see", "since",
        "so", "that", "then", "though", "to", "unlike", "was", "what", "when", "while", "with", "yes", "yet",
        "aber", "avec", "como", "comme", "con", "de", "e", "et", "mais", "mas", "mit", "pero", "si", "und", "wie", "y",
    ]
)  # fmt: skip
_CONTEXTS = (_GREETED, _MEANT, _TITLE)
#: After a name at the beginning of a sentence; a name that is a word as well needs more than a comma.
_COMMA = re.compile(r"[,:]\s")
_CALLED = re.compile(
    r"[,:]\s+(?:I\b|you|your|thank|agree|good|great|nice|yes|no\b|what|how|why|do\b|did|can|could|would|have|that|this|"
    r"gracias|danke|merci|ich|je\b|du\b|tu\b)|:\s*\n",
    re.IGNORECASE,
)
_NEXT_NAME = re.compile(r"[ \t]+(?!I\b|I['’]|Participant )[A-ZÀ-ÞΑ-ΩА-Я][\w'’-]+")


@dataclass(eq=False, slots=True)
class FirstNames:
    """The parts of names to look for, small and without accents, and whose they are; and what was found so far.

    Attributes:
        keys: the author keys of each part.
        words: parts that are words as well.
        others: parts that are the name of somebody in the case.
        replaced: how many posts a name was replaced in.
        left: how many posts a name stays in, because it may be a word or somebody else.
    """

    keys: Mapping[str, tuple[str, ...]]
    words: AbstractSet[str]
    others: AbstractSet[str]
    replaced: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    def without(self, text: str, pseudonym: Callable[[str], str]) -> str:
        """Return a text with a pseudonym in place of each name that is surely a participant's.

        Args:
            text: with pseudonyms for whole names already.
            pseudonym: gives the pseudonym of an author key.
        """
        if not self.keys:
            return text
        said, done, last = "", 0, tuple[str, ...]()
        found = Counter[str]()
        stays = Counter[str]()
        for start, end, part in self._places(text):
            if self._is_person(text, start, end, part):
                begins = start - (text[start - 1 : start] == "@")
                keys = self.keys[part]
                if keys != last or text[done:begins].strip(" "):  # "Mary Ann" is one person
                    said += text[done:begins] + (pseudonym(keys[0]) if len(keys) == 1 else SEVERAL)
                done, last = end, keys
                found[text[start:end]] += 1
            elif text[start : start + 1].isupper() or _CASELESS.match(text, start):
                stays[text[start:end]] += 1
        self.replaced.update(set(found))
        self.left.update(set(stays))
        return said + text[done:]

    def notes(self) -> Iterator[str]:
        """What the editor should know: which names became pseudonyms, and which stay in sentences."""
        if self.replaced:
            yield f"first or family names alone, replaced by pseudonyms: {_listed(self.replaced)}"
        if self.left:
            yield (
                f"left in sentences, because they may be words or other people’s names: {_listed(self.left)}; read "
                "these posts, and change them in the record if a participant is meant"
            )

    def _places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where parts of names stand as words of their own, outside of addresses."""
        passed = [found.span() for found in _ADDRESS.finditer(text)] if "://" in text else []
        for token in TOKEN.finditer(text):
            start = token.start()
            if any(begin <= start < end for begin, end in passed) or text[start - 1 : start] in {"#", "/"}:
                continue
            if _UNSPACED.match(token[0]):
                yield from self._unspaced(token[0], start)
                continue
            small = straight(token[0])
            cut = max(small.rfind("'"), small.rfind("-"))
            for length in (len(small), cut) if cut > 0 and token[0][cut + 1 :].islower() else (len(small),):
                if small[:length] in self.keys:
                    yield start, start + length, small[:length]
                    break

    def _unspaced(self, run: str, at: int) -> Iterator[tuple[int, int, str]]:
        """Names before a form of address in a script without spaces."""
        for found in _HONORIFIC.finditer(run):
            for length in (3, 2, 1):
                part = run[max(0, found.start() - length) : found.start()]
                if len(part) == length and part in self.keys:
                    yield at + found.start() - length, at + found.start(), part
                    break

    def _is_person(self, text: str, start: int, end: int, part: str) -> bool:
        """Whether a part of a name, where it stands, means the participant."""
        before, written = text[max(0, start - 60) : start], text[start:end]
        if _UNSPACED.match(written):
            return True
        if _GREETED.search(before):
            return part not in self.words or written[:1].isupper() or bool(_CASELESS.match(written))
        if _NO_PERSON.match(text, end) or self._has_next(text, end, part) or part in self.others:
            return part in self.others and written[:1].isupper() and _is_called(text, start, end, is_word=True)
        is_meant = bool(_MEANT.search(before) or _TITLE.search(before))
        if not written[:1].isupper():
            return part not in self.words and (is_meant or _is_said(text, end))
        is_word = part in self.words or len(part) < _LEAST
        if (
            is_meant
            or _is_called(text, start, end, is_word=is_word)
            or (_SAID.match(text, end) and not self._is_of_another(before, part))
        ):
            return True
        return not (is_word or self._is_of_another(before, part))

    def _has_next(self, text: str, end: int, part: str) -> bool:
        """Whether a word with a capital letter after a name makes it part of somebody else's."""
        found = _NEXT_NAME.match(text, end)
        return bool(found) and not self._is_beside(found[0] if found else "", part)

    def _is_of_another(self, before: str, part: str) -> bool:
        """Whether an initial, or a word with a capital letter, makes a name part of somebody else's."""
        if _INITIAL.search(before):
            return True
        found = _BEFORE_WORD.search(before)
        if not found or not found["word"][:1].isupper() or found["word"].casefold() in _FUNCTION:
            return False
        return not self._is_beside(found["word"], part)

    def _is_beside(self, word: str, part: str) -> bool:
        """Whether a word is another name of somebody who has a name, as in "Mary Ann"."""
        return not set(self.keys.get(straight(word.strip()), ())).isdisjoint(self.keys[part])


def first_names(shown: Iterable[tuple[str, str]], *, texts: Sequence[str], others: AbstractSet[str]) -> FirstNames:
    """Return the parts of names to look for.

    Args:
        shown: names and author keys of this record's participants.
        texts: of the record and of the series, in which a name that is a word is seen in small letters.
        others: words of the case that begin with a capital, and the names of the people of the series.
    """
    keys: dict[str, dict[str, None]] = {}
    words = set(ORDINARY)
    for name, key in sorted(shown):
        for part, is_sure in _parts(name):
            keys.setdefault(part, {})[key] = None
            if not is_sure:
                words.add(part)
    words = (words & keys.keys()) | _written_small(keys, texts)
    return FirstNames({part: tuple(own) for part, own in keys.items()}, words, others & keys.keys())


def _parts(name: str) -> Iterator[tuple[str, bool]]:
    """The words of a name that are names themselves, and whether they surely are: beside a role they may be words."""
    whole = plain(name)
    if _UNSPACED.fullmatch(whole.replace(" ", "")):
        yield from ((part, True) for part in _unspaced_parts(whole))
        return
    words, is_sure = words_of(name)
    for number, word in enumerate(words):
        small = straight(word)
        if len(small) >= _FAMILY and (number == 0 or small not in PARTICLES):  # "Al Gore", and not "Nur al Din"
            yield small, is_sure


def _unspaced_parts(whole: str) -> Iterator[str]:
    """Family and given name of a name in Chinese, Japanese or Korean, as far as its length says where one ends."""
    if " " in whole:
        yield from whole.split()
    elif len(whole) >= _FULL:
        yield from (whole[:_FAMILY], whole[_FAMILY:])
    else:
        yield from (whole[:1], whole[1:])


def _listed(names: Counter[str]) -> str:
    shown = [f"“{name}” ({count_of(number, 'post')})" for name, number in names.most_common(_MOST_NAMED)]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def straight(word: str) -> str:
    """A word in small letters, without accents and with one kind of apostrophe."""
    return folded(word).replace("’", "'")


def _written_small(parts: Iterable[str], texts: Iterable[str]) -> set[str]:
    """The parts that the record's texts have in small letters where nobody is spoken to or of: they are words."""
    wanted = set(parts)
    return {
        small
        for text in texts
        for word in TOKEN.finditer(text)
        if word[0][:1].islower()
        and (small := folded(word[0])) in wanted
        and not any(context.search(text[max(0, word.start() - 60) : word.start()]) for context in _CONTEXTS)
        and not _is_said(text, word.end())
    }


def _is_said(text: str, end: int) -> bool:
    """Whether somebody in small letters said or wrote something: "priya said", and not "will you"."""
    found = _SAID.match(text, end)
    return bool(found) and (found or [""])[0].strip() not in {"you", "your", "and I"}


def _is_called(text: str, start: int, end: int, *, is_word: bool) -> bool:
    """Whether somebody is spoken to: "Will, I agree", "Good point, Will." or a line that is a name and a colon."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    first = not line.strip(" \t>*_“\"'")
    if (first or re.search(r"[.!?]\s+$", line)) and (_CALLED if is_word else _COMMA).match(text, end):
        return True
    if first and re.match(r"[ \t]*(?:\n|$)", text[end:]):
        return True
    return bool(re.search(r"[^\W\d_],\s+$", line)) and bool(re.match(r"\s*(?:[.!?]|$|\n)", text[end : end + 3]))
