"""Changing a note's words in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.model import NoteFields
from sources.text.cleaning import clean_text

if TYPE_CHECKING:
    from sources.library import Library
    from sources.model import Note
    from tui.cli.console import Console


def edit_elsewhere(library: Library, note: Note, console: Console) -> Note:
    """Open a note's words in ``$VISUAL`` or ``$EDITOR`` and save what they became.

    What another process saved meanwhile is merged. The file stays where the library refused the words.
    Raises RequestError without an editor, or when it fails.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise RequestError("there is no editor: set $VISUAL or $EDITOR, or give --text")
    descriptor, name = tempfile.mkstemp(prefix=f"note-{note.id}-", suffix=".md")
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(note.text + "\n")
    try:
        status = subprocess.run([*shlex.split(editor), name], check=False).returncode  # noqa: S603 - the user's own
    except (OSError, ValueError) as error:
        path.unlink()
        raise RequestError(f"the editor {editor!r} cannot be started: {error}") from error
    if status:
        raise RequestError(f"the editor ended with {status}; the note is as it was, your words are in {name}")
    base = note.fields
    text = clean_text(path.read_text(encoding="utf-8", errors="replace")).strip()
    try:
        saved = library.save_note(
            note.id,
            base,
            NoteFields(text, base.tags, base.labels, base.colour, base.pinned, base.relation, base.coder),
        )
    except BaseException:
        console.say(f"Your words are in {name}")
        raise
    path.unlink()
    if saved.clashes:
        console.say("Somebody else changed the same lines meanwhile; both are in the note, marked.")
    elif saved.merged:
        console.say("Somebody else changed the note meanwhile; both changes are in it.")
    return saved.note
