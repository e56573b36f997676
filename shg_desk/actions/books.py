"""Making, opening, locking and changing the keys of a book."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from functools import partial
from pathlib import Path

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import SLOT_WAITS
from shg_desk.actions.desk import Clock
from shg_desk.actions.desk import Desk
from shg_desk.actions.desk import KeyRing
from shg_desk.actions.desk import wall_clock
from shg_desk.actions.folders import holds_something
from shg_desk.actions.folders import make_folder
from shg_desk.actions.own_keys import keep_keys
from shg_desk.actions.own_keys import own_keys
from shg_desk.actions.rotation import saw_today
from shg_desk.domain import roles
from shg_desk.domain.ids import RandomBytes
from shg_desk.domain.ids import new_code
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.roles import Role
from shg_desk.store import groups as group_store
from shg_desk.store.book import Book
from shg_desk.store.book import create_book
from shg_desk.store.book import open_book
from shg_desk.store.db import Db
from shg_desk.sync import keyslots
from shg_desk.sync.keyfiles import LoadedKeys
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keyfiles import save_keys
from shg_desk.sync.keys import make_age
from shg_desk.sync.keys import make_device_keys
from shg_desk.sync.keys import make_office_keys
from shg_desk.sync.keyslots import FULL_COST
from shg_desk.sync.keyslots import Cost
from shg_desk.sync.keyslots import KeyFile

ROLES = ("desk", "office")


@dataclass(frozen=True, slots=True)
class NewBook:
    """What a person says when making a book: where, what it is for, its name, its currency, the first passphrase."""

    path: Path
    role: str
    name: str
    passphrase: str
    currency: str = "KGS"
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A new book, open, and for an office the private recovery key that is only ever on paper."""

    desk: Desk
    recovery_secret: str | None


def make_book(
    new: NewBook,
    *,
    clock: Clock = wall_clock,
    random_bytes: RandomBytes = secrets.token_bytes,
    cost: Cost = FULL_COST,
) -> Made:
    """Makes a book with its keys and opens it. Raises KnownError for a short passphrase or a folder in use."""
    problems = [problem for problem in (keyslots.passphrase_problem(new.passphrase),) if problem]
    if new.currency not in MINOR_DIGITS:
        problems.append(Problem(Code.CURRENCY_UNKNOWN, "currency", {"currency": new.currency}))
    if problems:
        raise KnownError(*problems)
    _refuse_network(new.path)
    if holds_something(new.path):
        raise KnownError(Problem(Code.BOOK_EXISTS, str(new.path)))
    make_folder(new.path)
    made, _ = clock()
    book_key = keyslots.new_book_key(random_bytes)
    slots = keyslots.with_passphrase(
        keyslots.KeyFile(), book_key, new.passphrase, random_bytes=random_bytes, made=made, cost=cost
    )
    settings = [
        ("role", new.role),
        ("name", new.name),
        ("currency", new.currency),
        ("practice", "1" if new.practice else "0"),
        ("user.1", new.name),
    ]
    recovery_secret = None
    if new.role == "office":
        office = make_office_keys(random_bytes)
        recovery = make_age(random_bytes)
        recovery_secret = recovery.secret
        slots = keyslots.with_office(slots, book_key, recovery.recipient, made=made)
        own_age = make_age(random_bytes)
        settings += [
            ("office_age_secret", office.current.secret),
            ("office_next_secret", office.following.secret),
            ("recovery_recipient", recovery.recipient),
            ("office_code", new_code(random_bytes)),
            ("age_secret", own_age.secret),
            ("minisign_secret", office.signing.secret),
        ]
    else:
        device = make_device_keys(random_bytes)
        settings += [("age_secret", device.age.secret), ("minisign_secret", device.signing.secret)]
    slots = slots.as_of(book_key)
    save_keys(new.path, slots)
    ring = KeyRing()
    book = create_book(new.path, book_key, settings, ring.unseal, random_bytes)
    ring.book = book
    return Made(Desk(book, ring, clock, random_bytes, slot=1, book_key=book_key, ways=slots), recovery_secret)


