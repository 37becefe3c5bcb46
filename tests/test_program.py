"""What the program does before any command: streams that every system has, and arguments that are words."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from casebuilder import __main__ as program
from casebuilder.cli import options

if TYPE_CHECKING:
    from pathlib import Path


class Stream(io.TextIOWrapper):
    """Standard output, of a terminal or not."""

    def __init__(self, *, terminal: bool, encoding: str = "cp1252") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self.terminal = terminal

    def isatty(self) -> bool:
        """Whether it is a terminal's."""
        return self.terminal


@pytest.mark.parametrize(
    ("system", "terminal", "chosen", "encoding"),
    [
        ("nt", False, "", "utf-8"),
        ("nt", True, "", "cp1252"),
        ("nt", False, "cp1252", "cp1252"),
        ("posix", False, "", "cp1252"),
    ],
)
def test_what_goes_into_a_file_on_windows_is_utf8_unless_somebody_chose_otherwise(
    monkeypatch: pytest.MonkeyPatch, system: str, chosen: str, encoding: str, *, terminal: bool
) -> None:
    made = Stream(terminal=terminal)
    monkeypatch.setattr(program.os, "name", system)
    monkeypatch.setattr(sys, "stdout", made)
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("PYTHONIOENCODING", chosen) if chosen else monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    program._prepare_streams()
    made.write("Fälle: \N{ARABIC LETTER BEH}")
    made.flush()
    assert made.encoding == encoding
    written = made.buffer.getvalue()
    assert written == ("Fälle: ب".encode() if encoding == "utf-8" else b"F\xe4lle: \\u0628")


def test_letters_that_python_could_not_read_are_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["casebuilder", "new", "L\udcc3\udca9a"])
    monkeypatch.setattr(program, "main", lambda: pytest.fail("it was not refused"))
    monkeypatch.setattr(program.signal, "signal", lambda *_: None)
    monkeypatch.setattr(program.gc, "set_threshold", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        program.run()
    assert ended.value.code == 2
    assert "set PYTHONUTF8=1" in capsys.readouterr().err


def test_a_reader_that_ends_first_is_no_problem_of_the_series() -> None:
    """`due` would say that nothing is due, and `check` that there are errors."""
    program_with_no_reader = (
        "import os, sys; from casebuilder.__main__ import run\n"
        "reader, writer = os.pipe(); os.close(reader); os.dup2(writer, 1); os.close(writer)\n"  # nobody else has it
        "sys.argv[1:] = ['check', '--help']; run()"
    )
    known = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    order = [sys.executable, "-c", program_with_no_reader]
    ended = subprocess.run(order, capture_output=True, check=False, env=known)
    assert (ended.stderr, ended.returncode) == (b"", 141)


@pytest.mark.parametrize(
    ("made", "status", "words"),
    [
        ("os.dup2(os.open('/dev/full', os.O_WRONLY), 1)", 1, b"Error: the output cannot be written: No space left"),
        ("os.close(0); sys.stdin = None; os.close(1); sys.stdout = None", 0, b""),
        ("os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); sys.path.insert(0, '')", 1, b"no longer exists"),
    ],
    ids=["full disk", "closed streams", "no folder"],
)
def test_a_bad_place_to_run_in_is_named_in_a_sentence(tmp_path: Path, made: str, status: int, words: bytes) -> None:
    order_words = ["status"] if "gone" in made else ["--version"]
    code = f"import os, sys; {made}\nfrom casebuilder.__main__ import run\nsys.argv[1:] = {order_words}; run()"
    path = os.pathsep.join(sys.path)
    order = [sys.executable, "-c", code]
    ended = subprocess.run(
        order, capture_output=True, check=False, cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}
    )
    assert ended.returncode == status, ended.stderr
    assert words in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_an_output_that_was_closed_is_not_reported_as_a_file_that_cannot_be_written() -> None:
    with pytest.raises(BrokenPipeError), options.write_errors():
        raise BrokenPipeError(32, "Broken pipe")


_SIGNALLED_IN_A_CLASS = """
import os, signal
from casebuilder import __main__ as program

class Field:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.{signal})

def main():
    class Made:
        field = Field()

program.main = main
program.run()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize(("name", "status"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_signal_that_python_hides_in_another_error_still_ends_the_program_as_shells_expect(
    name: str, status: int
) -> None:
    """Python 3.11 makes a RuntimeError of whatever arrives while a class is made, as all the time during imports."""
    order = ["env", "--default-signal=INT", sys.executable, "-c", _SIGNALLED_IN_A_CLASS.replace("{signal}", name)]
    ended = subprocess.run(order, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (status, "", "")
