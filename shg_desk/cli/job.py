"""`shg-desk job`: long work of the desktop in a process of its own, told by lines; not meant for people.

The first line of input is one JSON object `{"book", "key", "slot", "ways", "work"}`; whatever comes after it stops the
work, and so does the end of the input: the window is gone. The answer is JSON by lines: any number of
`{"progress": {"done", "total"}}`, then one `{"result": ...}` or `{"problems": ...}`, packed by `actions.long_work`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time

import click

from shg_desk.actions.long_work import pack
from shg_desk.actions.long_work import perform
from shg_desk.domain.problems import KnownError

TOLD_EVERY_SECONDS = 0.1
"""Steps that come faster are not told: the window has better things to do."""


class _StoppedError(Exception):
    """The window asked to stop."""


def _say(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


class _Steps:
    """Handed to the work as its `progress`: tells the window now and then, and stops the work when it was asked to."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._told_at = 0.0

    def __call__(self, done: int, of: int) -> None:
        if self._stop.is_set():
            raise _StoppedError
        if time.monotonic() - self._told_at >= TOLD_EVERY_SECONDS or done == of:
            self._told_at = time.monotonic()
            _say(progress={"done": done, "total": of})


def _asked() -> tuple[bytes, bytes]:
    """The first line and what came with it, read past Python's buffer: its lock must not be held when we end."""
    got = b""
    while b"\n" not in got:
        more = os.read(0, 65_536)
        if not more:
            break
        got += more
    line, _, rest = got.partition(b"\n")
    return line, rest


@click.command("job", hidden=True)
def command() -> None:
    """Long work of the desktop, told by lines."""
    line, rest = _asked()
    asked = json.loads(line)
    stop = threading.Event()

    def listen() -> None:
        if not rest:
            os.read(0, 1)
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        key, ways = bytes.fromhex(asked["key"]), asked["ways"].encode()
        result = perform(asked["book"], key, asked["slot"], asked["work"], _Steps(stop), ways)
    except _StoppedError:
        return
    except KnownError as error:
        _say(problems=pack(tuple(error.problems)))
    else:
        _say(result=result)
