"""What the Exchange page shows: how far this book's records have come, its parcels, its office, what waits and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shg_desk.actions.backed_up import BackedUp
from shg_desk.actions.backed_up import newest_backup
from shg_desk.actions.desk import Desk
from shg_desk.actions.leaving import OfficeLeft
from shg_desk.actions.leaving import confirmed_then
from shg_desk.actions.leaving import offices_left
from shg_desk.actions.office_change import LEFT
from shg_desk.actions.office_keys import office_of
from shg_desk.actions.office_keys import without_new_keys
from shg_desk.actions.parcels_out import shared_groups
from shg_desk.actions.pictures_out import for_office
from shg_desk.domain.ids import OpName
from shg_desk.domain.problems import Code
from shg_desk.domain.record_lines import legible_parts
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import log
from shg_desk.store import operations as operation_store
from shg_desk.store import pictures as picture_store
from shg_desk.store.exchange import ParcelRow
from shg_desk.store.operations import claimed_day
from shg_desk.store.standings import State
from shg_desk.store.states import RecordState
from shg_desk.store.states import States
from shg_desk.sync.enrolment import Office
from shg_desk.sync.enrolment import fingerprint
from shg_desk.sync.envelope import FILES
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import RETURN

KINDS_COUNTED = 2000
"""Records whose kinds are counted for the line of what a next parcel holds; beyond them only their number is told."""


@dataclass(frozen=True, slots=True)
class OfficeSeen:
    """The office of this book: code, name, the 30 digits of its keys, whether people compared them."""

    code: str
    name: str
    fingerprint: str
    compared: bool


@dataclass(frozen=True, slots=True)
class ParcelSeen:
    """One parcel. `state` is 2 to 4 as bars are filled, 0 where nothing is ours; `number` 0 for one that came.

    `place` is where it was written, `called` the name of the stick it was written to, where it had one.

    `kinds` counts what is inside by kind of record, as far as it is known; `pictures` are beside the records.
    """

    id: str
    number: int
    kind: str
    outgoing: bool
    partner: str
    place: str
    on: date | None
    records: int
    kinds: Mapping[str, int]
    state: int
    called: str = ""
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that does not count yet: the kind of record, whose group, which meeting, from whom, why.

    `code` is the reason, `held` true where an earlier file is missing, false where the office must decide;
    `at_office` where it is the office that tells so of ours; `group_id` is the group's id where it is known here.
    """

    name: str
    kind: str
    group: str
    number: str
    on: date | None
    sender: str
    code: str
    held: bool
    at_office: bool = False
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class ColleagueSeen:
    """Another laptop that shares groups with this book: its label, codes of the groups, whether it may still write."""

    code: str
    label: str
    groups: tuple[str, ...]
    revoked: bool


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """Everything of the page. `counts` are this laptop's own records by state.

    `next_number` and `next_kinds` speak of the parcel not yet written, `oldest_saved` of its oldest record;
    `receipt` is the newest receipt's number and day; `asked` is true once a request to join was written. `left` are the
    offices this book has left; `without_keys` names the laptops that do not know the office's new keys yet.
    """

    name: str
    is_office: bool
    office: OfficeSeen | None
    own_fingerprint: str
    asked: bool
    counts: Mapping[RecordState, int]
    next_number: int
    next_kinds: Mapping[str, int]
    oldest_saved: date | None
    receipt: tuple[int, date | None] | None
    parcels: tuple[ParcelSeen, ...]
    waiting: tuple[Waiting, ...]
    colleagues: tuple[ColleagueSeen, ...]
    newest_backup: BackedUp | None
    today: date
    left: tuple[OfficeLeft, ...] = ()
    without_keys: tuple[str, ...] = ()
    pictures: int = 0
    """Photos of ours that the office has not confirmed."""

    @property
    def saved(self) -> int:
        """How many of our records are only here."""
        return self.counts.get(RecordState.SAVED, 0)

    @property
    def on_its_way(self) -> int:
        """How many are in a parcel that was read back, and not acknowledged."""
        return self.counts.get(RecordState.ON_ITS_WAY, 0)

    @property
    def received(self) -> int:
        """How many the office has."""
        return self.counts.get(RecordState.RECEIVED, 0)

    @property
    def reconciled(self) -> int:
        """How many stand in months that are the same in both books."""
        return self.counts.get(RecordState.RECONCILED, 0)

    @property
    def backed_up(self) -> int:
        """How many are in the newest backup, for a book without an office."""
        return self.counts.get(RecordState.BACKED_UP, 0)


