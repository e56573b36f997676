"""The amounts of a table held against the groups they are for, before anything is written: what stays out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from datetime import timedelta

from shg_desk.actions.desk import Desk
from shg_desk.actions.import_people import People
from shg_desk.actions.import_same import Told
from shg_desk.actions.import_same import clearly_another
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.money import Currency
from shg_desk.domain.money import major
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import in_table
from shg_desk.store import groups as groups_store
from shg_desk.store import imports as import_store
from shg_desk.store.derive_ledger import import_key
from shg_desk.tables.savings import AmountRow

ACCOUNTS = {"social": "social", "fine": "income.fines", "other": "income.other"}
"""Where imported amounts that are no savings go, by the kind of the column or row."""

AHEAD = timedelta(days=31)
"""A row dated further ahead of what the clock claims is taken and told; what is a year ahead, `tables` leaves out."""


class GroupsMoney:
    """What money each group of a table is kept in: its own, or the table's where the group is made by the import."""

    def __init__(self, desk: Desk, table: Currency) -> None:
        self._desk = desk
        self._table = table
        self._known: dict[str, Currency] = {}

    def of(self, code: str) -> Currency:
        """The currency of the group with that code."""
        if code not in self._known:
            gid = groups_store.id_with_code(self._desk.book, code)
            group = groups_store.group(self._desk.book, gid) if gid else None
            self._known[code] = group.currency if group else self._table
        return self._known[code]

    def digits(self, code: str) -> int:
        """How many decimal places that group keeps."""
        return self.of(code).minor_digits

    def rows_of(self, rows: Iterable[AmountRow], problems: list[Problem]) -> Iterator[AmountRow]:
        """The rows that are in their group's currency; the others are told in `problems`."""
        for row in rows:
            if self.of(row.group).code == self._table.code:
                yield row
            else:
                problems.append(_problem(Code.CURRENCY_DIFFERS, row))

    def fresh(self, rows: list[AmountRow], source: str, problems: list[Problem]) -> tuple[list[AmountRow], int]:
        """The rows not yet in the book, and how many are in it.

        What stays out is told in `problems`: a row whose amount was another then, a kind nobody knows, and what would
        make a day's sum larger than a record holds. What is taken and looks wrong is told as a warning.
        """
        known = import_store.known_amounts(self._desk.book.db, (import_key(*row.key(source)) for row in rows))
        taken, already = [], 0
        of_day: Counter[tuple[str, date]] = Counter()
        for row in rows:
            before = known.get(import_key(*row.key(source)))
            if before == row.amount_minor:
                already += 1
            elif before is not None:
                digits = self.digits(row.group)
                was, now = major(before, digits), major(row.amount_minor, digits)
                problems.append(_problem(Code.AMOUNT_CHANGED, row, before=was, now=now))
            elif row.kind not in ("saving", *ACCOUNTS):
                kinds = ", ".join(("saving", *ACCOUNTS))
                problems.append(_problem(Code.KIND_OF_LINE_UNKNOWN, row, Level.PROBLEM, kind=row.kind, kinds=kinds))
            elif of_day[row.group, row.date] + row.amount_minor > AMOUNT_LIMIT_MINOR:
                problems.append(_problem(Code.AMOUNT_TOO_LARGE, row))
            else:
                of_day[row.group, row.date] += row.amount_minor
                problems.extend(self._doubtful(row))
                taken.append(row)
        return taken, already

    def _doubtful(self, row: AmountRow) -> Iterator[Problem]:
        """What the paper may well say, and should be looked at: no coins make the amount, or its day is to come."""
        money = self.of(row.group)
        if row.amount_minor % money.smallest_minor:
            smallest = major(money.smallest_minor, money.minor_digits)
            amount = major(row.amount_minor, money.minor_digits)
            yield _problem(Code.ROW_NOT_PAYABLE, row, Level.WARNING, amount=amount, smallest=smallest)
        if row.date > self._desk.today() + AHEAD:
            yield _problem(Code.ROW_AHEAD, row, Level.WARNING, date=row.date.isoformat())


def under_their_numbers(people: People, rows: Iterable[AmountRow], problems: list[Problem]) -> Iterator[AmountRow]:
    """The rows whose name, where one is said, may be that of the number's bearer; the others are told, each once.

    Whose a number is says the book, and of one that is new, or whose name is not known, the first row that names her.
    """
    bearers: dict[tuple[str, str], Told] = {}
    told: set[int] = set()
    for row in rows:
        said = Told(row.name)
        bearer = said
        if row.name:
            number = (row.group, row.member)
            bearer = bearers.get(number) or people.bearer(people.known_group(row.group), row.member) or said
            bearers[number] = bearer
        if not clearly_another(said, bearer):
            yield row
        elif row.number not in told:
            told.add(row.number)
            facts: dict[str, Fact] = {"member": row.member, "group": row.group, "known": bearer.name, "says": row.name}
            problems.append(Problem(Code.NUMBER_OF_ANOTHER, in_table(row.number), {"row": row.number, **facts}))


def _problem(code: Code, row: AmountRow, level: Level = Level.PROBLEM, **more: Fact) -> Problem:
    return Problem(code, in_table(row.number, row.column), {"row": row.number, "column": row.column, **more}, level)
