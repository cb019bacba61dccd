"""The entry point: finds the command, runs it, and turns what went wrong into one line and a status."""

from __future__ import annotations

import codecs
import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from sources.errors import CrossreadError, InputError, QueryError, RequestError
from sources.text.cleaning import printable
from tui.cli import documents
from tui.cli.arguments import Call, UsageProblem, answer_without_command, command_parser, sort_words
from tui.cli.command import APP, ExitCode, Invocation, find_command
from tui.cli.console import Console, cell_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command import Command

_BLANK = re.compile(r"\s")


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``crossread`` with ``argv`` (default: the words of the process); return the exit status.

    KeyboardInterrupt is for the caller: see `tui.cli.interruption`.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _open_closed_streams()
    _survive_odd_characters()
    try:
        status = _dispatch(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()  # whoever read the answer has seen enough
        return ExitCode.DONE
    except OSError as error:
        # What is read has its own errors, and what is stored too: left is the stream that answers go to.
        place = error.filename or "the answer could not be written"
        _complain(f"{place}: {str(error.strerror or error).lower()}")
        _forget_output()
        return ExitCode.STORAGE
    except Exception as error:
        _complain(_logged(error))
        return ExitCode.STORAGE
    _tell_of_escapes()
    return status


def _dispatch(words: list[str]) -> ExitCode:
    try:
        call = sort_words(words)
    except UsageProblem as problem:
        return _no_command(words, problem)
    if call.wants_version or (call.wants_help and not call.words):
        return _without_command(call)
    if not call.words:
        return _run("", APP.load(), call.before)
    entry = find_command(call.words)
    if entry is None:
        return _without_command(call)
    helped = ["--help"] if call.wants_help else []
    return _run(entry.name, entry.load(), [*call.before, *helped, *call.words[len(entry.name.split()) :]])


def _run(name: str, command: Command, words: list[str]) -> ExitCode:
    schema = name.partition(" ")[0] or "app"
    console = Console.on(sys.stdout, sys.stderr, schema=schema, as_json="--json" in words)
    try:
        arguments = command_parser(name, command).parse_args(words)
    except UsageProblem as problem:
        _report(console, command, problem)
        return _usage(f"{name}: {problem}" if name else str(problem), f"crossread {name} --help")
    except SystemExit:  # argparse's way of having printed the help
        return ExitCode.DONE
    console.as_json = arguments.json
    try:
        return command.run(Invocation(arguments, console))
    except CrossreadError as error:
        console.end_progress()
        _report(console, command, error)
        _complain(str(error))
        if isinstance(error, QueryError):
            _point_at(console, error)
        return _status_of(error)
    except OSError:
        raise
    except Exception as error:
        console.end_progress()
        said = _logged(error)
        _report(console, command, Bug(said))
        _complain(said)
        return ExitCode.STORAGE
    finally:
        console.end_progress()


class Bug(CrossreadError):
    """Something went wrong that nobody foresaw; the text says where it was logged."""


def _logged(error: Exception) -> str:
    from sources import logs

    return logs.record(error, "A command ran.")


def _status_of(error: CrossreadError) -> ExitCode:
    if isinstance(error, RequestError):
        return ExitCode.USAGE
    return ExitCode.INPUT if isinstance(error, InputError) else ExitCode.STORAGE


def _report(console: Console, command: Command, error: CrossreadError) -> None:
    """Leave a valid document behind for a program that reads the answer."""
    if not console.as_json:
        return
    asked = {"query": error.query} if isinstance(error, QueryError) else {}
    console.document({**command.empty, **asked, "error": documents.error(error)})


def _point_at(console: Console, error: QueryError) -> None:
    query = _BLANK.sub(" ", printable(error.query))
    before = _BLANK.sub(" ", printable(error.query[: error.position]))
    console.say(f"  {query}\n  {' ' * cell_width(before)}^")


def _without_command(call: Call) -> ExitCode:
    """Answer a call that names no command: with help, the version, or what may have been meant."""
    try:
        sys.stdout.write(answer_without_command(call))
    except UsageProblem as problem:
        return _no_command([*call.before, *call.words], problem)
    return ExitCode.DONE


def _no_command(words: list[str], problem: UsageProblem) -> ExitCode:
    """Say that ``words`` name no command, also to a program that waits for JSON."""
    if "--json" in words:
        schema = problem.command or "app"
        console = Console.on(sys.stdout, sys.stderr, schema=schema, as_json=True)
        console.document({"error": documents.error(problem)})
    return _usage(str(problem), f"crossread {problem.command} --help")


def _usage(message: str, help_call: str) -> ExitCode:
    _complain(f"{message}\nSee {' '.join(help_call.split())}.")
    return ExitCode.USAGE


def _complain(message: str) -> None:
    sys.stderr.write(f"crossread: {printable(message)}\n")


def _forget_output() -> None:
    """Let what is left of the answer go nowhere, so that Python does not fail on it again at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_closed_streams() -> None:
    """Give a call with closed streams (``>&-``) empty ones, lest a file of the library take their place."""
    streams: tuple[TextIO | None, ...] = (sys.stdin, sys.stdout, sys.stderr)
    if all(stream is not None for stream in streams):
        return
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    for number, (name, stream) in enumerate(zip(("stdin", "stdout", "stderr"), streams, strict=True)):
        if stream is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


_escaped: list[str] = []  # the encodings that lacked a sign


def _survive_odd_characters() -> None:
    """Write what the terminal's encoding lacks as an escape, and read what it cannot be, rather than fail."""
    codecs.register_error("escaped", _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="escaped")
    if isinstance(sys.stdin, TextIOWrapper):
        plain = codecs.lookup(sys.stdin.encoding).name == "ascii"
        sys.stdin.reconfigure(encoding="utf-8" if plain else sys.stdin.encoding, errors="replace")


def _escape(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError):
        _escaped.append(error.encoding)
    return codecs.backslashreplace_errors(error)


def _tell_of_escapes() -> None:
    """Say once why signs came out as escapes."""
    if _escaped and sys.stdout.isatty():
        _complain(f"{_escaped[0]} lacks some characters, shown as escapes; set LC_ALL=C.UTF-8 to see them.")
        _escaped.clear()
