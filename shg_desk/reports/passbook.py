"""Members' passbooks: A6 or A5 booklet pages, one member's only, going on at the line after the last printed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from functools import partial

from shg_desk.domain.statement import Statement
from shg_desk.domain.statement import StatementRow
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.overpaid_words import overpaid_label
from shg_desk.reports.page import A5
from shg_desk.reports.page import A6
from shg_desk.reports.page import MM
from shg_desk.reports.page import Align
from shg_desk.reports.page import Pages
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.page import foot_texts
from shg_desk.reports.typeface import BOLD
from shg_desk.reports.typeface import MEDIUM
from shg_desk.reports.typeface import REGULAR
from shg_desk.reports.typeface import fitting
from shg_desk.reports.typeface import text_width
from shg_desk.reports.typeface import wrapped

SIZES = {"A6": A6, "A5": A5}
INSIDE, OUTSIDE, UPPER, LOWER = 12 * MM, 6 * MM, 7 * MM, 13 * MM
GAP = 3.0
LEADING = 1.0
SMALLER = 0.8
"""How far the words of a line shrink before one of them is broken."""
NOTHING = Paper(b"", 0)
"""What printing on gives where nobody has a new line."""


@dataclass(frozen=True, slots=True)
class Booklet:
    """One member's booklet to print, in her language, from the line after `after_line` on (0: from the first)."""

    statement: Statement
    words: Words
    after_line: int = 0


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes and columns: letters in points, widths in millimetres; in large type figures stand under the words."""

    figure: float
    text: float
    small: float
    row: float
    head: float
    date_mm: float
    money_mm: float
    sign_mm: float
    stacked: bool


_USUAL = _Look(11, 8.8, 7, 7 * MM, 7.5, 16.5, 12.5, 9, stacked=False)
_USUAL_A5 = _Look(11, 11, 8, 7 * MM, 8.5, 21, 17, 19, stacked=False)
_LARGE = _Look(15, 13.5, 9, 13.5 * MM, 9, 0, 21, 20, stacked=True)
_LARGE_A5 = _Look(15, 13, 10, 10 * MM, 10, 26, 19, 15, stacked=False)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row ready to be placed: its height, the texts of its cells, and its line number (None: opening or total).

    `left_of` stands under the last figure and says what it is: savings, debt, fines.
    """

    height: float
    number: int | None
    date: tuple[tuple[str, float], ...]
    what: tuple[str, ...]
    size: float
    figures: tuple[str, str, str]
    weight: int = REGULAR
    left_of: str = ""


def passbook(
    booklets: Sequence[Booklet],
    printed: Printed,
    *,
    size: str = "A6",
    large: bool = False,
    totals: bool = True,
) -> Paper:
    """The booklets in the given order, each beginning a page; one with no lines has a page, too.

    Where some lines are printed already only what comes after them is drawn, at its place on the page they ended on;
    a booklet with nothing new is left out (`NOTHING` where that is all of them). `totals` adds totals behind the last
    line; leave them out of a booklet that is to be printed on. `printed.whose` is not used: the foot names the member.
    """
    look = (_LARGE_A5 if large else _USUAL_A5) if size == "A5" else (_LARGE if large else _USUAL)
    first = booklets[0].words if booklets else Words()
    pages = Pages(SIZES[size], first._("Passbooks"), first.lang)
    feet: list[_Foot] = []
    for booklet in booklets:
        _Writer(pages, booklet, look, printed, feet).write(totals=totals and not booklet.after_line)
    if not pages.count:
        return NOTHING
    return pages.finish(partial(_dress, pages, feet))


def left_word(words: Words, left_of: str | None) -> str:
    """What a figure of the column *left* is of, in a word: savings and debt stand in one column of a small booklet."""
    return {
        "saved": words.p_("passbook, left", "saved"),
        "debt": words.p_("passbook, left", "debt"),
        "fines": words.p_("passbook, left", "fines"),
        "ahead": words.p_("passbook, left", "paid ahead"),
        "payable": words.p_("passbook, left", "to be paid out"),
        "hand": words.p_("passbook, left", "in her hands"),
    }.get(left_of or "", "")