def exchange_view(desk: Desk) -> ExchangeView:
    """Reads the Exchange page."""
    book = desk.book
    states = States(book)
    counts = states.counts(own=not desk.is_office)
    kinds, oldest = _unsent(desk)
    keys = desk.device_keys()
    return ExchangeView(
        name=book.setting("name") or "",
        is_office=desk.is_office,
        office=office_seen(desk),
        own_fingerprint=fingerprint(keys.age.recipient, keys.signing.public),
        asked=book.setting("request_nonce") is not None,
        counts=counts,
        next_number=exchange_store.next_number(book.db, OPS),
        next_kinds=kinds,
        oldest_saved=oldest,
        receipt=_newest_receipt(desk),
        parcels=tuple(_parcels(desk, states)),
        waiting=tuple(waiting_records(desk)),
        colleagues=tuple(_colleagues(desk)),
        newest_backup=newest_backup(desk),
        today=desk.today(),
        left=tuple(offices_left(desk)),
        pictures=_unconfirmed(desk),
        without_keys=tuple(one.label or one.code for one in without_new_keys(desk)) if desk.is_office else (),
    )


def _unconfirmed(desk: Desk) -> int:
    office = None if desk.is_office else desk.book.setting("office")
    return len(for_office(desk, office)) if office else 0


def day_of(desk: Desk, at: int) -> date | None:
    """The civil day of claimed UTC seconds, where this computer is."""
    return claimed_day((at, desk.clock()[1]))


def office_seen(desk: Desk) -> OfficeSeen | None:
    """The office with its fingerprint: itself for an office's book, None for a book that has none."""
    book = desk.book
    if desk.is_office:
        own = office_of(desk)
        return OfficeSeen(own.code, own.name, own.fingerprint, compared=True)
    code = book.setting("office")
    known = exchange_store.device(book.db, code) if code else None
    if code is None or known is None:
        return None
    age = (book.setting("office_age") or "", book.setting("office_next_age") or "")
    office = Office(code, known.label, age, known.minisign, book.setting("office_recovery") or "")
    return OfficeSeen(code, known.label, office.fingerprint, known.compared)


def _unsent(desk: Desk) -> tuple[dict[str, int], date | None]:
    """What was saved and never written into a parcel, by kind, and the day of the oldest of it."""
    if desk.is_office:
        return {}, None
    db, device = desk.book.db, desk.book.device
    kinds: Counter[str] = Counter()
    oldest: date | None = None
    for epoch in exchange_store.own_chains(db, device):
        first = exchange_store.mark(db, device, epoch).exported + 1
        last = log.tip(db, device, epoch).seq
        for op in log.between(db, device, epoch, first, min(last, first + KINDS_COUNTED)):
            line = json.loads(op.line)
            kinds[str(line["kind"])] += 1
            on = claimed_day(tuple(line["at"]))
            oldest = min(filter(None, (oldest, on)), default=None)
    return dict(kinds), oldest


def _newest_receipt(desk: Desk) -> tuple[int, date | None] | None:
    number = desk.book.setting("return_no")
    if number is None or desk.is_office:
        return None
    life = desk.book.setting("office_epoch")
    made = [
        row.facts.get("made")
        for row in exchange_store.parcels(desk.book.db)
        if row.kind == RETURN
        and not row.outgoing
        and row.facts.get("return_no") == int(number)
        and row.facts.get("life", life) == life
    ]
    return int(number), day_of(desk, int(made[0])) if made and made[0] is not None else None


