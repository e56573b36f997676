"""Calls the command line inside this process, as fast as its verbs are, and makes books whose opening costs little."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book
from shg_desk.cli.main import run
from shg_desk.sync.keyslots import Cost

PASSPHRASE = "beş kök at tooda"
CHEAP = Cost(64, 1, 1)
"""Guessing is what the cost is against; nobody guesses in a test, and the slot remembers its cost."""

LANG_TEXT = {"en": re.compile("[a-z]"), "ru": re.compile("[а-я]"), "ky": re.compile("[а-яөүң]")}


@dataclass(frozen=True)
class Said:
    """What a call came to: exit code, the JSON value (None where nothing was printed), the error stream."""

    code: int
    value: Any
    err: str

    @property
    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.value["problems"]]

    @property
    def messages(self) -> list[str]:
        return [problem["message"] for problem in self.value["problems"]]


def call(*words: object, book: Path | None = None, lang: str = "en", passphrase: str = PASSPHRASE) -> Said:
    arguments = [*map(str, words), "--json", "--lang", lang, *(("--book", str(book)) if book else ())]
    out, err = io.StringIO(), io.StringIO()
    with environment(SHG_DESK_PASSPHRASE=passphrase), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return Said(code, json.loads(out.getvalue()) if out.getvalue() else None, err.getvalue())


def told(*words: object, book: Path | None = None, lang: str = "en", passphrase: str = PASSPHRASE) -> tuple[int, str]:
    """The exit code and the lines of a call without `--json`, as a person reads them."""
    out = io.StringIO()
    arguments = [*map(str, words), "--lang", lang, *(("--book", str(book)) if book else ())]
    with environment(SHG_DESK_PASSPHRASE=passphrase), contextlib.redirect_stdout(out):
        code = run(arguments)
    return code, out.getvalue()


def good(*words: object, book: Path | None = None, **more: Any) -> Any:
    """The value of a call that has to succeed."""
    said = call(*words, book=book, **more)
    assert said.code == 0, (said.code, said.value, said.err)
    return said.value


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def new_book(path: Path, role: str = "desk", *, name: str = "Книга", currency: str = "KGS") -> Path:
    made = make_book(NewBook(path, role, name, PASSPHRASE, currency), cost=CHEAP)
    made.desk.close()
    return path


def enrol(desk: Path, office: Path, folder: Path, *options: object) -> None:
    """Request, grant and acceptance between two books."""
    request, grant = folder / f"{desk.stem}.request", folder / f"{desk.stem}.grant"
    digits = good("enrol", "request", "--out", request, book=desk)["fingerprint"]
    good("enrol", "grant", request, "--out", grant, "--fingerprint", digits, *options, book=office)
    good("enrol", "accept", grant, book=desk)


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def digest(book: Path) -> tuple[str, int]:
    """What must not change where nothing was written."""
    info = good("book", "info", book=book)
    return info["digest"], info["entries"]
