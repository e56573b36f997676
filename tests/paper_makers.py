"""Made-up groups for the papers: long names, every kind of line, corrections, several languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta
from itertools import count

from shg_desk.domain.ledger_fact import LedgerFact
from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.minutes import LoanName
from shg_desk.domain.minutes import Minutes
from shg_desk.domain.minutes import Person
from shg_desk.domain.minutes_reading import read_minutes
from shg_desk.domain.money import Currency
from shg_desk.domain.rules import FineRule
from shg_desk.domain.rules import Rules
from shg_desk.domain.rules import SavingProduct
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet import Waiver
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_posting import write_sheet
from shg_desk.domain.statement import Holder
from shg_desk.domain.statement import Statement
from shg_desk.domain.statement import member_statement
from shg_desk.reports.page import Printed

SOM = Currency("KGS", 2, 100)
SOMONI = Currency("TJS", 2, 1)
PRINTED = Printed(date(2026, 11, 21), "Айгүл Бакыт кызы", "Ырыс", saved_through=date(2026, 11, 20))
NAMES = {
    "ky": "Абдыкадырова-Жумагулова Сайкалбүбү Өмүрбековна",
    "ru": "Константинопольская-Мухаммаджанова Светлана Абдурахмановна",
    "tg": "Ҷумъабоева-Раҳматуллоҳӣ Ғуломҷонова Қурбонбӣ Ӯктамовна",
    "uz": "Oʻrinboyeva-Gʻulomqodirova Oʻgʻiloy Toʻxtasinovna",
}
START = date(2025, 7, 5)


class Ledger:
    """Entries of one group, written one after another."""

    def __init__(self) -> None:
        self.facts: list[LedgerFact] = []

    def add(self, member: str, kind: str, postings: list[tuple[str, int]], meeting: int, **known: object) -> LedgerFact:
        number = len(self.facts) + 1
        day = START + timedelta(days=14 * meeting)
        fact = LedgerFact(
            name=f"aaaaaaaa.1.{meeting + 1}#{number}",
            effective=known.pop("effective", day),  # type: ignore[arg-type]
            recorded=known.pop("recorded", day),  # type: ignore[arg-type]
            order=(meeting, "aaaaaaaa", "1", meeting + 1, number),
            kind=kind,
            postings=tuple((code, member, amount) for code, amount in postings),
            member=member,
            meeting=str(meeting + 1),
            corrects=known.pop("corrects", None),  # type: ignore[arg-type]
            facts=known,  # type: ignore[arg-type]
        )
        self.facts.append(fact)
        return fact


def ledger(members: int = 3, meetings: int = 12) -> Ledger:
    """Savings and social fund at every meeting, a loan with repayments, a fine, and one correction."""
    book = Ledger()
    for meeting in range(meetings):
        for index in range(members):
            who = f"m{index}"
            book.add(who, "saving", [("box", 10000), ("saving.compulsory", -10000)], meeting, product="compulsory")
            book.add(who, "social", [("box", 2000), ("social", -2000)], meeting)
            if meeting == 2 and index % 2 == 0:
                book.add(who, "loan", [("principal", 800000), ("box", -800000)], meeting, loan=f"L-{index + 1}")
            if 2 < meeting < 11 and index % 2 == 0:
                parts = [("box", 106000), ("interest", -6000), ("principal", -100000)]
                book.add(who, "repayment", parts, meeting, loan=f"L-{index + 1}")
            if meeting == 4 and index == 1:
                book.add(who, "fine-owed", [("fines", 2000), ("income.fines", -2000)], meeting, why="late")
                wrong = book.add(who, "fine", [("box", 2000), ("fines", -2000)], meeting)
                book.add(
                    who,
                    "fine",
                    [("box", -2000), ("fines", 2000)],
                    meeting,
                    corrects=wrong.name,
                    recorded=START + timedelta(days=14 * meeting + 7),
                )
    return book


def holder(index: int, lang: str = "ky") -> Holder:
    return Holder(f"m{index}", str(index + 1), NAMES[lang], "Өмүрбек", f"KB-03-{index + 1:02d}")


def statement(index: int = 0, lang: str = "ky", meetings: int = 12, **known: object) -> Statement:
    return member_statement(
        ledger(meetings=meetings).facts,
        holder(index, lang),
        group_name="Ырыс",
        group_code="KB-03",
        currency=SOM,
        **known,  # type: ignore[arg-type]
    )


RULES = Rules(
    version="aaaaaaaa.1.1",
    savings=(SavingProduct("compulsory", 10000, compulsory=True), SavingProduct("voluntary", 0)),
    social_minor=2000,
    fines=(FineRule("late", 2000), FineRule("absent", 5000)),
    loan_terms={"rate": "2", "rate_per": "month", "method": "flat", "instalments": 6},
    quorum_percent=60,
)
ON = date(2026, 11, 21)


def ground(members: int = 20, lang: str = "ky") -> Ground:
    """A group on its meeting's day: every third member has a loan, the second has two, number 4 owes a fine."""
    people = []
    for index in range(members):
        loans = []
        for extra in range(2 if index == 1 else 1 if index % 3 == 0 else 0):
            terms = read_terms(RULES.loan_terms, principal_minor=600000, start=date(2026, 9, 21))
            assert isinstance(terms, LoanTerms)
            code = f"L-{index + 1}{'b' * extra}"
            loans.append(LoanGround(f"loan{code}", code, Loan(f"loan{code}", terms.start, schedule(terms))))
        people.append(
            MemberGround(
                id=f"m{index}",
                number=str(index + 1),
                name=NAMES[lang] if index % 4 == 0 else f"{NAMES[lang].split()[1]} {index}",
                father="Өмүрбек" if index == 5 else None,
                nickname="Ӯ" if index == 6 else None,
                saved_minor={"compulsory": 370000, "voluntary": 1500 * index},
                fines_owed_minor=2000 if index == 3 else 0,
                loans=tuple(loans),
            )
        )
    return Ground(
        group="g",
        code="KB-03",
        name="Ырыс",
        currency=SOM,
        on=ON,
        rules=RULES,
        members=tuple(people),
        places_minor={"box": 624000, "bank": 660000},
        number="37",
    )


