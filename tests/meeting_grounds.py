"""Groups for tests of the meeting sheet: the village group of the drawings, larger ones, and one without rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import RatePer
from shg_desk.domain.loan_terms import Unit
from shg_desk.domain.money import Currency
from shg_desk.domain.rules import Rules
from shg_desk.domain.rules import read_rules
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround

TODAY = date(2026, 11, 21)
LENT = date(2026, 11, 7)
SOM = Currency("KGS", 2, 100)

NAMES = (
    *("Субанова Гүлнара", "Бакыт кызы Айгүл", "Жапарова Бактыгүл", "Жумагулова Нургүл", "Кожомкулова Жамиля"),
    *("Өмүралиева Бермет", "Төрөева Айнура", "Эркин кызы Зейнеп", "Жапарова Кенже", "Субанова Чынара"),
    *("Улан кызы Рахат", "Өмүралиева Өмүркан", "Жумагулова Сайкал", "Төлөгөн кызы Мээрим", "Кожомкулова Динара"),
    *("Хасанова Мавлюда", "Төрөева Дилфуза", "Жаныбек кызы Сайкал", "Жумагулова Чынара", "Бакыт кызы Бермет"),
)
DUES = {2: 1060, 4: 1060, 7: 2120, 12: 840, 13: 530, 16: 530}
"""Som due on the day of the drawings, by member number: 6 140 in all."""

RULES: dict[str, Any] = {
    "lifecycle": "permanent",
    "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}],
    "social": "20",
    "fines": {"late": "40"},
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 6, "every": 2, "unit": "week"},
    "quorum_percent": 66,
    "meeting": {"weekday": 5, "every_weeks": 2, "time": "14:00"},
}


def rules(**changes: Any) -> Rules:
    found, problems = read_rules({**RULES, **changes}, 2, "aaaaaaaa.aaaaaaaa.1")
    assert not problems
    return found


def loan(member: str, due_som: int, code: str, start: date = LENT) -> LoanGround:
    """A loan of six fortnightly instalments of `due_som`, the first one due on the day of the drawings."""
    interest = due_som - due_som * 100 // 106 // 10 * 10
    principal = (due_som - interest) * 6
    terms = LoanTerms(
        principal * 100,
        Fraction(interest * 100, principal),
        Method.FLAT,
        6,
        start,
        rate_per=RatePer.PERIOD,
        every=2,
        unit=Unit.WEEK,
    )
    name = f"loan{code.lower().replace('-', '')}aaaaaaaaaaaaaaaa"[:16]
    found = LoanGround(name, code, Loan(name, start, schedule(terms)))
    assert start != LENT or found.expected_minor(TODAY) == due_som * 100, (member, due_som)
    return found


def member(number: int, name: str, loans: Sequence[LoanGround] = (), **more: Any) -> MemberGround:
    return MemberGround(f"member{number:02d}aaaaaaaa"[:16], str(number), name, loans=tuple(loans), **more)


def yrys(members: int = 18, dues: dict[int, int] | None = None, **changes: Any) -> Ground:
    """The group of the drawings: savings 100, social fund 20, fine for late 40, 6 240 som in the box."""
    wanted = DUES if dues is None else dues
    found = []
    for n in range(1, members + 1):
        name = NAMES[n - 1] if n <= len(NAMES) else f"{NAMES[n % len(NAMES)]} {n}"
        loans = [loan(str(n), wanted[n], f"L-{n}")] if n in wanted else []
        found.append(member(n, name, loans, saved_minor={"compulsory": 250_000}))
    ground = Ground(
        group="groupyrysaaaaaaa",
        code="KB-03",
        name="Ырыс",
        currency=SOM,
        on=TODAY,
        rules=rules(),
        members=tuple(found),
        places_minor={"box": 624_000},
        seen="aaaaaaaa.aaaaaaaa.7",
        seen_on=date(2026, 11, 7),
        number="37",
        codes=frozenset(f"L-{n}" for n in wanted),
        loan_names={one.id: one.code for woman in found for one in woman.loans},
        since=date(2025, 1, 10),
    )
    return replace(ground, **changes)
