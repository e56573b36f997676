"""What was typed and not taken: answers of questions and figures of cells that were left by Esc or by a power cut.

They are kept with the draft of their sheet, and stand there again when the same question or cell is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

MOST = 40
"""So many things left half typed are kept, the newest."""


class Unfinished:
    """Texts by the name of what they were typed into."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[str, ...]] = {}

    def keep(self, name: str, texts: Sequence[str]) -> None:
        """These texts stand there when `name` is opened again; a thing without a name is not kept."""
        if not name:
            return
        self._texts.pop(name, None)
        self._texts[name] = tuple(texts)
        for oldest in list(self._texts)[:-MOST]:
            del self._texts[oldest]

    def of(self, name: str) -> tuple[str, ...] | None:
        """What was left there; None where nothing was."""
        return self._texts.get(name)

    def drop(self, name: str) -> None:
        """It was taken, or emptied."""
        self._texts.pop(name, None)

    def record(self) -> dict[str, list[str]]:
        """As it is kept beside a draft."""
        return {name: list(texts) for name, texts in self._texts.items()}

    def restore(self, record: Any) -> None:
        """Back from a kept draft; what is not of that form is left aside."""
        if not isinstance(record, Mapping):
            return
        for name, texts in record.items():
            if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
                self.keep(str(name), texts)
