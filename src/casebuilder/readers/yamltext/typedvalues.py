"""What YAML makes of text without quotation marks: numbers, days and truth values."""

from __future__ import annotations

from collections.abc import Hashable

from casebuilder.readers.yamltext.knowntexts import KNOWN

#: The longest text that YAML converts to a number, a day or a truth value.
_LONGEST_TYPED = 60


def typed(text: str) -> Hashable:
    """Return YAML's value of unquoted text: a number, a day, true or false."""
    known_as = f"text {text}"
    if len(text) > _LONGEST_TYPED or KNOWN.find(known_as):
        return text
    import yaml

    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        value = text
    if value == text:
        KNOWN.add(known_as, True)  # noqa: FBT003 - the result, not an option
    return value if isinstance(value, Hashable) else text


def is_unreadable(text: str) -> bool:
    """Return whether YAML makes a number or a day of unquoted text, and fails: `2026-02-30`, `0x_`, `=`.

    Our reader keeps it as text; MkDocs stops at it.
    """
    known_as = f"readable {text}"
    if KNOWN.find(known_as):
        return False
    import yaml

    forms = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ())
    if any(form.match(text) for _, form in forms):
        try:
            yaml.safe_load(text)
        except (yaml.YAMLError, ValueError, OverflowError):
            return True
    KNOWN.add(known_as, True)  # noqa: FBT003 - the result, not an option
    return False
