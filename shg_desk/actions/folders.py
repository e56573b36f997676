"""Folders that what is written goes into."""

from __future__ import annotations

from pathlib import Path

from shg_desk.domain.disk_trouble import refused_by_disk


def make_folder(folder: Path) -> None:
    """A folder with those above it, where it is not there yet. Raises SurroundingsError FOLDER_UNUSABLE, DISK_FULL."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused_by_disk(error, str(folder)) from error


def holds_something(folder: Path) -> bool:
    """True for a folder that is there and not empty. Raises SurroundingsError FOLDER_UNUSABLE, also for a file."""
    try:
        return folder.exists() and any(folder.iterdir())
    except OSError as error:
        raise refused_by_disk(error, str(folder)) from error
