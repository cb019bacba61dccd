from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sources.notes.export import FORMATS, LABEL_FORMATS, SOURCE_FORMATS, Shape
from tui.services.dossier import STORY_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("story", "_notes")
QUOTE = "did not look for a buyer"
TEXT_FORMATS = [
    *(("notes", form.name, ()) for form in FORMATS.values() if form.shape is Shape.TEXT),
    *(("labels", form.name, ()) for form in LABEL_FORMATS.values() if form.shape is Shape.TEXT),
    *(("sources", form.name, ("harbour-deal",)) for form in SOURCE_FORMATS.values()),
    *(("story", form.name, ("harbour-deal",)) for form in STORY_FORMATS.values()),
    ("figures", "csv", ("harbour-deal",)),
    ("figures", "json", ("harbour-deal",)),
]


@pytest.fixture
def _notes(crossread: Callable[..., Any]) -> None:
    add = ("note", "add")
    crossread(
        *add, "harbour-deal/4", "--quote", QUOTE, "--text", "Who?", "--tag", "claim", "--label", "denial"
    )
    crossread(*add, "harbour-deal/5", "--start", 0, "--end", 30, "--text", "=cmd()", "--label", "../../x")


@pytest.mark.parametrize(("what", "form", "words"), TEXT_FORMATS)
def test_every_format_goes_to_standard_output_and_to_a_new_file(
    what: str, form: str, words: tuple[str, ...], crossread: Callable[..., Any], tmp_path: Path
) -> None:
    call = ("export", what, *words, "--format", form)
    printed = crossread(*call)
    assert printed.status == 0
    assert printed.out
    written = crossread(*call, "--output", tmp_path / "out", "--json").json
    assert Path(written["path"]).read_bytes().decode() == printed.out
    again = crossread(*call, "--output", tmp_path / "out")
    assert again.status == 2
    assert "never replaces a file" in again.err
    assert (tmp_path / "out").read_bytes().decode() == printed.out


def test_notes_are_chosen_by_tag_label_story_and_search(crossread: Callable[..., Any]) -> None:
    def texts(*words: object) -> list[str]:
        out = crossread("export", "notes", "--format", "csv", *words).out
        return [row["text"] for row in csv.DictReader(io.StringIO(out, newline=""))]

    assert texts() == ["Who?", "'=cmd()"]
    assert texts("--tag", "claim") == ["Who?"]
    assert texts("--label", "../../x") == ["'=cmd()"]
    assert texts("--story", "harbour-deal", "--label", "denial", "--label", "../../x") == ["Who?", "'=cmd()"]
    assert texts("--query", "number:5") == ["'=cmd()"]
    assert texts("--tag", "nothing") == []
    assert crossread("export", "notes", "--tag", "nothing").status == 1
    assert crossread("export", "notes", "--story", "nowhere").status == 2
    assert crossread("export", "notes", "--query", "(").status == 2


def test_labels_are_chosen_too(crossread: Callable[..., Any]) -> None:
    (line,) = crossread("export", "labels", "--label", "denial").out.splitlines()
    document = json.loads(line)
    ((start, end, label),) = document["label"]
    assert (document["text"][start:end], label) == (QUOTE, "denial")
    assert crossread("export", "labels", "--label", "nothing").status == 1


def test_a_binary_format_and_a_folder_need_a_place(crossread: Callable[..., Any], tmp_path: Path) -> None:
    for what, form in (("labels", "refi-qda"), ("notes", "obsidian")):
        refused = crossread("export", what, "--format", form)
        assert refused.status == 2
        assert "--output PATH" in refused.err
    crossread("export", "labels", "--format", "refi-qda", "--output", tmp_path / "a.qdpx")
    assert "project.qde" in zipfile.ZipFile(tmp_path / "a.qdpx").namelist()
    for _ in range(2):
        assert (
            crossread("export", "notes", "--format", "obsidian", "--output", tmp_path / "vault").status == 0
        )
    assert len(list((tmp_path / "vault").iterdir())) == 4
    assert not list(tmp_path.parent.glob("x*"))


@pytest.mark.parametrize("place", ["file/inside", "link", "no/folder/there"])
def test_a_place_that_will_not_do_is_refused_in_one_line(
    place: str, crossread: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "away")
    answer = crossread("export", "notes", "--output", tmp_path / place)
    assert answer.status == 2
    assert len(answer.err.splitlines()) == 1
    assert not (tmp_path / "away").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(crossread: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert crossread("export", "notes", "--output", tmp_path / "closed").status in {2, 4}
    assert crossread("export", "notes", "--output", tmp_path / "closed" / "x.md").status == 4


def test_notes_follow_a_template_of_the_users(crossread: Callable[..., Any], tmp_path: Path) -> None:
    template = tmp_path / "mine.html.j2"
    template.write_text("{% for note in notes %}<p>{{ note.quote }}: {{ note.text }}</p>\n{% endfor %}")
    assert f"<p>{QUOTE}: Who?</p>" in crossread("export", "notes", "--template", template).out
    written = crossread("export", "notes", "--template", template, "--output", "--json").json["path"]
    assert written.endswith(".html")
    template.write_text("{{ ''.__class__ }}")
    refused = crossread("export", "notes", "--template", template)
    assert refused.status == 2
    assert "mine.html.j2" in refused.err
    assert crossread("export", "notes", "--template", tmp_path / "none").status == 3
