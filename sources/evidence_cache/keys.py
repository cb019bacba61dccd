"""The keys of kept evidence: versions of the code that makes an answer, and digests of its texts.

No version is written by hand. That of an answer is a digest of the functions that work it out, of all modules
of ``sources`` that these import, directly or through others, with the word lists beside them, and of the
versions of Python and of the other packages that are imported there. The modules are read as files, never
imported. A record of the files' sizes and times spares the next process reading them.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sources.model import Source

_PACKAGE = "sources"
_LENGTH = 16  # hexadecimal digits of a version
_HOLDING = (
    "body",
    "orelse",
    "handlers",
    "finalbody",
    "cases",
)  # of a statement that are statements
# Python 3.11 counts how deep it is in a tree for all threads together, and fails where two of them parse.
_PARSING = threading.Lock()


class _Module(NamedTuple):
    """What matters of a module: its files, their digest, and the dotted names that it imports."""

    files: tuple[Path, ...]
    digest: str
    imports: frozenset[str]


class Codebase:
    """The modules under ``root``, the folder that holds the package ``sources``.

    Without source files, as in a zip file or where only compiled modules are installed, there is one version:
    of the distribution and of every file in the package.
    """

    def __init__(self, root: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> None:
        self._root = root
        self._read = read
        self._modules: dict[str, _Module | None] = {}
        self._versions: dict[tuple[str, ...], str] = {}

    def version(
        self,
        names: Sequence[str],
        record: Callable[[], str | None] = lambda: None,
        keep: Callable[[str], object] = lambda _: None,
    ) -> str:
        """Return the version of the modules and functions ``names``, the latter written ``module:function``.

        ``record`` gives what ``keep`` was given by an earlier process: where the files are as they were, that
        one's version holds.
        """
        wanted = tuple(sorted(set(names)))
        if wanted not in self._versions:
            version = self._unchanged(record(), wanted)
            if version is None:
                version, written = self._worked_out(wanted)
                if written:
                    keep(written)
            self._versions[wanted] = version
        return self._versions[wanted]

    def _unchanged(self, record: str | None, names: Sequence[str]) -> str | None:
        """Return the digest of an earlier version if all that it was made from is as it was."""
        try:
            setting, version, stamps = json.loads(record or "")
            if setting != self._setting(names):
                return None
            return (
                str(version) if all(_stamp(Path(path)) == stamp for path, stamp in stamps.items()) else None
            )
        except (ValueError, TypeError, AttributeError, OSError):
            return None

    def _setting(self, names: Sequence[str]) -> list[str]:
        return [sys.version, sys.prefix, str(self._root), *names]

    def _worked_out(self, names: Sequence[str]) -> tuple[str, str]:
        """Return the version and the record of it, which is empty without source files."""
        if not (self._root / _PACKAGE / "__init__.py").is_file():
            return self._of_all_files, ""
        modules, packages = self._reached(names)
        # Python's release decides what letters are, what is lower case and what stands for what.
        parts = [
            sys.implementation.cache_tag,
            *(f"{name} {modules[name].digest}" for name in sorted(modules)),
        ]
        files = [file for name in modules for file in modules[name].files]
        for package in sorted(packages):
            version, file = _installed(package)
            parts.append(f"{package} {version}")
            files += file
        version = _digest(parts)
        stamps = {str(file): _stamp(file) for file in files}
        return version, json.dumps([self._setting(names), version, stamps])

    @cached_property
    def _of_all_files(self) -> str:
        return _digest(_compiled())

    def _reached(self, names: Iterable[str]) -> tuple[dict[str, _Module], set[str]]:
        """Return the modules that ``names`` need, by name, and the other packages that these import."""
        reached: dict[str, _Module] = {}
        packages: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            top = name.partition(".")[0]
            if top != _PACKAGE:
                if top not in sys.stdlib_module_names:
                    packages.add(top)
                continue
            module = self._module(name) if name not in reached else None
            if module is not None:
                reached[name] = module
                waiting += module.imports
        return reached, packages

    def _module(self, name: str) -> _Module | None:
        """Return a module, or of ``module:function`` what that function needs; None if there is none."""
        if name not in self._modules:
            self._modules[name] = self._parsed(*name.partition(":")[::2])
        return self._modules[name]

    def _parsed(self, name: str, function: str) -> _Module | None:
        import ast

        place = self._root.joinpath(*name.split("."))
        files = [place / "__init__.py"] if (place / "__init__.py").is_file() else [place.with_suffix(".py")]
        if not files[0].is_file():
            return None
        if place.is_dir():  # word lists and the like
            files += sorted(
                file for file in place.iterdir() if file.is_file() and file.suffix not in {".py", ".pyc"}
            )
        contents = [self._read(file) for file in files]
        with _PARSING:
            tree = ast.parse(contents[0])
        package = name if files[0].name == "__init__.py" else name.rpartition(".")[0]
        nodes = _needed_by(function, tree) if function else [tree]
        return _Module(
            tuple(files),
            _digest(hashlib.sha256(content).hexdigest() for content in contents),
            frozenset(each for node in nodes for found in _imports(node, package) for each in _above(found)),
        )


def text_key(texts: Sequence[Source], beside: Sequence[Source] = ()) -> str:
    """Return a key that changes with anything that evidence in ``texts`` may depend on.

    ``beside`` are the texts that they are read in the light of.
    """
    digest = hashlib.sha256()
    for group in (texts, beside):
        digest.update(f"{len(group)} texts".encode())
        for source in group:
            facts: tuple[Any, ...] = (
                str(source.ref),
                source.origin.sha256,
                source.origin.format,
                source.title,
                source.publisher,
                source.author,
                source.date,
                source.url,
                source.language,
                [(zone.kind.value, zone.start, zone.end) for zone in source.zones],
            )
            digest.update(repr(facts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def print_of(written: str) -> str:
    """Return what tells whether something that an answer depends on is the same as before."""
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _needed_by(function: str, tree: ast.Module) -> list[ast.stmt]:
    """Return the function and those that it calls, and what the module does when it is imported.

    Raises LookupError where there is no such function, as for a lambda.
    """
    import ast

    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    if function not in functions:
        raise LookupError(f"there is no function {function} to make a key from")
    wanted, waiting = set(), [function]
    while waiting:
        name = waiting.pop()
        if name in functions and name not in wanted:
            wanted.add(name)
            waiting += [node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)]
    return [node for node in tree.body if not isinstance(node, ast.FunctionDef) or node.name in wanted]


def _imports(node: ast.AST, package: str) -> Iterator[str]:
    """Yield the names that running ``node`` may import; an attribute may be taken for a module, too."""
    import ast

    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        yield base
        yield from (f"{base}.{each.name}" for each in node.names)
    elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        for each in node.orelse:
            yield from _imports(each, package)
    else:
        # Only statements import, and what holds statements is no expression.
        for name in _HOLDING:
            for child in getattr(node, name, ()):
                yield from _imports(child, package)


def _above(name: str) -> Iterator[str]:
    """Yield a module and the packages that are imported before it."""
    yield name
    yield from (name[:end] for end, sign in enumerate(name) if sign == ".")


def _stamp(file: Path) -> list[int]:
    """Return what changes when a file is written or put in another's place."""
    found = file.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _installed(package: str) -> tuple[str, list[Path]]:
    """Return the version of another package and the file by which its replacement shows."""
    from importlib import metadata
    from importlib.util import find_spec

    try:
        version = metadata.version(package)
    except metadata.PackageNotFoundError:  # it is called otherwise than what it is installed by
        owners = metadata.packages_distributions().get(package, ())
        version = " ".join(f"{owner} {metadata.version(owner)}" for owner in sorted(set(owners)))
    spec = find_spec(package)
    file = Path(spec.origin) if spec is not None and spec.origin is not None else None
    return version, [file] if file is not None and file.is_file() else []


def _compiled() -> Iterator[str]:
    """Yield what tells an installation without source files from another one."""
    from importlib import metadata, resources

    yield sys.implementation.cache_tag
    yield from sorted(f"{each.name} {each.version}" for each in metadata.distributions())
    waiting = [resources.files(_PACKAGE)]
    found = []
    while waiting:
        place = waiting.pop()
        for each in place.iterdir():
            if each.is_dir():
                waiting += [each] if each.name != "__pycache__" else []
            else:
                found.append(f"{each.name} {hashlib.sha256(each.read_bytes()).hexdigest()}")
    yield from sorted(found)


CODEBASE = Codebase(Path(__file__).parents[2])
