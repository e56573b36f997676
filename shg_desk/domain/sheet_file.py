"""The sheet as a file: what `meeting record` reads and what `meeting sheet` writes for a group on a day.

Amounts are decimal texts in major units, dates ISO. Every problem is collected with the row it is in.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

from shg_desk.domain.money import AmountError
from shg_desk.domain.money import major
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.profiles import is_day_of_records
from shg_desk.domain.profiles import is_text
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet import Waiver
from shg_desk.domain.sheet_columns import proposals
from shg_desk.domain.sheet_columns import sheet_columns
from shg_desk.domain.sheet_figures import sheet_lines


def sheet_head(data: object) -> tuple[str, date] | list[Problem]:
    """The group's code and the day of a sheet file, to find the ground it stands on; else the problems."""
    if not isinstance(data, Mapping):
        return [Problem(Code.SHEET_UNREADABLE, "sheet")]
    problems = []
    group, day = data.get("group"), data.get("date")
    if not isinstance(group, str) or not group:
        problems.append(Problem(Code.SHEET_UNREADABLE, "group"))
    on = _day(day)
    if on is None:
        problems.append(Problem(Code.DATE_UNREADABLE, "date", {"text": str(day)}))
    return problems if on is None or problems else (str(group), on)


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and is_day_of_records(value) else None


def read_sheet(data: Mapping[str, Any], ground: Ground) -> tuple[Sheet, list[Problem]]:
    """The sheet of a file for the ground of its group and day, with everything in it that cannot be read.

    Fields that are not known (`proposed`) are ignored. What the sheet means is checked by `sheet_problems`.
    """
    return _Reader(ground).sheet(data)


