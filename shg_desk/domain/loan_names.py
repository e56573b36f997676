"""What a group calls its loans: by their codes, and where several have one code by what tells them apart.

No loan is ever known by its code alone: two laptops that do not know of each other may give one code twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date

from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround

Given = tuple[str, str, date, str]
"""A loan that was given: its id, its code, the day it was given, its sum as text."""


def loan_names(loans: Iterable[Given]) -> dict[str, str]:
    """By loan (id) what it is called: `L-1`; where another one has its code `L-1 (12.03.2026)`, and where that is not
    enough with its sum, at last with its id.
    """
    ways = {one[0]: _ways(*one) for one in loans}
    times = Counter(way for called in ways.values() for way in called)
    return {id_: next(way for way in called if times[way] == 1) for id_, called in ways.items()}


def _ways(id_: str, code: str, on: date, amount: str) -> tuple[str, ...]:
    day = on.strftime("%d.%m.%Y")
    return code, f"{code} ({day})", f"{code} ({day}, {amount})", f"{code} ({day}, {amount}, {id_})"


def loans_called(said: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """The loans (ids) among (id, name) that are called so: by id or name, else by the code that several may have."""
    known = list(names)
    exact = [id_ for id_, name in known if said in (id_, name)]
    return exact or [id_ for id_, name in known if name.startswith(f"{said} (")]


def loans_meant(member: MemberGround, line: In) -> Sequence[LoanGround]:
    """The loans a repayment can be for: those called as it says, or all she has where it says nothing."""
    if line.loan is None:
        return member.loans
    called = loans_called(line.loan, ((loan.id, loan.code) for loan in member.loans))
    return [loan for loan in member.loans if loan.id in called]


def loan_meant(member: MemberGround, line: In) -> LoanGround | None:
    """The loan a repayment is for: the named one, or the only one there is."""
    found = loans_meant(member, line)
    return found[0] if len(found) == 1 else None
