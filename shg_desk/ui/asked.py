"""A question that is asked in the page: its fields, how each is read, and what its numbered choices look like."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

LONGEST_WHOLE = 60
"""So many letters of a choice stay on one line with their number; a longer one may break."""

Choices = Sequence[tuple[Any, str]]
Read = Callable[[str], Any]
Make = Callable[[], "Question"]
"""Makes a question in the language and on the draft of the moment: one that is open is asked on in another language."""


class UnreadableError(ValueError):
    """What was typed is no answer; the text says so, ready for people."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a question: its label, width at 100 %, what stands in it, and how its text is read.

    `choices` are (value, words): a number chooses one of the first ten, Down and Up any. `read` raises
    `UnreadableError`; `letters` shows their bar. `fills` gives for a chosen value what is put into the next field; a
    letter goes on to that field, too. `goes` gives for an answer the number of the field that is asked next.
    """

    label: str
    width: int = 120
    text: str = ""
    read: Read | None = None
    choices: tuple[tuple[Any, str], ...] = ()
    hint: str = ""
    letters: bool = False
    fills: Callable[[Any], str] | None = None
    goes: Callable[[Any], int] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A titled question; `done` gets the values in the order of the fields, which begin a new line at `breaks`.

    `name` says which question it is, so that answers left half typed are found again; `said` stands under the title.
    `check` looks at all answers together before that: the number of the field that cannot stay so, and why.
    """

    title: str
    fields: tuple[Asked, ...]
    done: Callable[[list[Any]], None]
    button: str = ""
    extra: tuple[tuple[str, Callable[[], None]], ...] = field(default=())
    breaks: tuple[int, ...] = ()
    check: Callable[[list[Any]], tuple[int, str] | None] | None = None
    name: str = ""
    said: str = ""

    @property
    def is_menu(self) -> bool:
        """Nothing is typed: the digit alone opens what it stands before."""
        return len(self.fields) == 1 and bool(self.fields[0].choices)


def listed(choices: Choices) -> str:
    """The choices with their numbers; a line breaks between two of them, not inside one. The tenth has 0."""
    named = enumerate((words for _, words in choices), start=1)
    found = (f"{n % 10 if n <= 10 else '↓'} {words}" for n, words in named)
    return "   ".join(one.replace(" ", "\u00a0") if len(one) <= LONGEST_WHOLE else one for one in found)


def digits(choices: Choices) -> str:
    """The digits that choose: `1–7`, of ten and more all of them."""
    last = len(choices) if len(choices) < 10 else 0
    return "1" if last == 1 else f"1–{last}"