def open_desk(
    path: Path,
    passphrase: str,
    *,
    clock: Clock = wall_clock,
    random_bytes: RandomBytes = secrets.token_bytes,
) -> Desk:
    """Opens a book for the person whose passphrase this is, or what stands on a recovery sheet: code or office's key.

    Of two key files that say different things (one is behind, or of another book) the newer one that opens `book.db`
    with these words is the book's; only then is the other one made like it. What the newer one of the same book no
    longer knows opens nothing; where that is lost or hurt, the older one does.
    Raises SurroundingsError WRONG_PASSPHRASE, WRONG_OFFICE_KEY, BOOK_IN_USE; KnownError BOOK_MISSING, BOOK_DAMAGED,
    BOOK_NEWER.
    """
    loaded = find_keys(path)
    refusals = []
    for file in loaded.files:
        try:
            unlocked = keyslots.unlock(file, passphrase)
            key = unlocked.book_key
            if loaded.has_newer(file, key):
                break
            return open_with_key(
                path,
                key,
                unlocked.slot,
                clock=clock,
                random_bytes=random_bytes,
                ways=file.as_of(key),
                on_open=partial(_make_copies_good, path, loaded, file, key),
            )
        except KnownError as error:
            if any(one.code not in _NOT_BY_THESE for one in error.problems):
                raise
            refusals.append(error)
    raise refusals[0]


_NOT_BY_THESE = (Code.WRONG_PASSPHRASE, Code.WRONG_OFFICE_KEY, Code.BOOK_DAMAGED)
"""What is said where a key file does not open the database with what was typed."""


def _make_copies_good(path: Path, loaded: LoadedKeys, opened_by: KeyFile, book_key: bytes) -> None:
    if not loaded.to_mend and opened_by.is_of(book_key):
        return
    try:
        save_keys(path, opened_by.as_of(book_key), but=loaded.newer)
    except SurroundingsError:
        if opened_by != loaded.file:  # whoever reads them next would take the one that is not the book's
            raise


def open_with_key(
    path: Path,
    book_key: bytes,
    slot: int,
    *,
    clock: Clock = wall_clock,
    random_bytes: RandomBytes = secrets.token_bytes,
    lent: bool = False,
    ways: KeyFile | None = None,
    on_open: Callable[[], None] = lambda: None,
) -> Desk:
    """Opens a book with its key already at hand; `lent` is for a child process of the program that has it open.

    `ways` is the key file it came from; without it the book's own on the disk is. `on_open` is called once the database
    has opened under the key, before anything else is read.
    """
    ring = KeyRing()

    def opened(made: Book) -> None:
        ring.book = made
        on_open()

    book = open_book(
        path,
        book_key,
        ring.unseal,
        random_bytes,
        safety_copy=lambda db: _safety_copy(path, db),
        on_open=opened,
        lent=lent,
    )
    desk = Desk(book, ring, clock, random_bytes, slot=slot, book_key=book_key, ways=ways)
    desk.role = _role_of(own_keys(desk), slot)
    book.only_group = desk.role.only_group
    if not lent and book.setting(SLOT_WAITS) == "1":  # what a cut left undone
        from shg_desk.actions.office_change import settle_office_slot

        settle_office_slot(desk)
    if not lent:
        book.forget_settings("reason.")  # an earlier program kept reasons of answers open beside the records
        saw_today(desk)
    return desk


def _role_of(file: KeyFile, slot: int) -> Role:
    """What the person of a slot may do; whoever came in another way may do everything."""
    return next((one.role for one in file.slots if one.number == slot), Role())


def by_sheet(desk: Desk) -> bool:
    """Whether who opened the book came with what stands on a recovery sheet: her passphrase is lost."""
    return any(one.number == desk.slot and one.kind != keyslots.PASSPHRASE for one in own_keys(desk).slots)


def _safety_copy(path: Path, db: Db) -> None:
    from shg_desk.store.backup import safety_copy

    safety_copy(path)(db)


