"""What stands before and after a name in a sentence, and says whether it means somebody who is there."""

from __future__ import annotations

import re

#: Before a name: somebody is spoken to.
GREETED = re.compile(
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
MEANT = re.compile(
    r"(?<!\w)(?:agree(?:d|ing)? with|disagree(?:d|ing)? with|echo|echoing|second|\+1 to|reply(?:ing)? to|according to|"
    r"de acuerdo con|d['’]accord avec|einverstanden mit|concordo com|d['’]accordo con|sang-ayon ako kay|مع)\s+$",
    re.IGNORECASE,
)
#: After a name.
SAID = re.compile(
    r"['’]s\s+(?!(?:a|an|the|not|been|going)\b)[a-zà-þ]|"
    r"\s+(?:said|says|wrote|writes|asked|asks|mentioned|mentions|pointed out|points out|raised|is right|was right|"
    r"you|your|and I|hat recht|sagt|schreibt|schrieb|dijo|dice|tiene razón|a raison|a dit|dit|tem razão|disse|"
    r"ha ragione|sabi)\b"
)
TITLE = re.compile(
    r"(?<!\w)(?:dr|prof|professor|mr|mrs|ms|mx|miss|nurse|sister|doctor|doc|sra?|dra|herr|frau|mme|m|"
    r"الدكتور|الدكتورة|دكتور|دكتورة|أستاذ|أستاذة)\.?\s+$",
    re.IGNORECASE,
)
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
BEFORE_WORD = re.compile(r"(?P<word>[^\W\d_][\w'’-]*)[ \t]+$")
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
CONTEXTS = (GREETED, MEANT, TITLE)
#: After a name at the beginning of a sentence; a name that is a word as well needs more than a comma.
COMMA = re.compile(r"[,:]\s")
CALLED = re.compile(
    r"[,:]\s+(?:I\b|you|your|thank|agree|good|great|nice|yes|no\b|what|how|why|do\b|did|can|could|would|have|that|this|"
    r"gracias|danke|merci|ich|je\b|du\b|tu\b)|:\s*\n",
    re.IGNORECASE,
)
NEXT_NAME = re.compile(r"[ \t]+(?!I\b|I['’]|Participant )[A-ZÀ-ÞΑ-ΩА-Я][\w'’-]+")
