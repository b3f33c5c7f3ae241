"""Who writes an entry, and when."""

from __future__ import annotations

import datetime
import getpass
import os

_UTC = "%Y-%m-%dT%H:%M:%SZ"


def account() -> str:
    """The name of the operating system's account that runs this.

    By the user id where the system has one (``LOGNAME`` may say anything); the user id itself where it has no name.
    """
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows, or a container's user without a name
        pass
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


def now() -> str:
    """This second in UTC, as ``2026-11-25T08:00:00Z``."""
    return datetime.datetime.now(datetime.UTC).strftime(_UTC)


def utc(time: str) -> str:
    """An ISO 8601 time as entries have it; one without a zone is UTC, a day its first second. Raises ValueError."""
    told = datetime.datetime.fromisoformat(time)
    return (told if told.tzinfo else told.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC).strftime(_UTC)
