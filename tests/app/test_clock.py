from __future__ import annotations

from textual.app import App

from tests.waiting import HandClock


async def test_time_passes_only_as_the_test_says() -> None:
    app, clock, said = App[None](), HandClock(), list[str]()
    async with app.run_test() as pilot:
        clock.after(app, 2.0, lambda: said.append("later"))
        clock.after(app, 1.0, lambda: said.append("sooner"))
        clock.after(app, 1.5, lambda: said.append("never")).stop()
        often = clock.every(app, 0.75, lambda: said.append("often"))
        clock.pass_by(0.74)
        await pilot.pause()
        assert said == []
        clock.pass_by(0.01)
        await pilot.pause()
        assert said == ["often"]
        clock.pass_until_next(latest=9.0)
        clock.pass_until_next(latest=9.0)
        await pilot.pause()
        assert (clock.now(), said) == (1.5, ["often", "sooner", "often"])
        often.stop()
        clock.pass_until_next(latest=9.0)
        clock.pass_until_next(latest=9.0)
        await pilot.pause()
        assert (clock.now(), said) == (9.0, ["often", "sooner", "often", "later"])
