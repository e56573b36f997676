"""Sticks in this laptop now, asked of the system when somebody wants to know; nothing watches for them."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

PLACES = ("/media/", "/run/media/", "/Volumes/")
"""Where Linux and macOS put what is plugged in."""

WINDOWS_REMOVABLE = 2
STICK_SYSTEMS = frozenset({"vfat", "fat", "fat32", "exfat", "msdos"})


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick as people know it: the name written on it (or where it is), its place."""

    name: str
    place: Path


@dataclass(frozen=True, slots=True)
class Volume:
    """What the system says of one place of storage; `drive_type` is Windows' own number, 0 elsewhere."""

    root: str
    name: str
    system: str
    ready: bool
    is_root: bool
    drive_type: int = 0


def is_stick(volume: Volume) -> bool:
    """True for what can be pulled out: Windows says so itself; elsewhere it is known by its place and file system."""
    if not volume.ready or volume.is_root:
        return False
    if volume.drive_type:
        return volume.drive_type == WINDOWS_REMOVABLE
    there = volume.root.rstrip("/") + "/"
    return (there.startswith(PLACES) and there not in PLACES) or volume.system.lower() in STICK_SYSTEMS


def label_in(place: str) -> str:
    """The stick's name as the system wrote it into a path, empty for a path that lies on no stick."""
    there = place.replace("\\", "/").rstrip("/") + "/"
    root = next((one for one in PLACES if there.startswith(one)), None)
    if root is None:
        return ""
    parts = there.removeprefix(root).rstrip("/").split("/")
    by_person = root != "/Volumes/" and len(parts) > 1  # Linux puts a person's name before the stick's
    return parts[1 if by_person else 0]


def volumes() -> list[Volume]:
    """Every place of storage of this computer at this moment."""
    found = []
    for one in QStorageInfo.mountedVolumes():
        if one.isValid():
            found.append(
                Volume(
                    root=one.rootPath(),
                    name=one.name(),
                    system=bytes(one.fileSystemType().data()).decode("ascii", "replace"),
                    ready=one.isReady(),
                    is_root=one.isRoot(),
                    drive_type=_drive_type(one.rootPath()),
                )
            )
    return found


def _drive_type(root: str) -> int:
    windows = getattr(ctypes, "windll", None)
    return 0 if windows is None else int(windows.kernel32.GetDriveTypeW(root.replace("/", "\\")))


def sticks() -> list[Stick]:
    """The sticks in this computer now, by name; the boot partition of a laptop is none."""
    found = [
        Stick(one.name or Path(one.root).name or one.root, Path(one.root))
        for one in volumes()
        if is_stick(one) and not one.root.startswith(("/boot", "/efi"))
    ]
    return sorted(found, key=lambda one: one.name.casefold())
