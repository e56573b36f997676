"""`shg-desk job NAME`: long work of the desktop in a process of its own, told by lines; not meant for people.

The first line of input is one JSON object `{"book", "key", "args"}`, a later line `cancel` stops the work. The answer
is JSON by lines: any number of `{"progress": ...}`, then one `{"result": ...}` or `{"problems": [...]}`.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from shg_desk.domain.problems import KnownError

Progress = Callable[[int, int], None]


class _StoppedError(Exception):
    """The window asked to stop."""


def _say(**told: object) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _practice(book: str, _key: bytes, _args: Mapping[str, Any], progress: Progress) -> dict[str, str]:
    """The sample province in a folder that holds nothing else; one left unfinished is made anew."""
    import shutil

    from shg_desk.actions.demo import make_demo

    folder = Path(book)
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    demo = make_demo(fresh, progress=progress)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return {"book": str(folder / demo.books["first"].name), "passphrase": demo.passphrase}


JOBS: Mapping[str, Callable[[str, bytes, Mapping[str, Any], Progress], Any]] = {"practice": _practice}


@click.command("job", hidden=True)
@click.argument("name", type=click.Choice(sorted(JOBS)))
def command(name: str) -> None:
    """Long work of the desktop, told by lines."""
    asked = json.loads(sys.stdin.readline())
    stop = threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            if line.strip() == "cancel":
                stop.set()
        # the window is gone: what it asked for is not wanted any more
        stop.set()

    threading.Thread(target=listen, daemon=True).start()

    def progress(done: int, of: int) -> None:
        if stop.is_set():
            raise _StoppedError
        _say(progress={"done": done, "total": of, "what": ""})

    try:
        result = JOBS[name](asked["book"], bytes.fromhex(asked["key"]), asked["args"], progress)
    except _StoppedError:
        return
    except KnownError as error:
        told = [
            {"code": one.code.value, "where": one.where, "facts": dict(one.facts), "level": one.level.value}
            for one in error.problems
        ]
        _say(problems=told)
    else:
        _say(result=result)
