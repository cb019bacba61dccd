from __future__ import annotations

import pytest

from sources.evidence.audit.languages import other_language
from tests.evidence.audit.pairs import audit_of

GERMAN = "Die Mühle in Ashby hat im Mai geschlossen, und neunzig Arbeiter haben ihre Stelle bei ihr verloren."
ENGLISH = "The mill at Ashby closed in May, and ninety of the workers lost the jobs that they had there."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "German"),
        (
            "L'usine a fermé en mai et les ouvriers ont perdu leur emploi, dit le patron.",
            "French",
        ),
        ("La fábrica cerró en mayo y los obreros de la zona perdieron su empleo, dijo el dueño.", "Spanish"),
        ("工場は五月に閉鎖され、九十人が職を失った。", "Japanese"),
        ("Завод закрылся в мае.", "a Cyrillic script"),
        (ENGLISH, None),
        ("The mill closed.", None),
        ("Mill shut", None),
        ("Ashby, Kelbrook, Dunmore, Venwick, Lorne, Tarbet, Quist, Venn, Orla, Bella, Ivo, Noa, Marsh", None),
        ("", None),
    ],
)
def test_the_language_of_a_text_is_told_by_its_script_and_its_function_words(
    text: str, language: str | None
) -> None:
    assert other_language(text) == language


def test_a_text_in_another_language_is_not_judged() -> None:
    found = audit_of(GERMAN, ENGLISH)
    assert found.sentences == ()
    assert found.unjudged == "This text seems to be in German; crossread can judge English only."


def test_a_text_is_not_judged_by_sources_in_another_language_alone() -> None:
    found = audit_of(ENGLISH, GERMAN)
    assert found.sentences == ()
    assert found.unjudged == "The sources seem to be in German; crossread can judge English only."
    assert audit_of(ENGLISH, GERMAN, ENGLISH).unjudged is None
