"""Fields whose text means a value: read by a function that is given, told in words when left, written back in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic
from typing import TypeVar

from shg_desk.domain.money import added
from shg_desk.ui import tokens
from shg_desk.ui.parts.field import DATE_WIDTH
from shg_desk.ui.parts.field import SUM_WIDTH
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.paint import LEFT_MIDDLE
from shg_desk.ui.parts.paint import RIGHT_MIDDLE

Value = TypeVar("Value")


class ParsedField(Field, Generic[Value]):
    """A field for a value.

    `parse` makes the value of the text or raises a ValueError (as `domain.money` and `domain.dates` do), `show`
    writes it back, `tell` makes the sentence of that ValueError. An empty field is no value and no trouble.
    """

    def __init__(
        self,
        parse: Callable[[str], Value],
        show: Callable[[Value], str],
        tell: Callable[[ValueError], str],
        *,
        width: int,
        size: int = tokens.BODY,
    ) -> None:
        super().__init__(width=width, size=size)
        self._parse, self._show, self._tell = parse, show, tell
        self.left.connect(self.check)

    def value(self) -> Value | None:
        """The value of what is typed; None when it is empty or cannot be read."""
        try:
            return self._parse(self.text()) if self.text() else None
        except ValueError:
            return None

    def set_value(self, value: Value | None) -> None:
        """Show a value."""
        self.set_text("" if value is None else self._show(value))

    def check(self) -> bool:
        """Read it as on leaving: a good value is written in full, a bad one is told; True when nothing is wrong."""
        if not self.text():
            self.tell_problem("")
            return True
        try:
            value = self._parse(self.text())
        except ValueError as trouble:
            self.tell_problem(self._tell(trouble))
            return False
        self.set_value(value)
        return True


class DateField(ParsedField[date]):
    """A date: `21`, `5.3`, `5.3.26` are enough where `parse` knows the day they refer to."""

    def __init__(
        self, parse: Callable[[str], date], show: Callable[[date], str], tell: Callable[[ValueError], str]
    ) -> None:
        super().__init__(parse, show, tell, width=DATE_WIDTH)
        self.edit.setAlignment(LEFT_MIDDLE)


class MoneyField(ParsedField[int]):
    """A sum in minor units, right-aligned: comma or point, and `50+50`."""

    def __init__(
        self,
        parse: Callable[[str], int],
        show: Callable[[int], str],
        tell: Callable[[ValueError], str],
        *,
        width: int = SUM_WIDTH,
    ) -> None:
        super().__init__(added(parse), show, tell, width=width)
        self.edit.setAlignment(RIGHT_MIDDLE)
