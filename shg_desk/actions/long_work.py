"""Long work of a window, handed to a child process of the same program: the work as text, its value as text.

What is handed over is a call of a function of this program with plain values, and what comes back is its value. Both
ends are the same program over a pipe that only they hold; reading still makes nothing but this program's own values
and those of a few modules of the standard library.
"""

from __future__ import annotations

import base64
import io
import pickle
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from shg_desk.actions.books import open_with_key
from shg_desk.actions.changes import Progress
from shg_desk.domain.problems import BugError
from shg_desk.sync.keyslots import read_key_file

OURS = "shg_desk"
PLAIN = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("builtins", "range"),
    ("collections", "OrderedDict"),
    ("collections", "defaultdict"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("decimal", "Decimal"),
    ("fractions", "Fraction"),
    ("functools", "partial"),
}
"""What a value may be made of beside our own classes and paths."""


class _Writer(pickle.Pickler):
    def reducer_override(self, one: object) -> Any:
        """A member of an enumeration goes as its class and value; some Pythons (3.11.2) would send `getattr` too."""
        return (type(one), (one.value,)) if isinstance(one, Enum) else NotImplemented


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        ours = module == OURS or module.startswith(OURS + ".")
        if ours or (module, name) in PLAIN or (module.partition(".")[0] == "pathlib" and name.endswith("Path")):
            return super().find_class(module, name)
        raise BugError(f"{module}.{name} is not handed between processes")


def pack(value: object) -> str:
    """A value, or a call (`functools.partial` of an action's function), as one line of text."""
    packed = io.BytesIO()
    _Writer(packed).dump(value)
    return base64.b64encode(packed.getvalue()).decode()


def unpack(text: str) -> Any:
    """What `pack` was given. Raises BugError for anything but our own and plain values."""
    return _Reader(io.BytesIO(base64.b64decode(text))).load()


def perform(book: str, key: bytes, slot: int, work: str, progress: Progress, ways: bytes = b"") -> str:
    """Does the packed work and gives its value, packed.

    With a book the call gets its desk first, opened beside the window that has lent it, with the `ways` into it that
    the window knows (the bytes of a key file); without one (an empty path) it gets `progress` alone. Raises KnownError
    as the action does, and whatever `progress` raises to stop it.
    """
    call: Callable[..., object] = unpack(work)
    if not isinstance(call, partial):
        raise BugError("long work is a call")
    if not book:
        return pack(call(progress=progress))
    desk = open_with_key(Path(book), key, slot, lent=True, ways=read_key_file(ways) if ways else None)
    try:
        return pack(call(desk, progress=progress))
    finally:
        desk.close()
