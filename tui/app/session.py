"""Where one was: kept per library as JSON, written atomically, read with tolerance for anything odd."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from sources.model import Ref

if TYPE_CHECKING:
    from pathlib import Path

VIEWS = ("read", "compare", "story", "notes")
MOST_READ = 100_000


@dataclass(slots=True)
class Session:
    """What the app needs to come back to where it was; refs are kept as text."""

    view: str = "read"
    source: str = ""
    cursor: int = 0
    marked: list[str] = field(default_factory=list)
    pair: list[str] = field(default_factory=list)
    search: str = ""
    sort: str = ""
    searches: list[str] = field(default_factory=list)  # that were run, the newest first
    facets_shown: bool = False
    unfolded: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    left_width: int = 0  # cells; 0 leaves the width to the layout
    right_width: int = 0
    right_shown: bool = True
    left_shown: bool = True
    tab: str = "entities"
    hidden_kinds: list[str] = field(default_factory=list)
    theme: str = ""


def session_file(state_folder: Path, library_folder: Path) -> Path:
    """Return where the session of a library is kept."""
    name = hashlib.sha256(str(library_folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state_folder / "sessions" / f"{name}.json"


def load_session(path: Path) -> Session:
    """Read a session; whatever is missing, unknown or of the wrong type falls back to its default."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Session()
    session = Session()
    if not isinstance(raw, dict):
        return session
    for known in fields(Session):
        if known.name in raw:
            _take(session, known.name, raw[known.name])
    return session


def save_session(path: Path, session: Session) -> None:
    """Write a session so that a reader finds the old one or the new one, never half of one."""
    values = {known.name: getattr(session, known.name) for known in fields(Session)}
    values["read"] = session.read[-MOST_READ:]
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(values, file, ensure_ascii=True, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _take(session: Session, name: str, value: Any) -> None:
    if name in {"marked", "pair", "read"}:
        if isinstance(value, list):
            setattr(session, name, [text for text in value if isinstance(text, str) and Ref.parse(text)])
    elif name in {"unfolded", "hidden_kinds", "searches"}:
        if isinstance(value, list):
            setattr(session, name, [text for text in value if isinstance(text, str)])
    elif name == "view":
        session.view = value if value in VIEWS else "read"
    elif type(value) is type(getattr(session, name)) and not (isinstance(value, int) and value < 0):
        setattr(session, name, value)
