from __future__ import annotations

import random

import pytest

from sources.errors import RequestError
from sources.notes.export.as_template import render, suffix_of
from tests.notes.libraries import chance_notes, chance_sources, collection_of


def made(template: str, name: str = "t.md") -> str:
    chance = random.Random(5)  # noqa: S311 - not for secrets
    sources = chance_sources(chance)
    return render(template, name, collection_of(chance_notes(chance, 20, sources), sources))


def test_a_template_has_notes_sources_and_titles() -> None:
    template = "{% for note in notes %}{{ note.id }} {{ note.ref }} {{ note.source.ref }}\n{% endfor %}"
    lines = made(template).splitlines()
    assert len(lines) == 20
    assert lines[0].startswith("1 night-ferry")
    assert made("{{ titles['night-ferry'] }} {{ sources | length }}").startswith("The night ferry ")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("t.html", "&lt;b&gt;"),
        ("t.html.j2", "&lt;b&gt;"),
        ("t.xml", "&lt;b&gt;"),
        ("t.md", "<b>"),
        ("t.j2", "<b>"),
    ],
)
def test_values_are_escaped_by_the_ending(name: str, shown: str) -> None:
    assert made("{{ '<b>' }}", name) == shown


def test_filters_make_text_safe_for_its_place() -> None:
    assert made("{{ '*a* <b>' | markdown }}") == "\\*a\\* &lt;b&gt;"
    assert made("{{ '50% & {x}' | tex }}") == "50\\% \\& \\textbraceleft{}x\\textbraceright{}"
    assert (
        made("{{ '**a** <script>' | html }}", "t.html").strip() == "<p><strong>a</strong> &lt;script&gt;</p>"
    )
    assert made("{{ {'a': 'ü'} | json }}") == '{"a": "ü"}'


@pytest.mark.parametrize(
    "template",
    [
        "{% include '/etc/passwd' %}",
        "{% extends 'base.html' %}",
        "{% import 'os' as os %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ notes.append(1) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ nothing.of_the_kind }}",
        "{% for x in range(10000000) %}a{% endfor %}",
        "{{ 1 / 0 }}",
        "{{ open('/etc/passwd') }}",
        "{% for %}",
        "{{ unfinished",
        "{{ 'x' | no_filter }}",
    ],
)
def test_what_a_template_may_not_do_is_refused_in_one_sentence(template: str) -> None:
    with pytest.raises(RequestError, match=r"^t\.md") as caught:
        made(template)
    assert "\n" not in str(caught.value)


def test_a_template_that_has_no_end_is_stopped() -> None:
    endless = "{% for a in range(90000) %}{% for b in range(90000) %}{{ 'x' * 9000 }}{% endfor %}{% endfor %}"
    with pytest.raises(RequestError, match="more than 50,000,000 characters"):
        made(endless)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.html.j2", ".html"), ("a.tex", ".tex"), ("a.j2", ".txt"), ("a", ".txt"), ("A.MD", ".md")],
)
def test_the_name_of_a_template_tells_what_it_makes(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix
