"""The words of Qt's own windows and menus (choosing a file, copying a text), answered from the program's catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtCore import QTranslator

from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words

PLACES = frozenset(
    {
        "QAbstractFileIconProvider",
        "QDialogButtonBox",
        "QFileDialog",
        "QFileSystemModel",
        "QLineEdit",
        "QMessageBox",
        "QPlatformTheme",
        "QWidgetTextControl",
    }
)
"""Qt's classes whose texts people see here."""

TEXTS: Mapping[str, Marked] = {
    # buttons
    "Cancel": N_("Cancel"),
    "Choose": N_("Choose"),
    "No": N_("No"),
    "OK": N_("Understood"),
    "Open": N_("Open"),
    "Save": N_("Save"),
    "Save As": N_("Save"),
    "Yes": N_("Yes"),
    # a window that chooses a file or folder
    "All Files (*)": N_("All files (*)"),
    "Back": N_("Back"),
    "Change to detail view mode": N_("With size and date"),
    "Change to list view mode": N_("As a list"),
    "Computer": N_("Computer"),
    "Create New Folder": N_("Make a new folder"),
    "Create a New Folder": N_("Make a new folder"),
    "Date Modified": N_("Changed on"),
    "Detail View": N_("With size and date"),
    "Directories": N_("Folders"),
    "Directory:": N_("Folder:"),
    "Drive": N_("Disk"),
    "File": N_("File"),
    "File name:": N_("Name of the file:"),
    "Files": N_("Files"),
    "Files of type:": N_("Kind of file:"),
    "Folder": N_("Folder"),
    "Forward": N_("Forward"),
    "Go back": N_("Back"),
    "Go forward": N_("Forward"),
    "Go to the parent directory": N_("The folder above"),
    "List View": N_("As a list"),
    "List of places and bookmarks": N_("Places"),
    "Look in:": N_("Where:"),
    "Name": N_("Name of the file"),
    "New Folder": N_("Make a new folder"),
    "Parent Directory": N_("The folder above"),
    "Rename": N_("Rename"),
    "Show": N_("Show"),
    "Show hidden files": N_("Show hidden files"),
    "Sidebar": N_("Places"),
    "Size": N_("Size"),
    "Type": N_("Kind"),
    # what it asks and tells
    "%1 already exists.\nDo you want to replace it?": N_("{name} is there already.\nWrite over it?"),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": N_(
        "There is no folder {name}.\nLook at its name once more."
    ),
    "%1\nFile not found.\nPlease verify the correct file name was given.": N_(
        "There is no file {name}.\nLook at its name once more."
    ),
    "'%1' is write protected.\nDo you want to delete it anyway?": N_("{name} is protected.\nDelete it all the same?"),
    "Are you sure you want to delete '%1'?": N_("Delete {name}?"),
    "Could not delete directory.": N_("The folder could not be deleted."),
    # the menu of a field
    "Copy": N_("Copy"),
    "Cut": N_("Cut"),
    "Delete": N_("Delete"),
    "Paste": N_("Paste"),
    "Redo": N_("Do again"),
    "Select All": N_("Choose all"),
    "Undo": N_("Take back"),
}
"""What Qt says, without the marks of its letter keys, and what people read instead; `{name}` stands for Qt's `%1`."""


class QtWords(QTranslator):
    """Asked by Qt for each of its texts; follows the program's language, which may change while it runs."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: N803
        if context not in PLACES:
            return None  # type: ignore[return-value]  # Qt keeps its own text; an empty one would be shown as empty
        bare = sourceText.replace("&", "")
        text = TEXTS.get(bare.rstrip(" "))
        if text is None:
            return None  # type: ignore[return-value]
        said = self._words.say(text).replace("{name}", "%1")
        return said + bare[len(bare.rstrip(" ")) :]
