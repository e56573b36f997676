"""A table of what members paid as dated amounts of one shape, with what is wrong told by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta

from shg_desk.domain import dates
from shg_desk.domain.money import AmountError
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.tables import headers
from shg_desk.tables.amount_cells import AmountReader
from shg_desk.tables.amount_cells import decimal_sign
from shg_desk.tables.amount_cells import thousands_sign
from shg_desk.tables.mapping import AmountColumn
from shg_desk.tables.mapping import Columns
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import find_column
from shg_desk.tables.mapping import is_unplaced
from shg_desk.tables.mapping import missing
from shg_desk.tables.mapping import place_columns
from shg_desk.tables.reading import Table
from shg_desk.tables.roster import cell_problem
from shg_desk.tables.roster import date_reader
from shg_desk.tables.roster import is_like_total
from shg_desk.tables.roster import is_nobodys
from shg_desk.tables.roster import told_like_total
from shg_desk.tables.roster import told_passed_over
from shg_desk.tables.sheet import Row

DEFAULT_KIND = "saving"
MOST_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One amount a member paid or got on a day: the table's row number, the column's header, minor units.

    `occurrence` counts from 1 the rows of the table with the same group, member, date, kind and column, whether or not
    their amount could be read, so that a corrected cell keeps its number. (source, group, member, date, kind, column,
    occurrence) names the amount for ever.
    """

    number: int
    group: str
    member: str
    household: str
    name: str
    date: date
    kind: str
    column: str
    amount_minor: int
    occurrence: int
    loan: str = ""

    def key(self, source: str) -> tuple[str, str, str, str, str, str, int]:
        """The row's key within all imports; the date as ISO."""
        return (source, self.group, self.member, self.date.isoformat(), self.kind, self.column, self.occurrence)


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """A member a table names, whether or not anything was paid, as the first row with her says."""

    number: int
    group: str
    member: str
    household: str
    name: str


@dataclass(frozen=True, slots=True)
class SavingsTable:
    """What a table says was paid.

    `members` are all it names, in its order; `empty` counts cells that are zero or blank (nothing paid); rows that are
    nobody's are among the `problems` as a warning; `source` names the import; `currency` is the map's, or ''.
    """

    rows: tuple[AmountRow, ...]
    members: tuple[MemberSeen, ...]
    empty: int
    problems: tuple[Problem, ...]
    source: str
    currency: str


@dataclass(frozen=True, slots=True)
class _Money:
    """One column of amounts, placed and with its way of reading."""

    place: int
    header: str
    day: date | None
    kind: str
    loan: str
    reader: AmountReader


def read_savings(
    table: Table,
    given: TableMap,
    *,
    today: date,
    minor_digits: int = 2,
    digits_of: Callable[[str], int] | None = None,
    currency: str = "",
    day: date | None = None,
    rounding: str | None = None,
) -> SavingsTable:
    """The amounts of a table.

    `day` holds for cells whose date neither the map's column nor the row says; `currency` and `minor_digits` are the
    group's; `digits_of` gives the decimal places by the group's code, where groups keep them differently; `rounding`
    names the mode for finer cells, without which they are problems. `today` fills in centuries; a day more than a year
    after it is no day of this table, for clocks are wrong by less. A bad cell is left out and told, the other cells of
    its row are taken.
    """
    source = given.source or table.name
    currency = given.currency or currency
    columns, found = place_columns(table, given)
    problems = [*table.problems, *found]
    money = _money_columns(table, given, currency, minor_digits, rounding, problems)
    problems += [missing(kind, table) for kind in ("group", "member") if not _is_named(columns, given, kind)]
    if not money and not is_unplaced(problems):
        problems.append(missing("amount", table))
    if day is None and not _is_named(columns, given, "date") and any(one.day is None for one in money):
        problems.append(missing("date", table))
    if is_unplaced(problems):
        return SavingsTable((), (), 0, tuple(problems), source, currency)
    reader = _Reader(table, given, columns, money, day, today, digits_of or (lambda group: minor_digits))
    for row in table.rows:
        reader.take(row)
    return SavingsTable(
        rows=tuple(reader.rows),
        members=tuple(reader.members.values()),
        empty=reader.empty,
        problems=(*problems, *told_passed_over(reader.passed_over), *reader.problems),
        source=source,
        currency=currency,
    )


