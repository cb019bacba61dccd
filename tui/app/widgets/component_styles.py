"""The styles of a widget's parts, as its style sheet has them, ready to be laid over a line's own style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from textual.widget import Widget


class ComponentStyles:
    """Looks up component classes ``PREFIX--NAME``; only what the sheet sets for a part is in its style.

    Colours that let the background shine through are mixed with it first, since a cell has no such
    colour.
    """

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._found: dict[str, Style] = {}

    def forget(self) -> None:
        """Look everything up anew: theme, focus or style sheet changed."""
        self._found.clear()

    @property
    def base(self) -> Style:
        """The style of the widget itself."""
        return self._widget.visual_style.rich_style

    def __getitem__(self, name: str) -> Style:
        style = self._found.get(name)
        if style is None:
            style = self._found[name] = self._look_up(f"{self._prefix}--{name}")
        return style

    def _look_up(self, component: str) -> Style:
        rules = self._widget.get_component_styles(component)
        mixed = self._widget.get_component_rich_style(component)
        coloured = rules.has_rule("color") or (rules.has_rule("auto_color") and rules.auto_color)
        return (
            Style(
                color=mixed.color if coloured else None,
                bgcolor=mixed.bgcolor if rules.has_rule("background") else None,
            )
            + rules.text_style
        )
