"""A record's line as this program reads it: its kind, and of its body only what the kind has.

Whatever else stands in a body is kept and passed on with the line, and nobody asks it.
"""

from __future__ import annotations

import json
from typing import Any

from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.canonical import parse
from shg_desk.domain.kinds import KINDS
from shg_desk.domain.kinds import Body
from shg_desk.domain.kinds import KindError
from shg_desk.domain.kinds import is_known
from shg_desk.domain.kinds import own_parts
from shg_desk.domain.kinds import validate


def read_parts(kind: str, body: Body) -> dict[str, Any]:
    """The parts of a valid body that its kind has, with those that are read as far as they fit (`Kind.aside`)."""
    aside = {part: body[part] for part in KINDS[kind].aside if part in body}
    return {**own_parts(kind, body), **aside}


def readable_parts(line: bytes) -> tuple[str, dict[str, Any]] | None:
    """The kind and the parts of a record's line; None for a line that this program would not apply."""
    try:
        read = parse(line)
        kind, body = read["kind"], read["body"]
        if type(kind) is not str or type(read["v"]) is not int or not is_known(kind, read["v"]):
            return None
        validate(kind, body)
        return kind, read_parts(kind, body)
    except (NotCanonicalError, KindError, KeyError, TypeError, ValueError):
        return None


def legible_parts(line: bytes) -> tuple[str, dict[str, Any]]:
    """The same of any line, for telling a person which one it is: of one that cannot be applied its kind and body as
    they stand, unchecked; nothing where even that cannot be told.
    """
    try:
        read = readable_parts(line) or _as_it_stands(json.loads(line))
    except (ValueError, RecursionError):
        read = None
    return read or ("", {})


def _as_it_stands(said: Any) -> tuple[str, dict[str, Any]] | None:
    match said:
        case {"kind": str(kind), "body": dict(body)}:
            return kind, body
        case {"kind": str(kind)}:
            return kind, {}
    return None
