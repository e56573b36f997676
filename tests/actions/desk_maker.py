"""Small encrypted books for tests of what people do: keys that cost nothing to guess, a clock that is told the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_rules
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.store.book import Book
from shg_desk.store.groups import rules_begun
from shg_desk.store.ledger import balances
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keyslots import Cost
from shg_desk.sync.keyslots import unlock

CHEAP = Cost(1024, 1, 1)
PASSPHRASE = "a long passphrase"
RULES: dict[str, Any] = {
    "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}, {"code": "voluntary", "amount": "0"}],
    "social": "20",
    "fines": {"late": "40", "absent": "20"},
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3},
    "quorum_percent": 66,
}


def make_desk(folder: Path, name: str = "desk", role: str = "desk", day: date = date(2026, 3, 1)) -> Desk:
    new = NewBook(folder / f"{name}.shgbook", role, name, PASSPHRASE, "KGS")
    chance = Random(f"{name} {folder}")
    return make_book(new, clock=DemoClock(day), random_bytes=chance.randbytes, cost=CHEAP).desk


def make_group(
    desk: Desk,
    code: str = "A-1",
    members: int = 4,
    rules: dict[str, Any] | None = None,
    voted: date = date(2026, 3, 1),
) -> str:
    group = register_group(desk, NewGroup(code, "Ырыс", smallest_minor=100, formed_on=date(2026, 3, 1))).value
    set_rules(desk, group, RULES if rules is None else rules, voted)
    for number in range(1, members + 1):
        household = NewHousehold(f"{code}-{number}", persons=[NewPerson(f"Айгүл {code} {number}")])
        made = register_household(desk, household).value
        add_member(desk, NewMember(group, str(number), made.persons[0], made.household))
    return group


def enrol(office: Desk, desk: Desk, folder: Path, groups: tuple[str, ...] = ()) -> None:
    request, grant = folder / f"{desk.book.device}.request", folder / f"{desk.book.device}.grant"
    digits = request_enrolment(desk, request).value.fingerprint
    grant_enrolment(office, request, grant, groups=groups, typed_fingerprint=digits)
    accept_grant(desk, grant)


def sums(desk: Desk, group: str) -> dict[str, int]:
    """What stands on each account code of a group, owners together; zero left out."""
    found: dict[str, int] = {}
    for one in balances(desk.book, group):
        found[one.account.code] = found.get(one.account.code, 0) + one.amount_minor
    return {code: amount for code, amount in found.items() if amount}


def book_key_of(path: Path, passphrase: str) -> bytes:
    """The key of a book that lies there."""
    return unlock(load_keys(path).file, passphrase).book_key


def rules_in_force(book: Book, on: date) -> dict[str, Any]:
    """The content of the rules in force on a day, by group."""
    return {gid: content for gid, (_, content) in rules_begun(book, on).items()}