def _parcels(desk: Desk, states: States) -> list[ParcelSeen]:
    return [
        ParcelSeen(
            id=row.id,
            number=int(row.facts.get("return_no") or row.number),
            kind=row.kind,
            outgoing=row.outgoing,
            partner=label_of(desk, row.partner),
            place=row.place,
            on=day_of(desk, row.at),
            records=row.operations,
            kinds=dict(row.facts.get("kinds") or {}),
            state=_parcel_state(desk, row, states),
            called=str(row.facts.get("called") or ""),
            pictures=_pictures(row),
        )
        for row in exchange_store.parcels(desk.book.db)
    ]


def _pictures(row: ParcelRow) -> int:
    told = row.facts.get("pictures") or 0
    return len(told) if isinstance(told, list) else int(told)


def _parcel_state(desk: Desk, row: ParcelRow, states: States) -> int:
    """The state of the least far record of a parcel to the office, and of pictures whether it has said they came."""
    if row.kind == FILES and row.outgoing and row.partner == desk.book.setting("office"):
        db, names = desk.book.db, row.facts.get("pictures") or ()
        return 4 if all(picture_store.reached(db, row.partner, name)[1] for name in names) else 2
    if row.kind != OPS or not row.outgoing:
        return 0
    spans: Mapping[str, list[int]] = row.facts.get("spans") or {}
    if not spans:
        return 0
    device = desk.book.device
    then = confirmed_then(desk)
    if all(last <= then.get((row.partner, epoch), 0) for epoch, (_, last) in spans.items()):
        return 3
    if row.partner != desk.book.setting("office"):
        return 0  # to an office that was left: nothing is on its way there any more
    received = all(
        last <= exchange_store.mark(desk.book.db, device, epoch).received for epoch, (_, last) in spans.items()
    )
    if not received:
        return 2
    agreed = all(states.agreed_upto(epoch, first, last) for epoch, (first, last) in spans.items())
    return 4 if agreed else 3


def label_of(desk: Desk, code: str) -> str:
    """What people call a laptop or office; its code where nobody has named it."""
    known = exchange_store.device(desk.book.db, code)
    if code in (desk.book.device, desk.book.setting("office_code")):
        return desk.book.setting("name") or code
    return (known.label if known else "") or code


def _colleagues(desk: Desk) -> list[ColleagueSeen]:
    found = []
    for one in exchange_store.devices(desk.book.db):
        if one.state in ("office", LEFT) or one.code == desk.book.device:
            continue
        named = (group_store.group(desk.book, gid) for gid in sorted(shared_groups(desk, one.code)))
        groups = tuple(sorted(group.code or "" for group in named if group is not None))
        found.append(ColleagueSeen(one.code, one.label or one.code, groups, one.state == "revoked"))
    return found


# what waits ---------------------------------------------------------------------------------------------------------


def waiting_records(desk: Desk, *, rejected: bool = False) -> list[Waiting]:
    """Records here that wait, and our own that wait at the office, in order of name.

    What the office has left out for good waits no more; it is among them only with `rejected`.
    """
    found = [
        _described(desk, one.name, one.code, held=one.state is State.HELD)
        for one in operation_store.unsettled(desk.book)
        if rejected or one.code != Code.REJECTED
    ]
    told = json.loads(desk.book.setting("office_states") or "[]")
    for device, epoch, seq, state, code in told:
        found.append(_described(desk, f"{device}.{epoch}.{seq}", code, held=state == "held", at_office=True))
    return found


def record_seen(desk: Desk, name: str) -> Waiting:
    """What can be told of a record that waits no more, because the office has answered."""
    return _described(desk, name, "", held=False)


def _described(desk: Desk, name: str, code: str, *, held: bool, at_office: bool = False) -> Waiting:
    """What can be told of a record, even of one that cannot be read."""
    op = OpName.parse(name)
    stored = log.by_name(desk.book.db, op)
    kind, body = legible_parts(stored.line) if stored is not None else ("", {})
    group = group_store.group(desk.book, body["group"]) if isinstance(body.get("group"), str) else None
    try:
        on = date.fromisoformat(body.get("date", ""))
    except (ValueError, TypeError):
        on = None
    return Waiting(
        name=name,
        kind=kind,
        group=(group.name or group.code or "") if group else "",
        number=str(body.get("number") or ""),
        on=on,
        sender=label_of(desk, op.device),
        code=code,
        held=held,
        at_office=at_office,
        group_id=group.id if group else None,
    )
