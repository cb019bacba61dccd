"""An interruption (Ctrl-C) of the command: one line and status 130, at whatever moment it comes."""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # what is loaded before it is watched for is time in which it is not
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import NoReturn

STATUS = 130
WORDS = "crossread: interrupted\n"
_AGAIN = 0.01  # seconds; then Python is done with what it could not stop


def as_command(run: Callable[[], int]) -> int:
    """Return the status of ``run``, which this process is there for: 130 after an interruption.

    Nothing is undone that `run` does not undo itself when KeyboardInterrupt passes through it.
    """
    interruption = Interruption()
    try:
        interruption.watch()
        status = run()
    except KeyboardInterrupt:
        interruption.came = True
        status = STATUS
    return interruption.end(status)


class Interruption:
    """What SIGINT does in a process that is the command.

    It raises KeyboardInterrupt, as Python does; but Python drops an exception that comes while it runs a
    destructor or the callback of a weak reference, as each import has. Then it is raised once more.
    """

    def __init__(self) -> None:
        self.came = False
        self._told = False

    def watch(self) -> None:
        """Be what SIGINT does from now on."""
        signal.signal(signal.SIGINT, self._raise)
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._raise)
        sys.unraisablehook = self._dropped

    def _raise(self, _signal: int, _frame: FrameType | None) -> NoReturn:
        self.came = True
        raise KeyboardInterrupt

    def _dropped(self, dropped: sys.UnraisableHookArgs) -> None:
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(dropped)
        elif hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)

    def end(self, status: int) -> int:
        """Return the status to leave with, after one line if it was interrupted; now it ends all at once."""
        signal.signal(signal.SIGINT, self._end_at_once)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        if not self.came:
            return status
        self._tell()
        try:
            sys.stdout.flush()
        except (OSError, ValueError):  # whoever read the answer was interrupted as well
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return STATUS

    def _end_at_once(self, _signal: int, _frame: FrameType | None) -> NoReturn:
        # Nothing is under way that could be left half done; Python would wait for other processes.
        self._tell()
        multiprocessing = sys.modules.get("multiprocessing")
        for process in multiprocessing.active_children() if multiprocessing is not None else ():
            process.kill()
        os._exit(STATUS)

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            try:  # noqa: SIM105 - contextlib takes its time to load
                os.write(2, WORDS.encode())
            except OSError:
                pass  # nobody hears it


def run_interruptible(loop: Callable[[], object]) -> None:
    """Run an event loop, with what Python makes of SIGINT in one: the terminal is put right first."""
    ours = signal.getsignal(signal.SIGINT)
    if not isinstance(getattr(ours, "__self__", None), Interruption):
        loop()
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        loop()
    finally:
        signal.signal(signal.SIGINT, ours)
