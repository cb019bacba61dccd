"""The user's own settings, ``config.toml``: what can be set, and what is wrong with what was set.

    theme = "light"            # dark, light, terminal, or one of your own: see `tui.services.themes`
    sort = "newest"            # relevance, newest, oldest, title, publisher
    facets = true              # what a search can be filtered by is shown from the first search on
    coder = "Ada"              # whose labels are made here; CROSSREAD_CODER and --coder come first

    network = true             # `add` gets pages of the web whose addresses are named, without --fetch

    [keys]                     # a command's id, as `crossread keys --json` has it, and its keys
    next-hit = "ctrl+n"
    facets = ["F", "f3"]

    [lint]                     # the levels of what `crossread lint` finds: error, warning, note, off
    uncited = "off"

Whatever is wrong costs only itself: the rest holds, and everything else is as it would be without the file.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sources.model import SORTS
from tui.services.actions import ACTIONS, WIDGETS_OWN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

THEMES = ("dark", "light", "terminal")
LARGEST = 1_000_000  # bytes
_MOST_THEMES = 50  # of the user's own
_NAMED_KEYS = frozenset(
    re.findall(
        r"\w+", "tab enter escape space backspace delete insert home end pageup pagedown up down left right"
    )
)
_KEY = re.compile(r"((?:ctrl|shift|alt)\+)*(.+)")
_SECTION = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?")
_SETTING = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")
_FIRST_KEYS = frozenset(
    key.partition(" ")[0] for one in ACTIONS if one.where != "count" for key in one.keys if " " in key
)
_COMMANDS = {command.id: command for command in ACTIONS}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in the file that does not hold; ``line`` counts from 1, 0 is the file as a whole."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else str(self.path)
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Config:
    """What the user set; None and nothing where the defaults hold. ``keys`` goes by the ids of commands.

    A file that cannot be read as a whole is not ``readable``.
    """

    theme: str | None = None
    sort: str | None = None
    facets: bool | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    coder: str | None = None
    network: bool = False
    lint: Mapping[str, str] = field(default_factory=dict)
    readable: bool = True


def theme_files(path: Path) -> list[Path]:
    """Return the files with themes of the user's own beside the file of settings, by name."""
    return sorted((path.parent / "themes").glob("*.toml"))[:_MOST_THEMES]


def read_config(path: Path) -> Config:
    """Read the file; one that is not there sets nothing, and nothing in it raises."""
    data = file_in(path)
    if isinstance(data, Trouble):
        return Config(troubles=(data,), readable=False)
    return parse_config(data, path, [one.stem for one in theme_files(path)])


def file_in(path: Path) -> bytes | Trouble:
    """Return what a file of settings holds, nothing where it is not there, or why it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        return Trouble(path, 0, f"cannot be read ({error.strerror or error}); it is left out")
    if len(data) > LARGEST:
        return Trouble(path, 0, f"is larger than {LARGEST:,} bytes; it is left out")
    return data


def parse_trouble(error: Exception, data: bytes, path: Path) -> Trouble:
    """Return why a file is no TOML, and in which line."""
    if isinstance(error, UnicodeDecodeError):
        line = data[: error.start].count(b"\n") + 1
        return Trouble(path, line, "this is not UTF-8; the file is left out")
    place = _AT_LINE.search(str(error))
    reason = _AT_LINE.sub("", str(error)) or "it is nested too deeply"
    return Trouble(path, int(place[1]) if place else 0, f"{reason}; the file is left out")


def parse_config(data: bytes, path: Path, themes: Collection[str] = ()) -> Config:
    """Read the bytes of the file, which ``path`` names in what is reported; ``themes`` are the user's own."""
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Config(troubles=(parse_trouble(error, data, path),), readable=False)
    return _Reading(path, _lines(text), themes).config(values)