@dataclass(slots=True)
class _Foot:
    """What is known of a page for its foot: whose, which page of hers, of how many, and where its margins are."""

    booklet: Booklet
    printed: Printed
    left: float
    width: float
    page: int
    of: int
    fresh: bool


class _Writer:
    """Places one booklet's lines on pages and draws those that are new."""

    def __init__(self, pages: Pages, booklet: Booklet, look: _Look, printed: Printed, feet: list[_Foot]) -> None:
        self.pages = pages
        self.booklet = booklet
        self.words = booklet.words
        self.statement = booklet.statement
        self.look = look
        self.printed = printed
        self.feet = feet
        self.width = pages.width - INSIDE - OUTSIDE
        money, sign, date = look.money_mm * MM, look.sign_mm * MM, look.date_mm * MM
        rest = self.width - date - 3 * money - sign
        # in large type the words take a line of their own over the figures
        self.widths = (date, self.width if look.stacked else rest, money, money, money, sign)
        self.offsets = (0.0, date, date + rest, date + rest + money, date + rest + 2 * money, date + rest + 3 * money)
        self.title = self._title()
        self.heads = self._heads()
        self.head_height = max(len(head) for head in self.heads) * self.head_size * 1.2 + 4

    def write(self, *, totals: bool) -> None:
        """Lays out every line from the first, so that a new one finds its place, and draws the new ones."""
        lines = self._lines(totals=totals)
        placed = self._placed(lines)
        begun = len(self.feet)
        for number, page in enumerate(placed):
            new = [(y, line) for y, line in page if (line.number or self.booklet.after_line + 1) > self._after]
            if not new and self.booklet.after_line:
                continue
            fresh = len(new) == len(page)
            left = INSIDE if number % 2 == 0 else OUTSIDE
            self.pages.new_page()
            self.feet.append(_Foot(self.booklet, self.printed, left, self.width, number + 1, len(placed), fresh))
            if fresh:
                self._draw_head(left)
            for y, line in new:
                self._draw(left, y, line)
            if new and not self.look.stacked:
                self._draw_uprights(left, new[0][0], new[-1][0] + new[-1][1].height)
        if self.booklet.after_line:
            return
        for foot in self.feet[begun:]:
            foot.of = len(self.feet) - begun

    @property
    def _after(self) -> int:
        return self.booklet.after_line

    def _title(self) -> list[tuple[str, float, int]]:
        """The lines of a page's head: name, then number, booklet and group."""
        holder, words = self.statement.holder, self.words
        big = self.look.figure + 2
        name = " ".join(filter(None, (holder.name, holder.father and f"({holder.father})")))
        told = [f"№ {holder.number}"]
        if holder.booklet:
            told.append(words._("booklet {number}").format(number=holder.booklet))
        if holder.is_copy:
            told.append(words._("copy"))
        told.append(f"{self.statement.group_name} ({self.statement.group_code})")
        lines = [(text, big, BOLD) for text in wrapped(name or f"№ {holder.number}", big, BOLD, self.width)]
        small = self.look.text
        return lines + [(text, small, REGULAR) for text in wrapped(" · ".join(told), small, REGULAR, self.width)]

    def _heads(self) -> list[tuple[str, ...]]:
        words = self.words
        unit = formats.unit(words, self.statement.currency.code)
        titles = [
            words.p_("passbook", "Date"),
            words.p_("passbook", "What"),
            words.p_("passbook", "In"),
            words.p_("passbook", "Out"),
            words.p_("passbook", "Left"),
            words.p_("passbook", "Signature"),
        ]
        if self.look.stacked:
            titles[:2] = ["", ""]
        for place in (2, 3, 4):
            titles[place] = words._("{what}, {detail}").format(what=titles[place], detail=unit)
        # a head is broken between words only: where a word is too long for its column, all heads are smaller
        self.head_size = min(
            fitting(title, self.look.head, MEDIUM, max(width - GAP, 10))
            for title, width in zip(titles, self.widths, strict=True)
        )
        return [
            wrapped(title, self.head_size, MEDIUM, max(width - GAP, 10))
            for title, width in zip(titles, self.widths, strict=True)
        ]

    def _top(self) -> float:
        return UPPER + sum(size * 1.25 for _, size, _ in self.title) + 4 + self.head_height

    def _lines(self, *, totals: bool) -> list[_Line]:
        statement, words = self.statement, self.words
        lines = []
        if statement.since is not None:
            text = words._("Carried over: saved")
            day = formats.date(statement.since)
            lines.append(self._sum_line(text, "", "", statement.opening.saved_minor, "saved", day))
            if statement.opening.debt_minor:
                debt = statement.opening.debt_minor
                lines.append(self._sum_line(words._("Carried over: debt"), "", "", debt, "debt"))
        lines.extend(self._line(row) for row in statement.rows)
        if totals:
            came, went = self._amount(statement.in_minor), self._amount(statement.out_minor)
            lines.append(self._sum_line(words._("Total; saved"), came, went, statement.closing.saved_minor, "saved"))
            lines.append(self._sum_line(words._("Debt left"), "", "", statement.closing.debt_minor, "debt"))
            if overpaid := statement.overpaid_minor:
                label = overpaid_label(words, overpaid)
                lines.append(self._sum_line(label, "", "", sum(overpaid.values()), "debt"))
            if statement.closing.fines_minor:
                lines.append(self._sum_line(words._("Fines owed"), "", "", statement.closing.fines_minor, "fines"))
            if statement.closing.hand_minor:
                hand = statement.closing.hand_minor
                lines.append(self._sum_line(words._("In a member's hands"), "", "", hand, "hand"))
        return lines

    def _amount(self, amount_minor: int) -> str:
        return formats.amount(self.words, amount_minor, self.statement.currency)

    def _sum_line(self, text: str, came: str, went: str, left_minor: int, left_of: str, day: str = "") -> _Line:
        date = ((day, self.look.text - 0.5),) if day else ()
        line = self._sized(None, date, text, (came, went, self._amount(left_minor)), BOLD)
        return replace(line, left_of=left_word(self.words, left_of))

    def _line(self, row: StatementRow) -> _Line:
        words, look = self.words, self.look
        said = ledger_words.statement_line(words, row, self.statement.currency)
        if row.is_correction:
            said = f"← {said}"
        date = [(formats.date(row.effective), look.text - 0.5), (f"№ {row.line}", look.small)]
        if row.recorded is not None:
            noted = words._("written {date}").format(date=formats.date(row.recorded))
            width = self.widths[0] - GAP if not look.stacked else self.width
            date += [(text, look.small) for text in wrapped(noted, look.small, REGULAR, width)]
        figures = (
            self._amount(row.in_minor) if row.in_minor else "",
            self._amount(row.out_minor) if row.out_minor else "",
            "" if row.left_minor is None else self._amount(row.left_minor),
        )
        line = self._sized(row.line, tuple(date), said, figures, REGULAR)
        return replace(line, left_of=left_word(words, row.left_of))

    def _sized(
        self,
        number: int | None,
        date: tuple[tuple[str, float], ...],
        said: str,
        figures: tuple[str, str, str],
        weight: int,
    ) -> _Line:
        look = self.look
        if look.stacked:
            before = " · ".join(text for text, _ in date)
            said = f"{before}  {said}" if before else said
            date = ()
        width = self.widths[1] - 2 * GAP
        size = max(fitting(said, look.text, weight, width), SMALLER * look.text)
        what = wrapped(said, size, weight, width)
        height = len(what) * size * LEADING + 0.2 * size
        if look.stacked:
            height += look.figure * 1.3
        if figures[2]:
            under = look.small * 1.15
            height = height + under if look.stacked else max(height, look.figure + under + 1.5)
        height = max(height, sum(size * 1.12 for _, size in date)) + 1.5
        return _Line(max(height, look.row), number, date, what, size, figures, weight)

    def _placed(self, lines: Sequence[_Line]) -> list[list[tuple[float, _Line]]]:
        """The lines by page, each with its upper edge."""
        top, bottom = self._top(), self.pages.height - LOWER
        placed: list[list[tuple[float, _Line]]] = [[]]
        y = top
        for line in lines:
            if y + line.height > bottom and placed[-1]:
                placed.append([])
                y = top
            placed[-1].append((y, line))
            y += line.height
        return placed

    def _draw_head(self, left: float) -> None:
        pages = self.pages
        y = UPPER
        for text, size, weight in self.title:
            pages.text(left, y + size, text, size, weight, width=self.width)
            y += size * 1.25
        y += 4
        pages.grey(left, y, self.width, self.head_height)
        for offset, width, head, place in zip(self.offsets, self.widths, self.heads, range(6), strict=True):
            align = Align.RIGHT if 2 <= place <= 4 else Align.LEFT
            for index, text in enumerate(head):
                pages.text(
                    left + offset + GAP / 2,
                    y + self.head_size * (1 + 1.2 * index) + 1,
                    text,
                    self.head_size,
                    MEDIUM,
                    align=align,
                    width=max(width - GAP, 10),
                )
        pages.rule(left, y + self.head_height, self.width, 1.0)

    def _draw(self, left: float, y: float, line: _Line) -> None:
        pages, look = self.pages, self.look
        text = pages.text
        at = y + 1
        for said, size in line.date:
            at += size * 1.12
            text(left + GAP / 2, at - 1, said, size, width=self.widths[0] - GAP)
        base = y + 2 + 0.72 * line.size
        if len(line.what) == 1:
            base = y + 2 + (look.text if look.stacked else look.figure)
        x, width = left + self.offsets[1] + GAP, self.widths[1] - 2 * GAP
        for index, said in enumerate(line.what):
            text(x, base + index * line.size * LEADING, said, line.size, line.weight, width=width)
        foot = y + line.height - 4 if look.stacked else y + 2 + look.figure
        if line.left_of:
            width = self.widths[4] - GAP
            size = fitting(line.left_of, look.small, REGULAR, width)
            under = foot if look.stacked else foot + look.small * 1.05
            foot = foot - look.small * 1.15 if look.stacked else foot
            x = left + self.offsets[4] + GAP / 2
            text(x, under, line.left_of, size, align=Align.RIGHT, width=width)
        for place, figure in zip((2, 3, 4), line.figures, strict=True):
            if figure:
                weight = BOLD if place == 4 else line.weight
                text(
                    left + self.offsets[place] + GAP / 2,
                    foot,
                    figure,
                    look.figure,
                    weight,
                    align=Align.RIGHT,
                    width=self.widths[place] - GAP,
                )
        pages.rule(left, y + line.height, self.width, 1.0 if line.number is None else 0.5)

    def _draw_uprights(self, left: float, top: float, bottom: float) -> None:
        for offset in self.offsets[2:]:
            self.pages.upright(left + offset, top, bottom - top, 0.3)


def _dress(pages: Pages, feet: Sequence[_Foot], page: int) -> None:
    """The foot of a booklet's page; one that is printed on has it already."""
    foot = feet[page]
    if not foot.fresh:
        return
    words, size = foot.booklet.words, 6.5
    holder = foot.booklet.statement.holder
    who, _, _ = foot_texts(words, foot.printed, 0, 0)
    whose = words._("Holds data of: {whose}").format(whose=ledger_words.person(holder.number, holder.name))
    if foot.booklet.after_line:
        number = words._("page {page}").format(page=foot.page)
    else:
        number = words._("page {page} of {pages}").format(page=foot.page, pages=foot.of)
    taken = text_width(number, size)
    y = pages.height - 16
    pages.text(foot.left, y - size * 1.25, who, size, width=foot.width - taken - 4)
    pages.text(foot.left + foot.width - taken, y - size * 1.25, number, size, width=taken)
    pages.text(foot.left, y, whose, size, width=foot.width)
