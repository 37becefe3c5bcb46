"""One target of the fuzzer: `python -m fuzz markdown -max_total_time=60`; after the target come libFuzzer's options."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["casebuilder", "markdown_it", "mdit_py_plugins"]):
    from fuzz.targets import TARGETS

_FEW = 8


class Bytes:
    """Choices by the fuzzer's bytes."""

    def __init__(self, data: bytes) -> None:
        """Take them from the beginning."""
        self._given = atheris.FuzzedDataProvider(data)

    def below(self, count: int) -> int:
        """A number from 0 up to, but not including, a count."""
        return int(self._given.ConsumeIntInRange(0, count - 1))

    def words(self) -> str:
        """A few characters, as a file may hold them once it is decoded."""
        text = self._given.ConsumeUnicodeNoSurrogates(_FEW).replace("\r\n", "\n").replace("\r", "\n")
        return str(text.replace("\x00", ""))


def main() -> None:
    """Try one target until its time is over or something is found."""
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda data: target(Bytes(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
