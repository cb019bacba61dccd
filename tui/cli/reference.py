"""``paths``, ``keys`` and ``completion``: what the command tells of itself, to people and to shells."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sources import places
from sources.frozen import frozen
from tui.cli.arguments import command_parser
from tui.cli.command import ENTRIES, Command, Entry, ExitCode, arg
from tui.cli.console import Column
from tui.services import actions
from tui.services.config import read_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.cli.command import Invocation


def _paths(call: Invocation) -> ExitCode:
    folder = call.folder
    found = {
        "library": folder,
        "database": folder / "library.db",
        "index": folder / "index",
        "cache": folder / "cache.db",
        "exports": places.exports_folder(folder),
        "demo": places.demo_library(),
        "config": places.config_file(),
        "state": places.state_folder(),
        "log": places.log_file(),
    }
    columns = (Column("WHAT", lambda name: name), Column("WHERE", found.__getitem__))
    return call.answer({"paths": found}, list(found), columns)


def _keys(call: Invocation) -> ExitCode:
    console = call.console
    config = read_config(places.config_file())
    mapped = actions.remapped(config.keys)
    for trouble in config.troubles:
        console.say(str(trouble))

    def show() -> None:
        for place, (group, members) in enumerate(actions.groups(mapped).items()):
            if place:
                console.line()
            title = Column(group.upper(), "title", 20)
            console.table((title, Column("", lambda one: one.shown_keys or "(palette)"), _HELP), members)

    markdown = partial(actions.key_map, mapped) if call.arguments.format == "markdown" else None
    return call.answer({"keys": mapped}, mapped, show, sheet=markdown)


_HELP = Column("", "help", 20)

# ``completion``: scripts that let a shell complete commands and options, made from the parsers.


@frozen
class Described:
    """What a shell has to know of one command.

    ``choices`` are the values of an option, or of the first argument under the empty name.
    """

    name: str
    summary: str
    options: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    takes_files: bool

    @property
    def family(self) -> str:
        """Return the first word of its name."""
        return self.name.split()[0]

    @property
    def member(self) -> str:
        """Return the second word of its name; empty when it has only one."""
        return self.name.partition(" ")[2]


_GENERAL = "--library --json --help --version"
_BASH = """\
# bash completion for crossread; load it with: source <(crossread completion bash)
_crossread() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}
  local words= files= command= place
  for ((place = 1; place < COMP_CWORD; place++)); do
    case ${{COMP_WORDS[place]}} in
      --library) ((place++)) ;;
      -*) ;;
      *) command=${{COMP_WORDS[place]}}; break ;;
    esac
  done
  case $command in
    {families}) ((place + 1 < COMP_CWORD)) && command="$command ${{COMP_WORDS[place+1]}}" ;;
  esac
  case $previous in
    --library|--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case "$command $previous" in
{values}
    *) case $command in
{commands}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ $files && $current != -* ]]; then
    compopt -o filenames
    COMPREPLY+=($(compgen -f -- "$current"))
  fi
}}
complete -F _crossread crossread
"""


def bash(described: Sequence[Described]) -> str:
    """Return the script for bash."""
    values = [
        f"    '{item.name} {option}') words='{' '.join(choices)}' ;;"
        for item in described
        for option, choices in item.choices.items()
        if option
    ]
    commands = [f"        '') words='{' '.join(_families(described))} {_GENERAL}' ;;"]
    commands += [
        f"        '{family}') words='{' '.join(item.member for item in members)}' ;;"
        for family, members in _families(described).items()
        if members[0].member
    ]
    for item in described:
        words = " ".join([*item.options, *item.choices.get("", ())])
        files = " files=1" if item.takes_files else ""
        commands.append(f"        '{item.name}') words='{words}'{files} ;;")
    families = "|".join(family for family, members in _families(described).items() if members[0].member)
    return _BASH.format(families=families, values="\n".join(values), commands="\n".join(commands))


def zsh(described: Sequence[Described]) -> str:
    """Return the script for zsh, which runs bash's function with its own means."""
    function = bash(described).partition("\n")[2].replace("compopt -o filenames; ", "")
    return (
        "#compdef crossread\n"
        "# zsh completion for crossread; load it with: source <(crossread completion zsh)\n"
        "autoload -U +X bashcompinit && bashcompinit\n"
        f"{function.replace('    compopt -o filenames' + chr(10), '')}"
    )


