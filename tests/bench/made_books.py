"""An office and its laptops with made entries: groups of 20 that met every second week for three years until now.

Deterministic by seed and by the day they are made: half of the groups meet again within the week, as on any real day.
Books and parcels are made through the program's own actions; only the meetings are written straight into the log, as
the sheet would write them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from measuring import PASSPHRASE
from measuring import SHARED

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_rules
from shg_desk.actions.imports import import_savings
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.people import register_village
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.ids import new_id
from shg_desk.store.book import Writer
from shg_desk.sync.keyslots import Cost
from shg_desk.tables.mapping import parse_map

QUARTERS = ("2015-03-31", "2015-06-30", "2015-09-30", "2015-12-31")
CHEAP = Cost(8 * 1024, 1, 1)
RECIPE = 2
"""Grows when other books are made: the ones kept are made anew."""
KEPT_DAYS = 3
MEMBERS, MEETINGS, GROUPS_A_LAPTOP = 20, 78, 10
ENTRIES_A_MEETING = 48  # 20 savings, 20 social, 3 fines, 5 repayments; once a year 5 loans instead
A_YEAR = 26
LENT, REPAID, INTEREST = 3_000_000, 120_000, 28_800
CLOCK = (1_767_000_000, 360)
TERMS = {"method": "flat", "rate": "2", "rate_per": "month", "instalments": 12, "every": 1, "unit": "month"}
RULES = {
    "savings": [{"code": "usual", "amount": "50.00", "compulsory": True}],
    "social": "20.00",
    "fines": {"late": "10.00", "absent": "50.00"},
    "loan": TERMS,
    "meeting": {"every_weeks": 2, "time": "10:00"},
}


@dataclass(frozen=True)
class Province:
    """Where the made books lie: the office without a parcel, the laptops, their parcels; entries, since when."""

    folder: Path
    entries: int
    first: date = date.min

    @property
    def office(self) -> Path:
        return self.folder / "office.shgbook"

    @property
    def parcels(self) -> Path:
        return self.folder / "parcels"

    @property
    def laptops(self) -> list[Path]:
        return sorted(self.folder.glob("laptop*.shgbook"))


def province(folder: Path, entries: int, told: Callable[[str], None]) -> Province:
    """The books for about that many entries; made once, and found again as long as their last meetings are recent."""
    done, today = folder / "done.json", datetime.now(UTC).date()
    if done.exists():
        found = json.loads(done.read_text())
        if found["recipe"] == RECIPE and (today - date.fromisoformat(found["made"])).days <= KEPT_DAYS:
            return Province(folder, found["entries"], _first(date.fromisoformat(found["made"])))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = Province(folder, 0, _first(today))
    office = _book(made.office, "office", 1)
    a_laptop = GROUPS_A_LAPTOP * MEETINGS * ENTRIES_A_MEETING
    total = 0
    for number in range(max(1, round(entries / a_laptop))):
        told(f"making laptop {number + 1}, {total} entries so far")
        desk = _book(folder / f"laptop{number:02d}.shgbook", "desk", 100 + number)
        _enrol(office, desk, folder)
        groups = min(GROUPS_A_LAPTOP, max(1, round((entries - total) / a_laptop * GROUPS_A_LAPTOP)))
        total += _fill(desk, made.first, groups)
        export_parcels(desk, made.parcels)
        desk.close()
    office.close()
    done.write_text(json.dumps({"entries": total, "made": today.isoformat(), "recipe": RECIPE}))
    return Province(folder, total, made.first)


def _first(made: date) -> date:
    """The first day any group met: its last meeting is one to fourteen days before the books were made."""
    return made - timedelta(days=14 * MEETINGS)


def real_province(folder: Path) -> Province | None:
    """An office and one laptop that took in the real table of savings, or None where that table is not beside us."""
    table = SHARED / "samples" / "savings_groups" / "moz_household_quarterly_savings.csv"
    if not table.exists():
        return None
    made, done = Province(folder, 0), folder / "done.json"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        office = _book(made.office, "office", 1, "MZN")
        desk = _book(folder / "laptop00.shgbook", "desk", 2, "MZN")
        _enrol(office, desk, folder)
        entries = 0
        for quarter, day in enumerate(QUARTERS, start=1):
            columns = {"group": "associd", "member": "hhid", "amount": f"bp_v{quarter}_boxvalue"}
            given, problems = parse_map({"columns": columns, "constants": {"date": day, "kind": "saving"}})
            assert not problems
            entries += import_savings(desk, table, given, rounding="half-even").value.entries
        export_parcels(desk, made.parcels)
        desk.close()
        office.close()
        done.write_text(json.dumps({"entries": entries}))
    return Province(folder, json.loads(done.read_text())["entries"])


def _book(path: Path, role: str, seed: int, currency: str = "KGS") -> Desk:
    new = NewBook(path, role, path.stem, PASSPHRASE, currency, practice=True)
    return make_book(new, clock=lambda: CLOCK, random_bytes=Random(seed).randbytes, cost=CHEAP).desk


def _enrol(office: Desk, desk: Desk, folder: Path) -> None:
    request, grant = folder / "request.shgb", folder / "grant.shgb"
    digits = request_enrolment(desk, request).value.fingerprint
    grant_enrolment(office, request, grant, typed_fingerprint=digits, label=desk.folder.stem)
    accept_grant(desk, grant)
    request.unlink()
    grant.unlink()


def _fill(desk: Desk, first: date, groups: int) -> int:
    """Groups with their households, sealed names and meetings; gives how many entries were made."""
    chance = Random(desk.book.device)
    village = register_village(desk, "Кара-Булак", latin="Kara-Bulak").value
    total = 0
    for number in range(1, groups + 1):
        code = f"{desk.folder.stem[-2:]}-{number:02d}"
        since = first + timedelta(days=13 - number % 14)
        group = register_group(desk, NewGroup(code, "Ырыс", village, "permanent", "KGS", 2, formed_on=since)).value
        set_rules(desk, group, RULES, since)
        members = []
        for place in range(1, MEMBERS + 1):
            name = f"{chance.choice(SURNAMES)}ева {chance.choice(GIVEN)}"
            identity = {"sex": "f", "birth": f"{chance.randint(1958, 2003)}-05-12", "language": "ky"}
            household = NewHousehold(f"{code}-{place:02d}", village, persons=[NewPerson(name, identity)])
            made = register_household(desk, household).value
            member = NewMember(group, str(place), made.persons[0], made.household, str(100 + place), since)
            members.append(add_member(desk, member).value)
        with desk.book.writing() as writer:
            total += _three_years(desk, writer, group, since, members, chance)
    return total


SURNAMES = ("Асан", "Токтогул", "Жумабек", "Мамат", "Сыдык", "Осмон", "Ысмайыл", "Абдылда")
GIVEN = ("Айгүл", "Нургүл", "Бурул", "Гүлнара", "Жаңыл", "Сайкал", "Чынара", "Өктөм")


@dataclass
class _Group:
    """A group between its meetings: who is in it, what each usually saves, its loans of the year, and its box."""

    id: str
    members: list[str]
    usual: list[int]
    loans: list[str] = field(default_factory=list)
    box: int = 0


def _three_years(desk: Desk, writer: Writer, gid: str, since: date, members: list[str], chance: Random) -> int:
    group = _Group(gid, members, [chance.choice((5_000, 10_000, 20_000)) for _ in members])
    seen, made = None, 0
    for meeting in range(MEETINGS):
        if meeting % A_YEAR == 0:
            group.loans = [new_id(desk.random_bytes) for _ in range(5)]
        body = _meeting(group, since + timedelta(days=14 * meeting), meeting, chance)
        if seen:
            body["seen"] = seen
        seen = str(writer.append(desk.line("meeting", body)).name)
        made += sum(len(block["lines"]) for block in body["entries"])
    return made


def _meeting(group: _Group, day: date, number: int, chance: Random) -> dict[str, Any]:
    blocks = BlockWriter()
    brought = 0
    for index in range(MEMBERS):
        amount = group.usual[index] if chance.random() < 0.8 else 1_000 * chance.randint(1, 40)
        blocks.add("saving", [("box", amount), ("saving.usual", -amount)], index, by="member")
        brought += amount
    for index in range(MEMBERS):
        blocks.add("social", [("box", 2_000), ("social", -2_000)], index, by="member")
        brought += 2_000
    for index in sorted(chance.sample(range(MEMBERS), 3)):
        amount = 1_000 * chance.randint(1, 5)
        blocks.add("fine", [("box", amount), ("income.fines", -amount)], index, by="member", facts={"why": "late"})
        brought += amount
    more: dict[str, Any] = {}
    for index in range(len(group.loans)):
        if number % A_YEAR == 0:
            blocks.add("loan", [("principal", LENT), ("box", -LENT)], index, by="loan")
            brought -= LENT
        else:
            interest = INTEREST if chance.random() < 0.95 else INTEREST // 2
            parts = [("box", interest + REPAID), ("interest", -interest), ("principal", -REPAID)]
            blocks.add("repayment", parts, index, by="loan")
            brought += interest + REPAID
    if number % A_YEAR == 0:
        more["new_loans"] = [
            {"amount": LENT, "code": f"L-{number // A_YEAR * 5 + i + 1}", "loan": loan, "member": i * 3, "terms": TERMS}
            for i, loan in enumerate(group.loans)
        ]
    group.box += brought
    return {
        "group": group.id,
        "date": day.isoformat(),
        "held": True,
        "number": str(number + 1),
        "members": group.members,
        "attendance": "".join(chance.choice("pppppppppppppppppple") for _ in group.members),
        "loans": group.loans,
        "counts": [{"place": "box", "notes": [[100_000, chance.randint(1, 40)], [20_000, 3]], "expected": group.box}],
        "next": (day + timedelta(days=14)).isoformat(),
        "entries": blocks.blocks(),
        **more,
    }
