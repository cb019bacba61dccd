"""Figures in a few cells: values short enough for a column, and what a source gives for a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.widgets.matrix import ValueCell, ValueRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.figure_matrix import MatrixMention, MatrixRow, MatrixValue
    from sources.evidence.figures import Figure
    from sources.model import Ref

_CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪"}
_SIZES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
STATUS_SIGNS = {
    "conflict": "≠", "possible": "?", "updated": "→", "before-after": "→", "agree": "=", "nearby": "~",
    "single": " ",
}  # fmt: skip
_ORDER = tuple(STATUS_SIGNS)
_PARTS = {
    "conflict": "dissent", "possible": "value", "updated": "change", "before-after": "change",
    "agree": "value", "nearby": "lone", "single": "lone",
}  # fmt: skip
DISSENT, CHANGE, COPY, BEFORE = "≠", " → ", "≈", "‹"


def digits(value: float) -> str:
    """Return a number in few digits, such as ``4.2bn`` or ``3,900``."""
    for size, letters in _SIZES:
        if abs(value) >= size:
            return f"{value / size:.4g}{letters}"
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def normalised(figure: Figure) -> str:
    """Return a figure's value in plain digits, with its range when it has one."""
    return _amount(figure.value, figure.low, figure.high, figure.unit, figure.hedge)


def short_value(value: MatrixValue) -> str:
    """Return a value for a column: ``$4.2bn``, ``~49%``, ``≥120``; the row says what is counted."""
    if isinstance(value.value, str):
        return value.text
    low = None if isinstance(value.low, str) else value.low
    high = None if isinstance(value.high, str) else value.high
    return _amount(value.value, low, high, value.unit, value.hedge)


def _amount(value: float, low: float | None, high: float | None, unit: str, hedge: str | None) -> str:
    if low is not None and high is not None and low != high:
        number, sign = f"{digits(low)}–{digits(high)}", ""
    else:
        sign = "≥" if low is not None else "≤" if high is not None else "~" if hedge else ""
        number = digits(value)
    if unit in _CURRENCIES:
        return f"{sign}{_CURRENCIES[unit]}{number}"
    if unit == "percent":
        return f"{sign}{number}%"
    if unit == "percentage points":
        return f"{sign}{number}pp"
    if len(unit) == 3 and unit.isupper():
        return f"{sign}{unit} {number}"
    return f"{sign}{number}"


def in_order_of_note(rows: Sequence[MatrixRow]) -> tuple[MatrixRow, ...]:
    """Return the rows with what is disputed first, then what changed, what agrees, what one source says."""
    return tuple(sorted(rows, key=lambda row: _ORDER.index(str(row.status))))


def label_of(row: MatrixRow) -> str:
    """Return what a row measures, with the unit that its cells leave out."""
    unit = row.values[0].unit
    bare = str(row.kind) == "duration" or (str(row.kind) == "count" and unit not in row.subject.split())
    return f"{row.subject} ({unit})" if bare and unit not in row.subject else row.subject


def value_rows(rows: Sequence[MatrixRow], refs: Sequence[Ref]) -> list[ValueRow]:
    """Return the rows of the matrix, a cell for each of ``refs``."""
    return [
        ValueRow(
            STATUS_SIGNS[str(row.status)],
            label_of(row),
            _PARTS[str(row.status)],
            tuple(_cell(row, ref) for ref in refs),
        )
        for row in rows
    ]


def _cell(row: MatrixRow, ref: Ref) -> ValueCell | None:
    said = said_by(row, ref)
    if not said:
        return None
    now = [value for value, _ in said if not value.before]
    before = [value for value, _ in said if value.before]
    dissents = any(value.dissents for value in now)
    text = "/".join(dict.fromkeys(map(short_value, now)))
    if before and now:
        text = changed(short_value(before[0]), text)
    elif before:
        text = f"{BEFORE}{short_value(before[0])}"
    copied = all(mention.copied for _, mention in said)
    text = f"{DISSENT if dissents else COPY if copied else ''}{text}"
    part = "dissent" if dissents else "change" if before else "copied" if copied else "value"
    return ValueCell(text, "lone" if part == "value" and _PARTS[str(row.status)] == "lone" else part)


def changed(before: str, now: str) -> str:
    """Return ``before → now``; what both say at the same end is said once: ``$5.1 → 8.6bn``."""
    sign = before[0] if before[:1] == now[:1] and not before[:1].isalnum() else ""
    unit = next((letters for letters in ("tn", "bn", "m", "%") if before.endswith(letters)), "")
    if not now.endswith(unit):
        unit = ""
    return f"{before.removesuffix(unit)}{CHANGE}{now.removeprefix(sign)}"


def said_by(row: MatrixRow, ref: Ref) -> list[tuple[MatrixValue, MatrixMention]]:
    """Return what a source gives for a row: its values, each with the first place where it stands."""
    found = []
    for value in row.values:
        mention = next((mention for mention in value.mentions if mention.ref == ref), None)
        if mention is not None:
            found.append((value, mention))
    return found


def rivals_of(row: MatrixRow, value: MatrixValue) -> tuple[MatrixValue, ...]:
    """Return the values of a row that contradict one of them; what was before contradicts nothing."""
    if value.before or str(row.status) != "conflict":
        return ()
    return tuple(
        other
        for other in row.values
        if other is not value and not other.before and (other.dissents or value.dissents)
    )
