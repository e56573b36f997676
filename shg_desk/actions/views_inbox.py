"""What the office's Inbox shows: every laptop with how far it is, what came lately, and what waits for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shg_desk.actions.answers_given import Given
from shg_desk.actions.answers_given import answers_given
from shg_desk.actions.desk import Desk
from shg_desk.actions.parcels_out import has_news
from shg_desk.actions.views_exchange import OfficeSeen
from shg_desk.actions.views_exchange import Waiting
from shg_desk.actions.views_exchange import day_of
from shg_desk.actions.views_exchange import office_seen
from shg_desk.actions.views_exchange import waiting_records
from shg_desk.domain.numbering import counting_order
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store
from shg_desk.sync.enrolment import read_request
from shg_desk.sync.envelope import OPS
from shg_desk.sync.folder import fetch


@dataclass(frozen=True, slots=True)
class GroupReach:
    """A group a laptop may write: code, name, and the last meeting the office has of it."""

    code: str
    name: str
    last_meeting: str | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class LaptopSeen:
    """One laptop of the register.

    `records` were accepted of it, `held` and `set_aside` wait, `came_on` is the day of its last parcel; `has_news`
    means that a receipt should go to it; `receipt` is the newest one written for it, by the number both sides show.
    """

    code: str
    label: str
    revoked: bool
    compared: bool
    groups: tuple[GroupReach, ...]
    records: int
    held: int
    set_aside: int
    came_on: date | None
    has_news: bool
    receipt: int | None


@dataclass(frozen=True, slots=True)
class InboxView:
    """Everything of the Inbox; `given` are the last answers about records that were set aside."""

    office: OfficeSeen | None
    laptops: tuple[LaptopSeen, ...]
    waiting: tuple[Waiting, ...]
    today: date
    given: tuple[Given, ...] = ()

    @property
    def came_today(self) -> int:
        """How many laptops' parcels were taken in today."""
        return sum(one.came_on == self.today for one in self.laptops)

    @property
    def to_answer(self) -> int:
        """How many laptops a receipt should go to."""
        return sum(one.has_news for one in self.laptops)


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """A request file as read, before anything is written: the laptop's code, and whether it is known already."""

    device: str
    fingerprint: str
    practice: bool
    known_as: str


def laptops_waiting(desk: Desk) -> int:
    """How many laptops a receipt should go to, and how many records wait for the office's decision."""
    waiting = sum(not one.held for one in waiting_records(desk))
    devices = exchange_store.devices(desk.book.db)
    return waiting + sum(one.state == "enrolled" and has_news(desk, one) for one in devices)


def inbox_view(desk: Desk) -> InboxView:
    """Reads the Inbox."""
    waiting = waiting_records(desk)
    came = [row for row in exchange_store.parcels(desk.book.db) if row.kind == OPS and not row.outgoing]
    accepted: dict[str, int] = {}
    for code, _, seq, _ in exchange_store.have(desk.book.db):
        accepted[code] = accepted.get(code, 0) + seq
    laptops = []
    for one in exchange_store.devices(desk.book.db):
        if one.state == "office" or one.code == desk.book.device:
            continue
        own = [wait for wait in waiting if wait.name.partition(".")[0] == one.code]
        days = [day for row in came if row.partner == one.code and (day := day_of(desk, row.at))]
        laptops.append(
            LaptopSeen(
                code=one.code,
                label=one.label or one.code,
                revoked=one.state == "revoked",
                compared=one.compared,
                groups=tuple(_groups(desk, one.code)),
                records=accepted.get(one.code, 0),
                held=sum(wait.held for wait in own),
                set_aside=sum(not wait.held for wait in own),
                came_on=max(days, default=None),
                has_news=one.state == "enrolled" and has_news(desk, one),
                receipt=max(int(desk.book.setting(f"given.{one.code}") or 0), one.newest_return or 0) or None,
            )
        )
    given = answers_given(desk, set_aside=True)
    ordered = sorted(laptops, key=lambda one: (counting_order(one.label), one.code))
    return InboxView(office_seen(desk), tuple(ordered), tuple(waiting), desk.today(), given)


def _groups(desk: Desk, device: str) -> list[GroupReach]:
    found = []
    for gid in sorted(exchange_store.granted_groups(desk.book.db, device)):
        group = group_store.group(desk.book, gid)
        if group is None:
            continue
        last = meeting_store.last_meeting(desk.book, gid)
        found.append(
            GroupReach(group.code or "", group.name or "", last.number if last else None, last.on if last else None)
        )
    return sorted(found, key=lambda one: counting_order(one.code))


def request_seen(desk: Desk, file: Path) -> RequestSeen:
    """Reads a request to join, so that the office sees whose it is before it answers. Raises KnownError."""
    request = read_request(fetch(file))
    known = exchange_store.device(desk.book.db, request.device)
    return RequestSeen(request.device, request.fingerprint, request.practice, known.label if known else "")
