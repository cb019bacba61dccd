"""Where the user is, saved soon after it changed: an app that is killed comes back there as well."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.app.state import save_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.message_pump import MessagePump

    from tui.app.state import Session
    from tui.app.workers import Appointment, Clock, Job, Workers

KEPT_AFTER = 0.5  # seconds; longer than digits wait for what they count
_LANE = "session"


class SessionKeeper:
    """Saves a session where it is another than ``saved``; ``settled`` says when it is worth a look."""

    def __init__(
        self,
        path: Path,
        saved: Session,
        capture: Callable[[], Session],
        settled: Callable[[], bool],
        workers: Workers,
        clock: Clock,
        failed: Callable[[Exception], None],
    ) -> None:
        self._path = path
        self._saved = saved
        self._capture = capture
        self._settled = settled
        self._workers = workers
        self._clock = clock
        self._failed = failed
        self._due: Appointment | None = None
        self._noticed_again = False
        self._writing = threading.Lock()  # the last one is written while an older one may be under way

    def notice(self, node: MessagePump) -> None:
        """Have a look soon at whether anything changed; whatever else happens until then is seen with it."""
        if self._due is not None:
            self._noticed_again = True
            return
        self._due = self._clock.after(node, KEPT_AFTER, lambda: self._look(node))

    def _look(self, node: MessagePump) -> None:
        self._due, again, self._noticed_again = None, self._noticed_again, False
        settled = self._settled()
        if again or not settled:  # what happened a moment ago may only have begun
            self.notice(node)
        if not settled or (session := self._capture()) == self._saved:
            return
        kept = self._saved = replace(session)

        def work(job: Job) -> None:
            with self._writing:
                job.still_wanted()
                save_session(self._path, kept)

        # To wait for the disk takes longer than a key may.
        self._workers.run(_LANE, work, lambda _: None, self._failed)

    def save(self) -> None:
        """Save what there is at once, whatever is under way."""
        self._workers.drop(_LANE)
        try:
            with self._writing:
                save_session(self._path, self._capture())
        except OSError as error:
            self._failed(error)
