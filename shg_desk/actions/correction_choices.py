"""What a recorded entry may be corrected to: which named corrections fit it, and which other kind it may have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shg_desk.actions.correction_limits import refuse_paid_loan
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.accounts import cash_minor
from shg_desk.domain.leaving import DIED
from shg_desk.domain.problems import KnownError
from shg_desk.domain.rules import SHARES
from shg_desk.domain.sheet_products import saving_products
from shg_desk.domain.sheet_products import withdrawal_products
from shg_desk.store.entries import EntryRow

IN_KINDS = ("saving", "shares", "social", "repayment", "fine", "other")
OUT_KINDS = ("withdrawal", "grant", "other")


@dataclass(frozen=True, slots=True)
class OtherKind:
    """What an entry may have been instead: the kind of a sheet's line, the product where there is one, its column."""

    kind: str
    product: str | None
    column: str


def hows_of(desk: Desk, row: EntryRow, loans: int) -> tuple[str, ...]:
    """Which named corrections an entry can have; nothing for one that was taken back, or takes another back.

    `loans` is how many loans its member has.
    """
    if row.corrected_by:
        return ()
    if row.corrects or row.kind == "share-out":  # of a share-out nothing is another amount or member's by itself
        return ("reverse",)
    if row.facts.get("why") == DIED and row.kind != "grant":
        return ("reverse",)
    if row.kind in ("opening", "difference", "settlement") or row.op_kind not in ("meeting", "between"):
        return ("reverse", "twice")
    if row.kind == "loan":
        own = () if _is_paid_on(desk, row) else ("other-member", "other-amount", "other-date")
        return (*own, "twice", "reverse")
    found = []
    if row.member is not None:
        found.append("other-member")
    if row.kind == "repayment" and loans > 1:
        found.append("other-loan")
    found += ["other-kind"] if _has_other_kinds(row) else []
    return (*found, "other-amount", "other-date", "twice", "reverse")


def _is_paid_on(desk: Desk, row: EntryRow) -> bool:
    try:
        refuse_paid_loan(desk, row)
    except KnownError:
        return True
    return False


def _has_other_kinds(row: EntryRow) -> bool:
    """What was owed to her and paid out is nothing else: it lessens what is still to be paid."""
    known = row.member is not None and row.kind in (*IN_KINDS, *OUT_KINDS)
    return known and not any(posting.code == PAYABLE for posting in row.postings)


def kinds_of(desk: Desk, row: EntryRow, loans: int) -> tuple[OtherKind, ...]:
    """What else the money of a member's entry may have been, on the same side of the box: other products, too."""
    if not _has_other_kinds(row):
        return ()
    cash = cash_minor([(posting.code, posting.amount_minor) for posting in row.postings])
    product = next((p.code.partition(".")[2] for p in row.postings if p.code.startswith("saving.")), None)
    own = (row.kind, None if product == SHARES else product)
    kinds = _ins(desk, row, loans) if cash > 0 else _outs(desk, row)
    return tuple(one for one in kinds if (one.kind, one.product) != own)


def _ins(desk: Desk, row: EntryRow, loans: int) -> Iterator[OtherKind]:
    ground = ground_of(desk, row.group, row.effective)
    for code, _usual in saving_products(ground):
        yield OtherKind("saving", code, f"saving.{code}")
    if ground.rules.share_price_minor:
        yield OtherKind("shares", None, "shares")
    yield OtherKind("social", None, "social")
    if loans:
        yield OtherKind("repayment", None, "repayment")
    yield OtherKind("fine", None, "fine")
    yield OtherKind("other", None, "other-in")


def _outs(desk: Desk, row: EntryRow) -> Iterator[OtherKind]:
    ground = ground_of(desk, row.group, row.effective)
    for code in withdrawal_products(ground):
        if code != SHARES:
            yield OtherKind("withdrawal", code, f"withdrawal.{code}")
    yield OtherKind("grant", None, "grant")
    yield OtherKind("other", None, "other-out")
