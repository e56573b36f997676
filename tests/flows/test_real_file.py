"""The main job from the outside: two laptops and an office, a year of savings of a whole province, to the last unit.

The oracle is the table itself, read by the csv module and added up as decimals.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from program import at_once
from program import good
from province import QUARTERS
from province import Province
from province import Totals

pytestmark = pytest.mark.usefixtures("installed")


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
    folder, answer = province.papers
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
