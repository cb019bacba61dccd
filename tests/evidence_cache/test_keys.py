"""The keys of evidence come from the code that makes it, however it is installed."""

from __future__ import annotations

import ast
import compileall
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache
from importlib import metadata
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

import sources
from sources.evidence.figures import Figure
from sources.evidence.figures import finder as figures
from sources.evidence_cache import EvidenceCache, answers, keys
from sources.evidence_cache.keys import CODEBASE, Codebase
from sources.evidence_cache.questions import (
    ALIGNMENT,
    ENTITIES,
    FIGURE_MATRIX,
    FIGURES,
    FOUND_ENTITIES,
    LINEAGE,
    QUESTIONS,
    QUOTE_FAMILIES,
    Question,
)
from sources.model import Ref
from tests.library.parsed_files import article, put

if TYPE_CHECKING:
    from sources.library import Library
    from sources.model import Source

HERE = Path(sources.__file__).parent.parent
KEPT = [question for question in QUESTIONS if question.kept]


class Edited:
    """Reads files, one of them as if a comment had been added at its end."""

    def __init__(self, edited: str = "") -> None:
        self.edited = edited
        self.read: list[str] = []

    def __call__(self, path: Path) -> bytes:
        place = path.relative_to(HERE).as_posix()
        self.read.append(place)
        return path.read_bytes() + (b"#" if place == self.edited else b"")


@cache
def codebase(edited: str = "") -> Codebase:
    """Return the code with one of its files edited; the others are parsed once for all that ask."""
    made = Codebase(HERE, Edited(edited))
    if edited:
        whole = codebase()
        for question in KEPT:
            whole.version(question.code)
        made._modules = {
            name: module
            for name, module in whole._modules.items()
            if module is None or HERE / edited not in module.files
        }
    return made


def version(question: Question[object], edited: str = "") -> str:
    return codebase(edited).version(question.code)


@pytest.mark.parametrize(
    ("question", "file"),
    [
        (FIGURES, "sources/evidence/figures/finder.py"),
        (FIGURES, "sources/evidence/figures/number_words.py"),  # through others
        (FIGURES, "sources/evidence_cache/questions.py"),
        (FIGURE_MATRIX, "sources/evidence/figure_matrix/__init__.py"),
        (FIGURE_MATRIX, "sources/evidence/entities/corrections.py"),  # what it is given is not kept itself
        (FOUND_ENTITIES, "sources/evidence/word_lists/titles.txt"),
        (FOUND_ENTITIES, "sources/evidence/entities/recognizers.py"),
        (ALIGNMENT, "sources/evidence/edits.py"),
        (ALIGNMENT, "sources/text/sentences.txt"),
        (ALIGNMENT, "sources/evidence/word_lists/synonyms.txt"),
        (QUOTE_FAMILIES, "sources/evidence/quotes.py"),  # asked text by text
        (QUOTE_FAMILIES, "sources/evidence/lineage/text_reuse.py"),  # which texts are one
        (LINEAGE, "sources/evidence/similarity.py"),
    ],
)
def test_a_byte_of_the_code_changes_the_key(question: Question[object], file: str) -> None:
    assert (HERE / file).is_file()
    assert version(question, file) != version(question)


@pytest.mark.parametrize(
    ("question", "file"),
    [
        (FIGURES, "sources/evidence/quotes.py"),
        (FIGURES, "sources/evidence/word_lists/titles.txt"),
        (FIGURES, "sources/evidence_cache/store.py"),
        (FIGURES, "sources/library/database.py"),
        (FOUND_ENTITIES, "sources/evidence/figures/finder.py"),
        (ALIGNMENT, "sources/evidence/timeline.py"),
    ],
)
def test_other_code_does_not(question: Question[object], file: str) -> None:
    assert (HERE / file).is_file()
    assert version(question, file) == version(question)


@pytest.mark.parametrize("file", ["sources/text/sentences.py", "sources/evidence_cache/answer_values.py"])
@pytest.mark.parametrize("question", KEPT, ids=[question.name for question in KEPT])
def test_sentences_and_the_way_of_writing_are_part_of_every_key(
    question: Question[object], file: str
) -> None:
    assert version(question, file) != version(question)


def test_every_question_has_a_name_of_its_own() -> None:
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)
    assert not ENTITIES.kept


def test_work_that_is_no_function_of_the_registry_makes_no_key() -> None:
    with pytest.raises(LookupError):
        CODEBASE.version([f"{keys.__name__}:<lambda>"])


def test_other_packages_and_other_pythons_change_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def versions() -> tuple[str, str]:
        read_now = Codebase(HERE)
        return read_now.version(LINEAGE.code), read_now.version(FIGURES.code)

    before = versions()
    known = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "99" if name == "numpy" else known(name))
    changed = versions()
    assert changed[0] != before[0]
    assert changed[1] == before[1]  # no vectors there
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert versions()[1] != before[1]


