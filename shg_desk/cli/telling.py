"""How every verb answers: one JSON value with `--json`, plain lines without; problems in the reader's language.

Exit codes: 0 done, 1 the input or the book has problems, 2 wrong usage, 3 the environment stands in the way.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.domain.disk_trouble import not_read
from shg_desk.domain.disk_trouble import refused_by_disk
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.spelling import as_kept
from shg_desk.domain.spelling import as_seen
from shg_desk.domain.spelling import escaped
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence

_PIECE = 16_384
_NUMBERED = re.compile(r"(row|line|member) (\d+)(.*)")
DONE, PROBLEMS, USAGE, SURROUNDINGS = 0, 1, 2, 3

PATH = click.Path(path_type=Path, readable=False)
"""A path as it was typed: what is wrong with it is told by who uses it, in the reader's language."""


@dataclass(slots=True)
class Caller:
    """Who called the command line and how: whether JSON is asked for, which book, which language."""

    as_json: bool
    book: Path | None
    words: Words
    currency: Currency | None = None
    """The currency of the group a verb speaks of, for amounts in sentences."""

    def open(self) -> Desk:
        """The book named by `--book`, opened with the passphrase from the environment or a prompt."""
        if self.book is None:
            raise click.UsageError(self.words._("--book PATH is missing"))
        return open_desk(self.book, self.passphrase())

    def passphrase(self, variable: str = "SHG_DESK_PASSPHRASE") -> str:
        """The passphrase from the environment, else typed without being shown.

        Raises SurroundingsError PASSPHRASE_MISSING where there is nobody to ask.
        """
        given = _given(variable)
        return given if given is not None else str(click.prompt(self.words._("Passphrase"), hide_input=True, err=True))

    def new_passphrase(self, variable: str = "SHG_DESK_NEW_PASSPHRASE") -> str:
        """A passphrase being set, typed twice where it is not given. Raises as `passphrase` does."""
        given = _given(variable)
        if given is not None:
            return given
        text = self.words._("New passphrase")
        return str(click.prompt(text, hide_input=True, confirmation_prompt=True, err=True))

    def answer(self, value: Any, lines: Sequence[str], problems: Sequence[Problem] = ()) -> None:
        """Prints the answer and ends with exit code 1 where a problem (not a warning) is among the problems."""
        try:
            self._print(value, lines, problems)
        except BrokenPipeError:
            sys.exit(_nobody_reads())  # before click sees it, which ends with another code
        if any(problem.level is Level.PROBLEM for problem in problems):
            sys.exit(PROBLEMS)

    def _print(self, value: Any, lines: Sequence[str], problems: Sequence[Problem]) -> None:
        if self.as_json:
            if isinstance(value, Mapping):
                value = {**value, "problems": self.problems(problems)}
            text = escaped(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"
            for start in range(0, len(text), _PIECE):  # of one long text an unbuffered output loses the rest silently
                click.echo(text[start : start + _PIECE], nl=False)
        else:
            for line in lines:
                click.echo(as_seen(line).replace("\r", " "))
            self.tell(problems)

    def problems(self, problems: Sequence[Problem]) -> list[dict[str, Any]]:
        """Problems as the contract writes them."""
        return [
            {
                "code": problem.code.value,
                "where": problem.where,
                "facts": dict(problem.facts),
                "level": problem.level.value,
                "message": sentence(self.words, problem, self.currency),
            }
            for problem in problems
        ]

    def tell(self, problems: Sequence[Problem]) -> None:
        """Problems as sentences on the error stream."""
        for problem in problems:
            text = sentence(self.words, problem, self.currency)
            where = self._where(problem.where)
            told = f"{where}: {text}" if where and problem.where not in text else text
            click.echo(as_seen(told).replace("\r", " "), err=True)

    def _where(self, where: str) -> str:
        """A problem's place as a person looks for it; a field of our own is none, its sentence says what it is of."""
        if where.isascii() and where.isidentifier():
            return ""
        if found := _NUMBERED.fullmatch(where):
            texts = {"row": self.words._("row {n}"), "line": self.words._("line {n}"), "member": "№ {n}"}
            return texts[found[1]].format(n=found[2]) + found[3]
        return where

    def progress(self, label: str) -> Callable[[int, int], None]:
        """A progress line on a terminal; silent elsewhere."""
        if not sys.stderr.isatty():
            return lambda done, of: None

        def show(done: int, of: int) -> None:
            click.echo(f"\r{label} {done} / {of}", err=True, nl=done >= of)

        return show


def _given(variable: str) -> str | None:
    """What the environment gives; None where a person can be asked for it."""
    given = os.environ.get(variable)
    if given is None and not sys.stdin.isatty():
        raise SurroundingsError(Problem(Code.PASSPHRASE_MISSING, variable, {"variable": variable}))
    return given


def read_json(file: Path) -> Any:
    """The value of a JSON file. Raises KnownError FILE_UNREADABLE: not there, or no JSON (and in which line)."""
    if file.exists() and not file.is_file():  # a pipe would keep us waiting
        raise no_json(file)
    try:
        value = json.loads(file.read_text("utf-8-sig"))
        return as_kept(value)
    except json.JSONDecodeError as error:
        raise no_json(file, line=error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise no_json(file) from error
    except OSError as error:
        raise not_read(error, str(file), file.name) from error


def no_json(file: Path, **facts: Fact) -> KnownError:
    """The problem of a file that is not the JSON a verb reads; `line` where it is known."""
    return KnownError(Problem(Code.FILE_UNREADABLE, file.name, {"file": file.name, "unfit": file.name, **facts}))


def speak_plainly(*, as_json: bool) -> None:
    """Lets both outputs carry every letter: files and pipes, and JSON anywhere, are UTF-8 whatever the system's own
    code page is; on a terminal what it cannot show becomes a question mark. No output ends in an error of letters.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if as_json or not stream.isatty():
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
            else:
                stream.reconfigure(errors="replace")


def _refused(caller: Caller, error: KnownError) -> int:
    try:
        if caller.as_json:
            told = {"problems": caller.problems(error.problems)}
            click.echo(escaped(json.dumps(told, ensure_ascii=False, indent=1)))
        else:
            caller.tell(error.problems)
    except OSError:  # what we answer into is full or gone: the sentence goes to the error stream, if that is there
        _nobody_reads()
        with suppress(OSError):
            caller.tell(error.problems)
    return SURROUNDINGS if isinstance(error, SurroundingsError) else PROBLEMS


def _nobody_reads() -> int:
    """Nothing more can be answered: the pipe's reader has gone, or the disk is full. Closing must not fail too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return SURROUNDINGS


def told(caller: Caller, call: Callable[[], object]) -> int:
    """Runs a verb; the one place where trouble becomes words and an exit code."""
    output = sys.stdout
    try:
        call()
    except KnownError as error:
        return _refused(caller, error)
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as error:
        return _refused(caller, refused_by_disk(error, str(error.filename or "")))
    except click.UsageError as error:
        error.show()
        return USAGE
    except click.Abort:
        click.echo(caller.words._("Interrupted. Nothing was left half done."), err=True)
        return PROBLEMS
    except SystemExit as error:
        if sys.stdout is not output:  # click has met a pipe that nobody reads, and made an end of its own of that
            return _nobody_reads()
        return int(error.code or 0)
    return DONE
