"""The command palette: every command of the registry by name, and every source by title."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider
from textual.content import Content

from sources.text.folding import fold
from tui.app.main_screen import MainScreen
from tui.app.messages import OpenSource
from tui.services.actions import WIDGETS_OWN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tui.services.actions import Action

MOST_SOURCES = 20
_IN_HELP = 0.3  # the score of a command whose explanation alone holds what was typed


def _name(command: Action) -> str:
    return f"{command.group}: {command.title}" + (f"  ({command.shown_keys})" if command.keys else "")


def _offered(screen: MainScreen) -> tuple[Action, ...]:
    return tuple(
        command
        for command in screen.services.commands
        if command.where not in WIDGETS_OWN and command.id != "palette"
    )


class CommandProvider(Provider):
    """Offers commands, and sources of the unfolded stories."""

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Offer all commands before anything is typed."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            for command in _offered(screen):
                yield DiscoveryHit(
                    Content(_name(command)),
                    partial(screen.action_run, command.id),
                    text=_name(command),
                    help=command.help,
                )

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """Offer what answers to what is typed."""
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        matcher = self.matcher(query)
        for command in _offered(screen):
            score = matcher.match(_name(command)) or _IN_HELP * (fold(query) in fold(command.help))
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(_name(command)),
                    partial(screen.action_run, command.id),
                    text=_name(command),
                    help=command.help,
                )
        folded, found = fold(query), 0
        for entries in screen.state.listing.entries.values():
            for entry in entries:
                if entry.title and folded in fold(entry.title) and found < MOST_SOURCES:
                    found += 1
                    yield Hit(
                        0.5,
                        Content(f"Open {entry.ref}: {entry.title}"),
                        partial(screen.reading.open, OpenSource(entry.ref)),
                        text=f"{entry.ref} {entry.title}",
                    )
