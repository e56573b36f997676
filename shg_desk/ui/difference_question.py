"""The question that names a difference between box and book: why, who held the key, what was tried, who bears it.

That the group bears it is decided by a vote: its numbers are asked for here, and become a decision of the meeting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_settling import DIFFERENCE_ACCEPTED
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.asked_values import Reads
from shg_desk.ui.meeting_ask import Asked
from shg_desk.ui.meeting_ask import Question

UNKNOWN = "unknown"
GROUP, MEMBER = "group", "member"
BEARER, NUMBER, FOR, END = 3, 4, 5, 7
"""The places of these fields in the question, and behind the last one."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Names the difference of a draft in the words of a language; `after` when it is done."""

    words: Words
    draft: Draft
    reads: Reads
    after: Callable[[], None]

    def question(self) -> Question:
        """F7."""
        w, named = self.words, self.draft.named
        difference = self.draft.cash().difference_minor or 0
        title = w._("{sum} short: name it") if difference < 0 else w._("{sum} over: name it")
        bearers: tuple[tuple[Any, str], ...] = (
            ("open", w._("stays open")),
            (GROUP, w._("the group, by vote")),
            (MEMBER, w._("a member")),
            ("awaiting", w._("another laptop's records are missing")),
        )
        before = "" if named is None else named.reason
        bearer = dict(bearers).get("open" if named is None else named.bearer, bearers[0][1])
        number = w._("Number of the member")
        fields = (
            Asked(w._("Why, as far as known"), 300, before, None, (), w._("May stay empty: not known"), letters=True),
            Asked(w._("Who held the key"), 200, "", letters=True),
            Asked(w._("What was tried"), 240, "", letters=True),
            Asked(w._("Who bears it"), 300, bearer, None, bearers, goes=_after_bearer),
            Asked(number, 90, "", lambda text: self.reads.member(text, empty=True), goes=lambda _number: END),
            Asked(w._("For"), 60, "", self.reads.whole),
            Asked(w._("Against"), 60, "", self.reads.whole),
        )
        said = title.format(sum=self._sum(difference))
        return Question(said, fields, self._done, breaks=(BEARER,), check=self._check, name="difference")

    def _sum(self, amount_minor: int) -> str:
        return formats.money(self.words, abs(amount_minor), self.draft.ground.currency)

    def _check(self, values: list[Any]) -> tuple[int, str] | None:
        w = self.words
        if values[BEARER] == GROUP and not values[FOR]:
            return FOR, w._("How many were for it: the group bears a difference only by vote")
        if values[BEARER] == MEMBER and not values[NUMBER]:
            return NUMBER, w._("Whose it is: her number")
        return None

    def _done(self, values: list[Any]) -> None:
        bearer = values[BEARER] or "open"
        self.unname()
        self.draft.name_difference(self._reason(*values[:BEARER]), values[NUMBER] if bearer == MEMBER else bearer)
        if bearer == GROUP:
            made = Decision(
                self._decided(), votes_for=values[FOR], votes_against=values[FOR + 1], template=DIFFERENCE_ACCEPTED
            )
            self.draft.change_decision(len(self.draft.state.decisions), made)
        self.after()

    def _reason(self, why: str, key: str, tried: str) -> str:
        """Why, with who held the key and what was tried behind it, as readers of the minutes see it."""
        w = self.words
        parts = [why] if why else []
        parts += [w._("key held by {name}").format(name=key)] if key else []
        parts += [w._("tried: {what}").format(what=tried)] if tried else []
        return "; ".join(parts) or UNKNOWN

    def _decided(self) -> str:
        """What the meeting decided about the difference as it is named now."""
        named = self.draft.named
        if named is None:
            return ""
        text = self.words._("The group bears the cash difference of {sum}").format(sum=self._sum(named.amount_minor))
        return text if named.reason == UNKNOWN else f"{text}: {named.reason}"

    def unname(self) -> None:
        """Takes a name given before back, with the decision that was written for it."""
        named, text = self.draft.named, self._decided()
        if named is not None and named.bearer == GROUP:
            decisions = self.draft.state.decisions
            at = next((n for n, one in enumerate(decisions) if one.text == text and one.template), None)
            if at is not None:
                self.draft.change_decision(at, None)
        if named is not None and not self.draft.cash().difference_minor:
            self.draft.name_difference("")


def _after_bearer(bearer: Any) -> int:
    """Only of a member her number is asked, only of the group its vote."""
    return {GROUP: FOR, MEMBER: NUMBER}.get(bearer, END)
