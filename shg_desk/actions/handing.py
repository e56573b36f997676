"""Handing the laptop to the treasurer and back: was the book opened with these words?"""

from __future__ import annotations

from shg_desk.actions.desk import Desk
from shg_desk.actions.own_keys import own_keys
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import SurroundingsError
from shg_desk.sync import keyslots


def is_own_passphrase(desk: Desk, typed: str) -> bool:
    """True for the passphrase of the person who has the book open; another person's opens nothing here."""
    try:
        return keyslots.unlock(own_keys(desk), typed).slot == desk.slot
    except (KnownError, SurroundingsError):
        return False
