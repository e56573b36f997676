"""The empty meeting sheet, A4 landscape: rows for a pen, what is expected in the cells' corners, count, signatures.

A power cut is answered with this paper: members, columns and their order are those of the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from shg_desk.domain.namesakes import shared_names
from shg_desk.domain.namesakes import told_apart
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet_columns import SheetColumn
from shg_desk.domain.sheet_columns import expected_minor
from shg_desk.domain.sheet_columns import sheet_columns
from shg_desk.domain.sheet_figures import LEAVERS_KINDS
from shg_desk.domain.sheet_figures import sheet_lines
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.before_words import before_lines
from shg_desk.i18n.catalog import Words
from shg_desk.reports.frame import CELL_GAP
from shg_desk.reports.frame import LEADING
from shg_desk.reports.frame import Frame
from shg_desk.reports.page import A4_LANDSCAPE
from shg_desk.reports.page import MM
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.typeface import MEDIUM
from shg_desk.reports.typeface import REGULAR
from shg_desk.reports.typeface import fitting
from shg_desk.reports.typeface import text_width
from shg_desk.reports.typeface import wrapped

ROW = 7.5 * MM
SIZE, SMALL = 11.0, 8.0
NUMBER, NAME, MARK, SIGN = 9 * MM, 52 * MM, 20 * MM, 24 * MM
EMPTY_LINES = 4


def meeting_sheet(
    ground: Ground, words: Words, printed: Printed, *, notes_minor: Sequence[int] = (), agenda: Sequence[str] = ()
) -> Paper:
    """The sheet of one group for the day of its ground; `notes_minor` are the notes and coins to count, largest first.

    Columns are those the group usually has, and one more for other money on each side; `agenda` stands over them, and
    what moved since the last meeting.
    """
    return _Sheet(ground, words, printed, notes_minor).draw(agenda)


class _Sheet:
    def __init__(self, ground: Ground, words: Words, printed: Printed, notes_minor: Sequence[int]) -> None:
        self.ground = ground
        self.words = words
        self.notes_minor = notes_minor
        self.shared = shared_names(member.name for member in ground.members)
        every = sheet_columns(ground)
        self.columns = [column for column in every if not column.rare or column.key in ("other", "other-out")]
        group = f"{ground.name} ({ground.code})"
        when = formats.date_with_weekday(words, ground.on)
        number = words._("meeting {number}").format(number=ground.number)
        self.head = f"{group} · {number} · {when}"
        title = words._("Meeting sheet")
        self.frame = Frame(
            words,
            printed,
            title=f"{title}, {group}",
            running=f"{self.head} · {title}",
            size=A4_LANDSCAPE,
            margin_mm=9,
        )
        room = self.frame.width - NUMBER - NAME - MARK - SIGN
        self.cell = room / len(self.columns)

    def draw(self, agenda: Sequence[str]) -> Paper:
        frame = self.frame
        frame.text(self.head, 14, 600)
        if agenda:
            said = ledger_words.listed(agenda)
            frame.text(self.words._("{what}: {name}").format(what=self.words._("Agenda"), name=said), SMALL)
        for said in before_lines(self.words, self.ground):
            frame.text(said, SMALL)
        frame.space(3)
        self._table_head()
        for line in sheet_lines(self.ground):
            self._row(line.member, line.loan, first=line.first)
        self._totals()
        self._foot()
        return frame.finish()

    def _amount(self, amount_minor: int) -> str:
        return formats.amount(self.words, amount_minor, self.ground.currency)

    def _title(self, column: SheetColumn) -> str:
        if column.key in ("other", "other-out"):
            side = self.words._("in") if column.side == "in" else self.words._("out")
            return self.words._("{what}, {detail}").format(
                what=ledger_words.column(self.words, "other-in"), detail=side
            )
        is_usual_out = column.kind == "withdrawal" and not column.further
        return ledger_words.column(self.words, column.kind if is_usual_out else column.key)

    def _table_head(self) -> None:
        frame, words = self.frame, self.words
        unit = formats.unit(words, self.ground.currency.code)
        titles = [
            ("№", NUMBER),
            (words._("Name"), NAME),
            (words._("Came"), MARK),
            *((self._title(column), self.cell) for column in self.columns),
            (words._("Signature"), SIGN),
        ]
        small = min(fitting(title, 9.5, MEDIUM, width - 2 * CELL_GAP) for title, width in titles)
        laid = [wrapped(title, small, MEDIUM, width - 2 * CELL_GAP) for title, width in titles]
        height = max(len(lines) for lines in laid) * small * LEADING + SMALL * LEADING + 5
        frame.pages.grey(frame.left, frame.y, frame.width, height)
        x = frame.left
        for place, ((_, width), lines) in enumerate(zip(titles, laid, strict=True)):
            for index, line in enumerate(lines):
                y = frame.y + small + 1 + index * small * LEADING
                frame.pages.text(x + CELL_GAP, y, line, small, MEDIUM, width=width - 2 * CELL_GAP)
            column = self.columns[place - 3] if 3 <= place < 3 + len(self.columns) else None
            under = unit if column else ""
            if column and column.usual_minor:
                under = formats.money(words, column.usual_minor, self.ground.currency)
            frame.pages.text(x + CELL_GAP, frame.y + height - 4, under, SMALL, width=width - 2 * CELL_GAP)
            x += width
        frame.y += height
        frame.pages.rule(frame.left, frame.y, frame.width, 1.2)

    def _row(self, member: MemberGround, loan: LoanGround | None, *, first: bool) -> None:
        frame = self.frame
        named = told_apart(member.name, member.father, self.shared)
        name = " ".join(filter(None, (named, member.nickname and f"({member.nickname})")))
        names: tuple[str, ...] = (name,)
        size = SIZE
        if text_width(name, SIZE) > NAME - 2 * CELL_GAP:
            size = 8.5
            names = wrapped(name, size, REGULAR, NAME - 2 * CELL_GAP)
        height = max(ROW, len(names) * size * 1.1 + 2)
        if frame.y + height > frame.bottom:
            frame.page()
            self._table_head()
        if first:
            base = frame.y + ROW / 2 + 4
            frame.pages.text(frame.left + CELL_GAP, base, member.number, SIZE, MEDIUM, width=NUMBER - 2 * CELL_GAP)
            start = base if len(names) == 1 else frame.y + size + 1.5
            for index, line in enumerate(names):
                x, y = frame.left + NUMBER + CELL_GAP, start + index * size * 1.1
                frame.pages.text(x, y, line, size, width=NAME - 2 * CELL_GAP)
        x = frame.left + NUMBER + NAME + MARK
        left = member.has_left(self.ground.on)
        for column in self.columns:
            if left and column.kind not in LEAVERS_KINDS:
                x += self.cell
                continue
            asked = expected_minor(self.ground, member, column, loan) if first or column.kind == "repayment" else 0
            if asked:
                self._proposal(x, height, asked, loan if column.kind == "repayment" else None)
            x += self.cell
        self._lines(height)

    def _proposal(self, x: float, height: float, asked_minor: int, loan: LoanGround | None) -> None:
        """What is expected, small and in an outlined box in the cell's lower corner: it counts for nothing.

        Its loan stands before it, or above it where it is called by more than its code.
        """
        frame = self.frame
        text, most, above = self._amount(asked_minor), self.cell - 6, ""
        if loan is not None:
            whole = f"{loan.code}: {text}"
            text, above = (whole, "") if text_width(whole, SMALL) + 4 <= most else (text, loan.code)
        width = min(text_width(text, SMALL) + 4, most)
        top = frame.y + height - SMALL - 4
        frame.pages.box(x + 2, top - 1, width, SMALL + 3)
        frame.pages.text(x + 2, top - 3, above, SMALL - 2, width=most)
        frame.pages.text(x + 4, top + SMALL - 1, text, SMALL, width=width - 4)

    def _lines(self, height: float) -> None:
        frame = self.frame
        x = frame.left
        edges = [NUMBER, NAME, MARK, *(self.cell for _ in self.columns), SIGN]
        thick = {3, 3 + sum(column.side == "in" for column in self.columns), 3 + len(self.columns)}
        for place, width in enumerate([0.0, *edges]):
            x += width
            frame.pages.upright(x, frame.y, height, 1.2 if place in thick else 0.5)
        frame.y += height
        frame.pages.rule(frame.left, frame.y, frame.width)

    def _totals(self) -> None:
        frame = self.frame
        frame.need(ROW)
        frame.pages.rule(frame.left, frame.y, frame.width, 1.2)
        frame.pages.text(
            frame.left + NUMBER + CELL_GAP, frame.y + ROW / 2 + 4, self.words._("Total"), SIZE, 600, width=NAME
        )
        self._lines(ROW)
        frame.y += 6

    def _foot(self) -> None:
        """Under the table: the group's own lines and decisions at the left, the count of the box at the right."""
        frame, words = self.frame, self.words
        rows = max(len(self.notes_minor) + 6, 2 * EMPTY_LINES + 3)
        row = 6.4 * MM
        frame.need(rows * row + 13 * MM)
        half = frame.width * 0.58
        top = frame.y
        self._blank_lines(top, half - 8, row)
        self._count(frame.left + half, top, frame.width - half, row)
        frame.y = top + rows * row
        frame.signatures((words._("Leader"), words._("Treasurer"), words._("Secretary"), words._("Next meeting")))

    def _blank_lines(self, top: float, width: float, row: float) -> None:
        frame, words = self.frame, self.words
        y = top
        blocks = (
            (words._("Bank, lender, expenses, other: what, from, to, amount"), EMPTY_LINES),
            (words._("Decisions: for, against, abstained"), EMPTY_LINES),
        )
        for head, lines in blocks:
            frame.pages.text(frame.left, y + 11, head, 9.5, MEDIUM, width=width)
            y += row
            for _ in range(lines):
                y += row
                frame.pages.rule(frame.left, y, width)
            y += 4

    def _count(self, left: float, top: float, width: float, row: float) -> None:
        frame, words = self.frame, self.words
        start = self.ground.places_minor.get("box", 0)
        unit = formats.unit(words, self.ground.currency.code)
        y = top
        head = words._("Count of the box, {unit}").format(unit=unit)
        frame.pages.text(left, y + 11, head, 9.5, MEDIUM, width=width)
        y += row
        third = width / 3
        for value in self.notes_minor:
            text = words._("{value} ×").format(value=self._amount(value))
            frame.pages.text(left, y + row - 5, text, SIZE, align=Align.RIGHT, width=third)
            frame.pages.text(left + 2 * third - 10, y + row - 5, "=", SIZE)
            frame.pages.rule(left + third + 6, y + row - 2, third - 22)
            frame.pages.rule(left + 2 * third + 4, y + row - 2, third - 4)
            y += row
        lines = (
            (words._("Counted"), ""),
            (words._("At the start"), self._amount(start)),
            (words._("+ in"), ""),
            (words._("− out"), ""),
            (words._("Should be there"), ""),
        )
        for name, amount in lines:
            frame.pages.text(left, y + row - 5, name, SIZE, MEDIUM, width=2 * third)
            frame.pages.text(left + 2 * third, y + row - 5, amount, SIZE, align=Align.RIGHT, width=third)
            frame.pages.rule(left + 2 * third + 4, y + row - 2, third - 4)
            y += row
