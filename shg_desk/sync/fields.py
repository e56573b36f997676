"""Reading the fields of parsed lines: each function gives one field in its type and bounds, or raises ValueError."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shg_desk.domain import canonical
from shg_desk.sync import keys


def text(found: Mapping[str, canonical.Json], name: str) -> str:
    """A text field. Raises ValueError."""
    value = found.get(name)
    if type(value) is not str:
        raise ValueError(f"{name} is no text")
    return value


def matching(found: Mapping[str, canonical.Json], name: str, pattern: str) -> str:
    """A text field of one shape. Raises ValueError."""
    value = text(found, name)
    if re.fullmatch(pattern, value) is None:
        raise ValueError(f"{name} has another shape")
    return value


def code(found: Mapping[str, canonical.Json], name: str) -> str:
    """A device, epoch, office, group or bundle code. Raises ValueError."""
    return matching(found, name, "[a-z0-9]{1,32}")


def whole(found: Mapping[str, canonical.Json], name: str, least: int = 0) -> int:
    """An integer not below `least`. Raises ValueError."""
    value = found.get(name)
    if type(value) is not int or value < least:
        raise ValueError(f"{name} is no whole number from {least}")
    return value


def hashed(found: Mapping[str, canonical.Json], name: str, length: int = 32) -> bytes:
    """Bytes of a fixed length, in hex. Raises ValueError."""
    return bytes.fromhex(matching(found, name, f"[0-9a-f]{{{2 * length}}}"))


def objects(found: Mapping[str, canonical.Json], name: str) -> list[Mapping[str, canonical.Json]]:
    """A list of objects. Raises ValueError."""
    value = found.get(name)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError(f"{name} is no list of objects")
    return value


def mapping(found: Mapping[str, canonical.Json], name: str) -> Mapping[str, canonical.Json]:
    """An object. Raises ValueError."""
    value = found.get(name)
    if not isinstance(value, dict):
        raise ValueError(f"{name} is no object")
    return value


def texts(found: Mapping[str, canonical.Json], name: str) -> tuple[str, ...]:
    """A list of texts. Raises ValueError."""
    value = found.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{name} is no list of texts")
    return tuple(value)


def flag(found: Mapping[str, canonical.Json], name: str) -> bool:
    """True or false. Raises ValueError."""
    value = found.get(name)
    if type(value) is not bool:
        raise ValueError(f"{name} is neither true nor false")
    return value


def recipient(found: Mapping[str, canonical.Json], name: str) -> str:
    """An age recipient. Raises ValueError."""
    value = text(found, name)
    if not keys.is_recipient(value):
        raise ValueError(f"{name} is no age recipient")
    return value


def public_key(found: Mapping[str, canonical.Json], name: str) -> str:
    """A minisign public key. Raises ValueError."""
    value = text(found, name)
    if not keys.is_public(value):
        raise ValueError(f"{name} is no minisign key")
    return value
