"""How the text of an answer is read: a member, an amount, a number, a rate, a day; what cannot be read is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.loan_terms import read_rate
from shg_desk.domain.money import AmountError
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_draft import typed_minor
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.asked import UnreadableError


@dataclass(frozen=True, slots=True)
class Reads:
    """Reads answers about a group on a day. Every method raises UnreadableError with a sentence for people."""

    words: Words
    ground: Ground

    def told(self, code: Code, facts: Mapping[str, str | int | None]) -> str:
        """The sentence of a problem."""
        return sentence(self.words, Problem(code, "", facts))

    def member(self, text: str, *, empty: bool = False) -> str:
        """A member's number; nothing where that is an answer, too."""
        if empty and not text:
            return ""
        found = self.ground.member(text)
        if found is None:
            raise UnreadableError(self.told(Code.MEMBER_UNKNOWN, {"member": text}))
        return found.number

    def guarantors(self, text: str, borrower: str | None) -> tuple[str, ...]:
        """As `members`, of those who can answer for a loan: still in the group, and not the borrower (an id)."""
        found = self.members(text)
        for member in (one for one in self.ground.members if one.id in found):
            if member.id == borrower or member.has_left(self.ground.on):
                facts = {"member": member.number, "name": member.name}
                raise UnreadableError(self.told(Code.GUARANTOR_WRONG, facts))
        return found

    def members(self, text: str) -> tuple[str, ...]:
        """Several members by number, with commas or spaces between them; ids are given back, each once."""
        ids = []
        for number in text.replace(",", " ").replace(";", " ").split():
            found = self.ground.member(number)
            if found is None:
                raise UnreadableError(self.told(Code.MEMBER_UNKNOWN, {"member": number}))
            ids.append(found.id)
        return tuple(dict.fromkeys(ids))

    def amount(self, text: str) -> int:
        """Minor units, more than nothing."""
        found = self.part(text)
        if not found:
            raise UnreadableError(self.told(Code.AMOUNT_UNREADABLE, {}))
        return found

    def part(self, text: str) -> int:
        """Minor units; an empty field is nothing."""
        try:
            return typed_minor(text or "0", self.ground.currency.minor_digits)
        except AmountError as trouble:
            raise UnreadableError(self.told(trouble.code, {})) from trouble

    def whole(self, text: str) -> int | None:
        """A whole number; None for an empty field."""
        if not text:
            return None
        if not text.isdecimal():
            raise UnreadableError(self.words._("Only a whole number fits here"))
        return int(text)

    def count(self, text: str) -> int:
        """A whole number from 1."""
        found = self.whole(text)
        if not found:
            raise UnreadableError(self.words._("Only a whole number fits here"))
        return found

    def rate(self, text: str) -> str:
        """A rate as a decimal text with a point."""
        try:
            read_rate(text)
        except ValueError as trouble:
            raise UnreadableError(self.words._("The rate is a number such as 2 or 1,5")) from trouble
        return text.replace(",", ".")

    def said(self, text: str) -> str:
        """A few words."""
        if not text:
            raise UnreadableError(self.words._("A few words are needed here"))
        return text

    def day(self, text: str) -> date | None:
        """A day to come: the day alone means the next one; None for an empty field."""
        if not text:
            return None
        on = self.ground.on
        try:
            found = parse_date(text, reference=on)
            if found <= on and text.isdecimal() and len(text) <= 2:
                month = on.month % 12 + 1
                found = parse_date(f"{text}.{month}.{on.year + (month == 1)}")
            return found
        except DateError as trouble:
            raise UnreadableError(self.told(trouble.code, {})) from trouble

    def day_from_now(self, text: str) -> date | None:
        """A day to come that is not before the ground's own; None for an empty field."""
        found = self.day(text)
        if found is not None and found < self.ground.on:
            raise UnreadableError(self.words._("The first payment cannot be before the loan"))
        return found
