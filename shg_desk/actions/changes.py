"""What an action changed, so that screens refresh exactly what they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from enum import Flag
from enum import auto
from typing import Generic
from typing import TypeVar

from shg_desk.domain.problems import Problem

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with (done, of) by long work; what it raises stops the work."""


class Changed(Flag):
    """The parts of the book that a page may be showing."""

    NOTHING = 0
    PEOPLE = auto()
    GROUPS = auto()
    LEDGER = auto()
    LOANS = auto()
    DRAFTS = auto()
    EXCHANGE = auto()
    SETTINGS = auto()
    EVERYTHING = PEOPLE | GROUPS | LEDGER | LOANS | DRAFTS | EXCHANGE | SETTINGS


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """The value of an action, what it changed, the groups it touched (ids), and warnings worth telling."""

    value: T
    changed: Changed = Changed.NOTHING
    groups: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = field(default_factory=tuple)
