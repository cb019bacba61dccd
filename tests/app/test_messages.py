from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import running
from tui.app import messages
from tui.app.messages import Dispatcher, FindNext, Message, NotesChanged, RefreshStatus

if TYPE_CHECKING:
    from pathlib import Path


async def test_somebody_sees_to_every_message(folder: Path) -> None:
    async with running(folder) as driver:
        assert driver.main.dispatcher.kinds == {
            kind
            for kind in vars(messages).values()
            if isinstance(kind, type) and issubclass(kind, Message) and kind is not Message
        }


def test_a_message_reaches_those_named_for_it_at_once_and_in_order() -> None:
    told: list[object] = []
    dispatcher = Dispatcher()
    dispatcher.on(FindNext, lambda message: told.append(message.direction))
    dispatcher.on(NotesChanged, lambda _: told.append("first"), lambda _: told.append("second"))
    dispatcher.on(NotesChanged, lambda _: told.append("third"))
    dispatcher.emit(NotesChanged())
    dispatcher.emit(FindNext(-1))
    assert told == ["first", "second", "third", -1]


def test_a_message_that_nobody_sees_to_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Dispatcher().emit(RefreshStatus())


def test_the_app_can_be_had_from_its_package() -> None:
    from tui import app
    from tui.app.application import CrossreadApp

    assert app.CrossreadApp is CrossreadApp
