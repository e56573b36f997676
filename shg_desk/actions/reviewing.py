"""What follows when other records begin to count, or a laptop may write of more or less: keys go, groups find laptops.

Records that waited are looked at again by a rebuild, so that a book is at any time what a rebuild would make of it.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence

from shg_desk.actions.desk import Desk
from shg_desk.actions.pictures_in import forget_taken_away
from shg_desk.actions.told_digests import compare_with_desks
from shg_desk.domain.problems import Code
from shg_desk.store import exchange as exchange_store
from shg_desk.store import grants
from shg_desk.store import keys as key_store
from shg_desk.store import log
from shg_desk.store import operations as operation_store
from shg_desk.store.book import Writer
from shg_desk.store.derive_corrections import heed_answers
from shg_desk.store.operations import Unsettled
from shg_desk.store.overtaken import is_unheeded
from shg_desk.store.standings import State


def obey_destroy(desk: Desk, writer: Writer) -> None:
    """Withdrawn consent destroys the household's keys here too; call `forget_destroyed` after the transaction."""
    for name in writer.outcome.destroys:
        _destroy(desk, writer, name)
        _tell_orders(desk)


def _destroy(desk: Desk, writer: Writer, name: str) -> int:
    operation = operation_store.operation(desk.book, name)
    if operation is None:
        return 0
    return key_store.destroy(desk.book.db, writer, operation.body["household"], operation.body["purposes"], name)


def _tell_orders(desk: Desk) -> None:
    desk.book.set_setting("orders_at", str(log.newest(desk.book.db)))  # every laptop has to hear of it


def forget_destroyed(desk: Desk, orders: Sequence[object]) -> None:
    """Leaves no old page with a key that was destroyed by any of these, once the transaction is done."""
    if orders:
        key_store.forget_traces(desk.book.db)


def bind_groups(desk: Desk) -> set[str]:
    """Binds codes that were granted to the groups made with them; gives the laptops that may now write of more."""
    db = desk.book.db
    bound = grants.bind_new_groups(db, desk.book.device)
    devices = exchange_store.devices(db) if bound else ()
    return {one.code for one in devices if exchange_store.granted_groups(db, one.code) & bound}


def look_again(desk: Desk, laptops: Collection[str]) -> int:
    """After the register changed: what of these laptops' records waits and would not any more, or the other way round.

    Gives how many count now that did not. Belongs into the transaction that changed the register.
    """
    before = _waiting(desk, laptops)
    if not before:
        return 0
    with desk.book.db.transaction():
        while True:
            outcome = desk.book.rebuild()
            if not bind_groups(desk):
                break
        with desk.book.writing() as writer:
            if sum(_destroy(desk, writer, name) for name in outcome.destroys):
                _tell_orders(desk)
        forget_taken_away(desk)
    freed = max(0, len(before) - len(_waiting(desk, laptops)))
    compare_with_desks(desk, (), released=freed > 0)
    return freed


def heed_office(desk: Desk) -> None:
    """At a laptop, in the caller's transaction: what the office left out counts no more, what it let in does.

    It follows every change of the office this book belongs to: its answers count from then on, and this laptop's own
    and a former office's ones no more.
    """
    heed_answers(desk.book.db)
    if not is_unheeded(desk.book.db):
        return
    outcome = desk.book.rebuild()
    with desk.book.writing() as writer:
        for name in outcome.destroys:
            _destroy(desk, writer, name)


def _waiting(desk: Desk, laptops: Collection[str]) -> list[Unsettled]:
    reasons = (Code.OUT_OF_PLACE, Code.DEVICE_REVOKED)
    return [
        one
        for one in operation_store.unsettled(desk.book)
        if one.name.partition(".")[0] in laptops and (one.state is State.HELD or one.code in reasons)
    ]


def tell_everybody(desk: Desk) -> None:
    """Something of the register is news to every laptop."""
    for one in exchange_store.devices(desk.book.db):
        if one.state == "enrolled":
            desk.book.set_setting(f"news.{one.code}", "1")
