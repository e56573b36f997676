"""SHG Desk: an offline-first desk for self-help groups of migrants' families."""

__version__ = "0.1.0"
