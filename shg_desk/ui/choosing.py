"""The system's own windows for choosing a folder or a file, the only dialogs of an ordinary day. Tests replace them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtCore import QStorageInfo
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QWidget

from shg_desk.ui.sticks import Stick
from shg_desk.ui.sticks import label_in
from shg_desk.ui.sticks import sticks


def folder(parent: QWidget, title: str, start: str = "") -> Path | None:
    """A folder or stick; None when the person goes back."""
    chosen = QFileDialog.getExistingDirectory(parent, title, _from(start))
    return Path(chosen) if chosen else None


def file(parent: QWidget, title: str, kinds: str, start: str = "") -> Path | None:
    """A file that is there; `kinds` as Qt writes them (`Parcels (*.shgb)`)."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _from(start), kinds)
    return Path(chosen) if chosen else None


def files(parent: QWidget, title: str, kinds: str, start: str = "") -> list[Path]:
    """Several files that are there; none when the person goes back."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, _from(start), kinds)
    return [Path(one) for one in chosen]


def new_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """A file to be written, under this name among the person's documents unless she says otherwise."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(_from("")) / name), kinds)
    return Path(chosen) if chosen else None


def _from(start: str) -> str:
    """The place asked for where it is there (a stick may be drawn); else the person's documents, or her own folder.

    Left empty, Qt would open wherever the program was started from.
    """
    kinds = (QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation)
    places = (start, *(QStandardPaths.writableLocation(kind) for kind in kinds))
    return next((one for one in places if one and Path(one).exists()), str(Path.home()))


def sticks_here() -> list[Stick]:
    """The sticks in this computer at this moment."""
    return sticks()


def stick_name(place: Path) -> str:
    """What people call a place: the stick's own name where it has one, else the folder's."""
    return label(place) or place.name or str(place)


def label(place: Path) -> str:
    """The name of the stick that a place is on, empty where it is on none or the stick has no name."""
    volume = QStorageInfo(str(place))
    named = volume.name() if volume.isValid() and not volume.isRoot() else ""
    return named or label_in(str(place))
