"""The two copies of a book's key file on disk: each written whole, read from whichever is sound."""

from __future__ import annotations

import time
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from shg_desk.domain.disk_trouble import refused_by_disk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import SurroundingsError
from shg_desk.sync.durable import Pause
from shg_desk.sync.durable import write_durably
from shg_desk.sync.keyslots import KeyFile
from shg_desk.sync.keyslots import read_key_file
from shg_desk.sync.label import refused

NAMES = ("book.key", "book.key.2")
FILE_LIMIT_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class LoadedKeys:
    """What the sound copies say, the newest first: one file, or two where they say different things.

    Of which book a file is shows under the book's key alone (`KeyFile.is_of`, and `book.db` opens under it). `to_mend`
    names copies that are missing, hurt or other than the newest (`save_keys` makes them good again), `newer` those of a
    later format beside a sound one: that the book itself is too new is said by its database.
    """

    files: tuple[KeyFile, ...]
    to_mend: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()

    @property
    def file(self) -> KeyFile:
        """The newest one."""
        return self.files[0]

    def has_newer(self, file: KeyFile, book_key: bytes) -> bool:
        """True where a newer one of the book with this key lies beside `file`: by the word of that key, or, of an older
        program that writes none, as it goes on with a slot of this one, which bears the word: a change touches one.
        """
        goes_on = file.slots if file.is_of(book_key) else ()
        newer = [one for one in self.files if one.serial > file.serial]
        return any(one.is_of(book_key) or any(slot in goes_on for slot in one.slots) for one in newer)


def save_keys(book: Path, file: KeyFile, pause: Pause = time.sleep, *, but: Container[str] = ()) -> None:
    """Write both copies, one after the other, so that a cut leaves at least one sound; those named in `but` stay as
    they are. Raises as `write_durably`.
    """
    content = file.content()
    for name in NAMES:
        if name not in but:
            write_durably(book / name, content, pause)


def load_keys(book: Path) -> LoadedKeys:
    """The key file of a book's folder.

    Raises KnownError BOOK_MISSING (no copy and no book), BOOK_NEWER (no sound copy, one of a later format) or
    BOOK_DAMAGED (no sound copy); SurroundingsError FOLDER_UNUSABLE where the disk gives no sound copy.
    """
    found: dict[str, KeyFile] = {}
    troubles: dict[str, Code | None] = {}
    withheld: SurroundingsError | None = None
    for name in NAMES:
        try:
            content = _read(book / name)
            found[name] = read_key_file(content)
        except FileNotFoundError:
            troubles[name] = None
        except OSError as error:
            withheld = refused_by_disk(error, str(book / name))
            troubles[name] = withheld.problems[0].code
        except KnownError as error:
            troubles[name] = error.problems[0].code
    newer = tuple(name for name, code in troubles.items() if code is Code.BOOK_NEWER)
    if not found:
        if newer:
            raise refused(Code.BOOK_NEWER, NAMES[0])
        if withheld is not None:
            raise withheld
        missing = all(code is None for code in troubles.values())
        if missing and (book / "book.db").exists():
            raise refused(Code.BOOK_DAMAGED, NAMES[0], key=" + ".join(NAMES))
        raise refused(Code.BOOK_MISSING if missing else Code.BOOK_DAMAGED, NAMES[0])
    files = tuple(sorted(found.values(), key=lambda file: file.serial, reverse=True))
    others = [name for name, file in found.items() if file != files[0]]
    hurt = [name for name in troubles if name not in newer]
    return LoadedKeys(files if others else files[:1], (*hurt, *others), newer)


def _read(path: Path) -> bytes:
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would keep us waiting
        raise refused(Code.BOOK_DAMAGED, path.name)
    with path.open("rb") as source:
        return source.read(FILE_LIMIT_BYTES)
