"""What came of taking parcels in: operations by outcome, files refused or skipped, and what to tell."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field

from shg_desk.domain.problems import Problem


@dataclass(slots=True)
class Received:
    """What came of an import: operations by outcome, files refused or skipped, groups touched, and what to tell.

    Pictures, new and known, are counted apart from operations.
    """

    new: int = 0
    known: int = 0
    held: int = 0
    quarantined: int = 0
    released: int = 0
    refused: int = 0
    skipped: int = 0
    files: list[FileOutcome] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    waiting: list[Waits] = field(default_factory=list)
    pictures: int = 0
    pictures_known: int = 0

    def add(self, other: Received) -> None:
        """Counts what another import came to as well."""
        for name in (
            "new",
            "known",
            "held",
            "quarantined",
            "released",
            "refused",
            "skipped",
            "pictures",
            "pictures_known",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.files += other.files
        self.groups |= other.groups
        self.problems += other.problems

    def counts(self) -> dict[str, int]:
        """The counts as the command line names them."""
        names = ("new", "known", "held", "quarantined", "refused", "skipped")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Waits:
    """A record that came and does not count: its name, `held` or `quarantined`, and the code of the reason."""

    name: str
    state: str
    code: str


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file: its name, who sent it, its kind, how many operations were new and known, and why it was refused."""

    name: str
    sender: str = ""
    kind: str = ""
    new: int = 0
    known: int = 0
    problem: Problem | None = None
    skipped: bool = False
