"""A year of savings of a whole province by the long road: from an empty office and two enrolled laptops to its papers.

The oracle is the table itself, read by the csv module and added up as decimals.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from cheap_books import enrol
from cheap_books import new_book
from program import at_once
from program import call
from program import good

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

    @cached_property
    def papers(self) -> tuple[Path, Any]:
        """The folder of everybody's booklets with the control totals, printed at the office, and what it answered."""
        folder = self.folder / "papers"
        asked = ("report", "passbook", "--period", "2016", "--control", "--out", folder)
        return folder, good(*asked, book=self.office)

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
