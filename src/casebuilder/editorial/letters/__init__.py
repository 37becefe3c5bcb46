"""Letters of editors and curators, as text from templates. Nobody sends them but the editors themselves."""

from casebuilder.editorial.letters.consentletters import Addressee, Asking, consent_letters, consent_patterns
from casebuilder.editorial.letters.experts import ExpertLetter, expert_letter
from casebuilder.editorial.letters.templates import FOLDER, KINDS, Letter, LetterError, built_in

__all__ = [
    "FOLDER",
    "KINDS",
    "Addressee",
    "Asking",
    "ExpertLetter",
    "Letter",
    "LetterError",
    "built_in",
    "consent_letters",
    "consent_patterns",
    "expert_letter",
]
