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


class MissingInput(UsageError):
    code = "usage.missing_input"
    advice = "Check the path: nothing stands there."
    conseil = "Vérifiez le chemin : il n'y a rien là."


class NoDocuments(UsageError):
    code = "usage.no_documents"
    advice = "Put at least one document in the folder, or name it."
    conseil = "Mettez au moins un document dans le dossier, ou nommez-en un."


class OutputNotWritable(UsageError):
    code = "usage.output_not_writable"
    advice = "Choose a folder you may write to, outside the folder of the documents."
    conseil = "Choisissez un dossier où vous pouvez écrire, hors du dossier des documents."


class EmptyFile(InputError):
    code = "input.empty"
    advice = "The file holds no bytes: ask for it again."
    conseil = "Le fichier est vide : redemandez-le."


class NotAPdf(InputError):
    code = "input.not_a_pdf"
    advice = "The content is not a PDF, whatever the name says: convert it, or ask for the original."
    conseil = "Le contenu n'est pas un PDF, quel que soit son nom : convertissez-le ou demandez l'original."


class DamagedPdf(InputError):
    code = "input.damaged"
    advice = "The PDF is cut short or broken: ask the sender for it again."
    conseil = "Le PDF est coupé ou brisé : redemandez-le à l'expéditeur."


class EncryptedDocument(InputError):
    code = "input.encrypted"
    advice = "Ask the sender for a copy without a password."
    conseil = "Demandez à l'expéditeur une copie sans mot de passe."


class NoPages(InputError):
    code = "input.no_pages"
    advice = "The PDF has no page: ask the sender for it again."
    conseil = "Le PDF n'a aucune page : redemandez-le à l'expéditeur."


class TooManyPages(InputError):
    code = "input.too_many_pages"
    advice = "Split the file: more pages than the limit."
    conseil = "Divisez le fichier : il compte plus de pages que la limite."


class UnsupportedPdf(InputError):
    code = "input.unsupported"
    advice = "The PDF is built in a way that cannot be treated safely: print it to PDF first."
    conseil = "Ce PDF est construit d'une façon qu'on ne peut traiter sûrement : imprimez-le d'abord en PDF."


class TimedOut(ProcessingError):
    code = "processing.timed_out"
    advice = "The file took longer than the limit: have a person treat it, or split it."
    conseil = "Le fichier a pris plus de temps que la limite : faites-le traiter par une personne ou divisez-le."


class OutOfMemory(ProcessingError):
    code = "processing.out_of_memory"
    advice = "The file asked for more memory than the limit: have a person treat it, or split it."
    conseil = "Le fichier demande plus de mémoire que la limite : faites-le traiter par une personne ou divisez-le."


class Crashed(ProcessingError):
    code = "processing.crashed"
    advice = "The file made its reader stop: treat it by hand, and keep it for the maintainers."
    conseil = "Le fichier a fait tomber son lecteur : traitez-le à la main et gardez-le pour les mainteneurs."


class ProofFailed(ProcessingError):
    code = "proof.failed"
    advice = "The written file still showed something it must not: it was deleted. Treat it with --mode image."
    conseil = "Le fichier écrit montrait encore ce qu'il ne doit pas : il a été détruit. Essayez --mode image."


class TargetNotFound(InputError):
    code = "input.target_not_found"
    advice = "A text to mask is not on its page and has no rectangle: correct the targets."
    conseil = "Un texte à masquer n'est pas sur sa page et n'a pas de rectangle : corrigez la liste."


class MissingFile(InputError):
    code = "input.missing"
    advice = "The request names a file that is not there: put it in the folder, or take its line out."
    conseil = "La demande nomme un fichier absent : déposez-le dans le dossier ou retirez sa ligne."


class TooLarge(InputError):
    code = "input.too_large"
    advice = "Split the file: it is larger than the limit."
    conseil = "Divisez le fichier : il dépasse la limite."


class UnreadableFile(InputError):
    code = "input.unreadable"
    advice = "The file is a link, or the system refuses to open it: check its rights."
    conseil = "Le fichier est un lien, ou le système refuse de l'ouvrir : vérifiez ses droits."


class ChangedMeanwhile(InputError):
    code = "input.changed_meanwhile"
    advice = "The file changed while it was treated: run the command again."
    conseil = "Le fichier a changé pendant le traitement : relancez la commande."


class NeedsOcr(ProcessingError):
    code = "page.needs_ocr"
    advice = "A page shows something but holds no text that can be trusted: a person must read it."
    conseil = "Une page montre quelque chose sans texte fiable : une personne doit la lire."


class NotAnalysed(ProcessingError):
    code = "text.not_analysed"
    advice = "Part of the text is in a language no model here reads: a person must read it."
    conseil = "Une partie du texte est dans une langue qu'aucun modèle ne lit ici : une personne doit la lire."


class BadDecision(UsageError):
    code = "usage.bad_decision"
    advice = "A decision fits no document, proposal or rule of this run: correct the decisions file."
    conseil = "Une décision ne correspond à aucun document, proposition ou règle : corrigez le fichier de décisions."


class DiskFull(ProcessingError):
    code = "output.disk_full"
    advice = "The disk is full: nothing half-written was left. Free some space and run the command again."
    conseil = "Le disque est plein : rien n'est resté à moitié écrit. Libérez de l'espace et relancez la commande."


class BadPack(UsageError):
    """A policy pack cannot be trusted: nothing starts on it. Facts: file, line, key, problem."""

    code = "policy.bad_pack"
    advice = "Correct that line of the pack; docs/adding-a-rule.md describes each key."
    conseil = "Corrigez cette ligne du dossier de règles; docs/adding-a-rule.md décrit chaque clé."


class BadMarks(BadPack):
    code = "policy.bad_marks"
    advice = "Balance the marks of the example: each begins with its label and a bar, and is closed."
    conseil = "Équilibrez les marques de l'exemple : chacune commence par son étiquette et une barre, et se ferme."


class NoVersionInForce(UsageError):
    code = "policy.no_version_in_force"
    advice = "No rule of the pack answers for that day: give the date of the request, or another pack."
    conseil = "Aucune règle ne répond pour ce jour : donnez la date de la demande, ou un autre dossier de règles."


class Interrupted(ProcessingError):
    code = "run.interrupted"
    advice = "The run was stopped before this document was done: run the same command again."
    conseil = "L'exécution s'est arrêtée avant ce document : relancez la même commande."
    exit_code = 130


class OutputOfAnotherRun(UsageError):
    code = "usage.output_of_another_run"
    advice = "That folder holds the result of other documents: choose another folder for this request."
    conseil = "Ce dossier contient le résultat d'autres documents : choisissez-en un autre pour cette demande."


class MalformedTargets(UsageError):
    code = "usage.malformed_targets"
    advice = "The targets are a JSON list of {text, page, rects, kind}: correct the one named, and start again."
    conseil = "La liste est un JSON de {text, page, rects, kind} : corrigez celle qui est nommée."


class Contradiction(ProcessingError):
    code = "review.contradiction"
    advice = (
        "The same thing is hidden in one place and readable in another: see the report, then clear it with a reason."
    )
    conseil = "La même chose est masquée ici et lisible là : voyez le rapport, puis donnez un motif ou corrigez."


class UnknownLabel(ProcessingError):
    """Something was found that no rule of the pack knows by that name: it must not pass for nothing. Facts: label."""

    code = "policy.unknown_label"
    conseil = "Les détecteurs et le dossier de règles ne vont pas ensemble : installez-les d'une même version."
    advice = "The finders and the pack do not belong together: install them from one version."
