"""Made-up groups for the papers: long names, every kind of line, corrections, several languages."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from shg_desk.domain.ledger_fact import LedgerFact
from shg_desk.domain.money import Currency
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
