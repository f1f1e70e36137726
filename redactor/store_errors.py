# ruff: noqa: D101  code and advice say it
"""Errors of the store: acts that are refused, bytes that cannot be trusted. Part of `errors`."""

from __future__ import annotations

from redactor.failure import RedactorError


class StoreError(RedactorError):
    """The store refuses an act, or cannot be trusted. Nothing of the act was kept."""

    code = "store"
    exit_code = 2


class Forbidden(StoreError):
    code = "store.forbidden"
    advice = "This person's role does not allow it: ask an administrator, or the person in charge."
    conseil = "Le rôle de cette personne ne le permet pas : adressez-vous à l'administration ou au responsable."


class NotFound(StoreError):
    code = "store.not_found"
    advice = "It is not there, or no longer: go back to the list."
    conseil = "Cela n'existe pas ou plus : revenez à la liste."


class Stale(StoreError):
    """What was decided on changed since it was shown. Facts: what, version."""

    code = "store.stale"
    advice = "Somebody changed this since it was shown: nothing was overwritten. Look again, then decide."
    conseil = "Quelqu'un l'a changé depuis l'affichage : rien n'a été écrasé. Revoyez, puis décidez."


class Blocked(StoreError):
    """Something must be done first. Facts: problem, and the gates that are red."""

    code = "store.blocked"
    advice = "Something must be done first: the list of conditions says what, and where."
    conseil = "Il reste quelque chose à faire : la liste des conditions dit quoi, et où."


class UploadBroken(StoreError):
    code = "store.upload_broken"
    advice = "The pieces of the file do not follow one another: send it again from where it stopped."
    conseil = "Les morceaux du fichier ne se suivent pas : renvoyez-le depuis l'arrêt."


class Tampered(StoreError):
    """Bytes of the store are not those that were written. Facts: kind."""

    code = "store.tampered"
    advice = "Something stored was changed from outside: stop, keep the folder, and restore a copy."
    conseil = "Quelque chose a été changé de l'extérieur : arrêtez, conservez le dossier et restaurez une copie."
    exit_code = 4


class WrongKey(StoreError):
    code = "store.wrong_key"
    advice = "The key is missing, readable by others, or that of another store: put the right one back."
    conseil = "La clé manque, est lisible par d'autres ou vient d'un autre dépôt : remettez la bonne."


class StoreUnreachable(StoreError):
    code = "store.unreachable"
    advice = "The database does not answer: what was done is kept; try again when it is back."
    conseil = "La base de données ne répond pas : ce qui est fait est gardé; réessayez à son retour."


class StoreRefused(StoreError):
    """The database refuses what was written: a fault of the program, and nothing of the act was kept."""

    code = "store.refused"
    advice = "The database refuses it: nothing was kept. Report this with its reference."
    conseil = "La base de données le refuse : rien n'a été gardé. Signalez-le avec sa référence."


class UserExists(StoreError):
    code = "store.user_exists"
    advice = "Somebody has that login: choose another."
    conseil = "Ce nom d'utilisateur est déjà pris : choisissez-en un autre."


class WeakPassword(StoreError):
    code = "store.weak_password"
    advice = "Take at least twelve characters, and not the login itself."
    conseil = "Prenez au moins douze caractères, autre chose que le nom d'utilisateur."
