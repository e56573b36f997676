"""What the disk refuses, as a problem: full, not there, not allowed, a file where a folder should be."""

from __future__ import annotations

import errno

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FACTS = {
    errno.ENOENT: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.ENOTDIR: "taken",
    errno.EEXIST: "taken",
    errno.EISDIR: "is_folder",
    errno.ENAMETOOLONG: "too_long",
}
"""The fact that a sentence about each error wants: it holds the path at fault."""


def disk_problem(error: OSError, place: str = "", **facts: Fact) -> Problem:
    """The problem of an error of the system at a place: DISK_FULL, else FOLDER_UNUSABLE with the path by its reason.

    The system's own words are never told: they are in another language than the reader's. `reason` is their number's
    name (`ENOENT`).
    """
    named = error.filename2 or error.filename  # of two the second: the place that the finished file was to take
    at_fault = str(named) if named else place
    name = _FACTS.get(error.errno or 0)
    said: dict[str, Fact] = {"reason": errno.errorcode.get(error.errno or 0, ""), **facts}
    if name and at_fault:
        said[name] = at_fault
    if error.errno in FULL:
        return Problem(Code.DISK_FULL, place or at_fault, said)
    return Problem(Code.FOLDER_UNUSABLE, place or at_fault, said)


def refused_by_disk(error: OSError, place: str = "", **facts: Fact) -> SurroundingsError:
    """The same, to be raised: exit code 3 on the command line."""
    return SurroundingsError(disk_problem(error, place, **facts))


def not_read(error: OSError, path: str, name: str) -> KnownError:
    """FILE_UNREADABLE for a file that a person named and the system does not give.

    That it is not there is the person's slip; what the disk refuses is the surroundings' (exit code 3).
    """
    slip = error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR)
    reason = {errno.ENOENT: "missing", errno.ENOTDIR: "missing"}.get(error.errno or 0, _FACTS.get(error.errno or 0))
    facts: dict[str, Fact] = {"file": name, **({reason: path} if reason in ("missing", "forbidden") else {})}
    return (KnownError if slip else SurroundingsError)(Problem(Code.FILE_UNREADABLE, name, facts))
