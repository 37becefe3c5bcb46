"""The editors' private folder, which Git ignores: the key of the records, and who is who in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from casebuilder.editorial import history as git
from casebuilder.editorial.curation import deskmemory, deskthread
from casebuilder.editorial.discussion import Key, PeopleError, new_secret, participantslist
from casebuilder.files import age, as_before, write_whole
from casebuilder.fingerprints import is_telling
from casebuilder.model import Discussions
from casebuilder.readers.discussion import read_discussion
from casebuilder.readers.folders import PRIVATE_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.editorial.discussion import Person
    from casebuilder.pipeline.reading import Reading
    from casebuilder.readers import Case

FOLDER = PRIVATE_FOLDER
KEY, PEOPLE = f"{FOLDER}/author.key", f"{FOLDER}/people.jsonl"
CURATIONS = f"{FOLDER}/curation"
SECRET = "CASEBUILDER_SECRET"  # noqa: S105 - the name of a variable
_SHORTEST, _LONGEST = 8, 1000
#: Letters of a secret word that nobody can guess, and for how many seconds one is used again.
_SECRET_WORD, _DAY, _PORT_DIGITS = 32, 86_400, 5


class PrivateError(Exception):
    """The editors' private folder or its key cannot be used; the message says what to do."""


def key(root: Path) -> Key | None:
    """Return the key of the records: from the environment, else from the file; None if there is none yet.

    Raises:
        PrivateError: the file cannot be read, or it or the variable holds no key.
    """
    if secret := os.environ.get(SECRET, ""):
        if any("\udc80" <= letter <= "\udcff" for letter in secret):
            raise PrivateError(f"the variable {SECRET} has bytes that are not UTF-8: write the key as it was shown")
        return Key(secret, f"the variable {SECRET}")
    text = _read_private(root, KEY)
    return None if text is None else Key(checked(text, KEY), KEY)


def checked(text: str, name: str) -> str:
    """Return the secret in the text of a key file.

    Raises:
        PrivateError: it holds none.
    """
    secret = text.strip()
    if not _SHORTEST <= len(secret) <= _LONGEST or len(secret.split("\n")) > 1:
        raise PrivateError(f"{name} has no valid key: a key is one line of {_SHORTEST} to {_LONGEST} characters")
    return secret


def made_key() -> Key:
    """Return a new key, which is not written anywhere yet."""
    return Key(new_secret(), "a new key")


def write_key(root: Path, key_to_keep: Key) -> Path:
    """Keep a key in its file.

    Raises:
        PrivateError: it cannot be written.
    """
    return _write_private(root, KEY, f"{key_to_keep.secret}\n")


def everybody(root: Path) -> tuple[Person, ...] | None:
    """Return who is who; None if the file is not on this computer.

    Raises:
        PrivateError: it cannot be read.
    """
    text = _read_private(root, PEOPLE)
    try:
        return None if text is None else participantslist.read(text)
    except PeopleError as error:
        raise PrivateError(f"{PEOPLE}: {error}") from None


def write_people(root: Path, rows: tuple[Person, ...]) -> Path:
    """Write who is who.

    Raises:
        PrivateError: it cannot be written.
    """
    return _write_private(root, PEOPLE, participantslist.dump(rows))


def curation(root: Path, slug: str) -> str | None:
    """Return what a curation desk remembered of a case; None if nothing.

    Raises:
        PrivateError: it cannot be read.
    """
    return _read_private(root, _curation_path(slug))


def write_curation(root: Path, slug: str, text: str) -> Path:
    """Keep what a curation desk remembers of a case.

    Raises:
        PrivateError: it cannot be written.
    """
    return _write_private(root, _curation_path(slug), text)


def curation_place(root: Path, slug: str) -> Path:
    """Return where a curation desk keeps what it remembers, in a folder that is there.

    Raises:
        PrivateError: it cannot be written.
    """
    path = _curation_path(slug)
    _refuse_link(root, path)
    _prepare(root, path)
    return root / path


def history(root: Path, slug: str) -> str | None:
    """Return what the page of a curation desk keeps for undo; None if nothing.

    Raises:
        PrivateError: it cannot be read.
    """
    return _read_private(root, _history_path(slug))


def write_history(root: Path, slug: str, text: str) -> Path:
    """Keep what the page of a curation desk needs for undo.

    Raises:
        PrivateError: it cannot be written.
    """
    return _write_private(root, _history_path(slug), text)


def desk_address(root: Path, slug: str) -> tuple[str, int] | None:
    """Return the secret word and the port of a case's last desk, if it was served today; None otherwise.

    With them a page that is still open goes on when the desk is started again.

    Raises:
        PrivateError: they cannot be read.
    """
    last = _read_address(root, slug)
    return last if last and age(root / _address_path(slug)) < _DAY else None


def desk_port(root: Path, slug: str) -> int:
    """Return the port of a case's last desk, on whatever day; 0 if there was none.

    A browser gives what it keeps for a page only to a page at the same port.

    Raises:
        PrivateError: it cannot be read.
    """
    last = _read_address(root, slug)
    return last[1] if last else 0


