"""What the Settings page and the frame of the window show of a book: whose it is, who may open it, how it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk import __version__
from shg_desk.actions.backed_up import BackedUp
from shg_desk.actions.backed_up import newest_backup
from shg_desk.actions.books import list_keys
from shg_desk.actions.desk import Desk
from shg_desk.actions.owner import Owner
from shg_desk.actions.owner import owner_of
from shg_desk.actions.views_exchange import OfficeSeen
from shg_desk.actions.views_exchange import day_of
from shg_desk.actions.views_exchange import office_seen
from shg_desk.actions.views_groups import GroupName
from shg_desk.actions.views_groups import group_names
from shg_desk.domain.roles import Role
from shg_desk.store import log
from shg_desk.sync.enrolment import fingerprint


@dataclass(frozen=True, slots=True)
class User:
    """One way into the book: number, kind (`passphrase`, `paper`, `office`), person, day made, whether ours, role."""

    slot: int
    kind: str
    person: str
    made: date | None
    is_me: bool
    role: Role = field(default_factory=Role)


@dataclass(frozen=True, slots=True)
class SettingsView:
    """Everything of the Settings page that comes from the book."""

    owner: Owner
    device: str
    is_office: bool
    is_practice: bool
    users: tuple[User, ...]
    office: OfficeSeen | None
    fingerprint: str
    backed_up: BackedUp | None
    records: int
    folder: str
    version: str
    today: date
    role: Role = field(default_factory=Role)
    groups: tuple[GroupName, ...] = ()


def settings_view(desk: Desk) -> SettingsView:
    """Reads the Settings page."""
    keys = desk.device_keys()
    users = tuple(
        User(one.number, one.kind, one.person, day_of(desk, one.made), one.number == desk.slot, one.role)
        for one in list_keys(desk)
    )
    return SettingsView(
        owner=owner_of(desk),
        device=desk.book.device,
        is_office=desk.is_office,
        is_practice=desk.is_practice,
        users=users,
        office=office_seen(desk),
        fingerprint=fingerprint(keys.age.recipient, keys.signing.public),
        backed_up=newest_backup(desk),
        records=log.newest(desk.book.db),
        folder=str(desk.folder),
        version=__version__,
        today=desk.today(),
        role=desk.role,
        groups=tuple(group_names(desk)),
    )
