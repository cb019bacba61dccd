"""spaCy as a recognizer: used only when the user has installed it together with a model.

The model is the one that ``CROSSREAD_SPACY_MODEL`` names, a package or a folder, else the first of the
installed model packages. Neither spaCy nor the model is loaded before there is a text to read.
"""

from __future__ import annotations

import json
import os
from importlib import import_module
from importlib.metadata import PackageNotFoundError, entry_points
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MODEL_SETTING = "CROSSREAD_SPACY_MODEL"
_MODELS = "spacy_models"  # the entry points that spaCy's model packages have
_LONGEST = 1_000_000  # code points of a text that a model is given at once
_LABELS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "PRODUCT": "product",
    "EVENT": "event",
    "WORK_OF_ART": "other",
    "LAW": "other",
}


class SpacyRecognizer:
    """A spaCy pipeline; ``pipeline`` is for those who have loaded one themselves."""

    name = "spacy"

    def __init__(self, pipeline: Any = None) -> None:
        self._pipeline = pipeline

    @property
    def version(self) -> str:
        """The versions of spaCy and of the model."""
        if self._pipeline is not None:
            meta = self._pipeline.meta
            return f"{meta.get('spacy_version', '')} {meta['lang']}_{meta['name']} {meta['version']}"
        model = _chosen_model()
        return f"{_installed_version('spacy')} {model} {_model_version(model)}"

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of spaCy's own models that are names, with the kinds they stand for."""
        return _LABELS

    def available(self) -> bool:
        """Tell whether spaCy and a model are installed."""
        return self._pipeline is not None or (find_spec("spacy") is not None and bool(_chosen_model()))

    def recognize(self, texts: Sequence[str]) -> Iterable[Iterable[tuple[int, int, str]]]:
        """Return the entities of each text that the pipeline finds."""
        pipeline = self._loaded()
        for text in texts:
            yield [
                (part + entity.start_char, part + entity.end_char, entity.label_)
                for part in range(0, len(text), _LONGEST)
                for entity in pipeline(text[part : part + _LONGEST]).ents
            ]

    def _loaded(self) -> Any:
        if self._pipeline is None:
            # An extra, so that it may be missing here, and slow, so that it waits for a text.
            self._pipeline = import_module("spacy").load(_chosen_model())
        return self._pipeline


def _chosen_model() -> str:
    """Return the name or folder of the model; empty when there is none."""
    named = os.environ.get(MODEL_SETTING, "")
    installed = sorted(point.name for point in entry_points(group=_MODELS))
    return named or (installed[0] if installed else "")


def _model_version(model: str) -> str:
    try:
        if Path(model).is_dir():
            return str(json.loads((Path(model) / "meta.json").read_text(encoding="utf-8")).get("version"))
    except (OSError, ValueError):
        return ""
    return _installed_version(model)


def _installed_version(package: str) -> str:
    try:
        return version_of(package)
    except PackageNotFoundError:
        return ""
