"""Everything again: an office whose sums differ from a laptop's asks for all its records, from the first one.

The wish goes with every receipt until a parcel from the first record on has come; what is here already is known again,
and a record that is another one there is named.
"""

from __future__ import annotations

from shg_desk.actions.desk import Desk
from shg_desk.store import exchange as exchange_store
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import RefLine

_REF = "send-again"
_HEARD = "send_again"
_ASKED = "again."


# at the office ------------------------------------------------------------------------------------------------------


def ask_again(desk: Desk, device: str) -> None:
    """The laptop hears with its next receipt that it is to send everything again."""
    desk.book.set_setting(f"{_ASKED}{device}", "1")
    desk.book.set_setting(f"news.{device}", "1")


def asking(desk: Desk, device: str) -> list[RefLine]:
    """What a receipt says of it."""
    return [RefLine(_REF, 1, {})] if desk.book.setting(f"{_ASKED}{device}") else []


def hear_everything(desk: Desk, parcel: Parcel, *, is_whole: bool) -> None:
    """A parcel from the first record on, all of its volumes, is what was asked for."""
    asked = f"{_ASKED}{parcel.manifest.comment.sender}"
    if desk.book.setting(asked) is None:
        return
    bundle = parcel.manifest.comment.bundle
    if any(run.first == 1 for run in parcel.manifest.ranges):
        desk.book.set_setting(asked, bundle)
    if is_whole and desk.book.setting(asked) == bundle:
        exchange_store.drop_setting(desk.book.db, asked)


# at a laptop --------------------------------------------------------------------------------------------------------


def hear(desk: Desk, parcel: Parcel) -> None:
    """Remembers that a receipt asked for everything."""
    if any(ref.name == _REF for ref in parcel.contents.refs):
        desk.book.set_setting(_HEARD, _receipt(parcel.manifest))


def end_with(desk: Desk, manifest: Manifest) -> None:
    """The newest receipt was read whole: what only an older one asked for is done."""
    if desk.book.setting(_HEARD) not in (None, _receipt(manifest)):
        exchange_store.drop_setting(desk.book.db, _HEARD)


def _receipt(manifest: Manifest) -> str:
    return f"{manifest.return_no} {manifest.office_epoch}"


def is_asked(desk: Desk) -> bool:
    """True where the office waits for everything."""
    return desk.book.setting(_HEARD) is not None
