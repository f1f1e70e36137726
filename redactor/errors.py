"""Every error the product raises on purpose: one class, one code, one piece of advice.

Facts are ids and numbers, never text of a document. Codes and advice are listed in `docs/errors.md`; a test
compares. Exit codes belong to the command line: `exit_code` only says which family an error is of.
"""

from __future__ import annotations

from typing import ClassVar


class RedactorError(Exception):
    """Base of all. `str()` gives code, facts and advice: safe to print, log and put in a report."""

    code: ClassVar[str] = "unexpected"
    advice: ClassVar[str] = "Report this with its reference; nothing was released."
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
    exit_code = 3


class UsageError(RedactorError):
    """The call or the configuration is wrong: nothing was started."""

    code = "usage"
    advice = "See `redactor --help`."
    exit_code = 2


class ProcessingError(RedactorError):
    """A document could be read but not treated: it needs a person, nothing of it was written."""

    code = "processing"
    advice = "Have a person treat this document; nothing of it was released."
    exit_code = 3


class MissingInput(UsageError):
    code = "usage.missing_input"
    advice = "Check the path: nothing stands there."


class NoDocuments(UsageError):
    code = "usage.no_documents"
    advice = "Put at least one document in the folder, or name it."


class OutputNotWritable(UsageError):
    code = "usage.output_not_writable"
    advice = "Choose a folder you may write to, outside the folder of the documents."


class EmptyFile(InputError):
    code = "input.empty"
    advice = "The file holds no bytes: ask for it again."


class NotAPdf(InputError):
    code = "input.not_a_pdf"
    advice = "The content is not a PDF, whatever the name says: convert it, or ask for the original."


class DamagedPdf(InputError):
    code = "input.damaged"
    advice = "The PDF is cut short or broken: ask the sender for it again."


class EncryptedDocument(InputError):
    code = "input.encrypted"
    advice = "Ask the sender for a copy without a password."


class NoPages(InputError):
    code = "input.no_pages"
    advice = "The PDF has no page: ask the sender for it again."


class TooManyPages(InputError):
    code = "input.too_many_pages"
    advice = "Split the file: more pages than the limit."


class UnsupportedPdf(InputError):
    code = "input.unsupported"
    advice = "The PDF is built in a way that cannot be treated safely: print it to PDF first."


class TimedOut(ProcessingError):
    code = "processing.timed_out"
    advice = "The file took longer than the limit: have a person treat it, or split it."


class OutOfMemory(ProcessingError):
    code = "processing.out_of_memory"
    advice = "The file asked for more memory than the limit: have a person treat it, or split it."


class Crashed(ProcessingError):
    code = "processing.crashed"
    advice = "The file made its reader stop: treat it by hand, and keep it for the maintainers."


class ProofFailed(ProcessingError):
    code = "proof.failed"
    advice = "The written file still showed something it must not: it was deleted. Treat it with --mode image."


class TargetNotFound(InputError):
    code = "input.target_not_found"
    advice = "A text to mask is not on its page and has no rectangle: correct the targets."


class MissingFile(InputError):
    code = "input.missing"
    advice = "The request names a file that is not there: put it in the folder, or take its line out."


class TooLarge(InputError):
    code = "input.too_large"
    advice = "Split the file: it is larger than the limit."


class UnreadableFile(InputError):
    code = "input.unreadable"
    advice = "The file is a link, or the system refuses to open it: check its rights."


class ChangedMeanwhile(InputError):
    code = "input.changed_meanwhile"
    advice = "The file changed while it was treated: run the command again."


class NeedsOcr(ProcessingError):
    code = "page.needs_ocr"
    advice = "A page shows something but holds no text that can be trusted: a person must read it."


class NotAnalysed(ProcessingError):
    code = "text.not_analysed"
    advice = "Part of the text is in a language no model here reads: a person must read it."


class BadDecision(UsageError):
    code = "usage.bad_decision"
    advice = "A decision fits no document, proposal or rule of this run: correct the decisions file."


class BadTargets(UsageError):
    code = "usage.bad_targets"
    advice = "Targets are a JSON list of {text, page, rects, kind}; see CONTRACTS in docs/."


class DiskFull(ProcessingError):
    code = "output.disk_full"
    advice = "The disk is full: nothing half-written was left. Free some space and run the command again."


class BadPack(UsageError):
    """A policy pack cannot be trusted: nothing starts on it. Facts: file, line, key, problem."""

    code = "policy.bad_pack"
    advice = "Correct that line of the pack; docs/adding-a-rule.md describes each key."


class BadMarks(BadPack):
    code = "policy.bad_marks"
    advice = "Balance the marks of the example: each begins with its label and a bar, and is closed."


class NoVersionInForce(UsageError):
    code = "policy.no_version_in_force"
    advice = "No rule of the pack answers for that day: give the date of the request, or another pack."


class Interrupted(ProcessingError):
    code = "run.interrupted"
    advice = "The run was stopped before this document was done: run the same command again."
    exit_code = 130


class OutputOfAnotherRun(UsageError):
    code = "usage.output_of_another_run"
    advice = "That folder holds the result of other documents: choose another folder for this request."


class MalformedTargets(UsageError):
    code = "usage.malformed_targets"
    advice = "The targets are a JSON list of {text, page, rects, kind}: correct the one named, and start again."


class Contradiction(ProcessingError):
    code = "review.contradiction"
    advice = (
        "The same thing is hidden in one place and readable in another: see the report, then clear it with a reason."
    )
