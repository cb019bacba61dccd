"""The app is opened again as often as it is left for another library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from tui.cli import open_app
from tui.services.opening import Opening

if TYPE_CHECKING:
    import pytest

OWN, DEMO = Path("own"), Path("demo")


@dataclass
class App:
    """What stands for the app: it is left for what ``wishes`` say, one after the other."""

    library_folder: Path
    demo: bool
    home: Path | None
    tour: bool
    opens_next: Opening | None = None
    return_code: int = 0

    opened: ClassVar[list[Opening]] = []
    wishes: ClassVar[list[Opening]] = []

    def run(self) -> None:
        self.opened.append(Opening(self.library_folder, self.demo, self.home, self.tour))
        self.opens_next = self.wishes.pop(0) if self.wishes else None
        self.return_code = 0 if self.demo else 4


def test_from_ones_own_library_to_the_demo_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.application.CrossreadApp", App)
    tour = Opening(DEMO, demo=True, home=OWN, tour=True)
    monkeypatch.setattr(App, "opened", [])
    monkeypatch.setattr(App, "wishes", [tour, Opening(OWN)])
    assert open_app._run_app(Opening(OWN)) == 4  # as the last one ended
    assert App.opened == [Opening(OWN), tour, Opening(OWN)]
