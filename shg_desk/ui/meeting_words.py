"""The words of the meeting sheet: columns, attendance, kinds of lines, and cells as a screen reader says them."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.money import Currency
from shg_desk.domain.namesakes import shared_names
from shg_desk.domain.namesakes import told_apart
from shg_desk.domain.rules import SHARES
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet_columns import SheetColumn
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_figures import CellView
from shg_desk.domain.sheet_products import USUAL_PRODUCT
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words

COLUMNS: Mapping[str, Marked] = {
    "saving": N_("Savings"),
    "shares": N_("Shares"),
    "social": N_("Social fund"),
    "repayment": N_("Loan repayment"),
    "fine": N_("Fine"),
    "hand": N_("From hands"),
    "other": N_("Other in"),
    "loan": N_("New loan"),
    "withdrawal": N_("Withdrawn"),
    "grant": N_("Grant"),
    "other-out": N_("Other out"),
}
PRODUCTS: Mapping[str, Marked] = {
    "voluntary": N_("Voluntary savings"),
    "school": N_("School savings"),
    "emergency": N_("Emergency savings"),
}
FURTHER_PRODUCTS: Mapping[str, Marked] = {
    **PRODUCTS,
    "compulsory": N_("Compulsory saving"),
    SHARES: N_("Shares"),
    USUAL_PRODUCT: N_("Other savings"),
}
"""Products where one is told from another; what was saved before the rules named any is other savings."""
ATTENDANCE: Mapping[Attendance, Marked] = {
    Attendance.PRESENT: N_("Present"),
    Attendance.LATE: N_("Came late"),
    Attendance.EXCUSED: N_("Excused"),
    Attendance.ABSENT: N_("Absent"),
    Attendance.REPRESENTED: N_("Represented"),
}
LINES: Mapping[str, Marked] = {
    "expense": N_("Expense"),
    "income": N_("Income"),
    "transfer": N_("To or from the bank, or another place"),
    "charge": N_("Bank charge"),
    "gift": N_("Gift received"),
    "lender-loan": N_("Loan from a lender"),
    "lender-repayment": N_("Payment to a lender"),
    "settlement": N_("Cash difference settled"),
}
SETTLED: Mapping[str, Marked] = {
    "vote": N_("the group bears it, by vote"),
    "brought": N_("a member brings the money"),
    "owed": N_("a member owes it"),
    "returned": N_("given back to a member"),
}
"""How an open cash difference ends."""
PLACES: Mapping[str, Marked] = {
    "box": N_("Cash box"),
    "bank": N_("Bank"),
    "wallet": N_("Mobile wallet"),
    "hand": N_("In the hands of a person"),
    "keeper": N_("With the keeper of the money"),
    "transit": N_("On its way"),
    "notes": N_("Foreign notes"),
    "goods": N_("Goods"),
}


def column_name(words: Words, column: SheetColumn) -> str:
    """The head of a column; of what is not usually saved it says of what it is."""
    product = column.product or ""
    if column.kind == "saving" and (column.further or product in PRODUCTS):
        return product_name(words, product)
    name = words.say(COLUMNS.get(column.key, COLUMNS.get(column.kind, N_("Other in"))))
    return words._("{what}: {name}").format(what=name, name=product_name(words, product)) if column.further else name


def product_name(words: Words, code: str) -> str:
    """What a kind of savings is called; a group's own word as it was typed."""
    return words.say(FURTHER_PRODUCTS[code]) if code in FURTHER_PRODUCTS else code


def place_name(words: Words, place: str, names: Mapping[str, str] = {}) -> str:
    """A place of money: as the group calls it (`names` by code), in whose keeping (`names` by id), else its kind."""
    return (
        words.say(PLACES[place])
        if place in PLACES and place not in names
        else ledger_words.account(words, place, names)
    )


def moved_words(words: Words, line: GroupLine, ground: Ground) -> str:
    """From which place to which a transfer brings money, as the group calls them."""
    return " → ".join(place_name(words, place or "", ground.place_names) for place in (line.source, line.target))


def member_name(words: Words, member: MemberGround, alike: frozenset[str] = frozenset()) -> str:
    """A member as she is called: her name, her father's where two are alike, her nickname beside it."""
    name = member.name or words._("№ {number}").format(number=member.number)
    name = told_apart(name, member.father, alike) or name
    return f"{name} ({member.nickname})" if member.nickname else name


def alike(members: tuple[MemberGround, ...]) -> frozenset[str]:
    """Names that two members share."""
    return shared_names(member.name for member in members)


def attendance_words(words: Words, attendance: Attendance | None, represented_by: str = "") -> str:
    """Attendance in the chip."""
    if attendance is None:
        return words._("Not marked")
    if attendance is Attendance.REPRESENTED and represented_by:
        return words._("Came for her: {name}").format(name=represented_by)
    return words.say(ATTENDANCE[attendance])


def small_type(words: Words, view: CellView, column: SheetColumn, currency: Currency) -> tuple[str, bool]:
    """The small type of a cell, and whether it is something to look at."""

    def sum_(amount_minor: int) -> str:
        return formats.amount(words, amount_minor, currency)

    written = view.state in (CellState.TYPED, CellState.CONFIRMED)
    if view.waived:
        return words._("let pass"), False
    if column.kind == "fine":
        if written and view.amount_minor and view.left_minor:
            return words._("left {sum}").format(sum=sum_(view.left_minor)), view.owed_minor > 0
        owed_minor = view.left_minor if written else view.expected_minor - view.amount_minor
        return words._("owes {sum}").format(sum=sum_(owed_minor)) if owed_minor > 0 else "", written and owed_minor > 0
    if view.left_minor:
        text = words._("left {sum}").format(sum=sum_(view.left_minor))
        return text, column.kind == "repayment"
    if view.ahead_minor:
        return formats.amount(words, view.ahead_minor, currency, plus=True), False
    if column.kind == "shares" and view.shares:
        return words.n_("{n} share", "{n} shares", view.shares).format(n=view.shares), False
    if column.kind == "repayment" and view.expected_minor:
        return words._("due {sum}").format(sum=sum_(view.expected_minor)), False
    if column.kind == "saving" and view.expected_minor > column.usual_minor:
        return words._("due {sum}").format(sum=sum_(view.expected_minor)), False
    return "", False


def spoken_cell(words: Words, view: CellView, column: SheetColumn, member: MemberGround, currency: Currency) -> str:
    """A money cell for a screen reader: column, number, name, figure, expected, state."""
    parts = [column_name(words, column), member.number, member_name(words, member)]
    if view.state not in (CellState.EMPTY, CellState.NONE):
        parts.append(formats.amount(words, view.amount_minor, currency))
    if view.expected_minor:
        parts.append(words._("due {sum}").format(sum=formats.amount(words, view.expected_minor, currency)))
    small, _ = small_type(words, view, column, currency)
    if small and small not in parts:
        parts.append(small)
    states = {
        CellState.PROPOSAL: words._("proposal"),
        CellState.CONFIRMED: words._("confirmed"),
        CellState.TYPED: words._("typed"),
        CellState.EMPTY: words._("empty"),
    }
    parts.append(states.get(view.state, ""))
    return ", ".join(part for part in parts if part)
