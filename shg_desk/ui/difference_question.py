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
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Question
from shg_desk.ui.asked_values import Reads
from shg_desk.ui.difference_reason import UNKNOWN
from shg_desk.ui.difference_reason import Reason
from shg_desk.ui.difference_reason import key_holder
from shg_desk.ui.difference_reason import read_reason
from shg_desk.ui.difference_reason import reason_text

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
        bearers = self._bearers(difference)
        before = Reason(key=key_holder(w, self.draft.ground)) if named is None else read_reason(named.reason)
        borne = "open" if named is None else named.bearer
        hers = borne if borne not in (*dict(bearers), GROUP, "awaiting") else ""
        bearer = dict(bearers).get(MEMBER if hers else borne, bearers[0][1])
        vote = self._vote()
        votes = ("", "") if vote is None else (_figure(vote.votes_for), _figure(vote.votes_against))
        number = w._("Number of the member")
        why = w._("Why, as far as known")
        fields = (
            Asked(why, 300, before.why, None, (), w._("May stay empty: not known"), letters=True),
            Asked(w._("Who held the key"), 200, before.key, letters=True),
            Asked(w._("What was tried"), 240, before.tried, letters=True),
            Asked(w._("Who bears it"), 300, bearer, None, bearers, goes=_after_bearer),
            Asked(number, 90, hers, lambda text: self.reads.member(text, empty=True), goes=lambda _number: END),
            Asked(w._("For"), 60, votes[0], self.reads.whole),
            Asked(w._("Against"), 60, votes[1], self.reads.whole),
        )
        said = title.format(sum=self._sum(difference))
        return Question(said, fields, self._done, breaks=(BEARER,), check=self._check, name="difference")

    def _bearers(self, difference: int) -> tuple[tuple[Any, str], ...]:
        """Who can bear it: a member only what is missing, for nobody's hands can hold less than nothing."""
        w = self.words
        return (
            ("open", w._("stays open")),
            (GROUP, w._("the group, by vote")),
            *(((MEMBER, w._("a member")),) if difference < 0 else ()),
            ("awaiting", w._("another laptop's records are missing")),
        )

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
        reason = reason_text(self.words, Reason(*values[:BEARER]))
        self.draft.name_difference(reason, values[NUMBER] if bearer == MEMBER else bearer)
        if bearer == GROUP:
            made = Decision(
                self._decided(), votes_for=values[FOR], votes_against=values[FOR + 1], template=DIFFERENCE_ACCEPTED
            )
            self.draft.change_decision(len(self.draft.state.decisions), made)
        self.after()

    def _decided(self) -> str:
        """What the meeting decided about the difference as it is named now."""
        named = self.draft.named
        if named is None:
            return ""
        text = self.words._("The group bears the cash difference of {sum}").format(sum=self._sum(named.amount_minor))
        return text if named.reason == UNKNOWN else f"{text}: {named.reason}"

    def _vote(self) -> Decision | None:
        """The decision that was written for the name given before."""
        named, text = self.draft.named, self._decided()
        if named is None or named.bearer != GROUP:
            return None
        return next((one for one in self.draft.state.decisions if one.text == text and one.template), None)

    def unname(self) -> None:
        """Takes a name given before back, with the decision that was written for it."""
        named, vote = self.draft.named, self._vote()
        if vote is not None:
            self.draft.change_decision(self.draft.state.decisions.index(vote), None)
        if named is not None and not self.draft.cash().difference_minor:
            self.draft.name_difference("")


def _after_bearer(bearer: Any) -> int:
    """Only of a member her number is asked, only of the group its vote."""
    return {GROUP: FOR, MEMBER: NUMBER}.get(bearer, END)


def _figure(votes: int | None) -> str:
    return "" if votes is None else str(votes)