def find_keys(path: Path) -> LoadedKeys:
    """The key slots of a book's folder. Raises KnownError BOOK_MISSING where there is no book."""
    if not path.is_dir() or not (path / "book.db").exists():
        raise KnownError(Problem(Code.BOOK_MISSING, str(path)))
    return load_keys(path)


def _refuse_network(path: Path) -> None:
    """A book on a network share is refused: its locks and write order cannot be trusted there."""
    if str(path).startswith(("\\\\", "//")):
        raise KnownError(Problem(Code.BOOK_ON_NETWORK, str(path)))


# key slots ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """One way into the book, as shown: its number, kind (passphrase, paper, office), person, day it was made, role."""

    number: int
    kind: str
    person: str
    made: int
    role: Role = field(default_factory=Role)


def list_keys(desk: Desk) -> list[SlotInfo]:
    """Every way into this book."""
    return [
        SlotInfo(slot.number, slot.kind, desk.book.setting(f"user.{slot.number}") or "", slot.made, slot.role)
        for slot in own_keys(desk).slots
    ]


def add_key(
    desk: Desk, passphrase: str, person: str, *, role: Role = keyslots.EVERYTHING, cost: Cost = FULL_COST
) -> int:
    """A further passphrase for a person with a role; gives the slot's number.

    Raises KnownError PASSPHRASE_SHORT, USER_ROLE_UNKNOWN (a treasurer is one of a group of this book), ROLE_MAY_NOT.
    """
    desk.must_do_all()
    _require_long(passphrase)
    if role.name not in roles.ROLES or (role.name == roles.TREASURER) != bool(role.group):
        raise KnownError(Problem(Code.USER_ROLE_UNKNOWN, "role", {"role": role.name}))
    if role.group and group_store.group(desk.book, role.group) is None:
        raise KnownError(Problem(Code.GROUP_UNKNOWN, "group", {"group": role.group}))
    made, _ = desk.clock()
    file = keyslots.with_passphrase(
        own_keys(desk),
        desk.book_key,
        passphrase,
        random_bytes=desk.random_bytes,
        made=made,
        cost=cost,
        role=role,
    )
    keep_keys(desk, file)
    number = file.slots[-1].number
    desk.book.set_setting(f"user.{number}", person)
    return number


def change_key(desk: Desk, slot: int, passphrase: str, *, cost: Cost = FULL_COST) -> None:
    """Another passphrase for the same person, who may change her own; only the wrapping of the key changes."""
    if slot != desk.slot:
        desk.must_do_all()
    _require_long(passphrase)
    made, _ = desk.clock()
    file = keyslots.with_changed_passphrase(
        own_keys(desk),
        slot,
        desk.book_key,
        passphrase,
        random_bytes=desk.random_bytes,
        made=made,
        cost=cost,
    )
    keep_keys(desk, file)


def remove_key(desk: Desk, slot: int) -> None:
    """Takes a way into the book away. Raises KnownError SLOT_MISSING, SLOT_LAST or ROLE_MAY_NOT."""
    desk.must_do_all()
    keep_keys(desk, keyslots.without_slot(own_keys(desk), slot))


def confirm_recovery(desk: Desk) -> None:
    """Remembers that the recovery sheet is on paper. Raises KnownError ROLE_MAY_NOT."""
    desk.must_do_all()
    desk.book.set_setting("recovery_printed", "1")


def recovery_is_on_paper(desk: Desk) -> bool:
    """True once the recovery sheet was printed, or copied and a line of it typed back."""
    return desk.book.setting("recovery_printed") == "1"


def _require_long(passphrase: str) -> None:
    problem = keyslots.passphrase_problem(passphrase)
    if problem:
        raise KnownError(problem)


def rebuild_book(desk: Desk, progress: Progress = lambda done, of: None) -> Outcome[int]:
    """Makes every derived table again from the log; gives how many operations count."""
    return Outcome(desk.book.rebuild(progress).applied, Changed.EVERYTHING)
