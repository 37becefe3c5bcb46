"""Whether a Markdown extension takes its options: it is loaded with them, and converts a little of everything."""

from __future__ import annotations

from casebuilder.pipeline.extensiontrials.confinedprocess import confined

#: What is tried with the options: a little of everything that extensions look for.
_PROBE = """\
# A heading { #id .class }

A paragraph with `code`, **bold**, [a link](https://example.org), :smile:, H~2~O, ==mark==, ++ctrl+a++ and a note[^1].

- [ ] task

| a | b |
|---|---|
| 1 | 2 |

```python
print(1)
```

!!! note
    Text

[^1]: The note.
"""


def confined_refusal(name: str, options: dict[str, object]) -> str:
    """Return what `refusal` does, in the confined process.

    Raises:
        ConfinedError: the extension would read a file or ask another machine.
    """
    with confined():
        return refusal(name, options)


def refusal(name: str, options: dict[str, object]) -> str:
    """Return why an extension cannot be used with its options; empty if it can."""
    import markdown

    try:
        with_options = markdown.Markdown(extensions=["tables", "fenced_code", name], extension_configs={name: options})
    except Exception as error:  # noqa: BLE001 - an extension is another's program, and may raise anything
        return _error_text(error)
    try:
        with_options.convert(_PROBE)
    except Exception as error:  # noqa: BLE001 - as above
        # Some need MkDocs around them, and fail here without options, too.
        return _error_text(error) if options and not refusal(name, {}) else ""
    return ""


def _error_text(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
