"""At an office: what desks tell of their books, held against ours as soon as all they speak of is here.

A desk tells of its own chains, and of what it counts of an office's own that the office has lost: that is named here.
"""

from __future__ import annotations

from collections.abc import Collection

from shg_desk.actions.desk import Desk
from shg_desk.actions.volumes import Whole
from shg_desk.domain.dates import FIRST_YEAR
from shg_desk.domain.dates import LAST_YEAR
from shg_desk.domain.digest import Digest
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import log
from shg_desk.store import scope
from shg_desk.store.decided import OFFICE_DEVICE
from shg_desk.store.dump import month_number
from shg_desk.store.office_lives import buckets_lost

DIFFERING_MOST = 100
"""So many months of one desk stand in the list: where more differ, asking for everything again answers them alike."""

_TOLD = "told."
_IN = "told-in."


def counted_though_lost(desk: Desk) -> exchange_store.Buckets:
    """At a laptop: what it counts of its office's own records that the office's living book has lost."""
    found: exchange_store.Buckets = {}
    for office in (desk.book.setting(OFFICE_DEVICE) or "").split()[:1]:
        found |= buckets_lost(desk.book.db, office)
    return found


def remember_told(desk: Desk, sender: str, whole: Whole, bundle: str) -> None:
    """Keeps a desk's digests until they were found equal; those of an older parcel never replace a newer one's."""
    known = desk.book.setting(f"{_TOLD}{sender}")
    if known is None or Whole.unpacked(known).rank <= whole.rank:
        desk.book.set_setting(f"{_TOLD}{sender}", whole.packed())
        desk.book.set_setting(f"{_IN}{sender}", bundle)


def told_by(desk: Desk, sender: str) -> dict[tuple[str, str], int]:
    """Up to which record of each chain the digests speak that a desk told last; nothing where they were equal."""
    known = desk.book.setting(f"{_TOLD}{sender}")
    return {} if known is None else dict(Whole.unpacked(known).within)


def told_in(desk: Desk, sender: str) -> str:
    """The parcel in which a desk told its digests last."""
    return desk.book.setting(f"{_IN}{sender}") or ""


def compare_with_desks(desk: Desk, senders: Collection[str], *, released: bool) -> None:
    """Holds the digests of these desks' own chains against ours; what differs is listed for a person.

    Where records were released that had waited, every desk that differed is compared anew.
    """
    db = desk.book.db
    waiting = {name.removeprefix(_TOLD) for name in exchange_store.settings_named(db, _TOLD)}
    for sender in sorted(waiting if released else waiting & set(senders)):
        whole = Whole.unpacked(desk.book.setting(f"{_TOLD}{sender}") or "")
        if any(log.tip(db, *chain).seq < seq for chain, seq in whole.within.items()):
            continue  # a file is missing: what was found before stands, and this is compared when it has come
        found = _differing(desk, sender, whole)
        at, _ = desk.clock()
        exchange_store.set_disagreements(db, sender, found, at)
        if not found:
            exchange_store.drop_setting(db, f"{_TOLD}{sender}")


def _differing(desk: Desk, sender: str, whole: Whole) -> dict[tuple[str, int], tuple[str, str]]:
    """{(group id, month): (theirs, ours)} as texts, of what is not the same: the first of them, if they are many.

    What a desk says of a group that is not known here or that it does not share says nothing, nor of a month in which
    no record can be.
    """
    db = desk.book.db
    granted = scope.reach(db, sender)
    shared = {
        group
        for group in {line.group for line in whole.digests}
        if group_store.group(desk.book, group) is not None and scope.is_within(db, sender, granted, "group", group)
    }
    theirs = {(line.group, month_number(line.month)): line for line in whole.digests if line.group in shared}
    ours = exchange_store.buckets_within(db, whole.within, shared)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for key, line in sorted(theirs.items()):
        digest = Digest(line.count, line.debit_minor, line.lane0, line.lane1)
        own = ours.get(key, Digest()).told()
        if digest != own and FIRST_YEAR <= key[1] // 12 <= LAST_YEAR and len(found) < DIFFERING_MOST:
            found[key] = (f"{digest.count} {digest.debit_minor}", f"{own.count} {own.debit_minor}")
    return found
