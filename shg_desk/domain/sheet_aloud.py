"""What is read aloud after closing and goes into the booklets: a member's day, her savings and debt, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from shg_desk.domain.booklet import NextDue
from shg_desk.domain.booklet import next_due
from shg_desk.domain.namesakes import shared_names
from shg_desk.domain.namesakes import told_apart
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_cash import row_in_minor
from shg_desk.domain.sheet_cash import row_out_minor
from shg_desk.domain.sheet_cash import row_taken_minor


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A line of the booklet: what, how much (above zero: brought), and of which product or loan, by its code."""

    what: str
    amount_minor: int
    product: str | None = None
    loan: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One member after the meeting; minor units. Her loans are called as the group calls them.

    The debt is the principal left, as in the passbook; `next_due` the first instalments still to come after this day
    with what is late by then apart, the figures of the paper that is read aloud. `new_loans` are those given this day,
    code and sum.
    """

    member: str
    number: str
    name: str | None
    attendance: Attendance | None
    ins: tuple[In, ...]
    outs: tuple[Out, ...]
    paid_minor: int
    taken_minor: int
    saved_minor: int
    debt_minor: int
    fines_owed_minor: int
    next_due: NextDue | None
    new_loans: tuple[tuple[str, int], ...] = ()
    in_hand_minor: int = 0
    overpaid_minor: Mapping[str, int] = field(default_factory=dict)

    @property
    def change_minor(self) -> int:
        """What she brought less what she was given."""
        return self.paid_minor - self.taken_minor


def to_write(reading: Reading) -> tuple[ToWrite, ...]:
    """What goes into her booklet, in the order of the sheet's columns."""
    new = list(reading.new_loans)
    found = [
        ToWrite("other-in" if one.kind == "other" else one.kind, one.amount_minor, one.product, one.loan)
        for one in reading.ins
    ]
    for out in reading.outs:
        given = next((one for one in new if out.kind == "loan" and one[1] == out.amount_minor), None)
        if given is not None:
            new.remove(given)
        what = "other-out" if out.kind == "other" else out.kind
        found.append(ToWrite(what, -out.amount_minor, out.product, given[0] if given else None))
    return tuple(found)


def readings(sheet: Sheet, after: Ground) -> tuple[Reading, ...]:
    """The members in the order of the sheet; `after` is the group once the meeting is in its book."""
    found = []
    shared = shared_names(member.name for member in after.members)
    for row in sheet.rows:
        member = after.member(row.member)
        if member is None:
            continue
        found.append(
            Reading(
                member=member.id,
                number=member.number,
                name=told_apart(member.name, member.father, shared),
                attendance=row.attendance,
                ins=tuple(replace(line, loan=after.loan_names.get(line.loan or "", line.loan)) for line in row.ins),
                outs=row.outs,
                paid_minor=row_in_minor(row),
                taken_minor=row_out_minor(row) - row_taken_minor(after, row),
                saved_minor=member.saved_in_all_minor,
                debt_minor=member.debt_minor(sheet.on),
                fines_owed_minor=member.fines_owed_minor,
                next_due=next_due(member, sheet.on),
                in_hand_minor=member.in_hand_minor,
                overpaid_minor=member.loans_overpaid_minor,
                new_loans=tuple(
                    (one.code, one.loan.schedule.principal_minor) for one in member.loans if one.loan.start == sheet.on
                ),
            )
        )
    return tuple(found)