def _read_address(root: Path, slug: str) -> tuple[str, int] | None:
    word, _, port = (_read_private(root, _address_path(slug)) or "").strip().partition(" ")
    return (word, int(port)) if len(word) >= _SECRET_WORD and port.isdecimal() and len(port) <= _PORT_DIGITS else None


def _address_path(slug: str) -> str:
    return f"{CURATIONS}/{slug}.address"


def write_desk_address(root: Path, slug: str, word: str, port: int) -> Path:
    """Keep the secret word and the port of a desk.

    Raises:
        PrivateError: they cannot be written.
    """
    return _write_private(root, _address_path(slug), f"{word} {port}\n")


def let_go_of_marks(root: Path, case: Case) -> tuple[Path, ...]:
    """Remove from what a curation desk remembers of a case whatever was withdrawn from it.

    Returns:
        the files that changed or were deleted. One that cannot be read is left alone: the withdrawal itself is done.
    """
    shown_ids = {item.id for item in deskthread.shown(case)}
    prints = [item.fingerprint for item in case.contributions if item.withdrawn]
    prints += [quote.consent.fingerprint for quote in case.quotes]
    changed_files = []
    try:
        if (text := curation(root, case.slug)) is not None:
            new_text = deskmemory.dump(
                deskmemory.without(deskmemory.read(text), shown_ids, [each for each in prints if is_telling(each)])
            )
            changed_files += [write_curation(root, case.slug, new_text)] if new_text != text else []
        if history(root, case.slug) is not None:
            (root / _history_path(case.slug)).unlink()
            changed_files.append(root / _history_path(case.slug))
    except (PrivateError, OSError):
        return tuple(changed_files)
    return tuple(changed_files)


def _curation_path(slug: str) -> str:
    return f"{CURATIONS}/{slug}.json"


def _history_path(slug: str) -> str:
    return f"{CURATIONS}/{slug}.history.json"


def let_go(root: Path, slug: str, record: str | None) -> tuple[Path, ...]:
    """Remove from the list of people the contributions that a record no longer has, and people without any left.

    Args:
        root: the series' folder.
        slug: the case.
        record: its record after the withdrawal; None if all of it was deleted.

    Returns:
        the file of people, if it changed. One that cannot be read is left alone: the withdrawal itself is done.
    """
    try:
        rows = everybody(root) or ()
        remaining = {item.id for item in read_discussion(record or "", "")[0] if not item.withdrawn}
        remaining_people = participantslist.without_posts(rows, slug, remaining)
        return (write_people(root, remaining_people),) if remaining_people != rows else ()
    except PrivateError:
        return ()


def keys_of(reading: Reading) -> dict[str, str]:
    """Return the fingerprints of the keys that the records name, each with a case whose record does."""
    return {
        contribution.key_id: case.slug
        for case in reading.series.cases
        for contribution in case.contributions
        if contribution.key_id
    }


def keeps_record_out(reading: Reading, path: str) -> bool:
    """See to it that Git does not take a record, if discussions are private; returns whether they are.

    A record in an overlay is left to the repository that the overlay is.

    Raises:
        PrivateError: what Git leaves out cannot be written.
    """
    if reading.series.settings.discussions is not Discussions.PRIVATE or path in reading.tree.overlaid:
        return False
    ignored = reading.root / "commentary" / ".gitignore"
    name = path.rpartition("/")[2]
    try:
        text = ignored.read_text(encoding="utf-8") if ignored.exists() else ""
        if name not in text.splitlines():
            write_whole(ignored, as_before(ignored, f"{text.rstrip()}\n{name}\n".lstrip()))
    except (OSError, UnicodeDecodeError):
        raise PrivateError(f"{ignored} cannot be written: add the line {name} to it") from None
    return True


def is_tracked(reading: Reading, path: str) -> bool:
    """Return whether Git has a file of the series already, so that leaving it out from now on changes nothing."""
    try:
        return bool(git.tracked_path(reading.root, path))
    except git.HistoryError:
        return False


def _read_private(root: Path, path: str) -> str | None:
    _refuse_link(root, path)
    try:
        return (root / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise PrivateError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None


def _refuse_link(root: Path, path: str) -> None:
    """Refuse a link: what a pull request points at would be read or written."""
    if any((root / name).is_symlink() for name in (FOLDER, CURATIONS, path)):
        raise PrivateError(f"{path} is reached through a symbolic link: put the file itself there")


def _write_private(root: Path, path: str, text: str) -> Path:
    _refuse_link(root, path)
    try:
        _prepare(root, path)
        write_whole(root / path, as_before(root / path, text), secret=True)
    except OSError as error:
        raise PrivateError(f"{path} cannot be written: {error.strerror}") from None
    return root / path


def _prepare(root: Path, path: str) -> None:
    """Make the folders of a private file; Git ignores them."""
    (root / FOLDER).mkdir(mode=0o700, exist_ok=True)
    ignored = root / FOLDER / ".gitignore"
    if not ignored.exists():
        write_whole(ignored, b"# only the editors have this folder\n*\n")
    (root / path).parent.mkdir(mode=0o700, exist_ok=True)
