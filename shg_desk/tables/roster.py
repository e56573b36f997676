"""A list of members or households as rows of one shape, with what is wrong told by row."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from shg_desk.domain import dates
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import in_table
from shg_desk.tables import headers
from shg_desk.tables.mapping import Columns
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import is_unplaced
from shg_desk.tables.mapping import missing
from shg_desk.tables.mapping import place_columns
from shg_desk.tables.posts import posts_of
from shg_desk.tables.reading import Table
from shg_desk.tables.sheet import Row

_SEXES = {
    **dict.fromkeys(("f", "female", "woman", "w", "girl", "ж", "жен", "женский", "женщина", "женск", "девочка"), "f"),
    **dict.fromkeys(("аял", "а", "аялзат", "кыз", "зан", "духтар", "занона", "ayol", "аёл", "qiz"), "f"),
    **dict.fromkeys(("m", "male", "man", "boy", "м", "муж", "мужской", "мужчина", "мужск", "мальчик"), "m"),
    **dict.fromkeys(("эркек", "э", "уул", "бала", "мард", "писар", "мардона", "erkak", "эркак", "ogil"), "m"),
}
_NAMES = ("name", "surname")
_WHO = ("member", "household", *_NAMES)
_OF_MANY = ("group", "village", "district")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a list, under the row's number; empty texts and None are *not said*.

    `birth` is the first day of what was said and `birth_certainty` how much that was (`day`, `month`, `year`,
    `about` for an age, '');
    `sex` is `f`, `m` or ''; `posts` are what `role` means, in the words of an officer's term; all other fields stand
    as typed, but for outer blanks.
    """

    number: int
    group: str = ""
    member: str = ""
    household: str = ""
    name: str = ""
    father_name: str = ""
    surname: str = ""
    sex: str = ""
    birth: date | None = None
    birth_certainty: str = ""
    village: str = ""
    district: str = ""
    phone: str = ""
    joined: date | None = None
    role: str = ""
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """All people of a table: `rows` that can be taken, and `problems`; what was passed over is among them as a warning.

    A bad cell costs only itself; a row without its group, its member's number or, where the table has a column of
    names, any name, and the second row of the same member, are left out whole.
    """

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    source: str


def read_roster(table: Table, given: TableMap, *, today: date) -> Roster:
    """The people of a table. `today` bounds births and fills in centuries; nothing is taken from a clock."""
    columns, problems = place_columns(table, given)
    if not any(columns.has(kind) or kind in given.columns for kind in _WHO):
        problems = (*problems, missing("member", table))
    if is_unplaced(problems):
        return Roster((), (*table.problems, *problems), given.source or table.name)
    reader = _Reader(table, given, columns, today)
    for row in table.rows:
        reader.take(row)
    return Roster(
        rows=tuple(reader.rows),
        problems=(*table.problems, *problems, *told_passed_over(reader.passed_over), *reader.problems),
        source=given.source or table.name,
    )


def is_nobodys(columns: Columns, row: Row, sums: Iterable[int] = ()) -> bool:
    """True for a line of totals, and for a note or signature: at most one thing said, and that in no column of `sums`.

    Who is named in words makes it a person's row whatever it begins with; a figure is hers too, but beside a total it
    counts how many there are. Words that begin as a total are no number of hers in a table that has a column of names.
    """
    who = {kind: text for kind in _WHO if (text := row.cell(columns.places.get(kind, -1)))}
    begins = headers.begins_as_total if any(kind in columns.places for kind in _NAMES) else headers.is_total
    heads = {kind: headers.is_total if kind in _NAMES else begins for kind in _WHO}
    if any(not text[0].isdigit() and not heads[kind](text) for kind, text in who.items()):
        return False
    filled = [cell for cell in row.cells if cell]
    first = next(iter(filled), "")
    is_of_many = any(first == row.cell(columns.places.get(kind, -1)) for kind in _OF_MANY)
    if (headers.is_total if is_of_many else begins)(first) or begins(who.get("member", "")):
        return True
    is_note = len(filled) <= 1 and not any(row.cell(place) for place in sums)
    return not who and (is_note or headers.begins_as_total(first))


def is_like_total(columns: Columns, row: Row) -> bool:
    """True where all the words that name somebody begin as a total: `Jami Karimova`, `Всего собрано`."""
    who = [text for kind in (*_WHO, "father_name") if (text := row.cell(columns.places.get(kind, -1)))]
    words = [text for text in who if not text[0].isdigit()]
    return bool(words) and all(map(headers.begins_as_total, words))


def told_like_total(columns: Columns, row: Row) -> tuple[Problem, ...]:
    """The warning that a person's row may be a total for all that: of a woman by name, which would count her twice."""
    for kind in _WHO:
        text = columns.text(row, kind)
        if headers.begins_as_total(text):
            told = cell_problem(Code.ROW_LIKE_TOTAL, row, columns.header(kind), text)
            return (replace(told, level=Level.WARNING),)
    return ()


def told_passed_over(numbers: Sequence[int]) -> tuple[Problem, ...]:
    """The warning that names the rows taken for nobody's, in runs (`8, 10-14`); none where there is no such row."""
    if not numbers:
        return ()
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    rows = ", ".join("-".join(map(str, run)) for run in runs)
    return (Problem(Code.ROWS_PASSED_OVER, facts={"n": len(numbers), "rows": rows}, level=Level.WARNING),)


def cell_problem(code: Code, row: Row, column: str, text: str, **more: Fact) -> Problem:
    """A problem with one cell: `where` is the row's number and the column's header."""
    return Problem(code, in_table(row.number, column), {"row": row.number, "column": column, "text": text, **more})