def sheet(members: int = 20) -> Sheet:
    """What was written on it: absent, late, represented, repayments, a loan, a withdrawal, lines, a count 40 short."""
    marks = {2: Attendance.ABSENT, 4: Attendance.LATE, 5: Attendance.EXCUSED, 7: Attendance.REPRESENTED}
    rows = []
    for index in range(members):
        mark = marks.get(index, Attendance.PRESENT)
        ins: list[In] = []
        outs: list[Out] = []
        if index != 2:
            ins = [In("saving", 10000, product="compulsory"), In("social", 2000)]
        if index == 2:
            ins = [In("fine-owed", 5000, why="absent")]
        if index % 3 == 0:
            ins.append(In("repayment", 212000 if index else 56000, loan=f"L-{index + 1}"))
        if index == 3:
            ins.append(In("fine", 2000))
        if index == 8:
            outs.append(Out("loan", 500000, terms={"instalments": 4}))
        if index == 9:
            ins.append(In("saving", 1500, product="voluntary"))
            outs.append(Out("withdrawal", 3000, product="voluntary"))
        by = "Жумагулова Зейнеп" if mark is Attendance.REPRESENTED else None
        rows.append(SheetRow(str(index + 1), mark, by, "1" if index == 7 else None, tuple(ins), tuple(outs)))
    lines = (
        GroupLine("expense", 18000, text="тетради, ручки", what="notebooks"),
        GroupLine("transfer", 300000, source="box", target="bank", text="Айыл Банк", receipt="0881", carried_by="1"),
    )
    written = Sheet(
        group="g",
        on=ON,
        number="37",
        rows=tuple(rows),
        lines=lines,
        decisions=(Decision("Бакыт кызы Айгүлгө карыз 5 000 сом берилсин", 14, 1, 2),),
        waivers=(Waiver("5", "late", "автобус сынды"),),
        next_on=date(2026, 12, 5),
    )
    counted = cash_of(ground(members), written).expected_minor - 4000
    thousands = counted // 100000
    return replace(
        written,
        counts=(Count(notes={100000: thousands, 500: (counted - thousands * 100000) // 500}),),
        differences=(NamedDifference(-4000, "unknown", "open"),),
    )


def meeting(members: int = 20, lang: str = "ky") -> Minutes:
    """The minutes of that sheet, through the record it becomes."""
    return minutes_read(ground(members, lang), sheet(members))


def minutes_read(before: Ground, sheet: Sheet) -> Minutes:
    """The minutes of a sheet, through the record it becomes."""
    written = write_sheet(before, sheet, (f"loan-new{n}" for n in count()))
    people = {m.id: Person(m.id, m.number, m.name, m.father) for m in before.members}
    loans = {loan.id: LoanName(loan.code, m.id) for m in before.members for loan in m.loans}
    return read_minutes(
        "aaaaaaaa.1.99",
        written.body,
        group_name=before.name,
        group_code=before.code,
        currency=before.currency,
        people=people,
        loans=loans,
        texts=written.texts,
        quorum_needed=before.rules.quorum(len(before.members)),
    )
