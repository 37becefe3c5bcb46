"""What stands before and after a name in a sentence, and says whether it means somebody who is there."""

from __future__ import annotations

import re
from functools import lru_cache

from casebuilder.wording import recordwords

_GREETINGS = (
    r"thanks|thank you|thankyou|thx|ty|cheers|hi|hiya|hello|hey|dear|welcome|congrats|congratulations|well said|"
    r"well put|(?:good|great|nice|fair|excellent|interesting|lovely|brilliant) (?:point|points|question|idea|post|"
    r"comment)|bravo|kudos to|kudos|gracias|hola|querido|querida|estimado|estimada|merci|bonjour|salut|cher|chère|"
    r"danke|dank dir|hallo|liebe|lieber|obrigado|obrigada|olá|grazie|ciao|salamat|salamat po|terima kasih|dank je|"
    r"bedankt|hoi|tack|hej|takk|hei|kiitos|dzięki|dziękuję|cześć|teşekkürler|merhaba|спасибо|привет|дякую|ευχαριστώ|"
    r"γεια|شكرا|شكرًا|شكراً|مرحبا|يا|תודה|היי|धन्यवाद|नमस्ते"
)
_MUCH = "so much|very much|again|a lot|to you"
_AND = "and|&|y|und|et|e|at|og|och"
#: Before a name: somebody is spoken to.
GREETED = re.compile(
    rf"(?:(?<!\w)(?:{_GREETINGS})(?: (?:{_MUCH}))?[,:]?\s+(?:يا\s+)?"
    rf"(?:(?-i:[A-ZÀ-Þ][\w'’-]*(?: \d+)?)(?:,\s*|\s+(?:{_AND})\s+)){{0,3}}|(?<![\w.])@)$",
    re.IGNORECASE,
)
_MEANT = (
    r"agree with|agreed with|agreeing with|disagree with|disagreed with|disagreeing with|echo|echoing|second|\+1 to|"
    r"reply to|replying to|according to|de acuerdo con|d['’]accord avec|einverstanden mit|concordo com|"
    r"d['’]accordo con|sang-ayon ako kay|مع"
)
#: Before a name: somebody's words are meant, of whoever it is.
MEANT = re.compile(rf"(?<!\w)(?:{_MEANT})\s+$", re.IGNORECASE)
#: After a name.
SAID = re.compile(
    r"['’]s\s+(?!(?:a|an|the|not|been|going)\b)[a-zà-þ]|"
    r"\s+(?:said|says|wrote|writes|asked|asks|mentioned|mentions|pointed out|points out|raised|is right|was right|"
    r"you|your|and I|hat recht|sagt|schreibt|schrieb|dijo|dice|tiene razón|a raison|a dit|dit|tem razão|disse|"
    r"ha ragione|sabi)\b"
)
_TITLES = (
    "dr|prof|professor|mr|mrs|ms|mx|miss|nurse|sister|doctor|doc|sr|sra|dra|herr|frau|mme|m|"
    "الدكتور|الدكتورة|دكتور|دكتورة|أستاذ|أستاذة"
)
TITLE = re.compile(rf"(?<!\w)(?:{_TITLES})\.?\s+$", re.IGNORECASE)
#: After a name in Chinese, Japanese and Korean: it is a person.
HONORIFIC = re.compile(
    r"\s?(?:さん|先生|氏|様|さま|くん|君|ちゃん|老师|老師|医生|醫生|医師|教授|博士|同学|님|씨|선생|교수|박사)"
)
#: After a family name: a work, or what is named after somebody.
NO_PERSON = re.compile(
    r"(?:['’]s?)?\s+(?:et al|and colleagues|and co|sign|signs|syndrome|disease|score|scale|criteria|criterion|test|law|"
    r"method|procedure|palsy|trial|study|paper|index|rule|manoeuvre|maneuver|catheter|model|formula|classification|"
    r"hospital|university|institute|foundation|ward|street|road)\b|\s+\(?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[^\W\d_][\w'’-]*$")
INITIAL = re.compile(r"(?<!\w)([A-ZÀ-Þ])(?:\.\s?|\s)$")
#: Words with a capital letter before a name that are no part of it.
FUNCTION = frozenset(
    [
        "a", "agree", "agreed", "also", "although", "and", "as", "because", "but", "did", "does", "for", "if", "in",
        "is", "like", "maybe", "no", "not", "of", "on", "or", "perhaps", "plus", "second", "seconding", "see", "since",
        "so", "that", "then", "though", "to", "unlike", "was", "what", "when", "while", "with", "yes", "yet",
        "aber", "avec", "como", "comme", "con", "de", "e", "et", "mais", "mas", "mit", "pero", "si", "und", "wie", "y",
    ]
)  # fmt: skip
_LAST_LETTERS = re.compile(r"(\w+)\W*$")
#: After a name at the beginning of a sentence; a name that is a word as well needs more than a comma.
COMMA = re.compile(r"[,:]\s")
CALLED = re.compile(
    r"[,:]\s+(?:I\b|you|your|thank|agree|good|great|nice|yes|no\b|what|how|why|do\b|did|can|could|would|have|that|this|"
    r"gracias|danke|merci|ich|je\b|du\b|tu\b)|:\s*\n",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def next_name() -> re.Pattern[str]:
    """Return the pattern of a word after a name that may be part of it: no pseudonym, in whatever language."""
    return re.compile(rf"[ \t]+(?!I\b|I['’]|{recordwords.numbered().pattern})[A-ZÀ-ÞΑ-ΩА-Я][\w'’-]+")


def _last_letters(text: str) -> str:
    """Return the last letters of a text, in small ones; to regular expressions some vowel signs end them."""
    match = _LAST_LETTERS.search(text)
    return match[1].casefold() if match else ""


#: How what may stand before somebody who is meant ends: the patterns above are slow, and seldom needed.
_ENDS = frozenset(
    _last_letters(ending)
    for words in (_GREETINGS, _MUCH, _AND, _MEANT, _TITLES)
    for ending in re.split(r"[|()?:]+", words)
) - {""}


def word_before(before: str) -> str:
    """Return the word in front of a place, if only blanks are between them; else an empty text."""
    text = before.rstrip(" \t")
    match = _LAST_WORD.search(text.rsplit(None, 1)[-1]) if text and text != before else None
    return match[0] if match else ""


def may_be_meant(before: str) -> bool:
    """Return whether one of the patterns for what stands before a name can match, as its last letters say."""
    if not before[-1:].isspace():
        return before.endswith(("@", ","))
    last_run = before.rsplit(None, 1)[-1] if before.strip() else ""
    return last_run.endswith((",", "&")) or _last_letters(last_run) in _ENDS


def is_meant(before: str) -> bool:
    """Return whether somebody is spoken to or of, as what stands before their name says."""
    return may_be_meant(before) and any(context.search(before) for context in (GREETED, MEANT, TITLE))
