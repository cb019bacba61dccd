"""``completion``: scripts that let a shell complete commands and options, made from the parsers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.cli import registry
from tui.cli.arguments import command_parser
from tui.cli.command import Command
from tui.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation

_TAKES_FILES = frozenset({"PATH", "FILE", "DIR"})


@dataclass(frozen=True, slots=True)
class _Described:
    """What a shell has to know of one command."""

    name: str
    summary: str
    options: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]
    files: bool


def _completion(call: Invocation) -> ExitCode:
    described = tuple(_describe(entry) for entry in registry.ENTRIES)
    script = _WRITERS[call.arguments.shell](described)
    if call.console.as_json:
        call.console.document({"shell": call.arguments.shell, "script": script})
    else:
        call.console.raw(script)
    return ExitCode.DONE


def _describe(entry: registry.Entry) -> _Described:
    actions = command_parser(entry.name, entry.load())._actions  # noqa: SLF001 - argparse tells them nowhere else
    options = [option for action in actions for option in action.option_strings if option.startswith("--")]
    choices = {
        option: tuple(map(str, action.choices))
        for action in actions
        if action.choices
        for option in action.option_strings or [""]
    }
    files = any(action.metavar in _TAKES_FILES for action in actions if not action.option_strings)
    return _Described(entry.name, entry.summary, tuple(options), choices, files)


def _bash(described: tuple[_Described, ...]) -> str:
    firsts = " ".join(dict.fromkeys(item.name.split()[0] for item in described))
    cases = []
    for family in dict.fromkeys(item.name.split()[0] for item in described if " " in item.name):
        seconds = " ".join(item.name.split()[1] for item in described if item.name.startswith(f"{family} "))
        cases.append(f"    '{family}') words='{seconds}' ;;")
    for item in described:
        words = " ".join([*item.options, *item.choices.get("", ())])
        cases.append(f"    '{item.name}') words='{words}' files={'1' if item.files else ''} ;;")
    values = [
        f"    '{item.name} {option}') COMPREPLY=($(compgen -W '{' '.join(choices)}' -- \"$current\")); return ;;"
        for item in described
        for option, choices in item.choices.items()
        if option
    ]
    return f"""# bash completion for crossread; load it with: source <(crossread completion bash)
_crossread() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words= files= command= place
  for ((place = 1; place < COMP_CWORD; place++)); do
    case ${{COMP_WORDS[place]}} in
      --library) ((place++)) ;;
      -*) ;;
      *) command=${{COMP_WORDS[place]}}; break ;;
    esac
  done
  case $command in
    note|export) ((place + 1 < COMP_CWORD)) && command="$command ${{COMP_WORDS[place + 1]}}" ;;
  esac
  case $previous in
    --library|--output) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case "$command $previous" in
{chr(10).join(values)}
  esac
  case $command in
    '') words='{firsts} --library --json --help --version' ;;
{chr(10).join(cases)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ $files && $current != -* ]] && COMPREPLY+=($(compgen -f -- "$current"))
}}
complete -o filenames -F _crossread crossread
"""


def _zsh(described: tuple[_Described, ...]) -> str:
    # zsh can run bash's function; its own machinery would say the same things at three times the length.
    body = _bash(described).partition("\n")[2]
    return (
        "#compdef crossread\n# zsh completion for crossread; load it with: source <(crossread completion zsh)\n"
        f"autoload -U +X bashcompinit && bashcompinit\n{body}"
    )


def _fish(described: tuple[_Described, ...]) -> str:
    firsts = list(dict.fromkeys(item.name.split()[0] for item in described))
    lines = [
        "# fish completion for crossread; load it with: crossread completion fish | source",
        "complete -c crossread -f",
    ]
    lone = f"not __fish_seen_subcommand_from {' '.join(firsts)}"
    for item in described:
        first, _, second = item.name.partition(" ")
        if second:
            shown = f"-n '__fish_seen_subcommand_from {first}' -a {second}"
        else:
            shown = f"-n '{lone}' -a {first}"
        lines.append(f"complete -c crossread {shown} -d {_quoted(item.summary)}")
        condition = f"__fish_seen_subcommand_from {first}"
        if second:
            condition += f"; and __fish_seen_subcommand_from {second}"
        if item.files:
            lines.append(f"complete -c crossread -n '{condition}' -F")
        for option in item.options:
            values = item.choices.get(option)
            takes = (
                f" -x -a {_quoted(' '.join(values))}" if values else " -r -F" if option == "--library" else ""
            )
            lines.append(f"complete -c crossread -n '{condition}' -l {option[2:]}{takes}")
        if "" in item.choices:
            lines.append(f"complete -c crossread -n '{condition}' -a {_quoted(' '.join(item.choices['']))}")
    for first in dict.fromkeys(item.name.split()[0] for item in described if " " in item.name):
        lines.append(f"complete -c crossread -n '{lone}' -a {first}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_WRITERS = {"bash": _bash, "zsh": _zsh, "fish": _fish}


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=tuple(_WRITERS), metavar="SHELL", help="bash, zsh or fish")


COMMANDS = {
    "completion": Command(
        description="Print a completion script for a shell.",
        examples=("source <(crossread completion bash)", "crossread completion fish | source"),
        run=_completion,
        configure=_configure,
    ),
}
