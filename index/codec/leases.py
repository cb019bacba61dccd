"""A lease on a file that is read: nobody can write to it or cut it off before its reader has let go.

Whoever tries waits meanwhile, for 45 seconds at most, unless the system is told otherwise. Only Linux has
leases, and only for files of local disks that belong to the user and that nobody has open for writing.
"""

from __future__ import annotations

import signal
import sys

if sys.platform == "linux":
    import fcntl

    def take_lease(descriptor: int) -> bool:
        """Ask for a lease on a file that is open for reading; tell whether it was given."""
        try:
            # The signal that the system would send otherwise ends the process; nobody minds this one.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError:
            return False
        return True

    def is_leased(descriptor: int) -> bool:
        """Tell whether a lease that was given still holds, and nobody waits for its end."""
        try:
            return fcntl.fcntl(descriptor, fcntl.F_GETLEASE) == fcntl.F_RDLCK
        except OSError:
            return False

    def end_lease(descriptor: int) -> None:
        """Let those go on who wait for the file."""
        try:
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError:
            return  # it had ended already

else:

    def take_lease(_: int) -> bool:
        """Tell that there are no leases."""
        return False

    def is_leased(_: int) -> bool:
        """Tell that there are no leases."""
        return False

    def end_lease(_: int) -> None:
        """Do nothing, since there are no leases."""