class _Reading:
    """Takes over what holds, and collects what does not."""

    def __init__(self, path: Path, lines: Mapping[tuple[str, ...], int], themes: Collection[str]) -> None:
        self._path = path
        self._themes = (*THEMES, *themes)
        self._lines = lines
        self._troubles: list[Trouble] = []

    def config(self, values: Mapping[str, Any]) -> Config:
        theme, sort = self._one_of(values, "theme", self._themes), self._one_of(values, "sort", SORTS)
        facets = values.get("facets")
        if facets is not None and not isinstance(facets, bool):
            self._report(("facets",), "facets is true or false")
            facets = None
        network = values.get("network")
        if not isinstance(network, bool | None):
            self._report(("network",), "network is true or false")
        coder = values.get("coder")
        if coder is not None and not (isinstance(coder, str) and coder.strip()):
            self._report(("coder",), 'coder is a name, such as "Ada"')
            coder = None
        for name in values:
            if name not in {"theme", "sort", "facets", "coder", "network", "keys", "lint"}:
                known = "theme, sort, facets, coder, network, [keys], [lint] are"
                self._report((name,), f"no setting is called {_shown(name)}; {known}")
        keys = self._keys(values.get("keys", {}))
        lint = self._lint(values.get("lint", {}))
        troubles = tuple(sorted(self._troubles, key=lambda trouble: trouble.line))
        return Config(theme, sort, facets, keys, troubles, coder, network is True, lint)

    def _report(self, place: tuple[str, ...], reason: str) -> None:
        line = self._lines.get(place) or self._lines.get(place[:1]) or 0
        self._troubles.append(Trouble(self._path, line, reason))

    def _one_of(self, values: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> str | None:
        value = values.get(name)
        if value is None or (isinstance(value, str) and value in allowed):
            return value
        self._report((name,), f"{name} is one of {', '.join(allowed)}, not {_shown(value)}")
        return None

    def _lint(self, table: Any) -> dict[str, str]:
        if not isinstance(table, dict):
            self._report(("lint",), "lint is a table: [lint], and below it a line for each kind of finding")
            return {}
        if not table:
            return {}
        from tui.services.lint import KINDS, LEVELS

        levels: dict[str, str] = {}
        for kind, level in table.items():
            if kind not in KINDS:
                self._report(
                    ("lint", kind),
                    f"lint finds nothing that is called {_shown(kind)}; it finds {', '.join(KINDS)}",
                )
            elif not isinstance(level, str) or level not in LEVELS:
                self._report(("lint", kind), f"{kind} is one of {', '.join(LEVELS)}, not {_shown(level)}")
            else:
                levels[kind] = level
        return levels

    def _keys(self, table: Any) -> dict[str, tuple[str, ...]]:
        if not isinstance(table, dict):
            self._report(("keys",), "keys is a table: [keys], and below it a line for each command")
            return {}
        wanted: dict[str, tuple[str, ...]] = {}
        for name, value in table.items():
            command = _COMMANDS.get(name)
            if command is None:
                self._report(
                    ("keys", name), f"no command is called {_shown(name)}; see crossread keys --json"
                )
            elif command.where in WIDGETS_OWN:
                self._report(("keys", name), f"the keys of {name} belong to the {command.where} and stay")
            elif (keys := self._key_list(name, value)) is not None:
                wanted[name] = keys
        return self._without_clashes(wanted)

    def _key_list(self, name: str, value: Any) -> tuple[str, ...] | None:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not listed or not all(isinstance(key, str) for key in listed):
            self._report(("keys", name), f'{name} wants a key, or a list of keys: "f3" or ["F", "f3"]')
            return None
        for key in listed:
            if not is_key(key):
                self._report(
                    ("keys", name), f"no key is called {_shown(key)}; keys are x, f3, ctrl+n, space …"
                )
                return None
            moves = (one.keys for one in ACTIONS if one.where in {"text", "list"})
            if key not in _COMMANDS[name].keys and any(key in keys for keys in moves):
                self._report(("keys", name), f"{key} moves in texts and lists, and cannot be {name} as well")
                return None
            if key in _FIRST_KEYS:
                self._report(("keys", name), f"{key} begins other keys, and cannot be {name} as well")
                return None
        return tuple(dict.fromkeys(listed))

    def _without_clashes(self, wanted: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Give up what would make a key mean two things in one place, the later line first."""
        while (clash := _clash(wanted)) is not None:
            key, names = clash
            given_up = [name for name in names if name in wanted][-1]
            other = next(name for name in names if name != given_up)
            self._report(
                ("keys", given_up),
                f"{key} is {other} already; {given_up} keeps its keys, or give {other} another",
            )
            del wanted[given_up]
        return wanted


def _clash(wanted: Mapping[str, tuple[str, ...]]) -> tuple[str, list[str]] | None:
    owners: dict[tuple[str, str], list[str]] = {}
    order = [
        *(command for command in ACTIONS if command.id not in wanted),
        *(_COMMANDS[name] for name in wanted),
    ]
    for command in order:
        if command.where in WIDGETS_OWN:
            continue
        for key in wanted.get(command.id, command.keys):
            owners.setdefault((command.where, key), []).append(command.id)
    return next(((key, names) for (_, key), names in owners.items() if len(names) > 1), None)


def is_key(key: str) -> bool:
    """Tell whether that is a key: a character, f1 to f24, space and the like, with ctrl+ and so on before.

    A key that others begin with may have a second one behind a blank.
    """
    first, blank, second = key.partition(" ")
    if blank:
        return first in _FIRST_KEYS and len(second) == 1 and second.isprintable() and not second.isspace()
    found = _KEY.fullmatch(key)
    if found is None:
        return False
    name = found[2]
    if len(name) == 1:
        return name.isprintable() and not name.isspace()
    return name in _NAMED_KEYS or re.fullmatch(r"f([1-9]|1[0-9]|2[0-4])", name) is not None


def _shown(value: Any) -> str:
    """Return a value of the file as it goes into a sentence."""
    return repr(value)[:40]


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Return on which line each setting stands, by its path."""
    return dict(reversed(list(_places(text))))


def _places(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        heading = _SECTION.fullmatch(line)
        if heading is not None:
            section = _path(heading[1])
            yield section, number
            continue
        setting = _SETTING.match(line)
        if setting is not None:
            yield (*section, *_path(setting[1])), number


def _path(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
