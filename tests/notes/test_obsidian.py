from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sources.errors import RequestError, StorageFailed
from sources.notes.export import FORMATS
from sources.notes.export.as_markdown import tamed
from sources.notes.export.as_obsidian import key_of, renewed
from sources.notes.export.saving import write_folder
from tests.notes.libraries import HOSTILE, chance_notes, chance_sources, collection_of, text_source

if TYPE_CHECKING:
    from pathlib import Path

    from sources.model import Note
    from sources.notes.export import NoteCollection


def collection(text: str = "Why **now**?", count: int = 1) -> NoteCollection:
    source = text_source(1, "The ferry runs at night.")
    notes = chance_notes(random.Random(1), count, [source])  # noqa: S311 - not for secrets
    return collection_of([changed(note, text) for note in notes], [source])


def changed(note: Note, text: str) -> Note:
    return replace(note, text=text)


def files(text: str = "Why **now**?", count: int = 1) -> dict[str, str]:
    return FORMATS["obsidian"].files(collection(text, count))


def note_file(folder: Path) -> Path:
    return next(path for path in folder.rglob("*.md") if " note " in path.name or path.name == "mine.md")


def test_a_note_is_a_file_with_properties_its_passage_and_a_link_to_its_source(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - not for secrets
    sources = chance_sources(chance)
    found = collection_of(chance_notes(chance, 30, sources), sources)
    folder = write_folder(tmp_path / "vault", FORMATS["obsidian"].files(found))
    names = {path.stem for path in folder.iterdir()}
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        front = yaml.safe_load(text.split("---\n")[1])
        assert front["crossread"] == key_of(text)
        links = re.findall(r"\[\[([^#|\]]+)", text)
        assert links
        assert set(links) <= names
        if " note " in path.name:
            assert "\n^q1\n" in text
            assert front["created"]
    assert len(names) >= 30


def test_exporting_again_renews_its_own_part_and_leaves_what_the_user_wrote(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "vault", files())
    first = note_file(folder)
    text = first.read_text(encoding="utf-8")
    text = text.replace("---\n\n%%", "rating: 5\n---\nMy words before.\n\n%%", 1) + "\nMy words after.\n"
    (folder / "inner").mkdir()
    first.unlink()
    (folder / "inner" / "mine.md").write_text(text, encoding="utf-8")
    (folder / "other.md").write_text("not an export's", encoding="utf-8")
    write_folder(folder, files("Because."))
    renewed_text = (folder / "inner" / "mine.md").read_text(encoding="utf-8")
    assert "Because." in renewed_text
    assert "Why" not in renewed_text
    assert "My words before.\n\n%%" in renewed_text
    assert renewed_text.endswith("\nMy words after.\n")
    assert "rating: 5" in renewed_text
    assert not first.exists()
    assert (folder / "other.md").read_text() == "not an export's"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.md")}
    write_folder(folder, files("Because."))
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.md")} == before


def test_a_strangers_file_under_a_wanted_name_stays(tmp_path: Path) -> None:
    made = files()
    name = next(name for name in made if " note " in name)
    (tmp_path / name).write_text("mine")
    outside = tmp_path.parent / "outside.md"
    source = next(name for name in made if " note " not in name)
    (tmp_path / source).symlink_to(outside)
    write_folder(tmp_path, made)
    assert (tmp_path / name).read_text() == "mine"
    assert (tmp_path / name.replace(".md", " 2.md")).exists()
    assert not outside.exists()


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RequestError, match="is a file"):
        write_folder(tmp_path / "file", files())
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(RequestError, match="is a link"):
        write_folder(tmp_path / "link", files())
    with pytest.raises(StorageFailed, match="cannot be written"):
        write_folder(tmp_path / "file" / "inner", files())


@pytest.mark.long
@given(st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE)), st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_note_says_and_the_user_adds_it_can_be_renewed(text: str, before: str, after: str) -> None:
    name, former = next((name, made) for name, made in files(text).items() if " note " in name)
    front, _, body = former.partition("\n---\n")
    mine = f"{front}\n---\n{before}{body}{after}"
    again = renewed(mine, files("new words")[name])
    head, _, rest = again.partition("\n---\n")
    assert rest.startswith(before)
    assert rest.endswith(after)
    assert "new words" in rest
    assert key_of(again) == key_of(former)
    assert head.startswith("---\ncrossread: ")
    assert renewed(again, files("new words")[name]) == again


MARKDOWN = MarkdownIt("commonmark")


@given(
    st.one_of(st.text(max_size=80), st.sampled_from(HOSTILE), st.text("<>!-?%`~[]()\\ \n=$^ax", max_size=60))
)
def test_markdown_is_kept_without_what_would_run_or_load(text: str) -> None:
    kinds = set()
    for token in MARKDOWN.parse(tamed(text)):
        kinds |= {token.type} | {child.type for child in token.children or []}
        assert token.type != "fence" or not token.info.strip()
    assert not kinds & {"html_block", "html_inline", "image"}
    assert "%%" not in tamed(text)


@pytest.mark.parametrize(("text", "shown"), [
    (r"<b>", r"\<b>"), (r"\<b>", r"\<b>"), (r"\\<b>", r"\\\<b>"), (r"\\\<b>", r"\\\<b>"),
    ("![a](b)", r"\![a](b)"), (r"\![a](b)", r"\![a](b)"), (r"\\![a](b)", r"\\\![a](b)"),
])  # fmt: skip
def test_what_is_escaped_already_is_not_set_free_by_another_backslash(text: str, shown: str) -> None:
    assert tamed(text) == shown


def test_plain_markdown_stays_as_it_is() -> None:
    text = "# Why\n\n**Who** said *so*?\n\n- [two](https://tide.example)\n\n`code` and 5 < 6\n\n```\nx\n```"
    assert tamed(text) == text


def test_notes_whose_names_begin_alike_have_files_of_their_own() -> None:
    found = collection(count=20)
    alike = [replace(note, uid=f"{note.id:032x}") for note in found.notes]
    made = FORMATS["obsidian"].files(replace(found, notes=tuple(alike)))
    assert sum(" note " in name for name in made) == 20
