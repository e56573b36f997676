"""Books whose opening costs little, made in this process; everything after that goes through the program."""

from __future__ import annotations

from pathlib import Path

from program import PASSPHRASE
from program import good

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book
from shg_desk.sync.keyslots import Cost

CHEAP = Cost(64, 1, 1)
"""Guessing is what the cost is against; nobody guesses in a test, and the slot remembers its cost."""


def new_book(path: Path, role: str = "desk", currency: str = "KGS") -> Path:
    made = make_book(NewBook(path, role, path.stem, PASSPHRASE, currency), cost=CHEAP)
    made.desk.close()
    return path


def enrol(desk: Path, office: Path, folder: Path, *options: object) -> None:
    """Request, grant and acceptance: two files between two books."""
    request, grant = folder / f"{desk.stem}.request", folder / f"{desk.stem}.grant"
    digits = good("enrol", "request", "--out", request, book=desk)["fingerprint"]
    good("enrol", "grant", request, "--out", grant, "--fingerprint", digits, *options, book=office)
    good("enrol", "accept", grant, book=desk)