def fish(described: Sequence[Described]) -> str:
    """Return the script for fish."""
    lines = [
        "# fish completion for crossread; load it with: crossread completion fish | source",
        "complete -c crossread -f",
    ]
    first = f"not __fish_seen_subcommand_from {' '.join(_families(described))}"
    for family, members in _families(described).items():
        summary = ", ".join(item.member for item in members) if members[0].member else members[0].summary
        lines.append(f"complete -c crossread -n {_quoted(first)} -a {family} -d {_quoted(summary)}")
    for item in described:
        others = [other.family for other in described if other.member == item.name]
        lines += _fish_command(item, others)
    return "\n".join(lines) + "\n"


def _fish_command(item: Described, namesakes: Sequence[str]) -> Iterator[str]:
    """Yield the lines for one command; ``namesakes`` are families with a member of the same name."""
    seen = f"__fish_seen_subcommand_from {item.family}"
    if namesakes:
        seen += f"; and not __fish_seen_subcommand_from {' '.join(namesakes)}"
    if item.member:
        yield f"complete -c crossread -n {_quoted(seen)} -a {item.member} -d {_quoted(item.summary)}"
        seen += f"; and __fish_seen_subcommand_from {item.member}"
    start = f"complete -c crossread -n {_quoted(seen)}"
    if item.takes_files:
        yield f"{start} -F"
    if values := item.choices.get(""):
        yield f"{start} -a {_quoted(' '.join(values))}"
    for option in item.options:
        if values := item.choices.get(option):
            yield f"{start} -l {option[2:]} -x -a {_quoted(' '.join(values))}"
        elif option in {"--library", "--output"}:
            yield f"{start} -l {option[2:]} -r -F"
        else:
            yield f"{start} -l {option[2:]}"


def _families(described: Sequence[Described]) -> dict[str, list[Described]]:
    families: dict[str, list[Described]] = {}
    for item in described:
        families.setdefault(item.family, []).append(item)
    return families


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SHELLS: dict[str, Callable[[Sequence[Described]], str]] = {"bash": bash, "zsh": zsh, "fish": fish}


# ``completion``: scripts that let a shell complete commands and options, made from the parsers.

_FILES = frozenset({"PATH", "FILE"})


def _completion(call: Invocation) -> ExitCode:
    shell = call.arguments.shell
    script = SHELLS[shell]([_described(entry) for entry in ENTRIES])
    return call.answer({"shell": shell, "script": script}, sheet=lambda: script)


def _described(entry: Entry) -> Described:
    parser = command_parser(entry.name, entry.load())
    actions = parser._actions  # noqa: SLF001 - argparse tells nowhere else what a parser takes
    return Described(
        name=entry.name,
        summary=entry.summary,
        options=tuple(word for action in actions for word in action.option_strings if word.startswith("--")),
        choices={
            word: tuple(map(str, action.choices))
            for action in actions
            if action.choices
            for word in action.option_strings or [""]
        },
        takes_files=any(action.metavar in _FILES for action in actions if not action.option_strings),
    )


COMMANDS = {
    "paths": Command(
        _paths,
        "Print where the library, its exports, the configuration and the logs are kept.",
        ("crossread paths", "crossread paths --json"),
    ),
    "keys": Command(
        _keys,
        "Print the keys of the app, as config.toml has them where it changes them.",
        ("crossread keys", "crossread keys --format markdown"),
        (arg("--format F", "table (default) or markdown", choices=("table", "markdown"), default="table"),),
        {"keys": []},
    ),
    "completion": Command(
        _completion,
        "Print a completion script for a shell.",
        ("source <(crossread completion bash)", "crossread completion fish | source"),
        (arg("shell SHELL", "bash, zsh or fish", choices=tuple(SHELLS)),),
    ),
}
