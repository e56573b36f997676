"""Starts the program: with a verb the command line, without one the window."""

from __future__ import annotations

import sys


def main() -> None:
    """The entry of `shg-desk`; what the other of the two needs is not loaded."""
    from shg_desk.cli.anywhere import wants_window

    arguments = sys.argv[1:]
    if "--pictures" in arguments:
        from shg_desk.ui.pictures import take_pictures

        sys.exit(take_pictures(arguments))
    if wants_window(arguments):
        from shg_desk.ui.plain_import import restore

        restore()
        from shg_desk.ui.app import open_window

        sys.exit(open_window(arguments))
    from shg_desk.cli.main import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
