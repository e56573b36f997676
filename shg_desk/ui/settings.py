"""What this computer remembers between starts: language, letter size, where books lie, the last stick. Nobody's data.

Whose books they are stands in the books alone, which are encrypted. It is one small JSON file in the user's own folder
for settings; one that cannot be read is as if there were none.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths

FILE = "settings.json"
FOLDER = "SHG Desk"
BOOKS_KEPT = 8
BOOK_ENDING = ".shgbook"


def _place(kind: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(kind)) / FOLDER


def settings_folder() -> Path:
    """Where settings lie: `%APPDATA%` or `~/.config`, in a folder of our own."""
    return _place(QStandardPaths.StandardLocation.GenericConfigLocation)


def books_folder() -> Path:
    """Where books are made unless a person says otherwise: `%LOCALAPPDATA%` or `~/.local/share`."""
    return _place(QStandardPaths.StandardLocation.GenericDataLocation) / "books"


@dataclass(frozen=True, slots=True)
class KnownBook:
    """A book opened on this computer: where it lies, and whether it is for practice. Whose it is stands in it alone."""

    path: str
    practice: bool = False

    @property
    def name(self) -> str:
        """What it is called before it can be read: its folder."""
        return Path(self.path).stem


class Settings:
    """Read at the start, written at every change."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or settings_folder()) / FILE
        self._values: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            read = json.loads(self._file.read_text(encoding="utf-8"))
            self._values = read if isinstance(read, dict) else {}
        self._forget_people()

    def text(self, name: str) -> str:
        """A remembered word; empty where there is none."""
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: int) -> int:
        """A remembered number."""
        value = self._values.get(name)
        return value if type(value) is int else default

    def keep(self, name: str, value: str | int) -> None:
        """Remember it."""
        if self._values.get(name) != value:
            self._values[name] = value
            self._write()

    def _forget_people(self) -> None:
        """Earlier versions wrote down here whose books there are."""
        books = self._values.get("books")
        if not isinstance(books, list):
            return
        kept = [
            asdict(KnownBook(one["path"], one.get("practice") is True))
            for one in books
            if isinstance(one, dict) and isinstance(one.get("path"), str)
        ]
        if kept != books:
            self._values["books"] = kept
            self._write()

    # -- books

    def books(self) -> list[KnownBook]:
        """The books of this computer that are still there, the last opened first."""
        found = []
        for one in self._values.get("books", []):
            with contextlib.suppress(TypeError, OSError):
                book = KnownBook(**one)
                if (Path(book.path) / "book.db").is_file():
                    found.append(book)
        return found

    def book(self, path: Path) -> KnownBook | None:
        """What is remembered of a book at a place."""
        return next((one for one in self.books() if Path(one.path) == path), None)

    def opened(self, book: KnownBook) -> None:
        """A book was opened: it is the first one from now on."""
        others = [one for one in self.books() if one.path != book.path]
        self._values["books"] = [asdict(one) for one in [book, *others][:BOOKS_KEPT]]
        self._write()

    def _write(self) -> None:
        """A computer that lets nothing be kept (a full disk, a guest) still opens the book."""
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_name(FILE + ".new")
            fresh.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(self._file)
