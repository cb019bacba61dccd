"""SARIF 2.1.0, the format in which editors and continuous integration take the findings of a linter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tui.services.lint import KINDS

if TYPE_CHECKING:
    from tui.services.lint import Linted, LintFinding

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RULES = {kind: number for number, kind in enumerate(KINDS)}


def sarif(linted: Linted, version: str) -> dict[str, Any]:
    """Return the findings in a draft as a SARIF log of one run; columns count code points."""
    rules = [
        {
            "id": kind,
            "shortDescription": {"text": known.told},
            "defaultConfiguration": {"level": known.level.word},
        }
        for kind, known in KINDS.items()
    ]
    driver = {"name": "crossread", "version": version, "rules": rules}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [_invocation(linted.unjudged)],
                "columnKind": "unicodeCodePoints",
                "results": [_result(linted, one) for one in linted.findings],
            }
        ],
    }


def _invocation(unjudged: str | None) -> dict[str, Any]:
    """Return whether the draft could be judged, and why not."""
    if unjudged is None:
        return {"executionSuccessful": True}
    told = {"level": "error", "message": {"text": unjudged}}
    return {"executionSuccessful": False, "toolExecutionNotifications": [told]}


def _result(linted: Linted, one: LintFinding) -> dict[str, Any]:
    place = one.place
    result: dict[str, Any] = {
        "ruleId": one.kind,
        "level": one.level.word,
        "message": {"text": _plain(one.message)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _address(linted.path)},
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "endLine": place.end_line,
                        "endColumn": place.end_column,
                    },
                }
            }
        ],
    }
    if one.kind in _RULES:
        result["ruleIndex"] = _RULES[one.kind]
    if one.ref is not None and one.at is not None:
        # A source is in a library and no file: its ref is its address, and places count from its start.
        region = {
            "charOffset": one.at.start,
            "charLength": one.at.end - one.at.start,
            "snippet": {"text": one.words},
        }
        result["relatedLocations"] = [
            {
                "id": 1,
                "message": {"text": f"what {one.ref} says{linted.cited(one)}"},
                "physicalLocation": {
                    "artifactLocation": {"uri": f"crossread:{one.ref}"},
                    "region": region,
                },
            }
        ]
    return result


def _plain(message: str) -> str:
    """Return a message in which nothing is read as a link: drafts and sources may have ``[words](2)``."""
    return re.sub(r"\[(?=[^\[\]]*\]\()", r"\\[", message)


def _address(path: str) -> str:
    """Return the address of a file: relative as it was named, else with its scheme."""
    named = Path(path)
    return named.as_uri() if named.is_absolute() else quote(named.as_posix())
