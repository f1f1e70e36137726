"""What every error of the product is: a code, facts, a piece of advice, an exit code; and the three families.

The errors themselves stand in `errors`, which is what other code imports.
"""

from __future__ import annotations

from typing import ClassVar


class RedactorError(Exception):
    """Base of all. `str()` gives code, facts and advice: safe to print, log and put in a report."""

    code: ClassVar[str] = "unexpected"
    advice: ClassVar[str] = "Report this with its reference; nothing was released."
    conseil: ClassVar[str] = "Signalez-le avec sa référence; rien n'a été remis."
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(code_with_facts(self.code, facts))

    def __str__(self) -> str:
        return f"{code_with_facts(self.code, self.facts)}. {self.advice}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.facts))


def _rebuild(kind: type[RedactorError], facts: dict[str, object]) -> RedactorError:
    return kind(**facts)


def code_with_facts(code: str, facts: dict[str, object]) -> str:
    """`input.encrypted (document=d3)`."""
    told = ", ".join(f"{key}={value}" for key, value in facts.items())
    return f"{code} ({told})" if told else code


class InputError(RedactorError):
    """One file of the request cannot be read: it is rejected, the others go on."""

    code = "input"
    advice = "Check the file and send it again."
    conseil = "Vérifiez le fichier et envoyez-le de nouveau."
    exit_code = 3


class UsageError(RedactorError):
    """The call or the configuration is wrong: nothing was started."""

    code = "usage"
    advice = "See `redactor --help`."
    conseil = "Voir `redactor --help`."
    exit_code = 2


class ProcessingError(RedactorError):
    """A document could be read but not treated: it needs a person, nothing of it was written."""

    code = "processing"
    advice = "Have a person treat this document; nothing of it was released."
    conseil = "Faites traiter ce document par une personne; rien n'en a été remis."
    exit_code = 3