def test_where_nothing_changed_nothing_is_read(tmp_path: Path) -> None:
    shutil.copytree(HERE / "sources", tmp_path / "sources", ignore=shutil.ignore_patterns("__pycache__"))
    kept: list[str] = []
    first = Codebase(tmp_path).version(FIGURES.code, keep=kept.append)
    (record,) = kept

    def fail(_: Path) -> bytes:
        raise AssertionError("read again")

    assert Codebase(tmp_path, fail).version(FIGURES.code, lambda: record, kept.append) == first
    assert kept == [record]
    assert Codebase(tmp_path).version(ALIGNMENT.code, lambda: record) != first  # it is another question's
    finding = tmp_path / "sources/evidence/figures/finder.py"
    content = finding.read_bytes()
    finding.write_bytes(content[:-1] + b" ")
    second = Codebase(tmp_path).version(FIGURES.code, lambda: record, kept.append)
    assert second != first
    assert len(kept) == 2
    assert Codebase(tmp_path, fail).version(FIGURES.code, lambda: kept[1]) == second
    finding.write_bytes(content)
    assert Codebase(tmp_path).version(FIGURES.code, lambda: kept[1]) == first


@pytest.mark.parametrize("record", [None, "", "[]", "{}", "nonsense", '["", "x", {}]', "[[], 1, []]", "1"])
def test_a_record_that_says_nothing_is_made_again(record: str | None) -> None:
    kept: list[str] = []
    assert Codebase(HERE).version(FIGURES.code, lambda: record, kept.append) == version(FIGURES)
    assert len(kept) == 1


_PROGRAM = """
import json, sys
from sources.evidence_cache.keys import CODEBASE
from sources.evidence_cache.questions import QUESTIONS
versions = {question.name: CODEBASE.version(question.code) for question in QUESTIONS}
loaded = [name for name in sys.modules if name.startswith(("sources.evidence.", "numpy", "rapidfuzz"))]
print(json.dumps([versions, loaded, sys.modules["sources"].__file__]))
"""


def versions_in(place: Path) -> tuple[dict[str, str], list[str], str]:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={**os.environ, "PYTHONPATH": str(place)},
        cwd=place.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    versions, loaded, file = json.loads(done.stdout)
    return versions, loaded, file


def test_a_key_is_made_without_loading_the_evidence() -> None:
    versions, loaded, _ = versions_in(HERE)
    assert loaded == []
    assert versions == {question.name: version(question) for question in QUESTIONS}


@pytest.mark.long
@pytest.mark.parametrize("way", ["zip", "compiled"])
def test_without_source_files_the_key_is_of_all_that_is_installed(way: str, tmp_path: Path) -> None:
    def install(name: str, edited: bytes) -> Path:
        tree = tmp_path / name
        shutil.copytree(HERE / "sources", tree / "sources", ignore=shutil.ignore_patterns("__pycache__"))
        with (tree / "sources/evidence/figures/finder.py").open("ab") as file:
            file.write(edited)
        if way == "compiled":
            compileall.compile_dir(
                tree, quiet=1, legacy=True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
            )
            for source in tree.rglob("*.py"):
                source.unlink()
            return tree
        packed = tmp_path / f"{name}.zip"
        with ZipFile(packed, "w") as archive:
            for each in sorted(tree.rglob("*")):
                archive.write(each, each.relative_to(tree).as_posix())
        return packed

    first, other = install("a", b""), install("c", b"\nMORE = 1\n")
    versions, loaded, file = versions_in(first)
    assert file.startswith(str(first))
    assert loaded == []
    assert len(set(versions.values())) == 1
    if way == "zip":
        assert versions_in(install("b", b""))[0] == versions
    assert versions_in(other)[0] != versions


def methods(library: Library) -> set[str]:
    with closing(sqlite3.connect(library.folder / answers.CACHE)) as connection:
        return {method for (method,) in connection.execute("SELECT method FROM evidence")}


def test_other_code_answers_anew_and_its_forerunner_is_tidied_away(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, article("It cost $4 million."))
    ref = Ref("saltmarsh", 1)
    assert EvidenceCache(library).figures(ref)[0].value == 4_000_000
    (old,) = methods(library)

    def nothing(_: Source) -> tuple[Figure, ...]:
        return ()

    monkeypatch.setattr(figures, "find_figures", nothing)
    assert EvidenceCache(library).figures(ref) != ()  # by the same code, as the key has it
    monkeypatch.setattr(answers, "CODEBASE", Codebase(HERE, Edited("sources/evidence/figures/finder.py")))
    with closing(sqlite3.connect(library.folder / answers.CACHE)) as connection:
        connection.execute("DELETE FROM code")
        connection.commit()
    assert EvidenceCache(library).figures(ref) == ()
    assert old in methods(library)
    EvidenceCache(library).tidy()
    assert len(methods(library)) == 1
    assert old not in methods(library)


def test_the_next_process_need_not_read_the_code(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, article("It cost $4 million."))
    monkeypatch.setattr(answers, "CODEBASE", Codebase(HERE))
    EvidenceCache(library).figures(Ref("saltmarsh", 1))
    later = Edited()
    monkeypatch.setattr(answers, "CODEBASE", Codebase(HERE, later))
    EvidenceCache(library).figures(Ref("saltmarsh", 1))
    assert later.read == []


def test_one_thread_parses_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed, parse = [], ast.parse

    def watched(content: bytes) -> ast.Module:
        parsed.append(keys._PARSING.locked())
        return parse(content)

    monkeypatch.setattr(ast, "parse", watched)
    Codebase(HERE).version(FIGURES.code)
    assert parsed
    assert all(parsed)