def date_reader(table: Table, columns: Columns, kind: str, given: TableMap, today: date) -> Callable[[str, bool], date]:
    """How one column's dates are read: by the map's form, else day first unless the column itself proves the other.

    The function it gives takes the text and whether the cell is the spreadsheet's own, and raises DateError.
    """
    place = columns.places.get(kind)
    texts = [] if place is None else [text for row in table.rows if (text := row.cell(place)) and "/" in text]
    order = dates.order_of(texts)
    latest = today if kind == "birth" else None

    def read(text: str, exact: bool) -> date:
        if exact and text.isdigit():
            return dates.from_serial(int(text))
        if given.date_format is not None:
            return dates.parse_as(text, given.date_format, reference=today, latest=latest)
        if order is None and dates.is_two_dates(text):
            raise dates.DateError(Code.DATE_AMBIGUOUS)
        return dates.parse_date(text, reference=today, order=order or dates.DAY_FIRST, latest=latest, whole=True)

    return read


class _Reader:
    """Takes the rows one by one and keeps what was seen."""

    def __init__(self, table: Table, given: TableMap, columns: Columns, today: date) -> None:
        self.columns = columns
        self.today = today
        self.given = given
        self.rows: list[RosterRow] = []
        self.passed_over: list[int] = []
        self.problems: list[Problem] = []
        self.seen: dict[tuple[str, str], int] = {}
        self.named_by: tuple[str, ...] = _WHO
        if columns.has("group") or columns.has("member"):  # a household is told by its code, a member by her name
            self.named_by = tuple(kind for kind in _NAMES if columns.has(kind)) or _WHO
        self.joined = date_reader(table, columns, "joined", given, today)
        self.birth = date_reader(table, columns, "birth", given, today)

    def take(self, row: Row) -> None:
        columns = self.columns
        if is_nobodys(columns, row) or self._is_bare_total(row):
            self.passed_over.append(row.number)
            return
        long = columns.too_long(row)
        if long is not None:
            self._problem(Code.TEXT_TOO_LONG, row, long)
            return
        said = {kind: columns.text(row, kind) for kind in RosterRow.__slots__ if kind in headers.KINDS}
        if not self._is_complete(row, said):
            return
        self.problems += told_like_total(columns, row)
        birth, certainty = self._birth(row, said["birth"])
        self.rows.append(
            RosterRow(
                number=row.number,
                sex=self._sex(row, said["sex"]),
                birth=birth,
                birth_certainty=certainty,
                joined=self._date(row, "joined", said["joined"]),
                posts=self._posts(row, said["role"]),
                **{kind: text for kind, text in said.items() if kind not in {"sex", "birth", "joined"}},
            )
        )

    def _is_bare_total(self, row: Row) -> bool:
        """Words that begin as a total, and nothing else in a list that says more of people: a total, and no person."""
        is_bare = sum(map(bool, row.cells)) == 1 and len(self.columns.places) > 1
        return is_bare and is_like_total(self.columns, row)

    def _is_complete(self, row: Row, said: dict[str, str]) -> bool:
        """Whether the row says who it is, once."""
        group, member = said["group"], said["member"]
        if not group and (self.columns.has("group") or self.columns.has("member")) and (member or said["name"]):
            self._problem(Code.ROW_WITHOUT_GROUP, row, "group")
            return False
        if not member and self.columns.has("member"):
            self._problem(Code.ROW_WITHOUT_MEMBER, row, "member")
            return False
        if not any(said[kind] for kind in self.named_by):
            self._problem(Code.ROW_WITHOUT_NAME, row, "name")
            return False
        first = self.seen.setdefault((group, member), row.number) if member else row.number
        if first != row.number:
            column = self.columns.header("member")
            self.problems.append(cell_problem(Code.DUPLICATE_ID, row, column, member, group=group, first=first))
            return False
        return True

    def _sex(self, row: Row, text: str) -> str:
        found = _SEXES.get(headers.folded(text), "") or _SEXES.get(text.casefold().strip(". "), "")
        if text and not found:
            self._problem(Code.SEX_UNKNOWN, row, "sex", text)
        return found

    def _posts(self, row: Row, text: str) -> tuple[str, ...]:
        posts, is_understood = posts_of(text)
        if not is_understood:
            told = cell_problem(Code.ROLE_UNKNOWN, row, self.columns.header("role"), text)
            self.problems.append(replace(told, level=Level.WARNING))
        return posts

    def _birth(self, row: Row, text: str) -> tuple[date | None, str]:
        if not text:
            return None, ""
        if (age := dates.AGE.fullmatch(text)) and int(age[1]) <= dates.OLDEST_YEARS:  # as the form of a person reads it
            return date(self.today.year - int(age[1]), 1, 1), "about"
        try:
            found = None if self.given.date_format else dates.partial_birth(text, latest=self.today)
            if found is None:
                found = dates.Birth(self.birth(text, self.columns.is_exact(row, "birth")), "day")
        except dates.DateError as error:
            code = Code.BIRTH_UNREADABLE if error.code is Code.DATE_UNREADABLE else error.code
            self._problem(code, row, "birth", text)
            return None, ""
        return found.day, found.certainty

    def _date(self, row: Row, kind: str, text: str) -> date | None:
        if not text:
            return None
        try:
            return self.joined(text, self.columns.is_exact(row, kind))
        except dates.DateError as error:
            self._problem(error.code, row, kind, text)
            return None

    def _problem(self, code: Code, row: Row, kind: str, text: str = "") -> None:
        self.problems.append(cell_problem(code, row, self.columns.header(kind), text))
