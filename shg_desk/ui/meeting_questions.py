"""The questions of the sheet: who came for her, who paid, a line of the group, the difference, a decision, terms."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import RatePer
from shg_desk.domain.loan_terms import Unit
from shg_desk.domain.loan_terms import read_rate
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import major
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_draft import typed_minor
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.meeting_ask import Asked
from shg_desk.ui.meeting_ask import Question
from shg_desk.ui.meeting_ask import UnreadableError
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.meeting_words import place_name

Done = Callable[[], None]


class Questions:
    """Makes the questions about one draft; each ends in a command on it and then in `done`."""

    def __init__(self, draft: Draft, words: Words, done: Done, reasons: tuple[tuple[str, str], ...] = ()) -> None:
        self.draft, self.words, self.done, self.reasons = draft, words, done, reasons

    # -- reading

    def _member(self, text: str, *, empty: bool = False) -> str:
        if empty and not text:
            return ""
        found = self.draft.ground.member(text)
        if found is None:
            raise UnreadableError(self._tell(Code.MEMBER_UNKNOWN, {"member": text}))
        return found.number

    def _amount(self, text: str) -> int:
        try:
            amount = typed_minor(text, self.draft.ground.currency.minor_digits)
        except AmountError as trouble:
            raise UnreadableError(self._tell(trouble.code, {})) from trouble
        if not amount:
            raise UnreadableError(self._tell(Code.AMOUNT_UNREADABLE, {}))
        return amount

    def _whole(self, text: str) -> int | None:
        if not text:
            return None
        if not text.isdecimal():
            raise UnreadableError(self.words._("Only a whole number fits here"))
        return int(text)

    def _count(self, text: str) -> int:
        found = self._whole(text)
        if not found:
            raise UnreadableError(self.words._("Only a whole number fits here"))
        return found

    def _rate(self, text: str) -> str:
        try:
            read_rate(text)
        except ValueError as trouble:
            raise UnreadableError(self.words._("The rate is a number such as 2 or 1,5")) from trouble
        return text.replace(",", ".")

    def _said(self, text: str) -> str:
        if not text:
            raise UnreadableError(self.words._("A few words are needed here"))
        return text

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        on = self.draft.ground.on
        try:
            found = parse_date(text, reference=on)
            if found <= on and text.isdecimal() and len(text) <= 2:  # the day alone means the next one that comes
                month = on.month % 12 + 1
                found = parse_date(f"{text}.{month}.{on.year + (month == 1)}")
            return found
        except DateError as trouble:
            raise UnreadableError(self._tell(trouble.code, {})) from trouble

    def _tell(self, code: Code, facts: Mapping[str, str | int | None]) -> str:
        return sentence(self.words, Problem(code, "", facts))

    def _title(self, words: str, line: int) -> str:
        member = self.draft.lines[line].member
        return words.format(number=member.number, name=member_name(self.words, member))

    # -- about a row

    def represented(self, line: int) -> Question:
        """Alt+5: by whom; a number of the group, or a name."""
        w = self.words

        def done(values: list[Any]) -> None:
            member = self.draft.ground.member(values[0])
            name = values[0] if member is None or not member.name else member.name
            self.draft.mark(line, Attendance.REPRESENTED, name)
            self.done()

        row = self.draft.state.row(self.draft.lines[line].member.id)
        asked = Asked(
            w._("Her number, or the name"), 320, row.represented_by, self._said, (), w._("A relative or a member"),
            letters=True,
        )  # fmt: skip
        return Question(self._title(w._("Who came for № {number} {name}?"), line), (asked,), done)

    def paid_by(self, line: int) -> Question:
        """F4: whose money it was."""
        w = self.words

        def done(values: list[Any]) -> None:
            self.draft.set_paid_by(line, values[0])
            self.done()

        row = self.draft.state.row(self.draft.lines[line].member.id)
        payer = self.draft.ground.member(row.paid_by) if row.paid_by else None
        asked = Asked(
            w._("Her number"), 120, payer.number if payer else "", lambda text: self._member(text, empty=True), (),
            w._("Empty: she paid herself. The debt of the one who paid is not touched."),
        )  # fmt: skip
        return Question(self._title(w._("Who paid for № {number} {name}?"), line), (asked,), done)

    def waive(self, line: int) -> Question:
        """F7 on a fine: let pass, with the vote noted."""
        w = self.words

        def done(values: list[Any]) -> None:
            self.draft.waive(line, values[0])
            self.done()

        asked = Asked(w._("What was voted"), 420, "", None, (), w._("May stay empty"), letters=True)
        return Question(self._title(w._("Let the fine of № {number} {name} pass"), line), (asked,), done)

    def text_of(self, at: Any) -> Question:
        """F2 on another income or payment, or on a grant: what it is for."""
        w = self.words
        view = self.draft.cell(at)

        def done(values: list[Any]) -> None:
            self.draft.set_text(at, values[0])
            self.done()

        asked = Asked(w._("What for"), 420, view.text if view else "", self._said, letters=True)
        return Question(self._title(w._("№ {number} {name}: what is it for?"), at.line), (asked,), done)

    def terms(self, at: Any) -> Question:
        """F2 on a new loan: terms that differ from the group's rules."""
        w, rules = self.words, self.draft.ground.rules.loan_terms
        column = self.draft.figures.column(at.column)
        written = self.draft.figures.written(self.draft.lines[at.line], column) if column else None
        words = {**rules, **(written.terms or {} if written else {})}
        pers = tuple((p.value, self._per(p)) for p in RatePer)
        methods = tuple((m.value, self._method(m)) for m in Method)
        units = tuple((u.value, self._unit(u)) for u in Unit)

        def shown(pairs: tuple[tuple[Any, str], ...], value: object, default: str) -> str:
            return str(dict(pairs)[str(value or default)])

        def done(values: list[Any]) -> None:
            names = ("rate", "rate_per", "method", "instalments", "every", "unit")
            typed = dict(zip(names, values, strict=True))
            differing = {name: value for name, value in typed.items() if value != rules.get(name)}
            self.draft.set_terms(at, differing or None)
            self.done()

        fields = (
            Asked(w._("Rate, %"), 70, str(words.get("rate", "")), self._rate),
            Asked(w._("Rate is for"), 110, shown(pers, words.get("rate_per"), "month"), None, pers),
            Asked(w._("How it runs"), 190, shown(methods, words.get("method"), "flat"), None, methods),
            Asked(w._("Instalments"), 90, str(words.get("instalments", "")), self._count),
            Asked(w._("Once in"), 60, str(words.get("every", 1)), self._count),
            Asked(w._("Time unit"), 100, shown(units, words.get("unit"), "month"), None, units),
        )
        return Question(self._title(w._("Terms of the new loan of № {number} {name}"), at.line), fields, done)

    def _per(self, per: RatePer) -> str:
        w = self.words
        return {
            RatePer.YEAR: w._("year"),
            RatePer.MONTH: w._("month"),
            RatePer.WEEK: w._("week"),
            RatePer.PERIOD: w._("time between instalments"),
        }[per]

    def _method(self, method: Method) -> str:
        w = self.words
        return {
            Method.FLAT: w._("on the first sum"),
            Method.ANNUITY: w._("level instalment"),
            Method.EQUAL_PRINCIPAL: w._("on what is left"),
            Method.BULLET: w._("all at the end"),
        }[method]

    def _unit(self, unit: Unit) -> str:
        w = self.words
        return {Unit.DAY: w._("days"), Unit.WEEK: w._("weeks"), Unit.MONTH: w._("months")}[unit]

    # -- of the group

    def line(self, kind: str, at: int | None = None) -> Question:
        """A line under the table; with `at` one that stands there is changed."""
        w, currency = self.words, self.draft.ground.currency
        before = self.draft.state.lines[at] if at is not None else GroupLine(kind, 0)
        amount = major(before.amount_minor, currency.minor_digits) if before.amount_minor else ""
        fields = [Asked(w._("Amount"), 120, amount, self._amount)]
        places = self._places()
        shown = dict(places)
        if kind == "transfer":
            fields.append(Asked(w._("From"), 180, shown.get(before.source or "box", ""), None, places))
            fields.append(Asked(w._("To"), 180, shown.get(before.target or "bank", ""), None, places))
        else:
            fields.append(Asked(w._("Place"), 180, shown.get(before.place, ""), None, places))
        if kind == "lender-repayment":
            codes = tuple((code, code) for code in sorted(self.draft.ground.lenders_minor))
            fields.append(Asked(w._("Loan of the lender"), 120, before.lender_loan or "", None, codes))
            interest = major(before.interest_minor, currency.minor_digits) if before.interest_minor else "0"
            fields.append(Asked(w._("of it interest"), 100, interest, self._interest))
        else:
            fields.append(Asked(w._("What for"), 260, before.text or "", None, letters=True))

        def done(values: list[Any]) -> None:
            line = replace(before, amount_minor=values[0])
            if kind == "transfer":
                line = replace(line, source=values[1] or "box", target=values[2] or "bank", text=values[3] or None)
            elif kind == "lender-repayment":
                line = replace(line, place=values[1] or "box", lender_loan=values[2] or None, interest_minor=values[3])
            else:
                line = replace(line, place=values[1] or "box", text=values[2] or None)
            if at is None:
                self.draft.add_line(line)
            else:
                self.draft.change_line(at, line)
            self.done()

        return Question(w.say(LINES[kind]), tuple(fields), done)

    def _interest(self, text: str) -> int:
        try:
            return typed_minor(text or "0", self.draft.ground.currency.minor_digits)
        except AmountError as trouble:
            raise UnreadableError(self._tell(trouble.code, {})) from trouble

    def _places(self) -> tuple[tuple[Any, str], ...]:
        known = dict.fromkeys(("box", *self.draft.ground.places_minor, "bank", "wallet", "transit"))
        return tuple((place, place_name(self.words, place)) for place in list(known)[:9])

    def difference(self) -> Question:
        """F7: why box and book differ, and who bears it."""
        w = self.words
        difference = self.draft.cash().difference_minor or 0
        sum_ = formats.money(w, abs(difference), self.draft.ground.currency)
        title = w._("{sum} short: name it") if difference < 0 else w._("{sum} over: name it")
        bearers: tuple[tuple[Any, str], ...] = (
            ("open", w._("stays open")),
            ("group", w._("the group, by vote")),
            ("member", w._("a member")),
            ("awaiting", w._("another laptop's records are missing")),
        )
        named = self.draft.state.named
        before = "" if named is None else named.reason
        bearer = "open" if named is None else named.bearer

        def done(values: list[Any]) -> None:
            who = values[2] if values[1] == "member" and values[2] else values[1] or "open"
            self.draft.name_difference(values[0] or "unknown", "open" if who == "member" else who)
            self.done()

        fields = (
            Asked(w._("Why, as far as known"), 300, before, None, (), w._("May stay empty: not known"), letters=True),
            Asked(w._("Who bears it"), 300, dict(bearers).get(bearer, bearers[0][1]), None, bearers),
            Asked(w._("Number of the member"), 90, "", lambda text: self._member(text, empty=True)),
        )
        return Question(title.format(sum=sum_), fields, done)

    def decision(self, at: int | None = None) -> Question:
        """A decision with its votes; an empty one is taken away."""
        w, decisions = self.words, self.draft.state.decisions
        place = len(decisions) if at is None else at
        before = decisions[place] if place < len(decisions) else Decision("")

        def number(value: int | None) -> str:
            return "" if value is None else str(value)

        def done(values: list[Any]) -> None:
            made = replace(before, text=values[0], votes_for=values[1], votes_against=values[2], abstained=values[3])
            self.draft.change_decision(place, made if made.text else None)
            self.done()

        fields = (
            Asked(w._("What was decided"), 420, before.text, None, letters=True),
            Asked(w._("For"), 60, number(before.votes_for), self._whole),
            Asked(w._("Against"), 60, number(before.votes_against), self._whole),
            Asked(w._("Abstained"), 80, number(before.abstained), self._whole),
        )
        return Question(w._("Decision of the meeting"), fields, done)

    def not_held(self) -> Question:
        """Why the meeting did not take place, and when the next one is."""
        w = self.words
        next_on = formats.date(self.draft.state.next_on) if self.draft.state.next_on else ""

        def done(values: list[Any]) -> None:
            self.draft.set_held(held=False, reason=values[0] or values[1])
            self.draft.set_next(values[2])
            self.done()

        fields = (
            Asked(w._("Reason"), 240, "", None, self.reasons),
            Asked(w._("or in own words"), 260, self.draft.state.reason, None, letters=True),
            Asked(w._("Next meeting"), 130, next_on, self._day, (), w._("The day alone is enough")),
        )
        return Question(w._("The meeting was not held"), fields, done)

    def next_meeting(self) -> Question:
        """The day of the next meeting."""
        w = self.words
        next_on = formats.date(self.draft.state.next_on) if self.draft.state.next_on else ""

        def done(values: list[Any]) -> None:
            self.draft.set_next(values[0])
            self.done()

        asked = Asked(w._("Date"), 130, next_on, self._day, (), w._("The day alone is enough"))
        return Question(w._("Next meeting"), (asked,), done)

    def day(self, chosen: Callable[[date], None]) -> Question:
        """Another day for this sheet."""
        w = self.words

        def done(values: list[Any]) -> None:
            if values[0] is not None:
                chosen(values[0])

        def read(text: str) -> date | None:
            try:
                return parse_date(text, reference=self.draft.ground.on) if text else None
            except DateError as trouble:
                raise UnreadableError(self._tell(trouble.code, {})) from trouble

        asked = Asked(w._("Date"), 130, formats.date(self.draft.ground.on), read, (), w._("The day alone is enough"))
        return Question(w._("Date of the meeting"), (asked,), done)

    def number(self) -> Question:
        """The meeting's number as the group counts."""
        w = self.words

        def done(values: list[Any]) -> None:
            self.draft.set_number(values[0])
            self.done()

        asked = Asked(w._("Number"), 90, self.draft.state.number)
        return Question(w._("Number of the meeting"), (asked,), done)
