"""Every error the product raises on purpose: one class, one code, one piece of advice.

Facts are ids and numbers, never text of a document. Codes and advice are listed in `docs/errors.md`; a test
compares. Exit codes belong to the command line: `exit_code` only says which family an error is of.
"""

from __future__ import annotations

from redactor.failure import InputError as InputError  # noqa: PLC0414
from redactor.failure import ProcessingError as ProcessingError  # noqa: PLC0414
from redactor.failure import RedactorError as RedactorError  # noqa: PLC0414
from redactor.failure import UsageError as UsageError  # noqa: PLC0414
from redactor.failure import code_with_facts as code_with_facts  # noqa: PLC0414
from redactor.store_errors import Blocked as Blocked  # noqa: PLC0414
from redactor.store_errors import Forbidden as Forbidden  # noqa: PLC0414
from redactor.store_errors import NotFound as NotFound  # noqa: PLC0414
from redactor.store_errors import Stale as Stale  # noqa: PLC0414
from redactor.store_errors import StoreError as StoreError  # noqa: PLC0414
from redactor.store_errors import StoreRefused as StoreRefused  # noqa: PLC0414
from redactor.store_errors import StoreUnreachable as StoreUnreachable  # noqa: PLC0414
from redactor.store_errors import Tampered as Tampered  # noqa: PLC0414
from redactor.store_errors import UploadBroken as UploadBroken  # noqa: PLC0414
from redactor.store_errors import UserExists as UserExists  # noqa: PLC0414
from redactor.store_errors import WeakPassword as WeakPassword  # noqa: PLC0414
from redactor.store_errors import WrongKey as WrongKey  # noqa: PLC0414


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


class WorkspaceBusy(UsageError):
    code = "usage.workspace_busy"
    advice = "Another run works in that folder: wait for its end, or give another --out and --workspace."
    conseil = "Une autre exécution travaille dans ce dossier : attendez sa fin ou donnez d'autres --out et --workspace."


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


class PageFailed(ProcessingError):
    """Pages stopped whatever read them, each alone. Facts: pages (from 1), what the first of them did."""

    code = "page.failed"
    advice = "Some pages could not be read, the others were: have a person treat the document, those pages first."
    conseil = "Des pages n'ont pu être lues, les autres l'ont été : faites traiter le document, ces pages d'abord."


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


class ScanDoubtful(NeedsOcr):
    """Tesseract read a page and is not sure of it. Facts: page, confidence of 100."""

    code = "page.scan_doubtful"
    advice = "A scanned page is too faint, blurred or handwritten to be read surely: scan it again, or have it read."
    conseil = "Une page numérisée est trop pâle, floue ou manuscrite pour une lecture sûre : numérisez-la ou lisez-la."


class ImageUnread(NeedsOcr):
    """An image on a page with masks is large and sharp enough to hold text, and nothing here can read it."""

    code = "page.image_unread"
    advice = (
        "An image on a page with masks may hold text: install tesseract (apt-get install tesseract-ocr "
        "tesseract-ocr-fra), or look at it and draw a box on it."
    )
    conseil = (
        "Une image d'une page masquée peut contenir du texte : installez tesseract (apt-get install tesseract-ocr "
        "tesseract-ocr-fra), ou examinez-la et tracez-y une boîte."
    )


class NotAnalysed(ProcessingError):
    code = "text.not_analysed"
    advice = "Part of the text is in a language no model here reads: a person must read it."
    conseil = "Une partie du texte est dans une langue qu'aucun modèle ne lit ici : une personne doit la lire."


class NoProvider(UsageError):
    """The provider of identities of the web service cannot be used. Facts: problem."""

    code = "usage.no_provider"
    advice = "Install redactor[oidc]; give the issuer by https, the client's id and the file of its secret."
    conseil = "Installez redactor[oidc]; donnez l'émetteur en https, l'identifiant du client et le fichier du secret."


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


class DamagedFile(InputError):
    code = "input.damaged_file"
    advice = "The file is cut short or broken: ask the sender for it again."
    conseil = "Le fichier est coupé ou brisé : redemandez-le à l'expéditeur."