class _Reader:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.digits = ground.currency.minor_digits
        self.problems: list[Problem] = []

    def wrong(self, where: str, typed: object = None, code: Code = Code.SHEET_UNREADABLE) -> None:
        self.problems.append(Problem(code, where, {"text": None if typed is None else str(typed)}))

    # -- single values

    def amount(self, typed: object, where: str, *, signed: bool = False) -> int:
        try:
            if not isinstance(typed, str):
                raise AmountError(Code.AMOUNT_UNREADABLE)
            found = parse_amount(typed, self.digits, grouped=False)
            if found < 0 and not signed:
                raise AmountError(Code.AMOUNT_NEGATIVE)
        except AmountError as error:
            self.wrong(where, typed, error.code)
            return 0
        return found

    def text(self, typed: object, where: str) -> str | None:
        if typed is None or (isinstance(typed, str) and is_text(typed)):
            return typed or None
        self.wrong(where, typed)
        return None

    def whole(self, typed: object, where: str) -> int | None:
        if typed is None or (type(typed) is int and typed >= 0):
            return typed
        self.wrong(where, typed)
        return None

    def flag(self, typed: object, where: str, default: bool) -> bool:
        if typed is None or isinstance(typed, bool):
            return default if typed is None else typed
        self.wrong(where, typed)
        return default

    def tables(self, typed: object, where: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        if typed is None:
            return
        if not isinstance(typed, list):
            self.wrong(where, typed)
            return
        for i, item in enumerate(typed, start=1):
            if isinstance(item, Mapping):
                yield i, item
            else:
                self.wrong(f"{where} {i}", item)

    # -- parts of the sheet

    def sheet(self, data: Mapping[str, Any]) -> tuple[Sheet, list[Problem]]:
        rows = tuple(self.row(row, f"row {i}") for i, row in self.tables(data.get("rows"), "rows"))
        next_on = _day(data.get("next"))
        if next_on is None and data.get("next") is not None:
            self.wrong("next", data["next"], Code.DATE_UNREADABLE)
        sheet = Sheet(
            group=self.ground.group,
            on=self.ground.on,
            held=self.flag(data.get("held"), "held", default=True),
            reason=self.text(data.get("reason"), "reason"),
            number=self.text(data.get("number"), "number"),
            rows=rows,
            lines=tuple(self.line(line, f"line {i}") for i, line in self.tables(data.get("lines"), "lines")),
            counts=tuple(self.counts(data.get("count"))),
            differences=tuple(self.differences(data.get("difference"))),
            decisions=tuple(
                self.decision(decision, f"decision {i}")
                for i, decision in self.tables(data.get("decisions"), "decisions")
            ),
            waivers=tuple(self.waivers(data.get("waived"))),
            next_on=next_on,
            from_paper=self.flag(data.get("from_paper"), "from_paper", default=False),
        )
        return sheet, self.problems

    def row(self, row: Mapping[str, Any], where: str) -> SheetRow:
        member = row.get("member")
        if not isinstance(member, str) or not member:
            self.wrong(f"{where} member", member)
            member = ""
        attendance = None
        if row.get("attendance") is not None:
            try:
                attendance = Attendance(row["attendance"])
            except ValueError:
                self.wrong(f"{where} attendance", row["attendance"])
        return SheetRow(
            member,
            attendance,
            self.text(row.get("represented_by"), f"{where} represented_by"),
            self.text(row.get("paid_by"), f"{where} paid_by"),
            tuple(self.money_in(line, f"{where} in {i}") for i, line in self.tables(row.get("in"), f"{where} in")),
            tuple(self.money_out(line, f"{where} out {i}") for i, line in self.tables(row.get("out"), f"{where} out")),
        )

    def money_in(self, line: Mapping[str, Any], where: str) -> In:
        kind = str(line.get("kind"))
        shares = self.whole(line.get("shares"), f"{where} shares")
        if kind == "shares" and shares is not None and line.get("amount") is None:
            amount = shares * self.ground.rules.share_price_minor
        else:
            amount = self.amount(line.get("amount"), f"{where} amount")
        return In(
            kind,
            amount,
            product=self.text(line.get("product"), f"{where} product"),
            loan=self.text(line.get("loan"), f"{where} loan"),
            shares=shares,
            why=self.text(line.get("why"), f"{where} why"),
            text=self.text(line.get("text"), f"{where} text"),
        )

    def money_out(self, line: Mapping[str, Any], where: str) -> Out:
        terms = line.get("terms")
        if terms is not None and not isinstance(terms, Mapping):
            self.wrong(f"{where} terms", terms)
            terms = None
        return Out(
            str(line.get("kind")),
            self.amount(line.get("amount"), f"{where} amount"),
            product=self.text(line.get("product"), f"{where} product"),
            terms=terms,
            why=self.text(line.get("why"), f"{where} why"),
            text=self.text(line.get("text"), f"{where} text"),
            guarantors=tuple(self.names(line.get("guarantors"), f"{where} guarantors")),
        )

    def names(self, typed: object, where: str) -> Iterator[str]:
        if typed is not None and not isinstance(typed, list):
            self.wrong(where, typed)
            return
        for one in typed or ():
            name = self.text(one, where)
            if name:
                yield name

    def line(self, line: Mapping[str, Any], where: str) -> GroupLine:
        def text(name: str) -> str | None:
            return self.text(line.get(name), f"{where} {name}")

        interest = self.amount(line["interest"], f"{where} interest") if line.get("interest") is not None else 0
        return GroupLine(
            str(line.get("kind")),
            self.amount(line.get("amount"), f"{where} amount"),
            place=text("place") or "box",
            source=text("from"),
            target=text("to"),
            text=text("text"),
            what=text("what"),
            lender_loan=text("lender_loan"),
            interest_minor=interest,
            carried_by=text("carried_by"),
            receipt=text("receipt"),
        )

    def counts(self, count: object) -> Iterator[Count]:
        if count is None:
            return
        if not isinstance(count, Mapping):
            self.wrong("count", count)
            return
        notes, total = count.get("notes"), count.get("total")
        paper = self.flag(count.get("copied_from_paper"), "count copied_from_paper", default=False)
        place = self.text(count.get("place"), "count place") or "box"
        if notes is None and total is None:
            return
        if notes is not None and (total is not None or not isinstance(notes, Mapping)):
            self.wrong("count notes", notes)
            return
        if notes is None:
            yield Count(place, None, self.amount(total, "count total"), paper)
            return
        by_value: dict[int, int] = {}
        for value, number in notes.items():
            minor = self.amount(value, f"count notes {value}")
            pieces = self.whole(number, f"count notes {value}") or 0
            if pieces and minor and self.ground.notes_minor and minor not in self.ground.notes_minor:
                self.no_such_note(minor, f"count notes {value}")
            by_value[minor] = by_value.get(minor, 0) + pieces
        yield Count(place, by_value, None, paper)

    def no_such_note(self, minor: int, where: str) -> None:
        note, *known = (major(one, self.digits).removesuffix(".00") for one in (minor, *self.ground.notes_minor))
        self.problems.append(Problem(Code.NOTE_UNKNOWN, where, {"note": note, "notes": ", ".join(known)}))

    def differences(self, difference: object) -> Iterator[NamedDifference]:
        if difference is None:
            return
        if not isinstance(difference, Mapping):
            self.wrong("difference", difference)
            return
        yield NamedDifference(
            self.amount(difference.get("amount"), "difference amount", signed=True),
            self.text(difference.get("reason"), "difference reason") or "unknown",
            self.text(difference.get("bearer"), "difference bearer") or "open",
            self.text(difference.get("place"), "difference place") or "box",
        )

    def decision(self, decision: Mapping[str, Any], where: str) -> Decision:
        text = self.text(decision.get("text"), f"{where} text")
        if text is None:
            self.wrong(f"{where} text")
        votes = {
            field: self.whole(decision.get(name), f"{where} {name}")
            for name, field in (("for", "votes_for"), ("against", "votes_against"), ("abstained", "abstained"))
        }
        return Decision(text or "", template=self.text(decision.get("template"), f"{where} template"), **votes)

    def waivers(self, waived: object) -> Iterator[Waiver]:
        for i, waiver in self.tables(waived, "waived"):
            member, why = waiver.get("member"), waiver.get("why")
            if self.ground.member(str(member)) is None or not isinstance(why, str):
                self.wrong(f"waived {i}", member)
                continue
            yield Waiver(str(member), why, self.text(waiver.get("text"), f"waived {i} text") or "")


def proposed_sheet(ground: Ground) -> dict[str, Any]:
    """The sheet to fill in: nobody marked, nothing written; apart in `proposed` what those who come should bring."""
    columns = {column.key: column for column in sheet_columns(ground)}
    digits = ground.currency.minor_digits
    rows = []
    for line in sheet_lines(ground):
        if not line.first:
            continue
        member = line.member
        loans = {loan.id: loan.code for loan in member.loans}
        proposed = []
        for (key, loan), what in proposals(ground, member, None).items():
            column = columns[key]
            item: dict[str, Any] = {"kind": column.kind, "amount": major(what.amount_minor, digits)}
            if column.kind == "saving":
                item["product"] = column.product
            if column.kind == "shares":
                item["shares"] = what.amount_minor // ground.rules.share_price_minor
            if loan:
                item["loan"] = loans[loan]
            proposed.append(item)
        rows.append(
            {
                "member": member.number,
                "name": member.name,
                "attendance": None,
                "represented_by": None,
                "paid_by": None,
                "in": [],
                "out": [],
                "proposed": proposed,
            }
        )
    return {
        "group": ground.code,
        "date": ground.on.isoformat(),
        "number": ground.number,
        "held": True,
        "reason": None,
        "rows": rows,
        "lines": [],
        "count": None,
        "difference": None,
        "decisions": [],
    }
