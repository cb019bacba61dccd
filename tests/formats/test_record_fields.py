from __future__ import annotations

import pytest

from sources.formats.record_fields import has_usual_text, usual_fields


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"headline": {"main": "Shut"}, "body": "It rained."}, {"title": "Shut", "text": "It rained."}),
        ({"webTitle": "Shut", "fields": {"bodyText": "It rained."}}, {"title": "Shut", "text": "It rained."}),
        ({"source": {"id": None, "name": "Courier"}, "content": "x"}, {"publisher": "Courier", "text": "x"}),
        ({"source": "https://a.example/1", "sitename": "Courier", "text": "x"}, {"publisher": "Courier"}),
        ({"source": "https://a.example/1", "text": "x"}, {"publisher": None}),
        ({"Titel": "Zu", "Text": "Es regnet.", "Datum": "3.4.2025"}, {"title": "Zu", "date": "3.4.2025"}),
        ({"authors": [{"name": "Ada Moss"}], "text": "x"}, {"author": [{"name": "Ada Moss"}]}),
    ],
)
def test_records_are_read_by_the_names_that_others_give(
    record: dict[str, object], said: dict[str, object]
) -> None:
    found = usual_fields(record)
    assert {name: found[name] for name in said} == said


def test_a_record_without_a_text_has_none() -> None:
    assert not has_usual_text({"title": "Shut", "fields": {"byline": "x"}})
    assert not has_usual_text(["text"])
    assert has_usual_text({"fields": {"body": "x"}})