def _is_named(columns: Columns, given: TableMap, kind: str) -> bool:
    """True where the map names it, even by a header that is missing (which is told already)."""
    return columns.has(kind) or kind in given.columns


def _money_columns(
    table: Table,
    given: TableMap,
    currency: str,
    minor_digits: int,
    rounding: str | None,
    problems: list[Problem],
) -> list[_Money]:
    wanted = list(given.amounts)
    if not wanted and "amount" in given.columns:
        wanted = [AmountColumn(given.columns["amount"])]
    found = []
    for one in wanted:
        # A single amount column has been looked for, and told, with the others.
        place = find_column(table, one.column, problems if given.amounts else [])
        if place is None:
            continue
        texts = [row.cell(place) for row in table.rows if place not in row.exact]
        sign = decimal_sign(texts, currency, given.decimal, given.thousands)
        grouping, is_told = thousands_sign(texts, currency), given.decimal is not None
        reader = AmountReader(currency, minor_digits, sign, given.thousands, rounding, grouping, is_told)
        found.append(_Money(place, table.header[place], one.date, one.kind, one.loan, reader))
    return found


class _Reader:
    """Takes the rows one by one and keeps what was seen."""

    def __init__(
        self,
        table: Table,
        given: TableMap,
        columns: Columns,
        money: list[_Money],
        day: date | None,
        today: date,
        digits_of: Callable[[str], int],
    ) -> None:
        self.latest = today + MOST_AHEAD
        self.digits_of = digits_of
        self.columns = columns
        self.money = money
        self.day = day
        self.read_date = date_reader(table, columns, "date", given, today)
        self.rows: list[AmountRow] = []
        self.members: dict[tuple[str, str], MemberSeen] = {}
        self.empty = 0
        self.passed_over: list[int] = []
        self.problems: list[Problem] = []
        self.occurrences: Counter[tuple[str, str, date, str, str]] = Counter()
        self.dates: dict[tuple[str, bool], date | Code] = {}
        self.amounts: dict[tuple[int, str, bool, int], tuple[int, Code | None]] = {}
        self.since_total: dict[str, dict[int, list[int]]] = {}  # what was taken, by group and column

    def take(self, row: Row) -> None:
        columns = self.columns
        if is_nobodys(columns, row, (one.place for one in self.money)):
            self.passed_over.append(row.number)
            if any(map(headers.begins_as_total, row.cells)):
                self._begin_anew(columns.text(row, "group"))
            return
        long = columns.too_long(row)
        if long is not None:
            self._problem(Code.TEXT_TOO_LONG, row, long)
            return
        group, member = columns.text(row, "group"), columns.text(row, "member")
        if not group:
            self._problem(Code.ROW_WITHOUT_GROUP, row, "group")
        if not member:
            self._problem(Code.ROW_WITHOUT_MEMBER, row, "member")
        if not (group and member):
            return
        if is_like_total(columns, row) and self._is_sum(row, group):
            self.passed_over.append(row.number)
            self._begin_anew(group)
            return
        seen = self.members.get((group, member))
        if seen is None:
            household, name = columns.text(row, "household"), columns.text(row, "name")
            self.problems += told_like_total(columns, row)
            seen = self.members[group, member] = MemberSeen(row.number, group, member, household, name)
        for one in self.money:
            self._take_cell(row, seen, one)

    def _is_sum(self, row: Row, group: str) -> bool:
        """Whether each sum of the row is what its column came to in the group's rows since the last total.

        One row alone proves nothing: members often pay the same.
        """
        digits, above = self.digits_of(group), self.since_total.get(group, {})
        said = {one.place: self._amount(one, row.cell(one.place), one.place in row.exact, digits) for one in self.money}
        sums = {place: amount for place, (amount, _) in said.items() if amount}
        taken = {place: above.get(place, []) for place in sums}
        is_of_several = any(len(one) > 1 for one in taken.values())
        return is_of_several and all(sum(taken[place]) == amount for place, amount in sums.items())

    def _begin_anew(self, group: str) -> None:
        """After a total, of the group where it says which."""
        if group in self.since_total:
            del self.since_total[group]
        else:
            self.since_total.clear()

    def _take_cell(self, row: Row, seen: MemberSeen, one: _Money) -> None:
        text = row.cell(one.place)
        amount, fault = self._amount(one, text, one.place in row.exact, self.digits_of(seen.group))
        day = one.day or self._date(row)
        kind = one.kind or self._kind(row)
        if isinstance(day, date) and kind:
            key = (seen.group, seen.member, day, kind, one.header)
            self.occurrences[key] += 1
        if amount == 0:
            self.empty += 1
            return
        if fault is not None:
            self.problems.append(cell_problem(fault, row, one.header, text))
            return
        if not isinstance(day, date):
            where = self.columns.header("date")
            self.problems.append(cell_problem(day, row, where, self.columns.text(row, "date")))
            return
        if day > self.latest:
            text = one.day.isoformat() if one.day else self.columns.text(row, "date") or day.isoformat()
            told = {"date": day.isoformat()}
            self.problems.append(cell_problem(Code.DAY_IN_FUTURE, row, self.columns.header("date"), text, **told))
            return
        if not kind:
            said = self.columns.text(row, "kind")
            kinds = ", ".join(headers.AMOUNT_KINDS)
            self.problems.append(
                cell_problem(Code.AMOUNT_KIND_UNKNOWN, row, self.columns.header("kind"), said, kinds=kinds)
            )
            return
        self.since_total.setdefault(seen.group, {}).setdefault(one.place, []).append(amount)
        self.rows.append(
            AmountRow(
                number=row.number,
                group=seen.group,
                member=seen.member,
                household=self.columns.text(row, "household"),
                name=self.columns.text(row, "name"),
                date=day,
                kind=kind,
                column=one.header,
                amount_minor=amount,
                occurrence=self.occurrences[key],
                loan=one.loan or self.columns.text(row, "loan"),
            )
        )

    def _amount(self, one: _Money, text: str, exact: bool, digits: int) -> tuple[int, Code | None]:
        """The amount of a cell, or what is wrong with it (then the amount is -1); a blank is zero."""
        if not text:
            return 0, None
        # Members pay the same few sums: each spelling is read once.
        known = self.amounts.get((one.place, text, exact, digits))
        if known is None:
            try:
                known = replace(one.reader, minor_digits=digits).read(text, exact), None
            except AmountError as error:
                known = -1, error.code
            self.amounts[one.place, text, exact, digits] = known
        return known

    def _date(self, row: Row) -> date | Code:
        """The row's date, else the one that holds for all, else why there is none."""
        text = self.columns.text(row, "date")
        if not text:
            return self.day or Code.DATE_UNREADABLE
        exact = self.columns.is_exact(row, "date")
        known = self.dates.get((text, exact))
        if known is None:
            try:
                known = self.read_date(text, exact)
            except dates.DateError as error:
                known = error.code
            self.dates[text, exact] = known
        return known

    def _kind(self, row: Row) -> str:
        text = self.columns.text(row, "kind")
        return (headers.amount_kind(text) or "") if text else DEFAULT_KIND

    def _problem(self, code: Code, row: Row, kind: str) -> None:
        self.problems.append(cell_problem(code, row, self.columns.header(kind), ""))
