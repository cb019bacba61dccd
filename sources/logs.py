"""The log: one file for what went wrong that nobody foresaw, each with its traceback.

It holds no words of any source: of an error its kind and the lines of code that it came through, never its
message, since that may quote a text.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from sources import places

if TYPE_CHECKING:
    from logging import Handler, LogRecord
    from pathlib import Path

MOST_BYTES = 1 << 20  # of one file, after which the next begins
KEPT = 3  # files before the current one


def record(error: BaseException, doing: str) -> str:
    """Log an error with its traceback; return one sentence for the user that says where the log is.

    ``doing`` says in a few words of ours, refs among them, what was being done.
    """
    path = places.log_file()
    kind = type(error).__name__
    try:
        _write(path, f"{doing}\n{_traceback(error)}")
    except OSError as failed:
        return f"something went wrong ({kind}), and {path} cannot be written ({failed.strerror})"
    return f"something went wrong ({kind}); the details are in {path}"


def _write(path: Path, words: str) -> None:
    # Nothing of this is loaded before something goes wrong.
    import logging

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = _handler(path)
    try:
        handler.setFormatter(logging.Formatter("%(asctime)s [%(process)d] %(message)s"))
        handler.handle(logging.makeLogRecord({"msg": words, "levelno": logging.ERROR}))
    finally:
        handler.close()


def _handler(path: Path) -> Handler:
    """Return what appends to the log: for the user's eyes only, and without a word about its own errors."""
    from io import TextIOWrapper
    from logging.handlers import RotatingFileHandler

    class PrivateHandler(RotatingFileHandler):
        def _open(self) -> TextIOWrapper:
            descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with suppress(OSError, AttributeError):  # a file of others, or a system without owners
                os.fchmod(descriptor, 0o600)
            return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8", errors="backslashreplace")

        def handleError(self, record: LogRecord) -> NoReturn:  # noqa: ARG002, N802 - logging's own names
            raise  # noqa: PLE0704 - it is called where an error is being handled

    return PrivateHandler(path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)


def _traceback(error: BaseException) -> str:
    """Return the way of an error, and of those that led to it, without what they say."""
    from traceback import format_tb

    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines = "".join(format_tb(current.__traceback__))
        parts.insert(0, f"{lines}{type(current).__module__}.{type(current).__qualname__}\n")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "which led to\n".join(parts).rstrip("\n")
