"""The main job from the outside: two laptops and an office, a year of savings of a whole province, to the last unit.

The oracle is the table itself, read by the csv module and added up as decimals.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from cheap_books import enrol
from cheap_books import new_book
from program import at_once
from program import call
from program import good

pytestmark = pytest.mark.usefixtures("installed")

QUARTERS = {
    "bp_v1_boxvalue": "2016-03-31",
    "bp_v2_boxvalue": "2016-06-30",
    "bp_v3_boxvalue": "2016-09-30",
    "bp_v4_boxvalue": "2016-12-31",
}
MAP = {
    "currency": "MZN",
    "columns": {"group": "associd", "member": "hhid"},
    "amounts": [{"column": column, "date": day, "kind": "saving"} for column, day in QUARTERS.items()],
    "source": "2016",
}
Totals = dict[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Source:
    """A table of savings and what it comes to."""

    header: list[str]
    rows: list[dict[str, str]]

    @classmethod
    def of(cls, path: Path) -> Source:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        return cls(list(reader.fieldnames or ()), rows)

    @property
    def groups(self) -> list[str]:
        return list(dict.fromkeys(row["associd"] for row in self.rows))

    def part(self, path: Path, groups: list[str]) -> Path:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, self.header)
            writer.writeheader()
            writer.writerows(row for row in self.rows if row["associd"] in groups)
        return path

    def cells(self) -> list[tuple[str, str, str, Decimal]]:
        """Group, member, day, amount: every cell that holds money."""
        return [
            (row["associd"], row["hhid"], day, amount)
            for row in self.rows
            for column, day in QUARTERS.items()
            if (amount := Decimal(row[column] or "0").quantize(Decimal("0.01"), ROUND_HALF_EVEN))
        ]

    def fine_cells(self) -> int:
        """Cells finer than the smallest coin."""
        cells = [Decimal(row[column] or "0") for row in self.rows for column in QUARTERS]
        return sum(cell != cell.quantize(Decimal("0.01")) for cell in cells)

    def by_group(self) -> Totals:
        """Money by (group, day)."""
        found: Totals = {(group, day): Decimal() for group in self.groups for day in QUARTERS.values()}
        for group, _, day, amount in self.cells():
            found[group, day] += amount
        return found


def invented(path: Path) -> Source:
    """A small table of the same shape: more columns than are asked for, zeros, blanks, five cells too fine."""
    lines = [
        "prov,associd,hhid,treatment,bl_hhsize,bp_v0_target,bp_v1_boxvalue,bp_v2_boxvalue,bp_v3_boxvalue,bp_v4_boxvalue"
    ]
    fine = 0
    for group in range(10, 16):
        for number in range(1, 13):
            seed = group * 131 + number * 17
            cells = [
                str(seed % 40 * 125 if seed % 3 else 0),
                str(seed % 57 * 25),
                "" if seed % 5 else "0",
                f"{seed % 91}.5",
            ]
            if group == 12 and fine < 5:
                cells[3], fine = "9216.900391", fine + 1
            lines.append(f"1,{group},{group}{number:03d},{seed % 2},{seed % 9},,{','.join(cells)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Source.of(path)


class Province:
    """An office and two laptops after the whole job."""

    def __init__(self, folder: Path, source: Source, *, cheap: bool) -> None:
        self.folder = folder
        self.source = source
        self.cheap = cheap
        self.office = folder / "office.shgbook"
        self.desks = [folder / "one.shgbook", folder / "two.shgbook"]
        half = len(source.groups) // 2
        self.halves = [source.groups[:half], source.groups[half:]]
        self.map = folder / "map.json"
        self.map.write_text(json.dumps(MAP))
        self.made()
        self.enrolled()
        self.imported()
        self.sent()

    @property
    def books(self) -> list[Path]:
        return [self.office, *self.desks]

    def made(self) -> None:
        if self.cheap:
            new_book(self.office, "office", "MZN")
            for desk in self.desks:
                new_book(desk, "desk", "MZN")
            return
        good("book", "init", self.office, "--role", "office", "--name", "Office", "--currency", "MZN")
        for desk in self.desks:
            good("book", "init", desk, "--role", "desk", "--name", desk.stem, "--currency", "MZN")

    def enrolled(self) -> None:
        for desk in self.desks:
            enrol(desk, self.office, self.folder)

    def imported(self) -> None:
        self.left_out = []
        self.problems = []
        tables = []
        for desk, groups in zip(self.desks, self.halves, strict=True):
            table = self.source.part(self.folder / f"{desk.stem}.csv", groups)
            tables.append(table)
            said = call("import", "savings", table, "--map", self.map, book=desk)
            fine = [p for p in said.value["problems"] if p["code"] == "amount-too-fine"]
            assert said.code == (1 if fine else 0)
            assert fine == said.value["problems"]
            self.problems += [(table, p["facts"]["row"], p["facts"]["column"]) for p in fine]
            self.left_out.append(len(fine))
        rounding = ("--map", self.map, "--rounding", "half-even")
        self.second = at_once(
            *((("import", "savings", table, *rounding), desk) for table, desk in zip(tables, self.desks, strict=True))
        )

    def sent(self) -> None:
        self.stick, self.returns = self.folder / "stick", self.folder / "returns"
        at_once(*((("bundle", "export", "--to", self.stick), desk) for desk in self.desks))
        self.taken = good("bundle", "import", self.stick, book=self.office)
        good("bundle", "export", "--to", self.returns, book=self.office)
        at_once(*((("bundle", "import", self.returns), desk) for desk in self.desks))


@pytest.fixture(scope="module")
def made_here(tmp_path_factory: pytest.TempPathFactory) -> Province:
    folder = tmp_path_factory.mktemp("made")
    return Province(folder, invented(folder / "all.csv"), cheap=True)


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Province:
    path = shared / "samples" / "savings_groups" / "moz_household_quarterly_savings.csv"
    return Province(tmp_path_factory.mktemp("real"), Source.of(path), cheap=False)


@pytest.fixture(params=["made_here", pytest.param("real", marks=pytest.mark.needs("shared"))])
def province(request: pytest.FixtureRequest) -> Province:
    found: Province = request.getfixturevalue(request.param)
    return found


def test_the_real_table_is_the_one_we_know(real: Province) -> None:
    assert (len(real.source.rows), len(real.source.groups), real.source.fine_cells()) == (3081, 42, 5)
    assert [len(groups) for groups in real.halves] == [21, 21]


def test_cells_too_fine_are_named_by_row_and_then_taken(province: Province) -> None:
    assert sum(province.left_out) == province.source.fine_cells() == 5
    for table, row, column in province.problems:
        with table.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        cell = Decimal(rows[row - 2][column])  # counted as a spreadsheet does, under a header
        assert cell != cell.quantize(Decimal("0.01"))
    assert [counts["entries"] for counts in province.second] == province.left_out
    cells = Counter(group in province.halves[0] for group, *_ in province.source.cells())
    assert [counts["known"] + counts["entries"] for counts in province.second] == [cells[True], cells[False]]
    assert all(counts["problems"] == [] for counts in province.second)


def test_the_office_holds_what_both_sent(province: Province) -> None:
    assert {name: province.taken[name] for name in ("known", "held", "quarantined", "refused")} == {
        "known": 0, "held": 0, "quarantined": 0, "refused": 0,
    }  # fmt: skip
    info = at_once(*((("book", "info"), book) for book in province.books))
    office, *desks = info
    assert office["entries"] == sum(desk["entries"] for desk in desks) == len(province.source.cells())
    assert office["operations"] == sum(desk["operations"] for desk in desks) == province.taken["new"]
    assert office["groups"] == len(province.source.groups)
    for one in info:
        assert one["states"] == {"reconciled": one["operations"]}


def test_every_total_is_the_tables_own_on_the_command_line(province: Province) -> None:
    expected = province.source.by_group()
    so_far = dict.fromkeys(province.source.groups, Decimal())
    for day in QUARTERS.values():
        for group in so_far:
            so_far[group] += expected[group, day]
        found = good("ledger", "balances", "--at", day, book=province.office)["balances"]
        boxes = {line["group"]: Decimal(line["amount"]) for line in found if line["account"] == "box"}
        assert boxes == {group: amount for group, amount in so_far.items() if group in boxes}
        assert all(not amount for group, amount in so_far.items() if group not in boxes)
        sums: Counter[str] = Counter()
        for line in found:
            sums[line["group"]] += Decimal(line["amount"])  # type: ignore[assignment]
        assert not any(sums.values())
    members: dict[tuple[str, str], Decimal] = {}
    for group, member, _, amount in province.source.cells():
        members[group, member] = members.get((group, member), Decimal()) - amount
    assert {
        (line["group"], line["member"]): Decimal(line["amount"]) for line in found if "saving" in line["account"]
    } == members


def test_every_entry_is_a_cell_of_the_table(province: Province) -> None:
    entries = good("ledger", "entries", book=province.office)["entries"]
    cells = Counter((group, member, day, -amount) for group, member, day, amount in province.source.cells())
    lines = [line for line in entries if line["member"] is not None]
    assert Counter((one["group"], one["member"], one["effective"], Decimal(one["amount"])) for one in lines) == cells
    assert {(one["currency"], one["kind"], one["state"], one["source"]) for one in entries} == {
        ("MZN", "saving", "reconciled", "2016")
    }
    by_group: Totals = dict.fromkeys(province.source.by_group(), Decimal())
    for one in entries:
        if one["account"] == "box":
            by_group[one["group"], one["effective"]] += Decimal(one["amount"])
    assert by_group == province.source.by_group()


_SPAN = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) to (\d\d)\.(\d\d)\.(\d{4})")
_FIGURE = r"(\d{1,3}(?:\s\d{3})*\.\d\d)"
_SUMS = re.compile(rf"(Total of the ledger|Sum of \d+ booklets?) (\d+) {_FIGURE} {_FIGURE}")


def control_figures(pdf: Path) -> list[tuple[str, str, list[tuple[int, Decimal, Decimal]]]]:
    """First and last day of each period on the paper, with lines, in and out of the ledger and of the booklets."""
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    document.close()
    starts = list(_SPAN.finditer(text))
    found = []
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        part = text[start.end() : after.start() if after else len(text)]
        sums = [
            (int(lines), *(Decimal(re.sub(r"\s", "", figure)) for figure in figures))
            for _, lines, *figures in _SUMS.findall(part)
        ]
        d = start.groups()
        found.append((f"{d[2]}-{d[1]}-{d[0]}", f"{d[5]}-{d[4]}-{d[3]}", sums))
    return found


def test_every_total_is_the_tables_own_on_paper(province: Province) -> None:
    folder = province.folder / "papers"
    answer = good("report", "passbook", "--period", "2016", "--control", "--out", folder, book=province.office)
    expected = province.source.by_group()
    assert answer["members"] == len(province.source.rows)
    assert len(answer["files"]) == 2 * len(province.source.groups)
    pages = 0
    for group in province.source.groups:
        figures = {(first, last): sums for first, last, sums in control_figures(folder / f"{group}-control.pdf")}
        year = figures.pop(("2016-01-01", "2016-12-31"))
        assert {last for _, last in figures} == set(QUARTERS.values())
        for (_, last), (ledger, booklets) in figures.items():
            assert ledger == booklets
            assert ledger[1:] == (expected[group, last], 0), (group, last)
        assert year[0] == year[1]
        assert year[0][1] == sum(expected[group, day] for day in QUARTERS.values())
        totals = answer["totals"][group]
        assert totals["agree"]
        assert [Decimal(part["in"]) for part in totals["periods"]] == [expected[group, q] for q in QUARTERS.values()]
        with pypdfium2.PdfDocument(folder / f"{group}.pdf") as document:
            pages += len(document)
    assert pages >= len(province.source.rows)  # each member begins a page


def test_all_three_books_are_sound(province: Province) -> None:
    for checked in at_once(*((("book", "check"), book) for book in province.books)):
        assert checked["ok"]
        assert checked["problems"] == []


def test_every_parcel_twice_more_changes_nothing(province: Province) -> None:
    def state() -> list[tuple[str, int, int]]:
        found = at_once(*((("book", "info"), book) for book in province.books))
        return [(one["digest"], one["entries"], one["operations"]) for one in found]

    before = state()
    balances = good("ledger", "balances", book=province.office)
    for _ in range(2):
        again, *_ = at_once(
            (("bundle", "import", province.stick), province.office),
            *((("bundle", "import", province.returns), desk) for desk in province.desks),
        )
        assert (again["new"], again["known"]) == (0, province.taken["new"])
    assert state() == before
    assert good("ledger", "balances", book=province.office) == balances


def test_nothing_differs_between_a_laptop_and_the_office(province: Province) -> None:
    """The comparing verb says so too: everything of the laptop is at the office."""
    desk = province.desks[0]
    found = good("reconcile", desk, province.office)
    cells = [group for group, *_ in province.source.cells()]
    own = sum(group in province.halves[0] for group in cells)
    assert found["counts"]["matched"] == own
    assert found["missing_right"] == []
    assert len(found["missing_left"]) == len(cells) - own
