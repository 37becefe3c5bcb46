"""What a series needs and does not have: on a machine, and in the settings of its repository on GitHub."""

from casebuilder.editorial.doctor.findings import Finding, State, in_words

__all__ = ["Finding", "State", "in_words"]
