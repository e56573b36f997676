"""The program as people start it: one process a verb, only files between books."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shg_desk.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = tempfile.gettempdir()
"""Where the program is started: not in the checkout, which Python would look into first."""
PASSPHRASE = "five words nobody can guess"
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "SHG_DESK_PASSPHRASE": PASSPHRASE,
    "SHG_DESK_NEW_PASSPHRASE": PASSPHRASE,
    "PYTHONDONTWRITEBYTECODE": "",
}
"""What the program is started with: the checkout's, until `run_by` names an installed one."""


@dataclass(frozen=True)
class Said:
    code: int
    value: Any
    err: str


@contextlib.contextmanager
def run_by(installed: Path) -> Iterator[None]:
    """Meanwhile the program is the one installed in a folder, whatever lies in the checkout."""
    before = ENVIRONMENT["PYTHONPATH"]
    ENVIRONMENT["PYTHONPATH"] = str(installed)
    try:
        yield
    finally:
        ENVIRONMENT["PYTHONPATH"] = before


def command(*words: object, book: Path | None = None) -> list[str]:
    whose = ("--book", str(book)) if book else ()
    return [sys.executable, "-m", "shg_desk", *map(str, words), "--json", "--lang", "en", *whose]


def call(*words: object, book: Path | None = None) -> Said:
    done = subprocess.run(
        command(*words, book=book), capture_output=True, text=True, env=ENVIRONMENT, cwd=ELSEWHERE, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr)


def good(*words: object, book: Path | None = None) -> Any:
    said = call(*words, book=book)
    assert said.code == 0, (words, said)
    return said.value


def here(*words: object, book: Path) -> Any:
    """A good call inside this process: for looking at what processes left behind, which would cost a start each."""
    out = io.StringIO()
    before = os.environ.get("SHG_DESK_PASSPHRASE")
    os.environ["SHG_DESK_PASSPHRASE"] = PASSPHRASE
    try:
        with contextlib.redirect_stdout(out):
            code = run([*map(str, words), "--json", "--lang", "en", "--book", str(book)])
    finally:
        if before is None:
            del os.environ["SHG_DESK_PASSPHRASE"]
        else:
            os.environ["SHG_DESK_PASSPHRASE"] = before
    assert code == 0, (words, code, out.getvalue())
    return json.loads(out.getvalue())


def at_once(*calls: tuple[tuple[object, ...], Path]) -> list[Any]:
    """Several good calls on different books, beside each other as on different laptops."""
    running = [
        subprocess.Popen(
            command(*words, book=book),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
            cwd=ELSEWHERE,
        )
        for words, book in calls
    ]
    answers = []
    for one, (words, _) in zip(running, calls, strict=True):
        out, err = one.communicate()
        assert one.returncode == 0, (words, one.returncode, out, err)
        answers.append(json.loads(out))
    return answers