class UnknownFormat(InputError):
    code = "input.unknown_format"
    advice = "The content is of no kind that is read here, whatever the name says: have it exported to PDF."
    conseil = "Le contenu n'est d'aucun format lu ici, quel que soit son nom : faites-le exporter en PDF."


class ConverterMissing(InputError):
    code = "input.converter_missing"
    advice = (
        "Office files need LibreOffice: "
        "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
    )
    conseil = (
        "Les fichiers de bureautique demandent LibreOffice : "
        "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
    )


class ConversionFailed(ProcessingError):
    code = "input.conversion_failed"
    advice = "LibreOffice could not print this file: open it, save it again or export it to PDF by hand."
    conseil = "LibreOffice n'a pu imprimer ce fichier : ouvrez-le, réenregistrez-le ou exportez-le en PDF à la main."


class ConversionTimedOut(ProcessingError):
    code = "input.conversion_timed_out"
    advice = "LibreOffice took longer than the limit on this file: export it to PDF by hand, or split it."
    conseil = "LibreOffice a dépassé la limite de temps sur ce fichier : exportez-le en PDF à la main ou divisez-le."


class HiddenContent(ProcessingError):
    """The file holds what its printed page does not show, and nobody said what to do of it. Facts: kinds, counts."""

    code = "input.hidden_content"
    advice = (
        "The file holds what its pages do not show: write `hidden_content: print` (it is annexed and masked like the "
        "rest) or `hidden_content: drop` (it is left out) in request.yaml."
    )
    conseil = (
        "Le fichier contient ce que ses pages ne montrent pas : écrivez dans request.yaml `hidden_content: print` "
        "(annexé et caviardé comme le reste) ou `hidden_content: drop` (laissé de côté)."
    )


class HiddenUnsure(HiddenContent):
    """What an old form deletes or hides cannot be told from what it shows. Facts: words."""

    code = "input.hidden_unsure"
    advice = (
        "What this old file deleted or hid cannot be told from what it shows: open it in its program, settle the "
        "changes, save it in the new form (DOCX) and put it in the place of this one."
    )
    conseil = (
        "Ce que cet ancien fichier a supprimé ou masqué ne se distingue pas de ce qu'il montre : ouvrez-le dans son "
        "logiciel, réglez les modifications, enregistrez-le au nouveau format (DOCX) et mettez-le à la place."
    )


class EncryptedMessage(InputError):
    code = "input.encrypted_message"
    advice = "The message is encrypted: have its recipient open it and save it without encryption."
    conseil = "Le message est chiffré : faites-le ouvrir par son destinataire et enregistrer sans chiffrement."


class ArchiveBomb(InputError):
    code = "input.archive_bomb"
    advice = "The file unpacks to far more than it weighs: ask the sender for its documents one by one."
    conseil = "Le fichier se décompresse à bien plus que son poids : demandez ses documents un à un."


class TooManyParts(InputError):
    code = "input.too_many_parts"
    advice = "The file holds more parts than the limit: split it."
    conseil = "Le fichier contient plus de pièces que la limite : divisez-le."


class TooDeep(InputError):
    code = "input.too_deep"
    advice = "Messages or archives stand too deep in one another: take this one out and send it by itself."
    conseil = "Des messages ou archives sont emboîtés trop profondément : sortez celui-ci et envoyez-le seul."


class UnsafeName(InputError):
    code = "input.unsafe_name"
    advice = "The archive gives this part a place outside itself, or a link: it was not opened; have it packed again."
    conseil = "L'archive place cette pièce hors d'elle-même, ou par un lien : non ouverte; faites refaire l'archive."


class EmptyArchive(InputError):
    code = "input.empty_archive"
    advice = "The archive holds no file: ask for it again."
    conseil = "L'archive ne contient aucun fichier : redemandez-la."


class PictureTooLarge(InputError):
    code = "input.picture_too_large"
    advice = "The picture declares more points than the limit: have it scanned again at 300 dpi."
    conseil = "L'image déclare plus de points que la limite : faites-la numériser de nouveau à 300 ppp."


class TooManyRows(InputError):
    code = "input.too_many_rows"
    advice = "The spreadsheet has more rows than can be printed: keep the rows the request is about, or split it."
    conseil = "Le classeur a plus de lignes qu'on ne peut imprimer : gardez celles visées par la demande ou divisez-le."
