"""Books for the contact sheet, a laptop and an office: empty, with twenty of all, with ten thousand, with long names.

Made through the program's own actions; only the ten thousand lines are written straight into the log, as the sheet
would write them. Keys cost nothing to guess, the clock is told the day. The office has the ten thousand from its
laptop's parcel, and the same 476 groups once more from a second one, a member each: so many codes given twice.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "actions"))

from desk_maker import CHEAP
from desk_maker import PASSPHRASE

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import add_key
from shg_desk.actions.books import make_book
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_officer
from shg_desk.actions.groups import set_rules
from shg_desk.actions.imports import import_roster
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import change_person
from shg_desk.actions.people import register_household
from shg_desk.actions.people import register_village
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.ids import new_id
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import groups as group_store
from shg_desk.tables.mapping import parse_map
from tests.meeting_grounds import NAMES

DAY = date(2026, 11, 21)
"""A Saturday; every book believes it is today."""
FIRST = date(2026, 2, 14)
FORTNIGHT = timedelta(days=14)
MEETINGS = 20
MEMBERS = 20
GROUPS = 20
TEN_THOUSAND = 10_000
LAPTOPS = 20
BIG = "roster-big.csv"
AGAIN = "roster-again.csv"
"""Its groups once more, each with its first member."""
FILLINGS = ("empty", "twenty", "ten_thousand", "long")


@dataclass(frozen=True)
class Wording:
    """Names and the size of sums: as they usually are, or as long as the field has them."""

    people: Sequence[str]
    group: str
    village: str
    place: str
    person: str
    office: str
    saving: int
    said: str

    def member(self, number: int) -> str:
        return self.people[number % len(self.people)]


USUAL = Wording(NAMES, "Ырыс", "Кара-Булак", "Кара-Булак", "Айгүл", "Исфана", 100, "Дептер, калем")
LONG = Wording(
    tuple(f"{name.split()[0]}-Токтогулова {name.split()[-1]} Абдыкадыр-Жумабековна" for name in NAMES),
    "«Береке-Ынтымак» аялдардын өз ара жардам тобу",
    "Жаңы-Арык-Токтогул (Төмөнкү)",
    "Жаңы-Арык-Токтогул айыл өкмөтү",
    "Абдыкадырова Бактыгүл Жумабековна",
    "Баткен облусунун Лейлек районунун кеңсеси",
    1_234_560,
    "Жыйынга келген мугалимдин жол киреси жана окуу куралдары, үч айылга бөлүштүрүлгөн",
)


def rules(words: Wording) -> dict[str, Any]:
    return {
        "lifecycle": "permanent",
        "savings": [
            {"code": "compulsory", "amount": str(words.saving), "compulsory": True},
            {"code": "voluntary", "amount": "0"},
        ],
        "social": str(words.saving // 5),
        "fines": {"late": "40", "absent": "60"},
        "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 24, "every": 2, "unit": "week"},
        "quorum_percent": 66,
        "meeting": {"weekday": 5, "every_weeks": 2, "time": "14:00"},
    }


TERMS = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 24, "every": 2, "unit": "week"}


@dataclass(frozen=True)
class Books:
    """What was made: the two books, and what the pages that show one thing are opened for."""

    laptop: Path
    office: Path
    words: Wording
    group: str = ""
    large_group: str = ""
    tables: Path | None = None


def make_books(folder: Path, filling: str) -> Books:
    """The books of one filling."""
    words = LONG if filling == "long" else USUAL
    clock = DemoClock(FIRST)
    laptop, office = _book(folder, "laptop", words, clock), _book(folder, "office", words, clock)
    made = Books(laptop.folder, office.folder, words, tables=folder)
    if filling != "empty":
        second = _book(folder, "second", words, clock)
        for desk, more in ((laptop, ""), (second, " 2")):
            _let_in(office, desk, folder, f"{words.place}{more}", ("KB-01",))
        for number in range(3, LAPTOPS + 1):
            one = _book(folder, f"laptop{number}", words, clock)
            _let_in(office, one, folder, f"{words.place} {number}")
            one.close()
        group = _fill(laptop, words, clock)
        made = replace(made, group=group)
        clock.move(DAY - timedelta(days=13))
        _exchange(folder / "Исфана-1", office, laptop, second)
        _twice(office, laptop, second, group, clock, folder)
        if filling == "ten_thousand":
            made = replace(made, large_group=_ten_thousand(laptop, folder))
            _roster(second, folder / AGAIN)
            for desk in (laptop, second):
                export_parcels(desk, folder / "Исфана-3")
            import_parcels(office, [folder / "Исфана-3"])
        second.close()
        for slot in range(3):
            add_key(laptop, f"{PASSPHRASE} {slot}", words.member(slot), cost=CHEAP)
    for desk in (laptop, office):
        desk.close()
    _tables(folder, words, TEN_THOUSAND if filling == "ten_thousand" else 20)
    return made


def _book(folder: Path, name: str, words: Wording, clock: DemoClock) -> Desk:
    role = "office" if name == "office" else "desk"
    place = words.office if role == "office" else f"{words.place}, {words.person}"
    new = NewBook(folder / f"{name}.shgbook", role, place, PASSPHRASE, "KGS")
    return make_book(new, clock=clock, random_bytes=Random(f"{name} {words.group}").randbytes, cost=CHEAP).desk


def _let_in(office: Desk, desk: Desk, folder: Path, label: str, groups: Sequence[str] = ()) -> None:
    request, grant = folder / f"{desk.book.device}.request", folder / f"{desk.book.device}.grant"
    digits = request_enrolment(desk, request).value.fingerprint
    grant_enrolment(office, request, grant, groups=groups, typed_fingerprint=digits, label=label)
    accept_grant(desk, grant)


def _fill(desk: Desk, words: Wording, clock: DemoClock) -> str:
    """The first group with its twenty members, their loans and meetings; and nineteen groups beside it."""
    village = register_village(desk, words.village).value
    group = _group(desk, "KB-01", words, village)
    members = []
    for number in range(1, MEMBERS + 1):
        born = f"{1960 + number}-05-{number:02d}"
        identity = {"sex": "f", "birth": born, "birth_certainty": "day", "father": "Жумабек", "language": "ky"}
        persons = [NewPerson(words.member(number - 1), identity), NewPerson("Азамат", {"sex": "m"})]
        home = register_household(
            desk, NewHousehold(f"KB-01-{number:02d}", village, words.said, "+996 555 123456", persons)
        ).value
        members.append(
            add_member(
                desk, NewMember(group, str(number), home.persons[0], home.household, str(100 + number), FIRST)
            ).value
        )
    for post, at in (("leader", 0), ("treasurer", 1), ("secretary", 2)):
        set_officer(desk, group, post, members[at], FIRST, DAY + timedelta(days=12))
    for number in range(2, GROUPS + 1):
        _group(desk, f"KB-{number:02d}", words, village)
    for at in range(MEETINGS):
        day = FIRST + FORTNIGHT * at
        clock.move(day)
        _meet(desk, group, day, words, at)
    return group


def _group(desk: Desk, code: str, words: Wording, village: str) -> str:
    name = words.group if code == "KB-01" else f"{words.group} {code[-2:]}"
    new = NewGroup(code, name, village, "permanent", "KGS", 2, smallest_minor=100, formed_on=FIRST)
    group = register_group(desk, new).value
    set_rules(desk, group, rules(words), FIRST)
    return group


def _meet(desk: Desk, group: str, day: date, words: Wording, at: int) -> None:
    """A meeting: all bring the usual; in the second one everybody borrows; the last but one is short of forty."""
    saving, social = words.saving * 100, words.saving * 20
    rows, box = [], _box(desk, group)
    for number in range(1, MEMBERS + 1):
        mark = Attendance.LATE if (number + at) % 9 == 0 else Attendance.PRESENT
        ins = [In("saving", saving, product="compulsory"), In("social", social)]
        if mark is Attendance.LATE:
            ins.append(In("fine", 4_000, why="late"))
        outs = (Out("loan", saving // 200 * 100, terms=TERMS),) if at == 1 else ()
        box += sum(one.amount_minor for one in ins) - sum(one.amount_minor for one in outs)
        rows.append(SheetRow(str(number), mark, ins=tuple(ins), outs=outs))
    lines = (GroupLine("expense", 18_000, text=words.said),) if at % 3 == 0 else ()
    box -= sum(line.amount_minor for line in lines)
    short = 4_000 if at == MEETINGS - 2 else 0
    named = (NamedDifference(-short, words.said, "open"),) if short else ()
    decided = (Decision(words.said, 17, 2, 1, "loan-approved"),) if at % 4 == 1 else ()
    counts = (Count(total_minor=box - short),)
    sheet = Sheet(group, day, rows=tuple(rows), lines=lines, counts=counts, differences=named, decisions=decided)
    record_meeting(desk, sheet)


def _box(desk: Desk, group: str) -> int:
    from shg_desk.store.ledger import balances

    return sum(one.amount_minor for one in balances(desk.book, group) if one.account.code == "box")


def _exchange(folder: Path, office: Desk, *desks: Desk) -> None:
    for desk in desks:
        export_parcels(desk, folder)
    import_parcels(office, [folder])
    export_parcels(office, folder)
    for desk in desks:
        import_parcels(desk, [folder])


def _twice(office: Desk, laptop: Desk, second: Desk, group: str, clock: DemoClock, folder: Path) -> None:
    """What the office has to settle: meetings, names and rules written on both laptops, one code given twice."""
    members = group_store.memberships(laptop.book, group)
    for at in range(3):
        clock.move(day := DAY - timedelta(days=9 - 3 * at))
        for desk, amount in ((laptop, 5_000), (second, 7_000)):
            rows = tuple(
                SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", amount + 100 * n, product="voluntary"),))
                for n in range(1, MEMBERS + 1 - at)
            )
            record_meeting(desk, Sheet(group, day, rows=rows))
    for one in members[:14]:
        assert one.person is not None
        for desk, more in ((laptop, "Айсулуу"), (second, "Айнура")):
            change_person(desk, one.person, {"name": f"{one.name} {more}", "sex": "f"})
    for desk, social in ((laptop, "25"), (second, "30")):
        set_rules(desk, group, {**rules(USUAL), "social": social}, DAY)
        register_group(desk, NewGroup("KB-99", f"Үмүт {social}", formed_on=DAY))
    clock.move(DAY)
    _exchange(folder / "Исфана-2", office, laptop, second)
    record_meeting(laptop, Sheet(group, DAY - timedelta(days=1), held=False, reason="snow", next_on=DAY))


def _ten_thousand(desk: Desk, folder: Path) -> str:
    """476 groups, 10,000 households and loans, 20,000 entries; gives the one group of 500 members among them."""
    lines = ["код;ФИО;топ;№"]
    sizes = [500, *[MEMBERS] * ((TEN_THOUSAND - 500) // MEMBERS)]
    for at, size in enumerate(sizes):
        lines += [f"T-{at:03d}-{n};{NAMES[n % 20]};T-{at:03d};{n}" for n in range(1, size + 1)]
    (folder / BIG).write_text("\n".join(lines) + "\n", "utf-8")
    first_ones = [line for line in lines if line.endswith(";1")]
    (folder / AGAIN).write_text("\n".join([lines[0], *first_ones]) + "\n", "utf-8")
    _roster(desk, folder / BIG)
    known = [one for one in group_store.groups(desk.book) if one.code and one.code.startswith("T-")]
    chance = Random(5)
    for one in known[:20]:
        set_rules(desk, one.id, rules(USUAL), FIRST)
    with desk.book.writing() as writer:
        for one in known:
            members = [m.id for m in group_store.memberships(desk.book, one.id)]
            for part in range(0, len(members), 150):
                body = _lent(desk, one.id, members[part : part + 150], FIRST + FORTNIGHT * (part // 150), chance)
                writer.append(desk.line("meeting", body))
    return next(one.id for one in known if one.code == "T-000")


def _roster(desk: Desk, file: Path) -> None:
    given, problems = parse_map({"columns": {"household": "код", "name": "ФИО", "group": "топ", "member": "№"}})
    assert not problems, problems
    import_roster(desk, file, given)


def _lent(desk: Desk, group: str, members: list[str], day: date, chance: Random) -> dict[str, Any]:
    blocks, loans = BlockWriter(), [new_id(desk.random_bytes) for _ in members]
    for index in range(len(members)):
        blocks.add("saving", [("box", 10_000), ("saving.compulsory", -10_000)], index, by="member")
    for index in range(len(members)):
        amount = 1_000 * chance.randint(1, 10)
        blocks.add("loan", [("principal", amount), ("box", -amount)], index, by="loan")
    terms = {"method": "flat", "rate": "2", "per": "month", "instalments": 6, "every": 2, "unit": "week"}
    return {
        "group": group,
        "date": day.isoformat(),
        "held": True,
        "number": "1",
        "members": members,
        "attendance": "p" * len(members),
        "loans": loans,
        "counts": [],
        "entries": blocks.blocks(),
        "new_loans": [
            {"amount": 1, "code": f"L-{day:%m}-{at + 1}", "loan": loan, "member": at, "terms": terms}
            for at, loan in enumerate(loans)
        ],
    }


def _tables(folder: Path, words: Wording, count: int) -> None:
    """Files to import: people and sums paid, with what cannot be read among them."""
    roster = ["код;ФИО;топ;№;Дата рождения;Село"]
    paid = ["топ;№;сумма;дата"]
    for number in range(1, count + 1):
        born = "31.02.1980" if number % 7 == 0 else f"{number % 28 + 1:02d}.05.1980"
        roster.append(f"N-{number};{words.member(number)};KB-07;{number};{born};{words.village}")
        paid.append(
            f"KB-01;{number % 20 + 1};{'жок' if number % 9 == 0 else words.saving};{number % 28 + 1:02d}.10.2026"
        )
    (folder / "roster.csv").write_text("\n".join(roster) + "\n", "utf-8")
    (folder / "paid.csv").write_text("\n".join(paid) + "\n", "utf-8")
