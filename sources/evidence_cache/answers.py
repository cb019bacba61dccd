"""Answers that are worked out once: kept in memory, and beside the library by their questions and texts."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sources.evidence_cache.answer_values import decode, encode, restored
from sources.evidence_cache.draft_identity import draft_of
from sources.evidence_cache.keys import CODEBASE, print_of, text_key
from sources.evidence_cache.name_helpers import WORD_USAGE, NameHelpers, count_words
from sources.evidence_cache.questions import DRAFT, QUESTIONS, Answer, Outside, Question, Reading, never
from sources.evidence_cache.store import EvidenceStore
from sources.model import AuditChoiceKind
from sources.text.reading_view import reading_view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.library import Library
    from sources.model import AuditChoice, Correction, Source

CACHE = "cache.db"  # beside the library
_REMEMBERED = 256  # answers kept in memory
_UNREAD = object()


@dataclass
class _Known:
    """An answer as it is written, or as a value, or both; ``print`` tells one answer from another."""

    print: str
    written: str | None = None
    value: object = _UNREAD


class Answers:
    """The answers to questions about the texts of ``library``, worked out when they are first asked for.

    They are kept in ``cache.db`` beside the library, by the texts they came from and all else that they
    depend on; without that file everything works, only slower. May be used by several threads.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._store = EvidenceStore(library.folder / CACHE)
        self._helpers = NameHelpers(library, self._store)
        self._answers: OrderedDict[tuple[str, str], _Known] = OrderedDict()
        self._lock = threading.Lock()

    def ask(
        self,
        question: Question[Answer],
        texts: Sequence[Source],
        *,
        beside: Sequence[Source] = (),
        cancelled: Callable[[], bool] = never,
        progress: Callable[[str], None] | None = None,
    ) -> Answer:
        """Return the answer to ``question`` about ``texts``, read in the light of those ``beside`` them.

        It is looked for in what a reader sees of the texts and given with places of the texts themselves.
        ``progress`` is told what is being done where the answer has to be worked out.
        """
        views = {source.ref: reading_view(source) for source in (*texts, *beside)}
        found = self._answer(
            question,
            [views[source.ref][0] for source in texts],
            beside=[views[source.ref][0] for source in beside],
            cancelled=cancelled,
            progress=progress,
        )
        alone = len(texts) == 1 or question.of_first
        back = {ref: view for ref, (_, view) in views.items() if view is not None}
        return cast("Answer", restored(found, back, texts[0].ref if alone else None)) if back else found

    def _answer(
        self,
        question: Question[Answer],
        texts: Sequence[Source],
        *,
        beside: Sequence[Source] = (),
        cancelled: Callable[[], bool] = never,
        progress: Callable[[str], None] | None = None,
    ) -> Answer:
        """Return the answer with places of what is read, ``texts`` being views already."""
        key = text_key(texts, beside)
        while True:
            place = (self._method(question, texts), key)
            known = self._known(question, place)
            if known is not None and self._is_read(known):
                return cast("Answer", known.value)
            reading = Reading(
                list(texts),
                list(beside),
                self._answer,
                lambda: self._helpers.word_usage(self._usage_method()),
                self._helpers.recognizers,
                lambda: self._corrections(texts),
                lambda: self._readings(texts[0]),
                cancelled,
                progress,
            )
            try:
                found = question.work(reading)
            except Exception as error:  # what a recognizer of somebody else's did is answered without it
                if not self._helpers.left_out(error):
                    raise
            else:
                if found is not None:
                    self._keep(question, place, found, [*texts, *beside])
                return found

    def new_troubles(self) -> tuple[str, ...]:
        """Return what is to be told of recognizers that failed, a sentence each, every one once."""
        return self._helpers.new_troubles()

    def _method(self, question: Question[Any], texts: Sequence[Source]) -> str:
        """Return the question with the version of its code and a print of what else it depends on."""
        given = [self._print(one, texts) for one in question.given]
        outside = [self._outside(one, texts) for one in question.outside]
        return f"{self._coded(question)} {print_of(repr((given, outside)))}"

    def _coded(self, question: Question[Any]) -> str:
        # What is only remembered is never older than the code.
        return self._versioned(question.name, question.code) if question.kept else question.name

    def _usage_method(self) -> str:
        return self._versioned(WORD_USAGE, (f"{count_words.__module__}:{count_words.__name__}",))

    def _versioned(self, name: str, code: Sequence[str]) -> str:
        version = CODEBASE.version(
            code, lambda: self._store.code(name), lambda record: self._store.put_code(name, record)
        )
        return f"{name} {version}"

    def _print(self, question: Question[Any], texts: Sequence[Source]) -> str:
        """Return what tells an answer from any other, if possible without reading or working it out."""
        place = (self._method(question, texts), text_key(texts))
        if not question.kept:
            return place[0]
        known = self._known(question, place)
        if known is None:
            self._answer(question, texts)
            place = (self._method(question, texts), place[1])  # a recognizer may have been left out
            known = self._known(question, place)
        return "" if known is None else known.print

    def _outside(self, outside: Outside, texts: Sequence[Source]) -> str:
        if outside is Outside.WORD_USAGE:
            return self._helpers.usage_print(self._usage_method())
        if outside is Outside.RECOGNIZERS:
            return repr([(helper.name, helper.version) for helper in self._helpers.recognizers()])
        if outside is Outside.READINGS:
            return repr(self._readings(texts[0]))
        return repr([(one.act.value, one.names, one.value) for one in self._corrections(texts)])

    def _corrections(self, texts: Sequence[Source]) -> tuple[Correction, ...]:
        """Return those of the stories that texts are of, in the order they were made."""
        found = {
            made.id: made
            for story in dict.fromkeys(text.ref.story for text in texts)
            for made in self.library.corrections(story)
        }
        return tuple(found[number] for number in sorted(found))

    def _readings(self, text: Source) -> dict[str, tuple[int, ...]]:
        """Return how the user read the markers of a summary or draft, as the audit takes them."""
        from sources.evidence.audit import choice_key

        return {
            choice_key(made.sentence, made.marker): tuple(map(int, made.value.split(",")))
            for made in self.audit_choices(text)
            if made.kind is AuditChoiceKind.READING
        }

    def audit_choices(self, text: Source) -> tuple[AuditChoice, ...]:
        """Return what the user decided in the audit of a summary or draft, oldest first."""
        story, draft = choices_of(self.library, text)
        return self.library.audit_choices(story=story, draft=draft)

    def _known(self, question: Question[Any], place: tuple[str, str]) -> _Known | None:
        with self._lock:
            if place in self._answers:
                self._answers.move_to_end(place)
                return self._answers[place]
        written = self._store.get(*place) if question.kept else None
        if written is None:
            return None
        known = _Known(print_of(written), written)
        self._remember(place, known)
        return known

    def _is_read(self, known: _Known) -> bool:
        """Read an answer that is only written yet; tell whether that is possible."""
        if known.value is _UNREAD:
            try:
                known.value, known.written = decode(known.written or ""), None
            except (ValueError, TypeError):
                return False  # damaged, so that it is worked out again and replaced
        return True

    def _keep(
        self, question: Question[Any], place: tuple[str, str], found: object, read: Sequence[Source]
    ) -> None:
        written = encode(found) if question.kept else ""
        if question.kept:
            self._store.put(*place, written, {source.origin.sha256 for source in read})
        self._remember(place, _Known(print_of(written), value=found))

    def _remember(self, place: tuple[str, str], known: _Known) -> None:
        with self._lock:
            self._answers[place] = known
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)

    def _forget(self) -> None:
        with self._lock:
            self._answers.clear()
        self._store.clear()

    def _methods_in_use(self) -> tuple[str, ...]:
        """Return how the methods begin that the code of today keeps evidence under."""
        return (self._usage_method(), *(f"{self._coded(one)} " for one in QUESTIONS if one.kept))


def choices_of(library: Library, text: Source) -> tuple[str | None, str | None]:
    """Return by what the user's choices in the audit of a text are kept: its story, or a draft's name."""
    return (None, draft_of(library, text)) if text.ref.story == DRAFT else (text.ref.story, None)
