"""What can go wrong in a way the user can mend.

Every message is one line that says what is wrong *and* what to do next; the
faces print it as it is. Anything that is not a `VivaError` is a defect of viva.
"""


class VivaError(Exception):
    """Base of everything the faces catch; its text is shown to the user."""


class NotesError(VivaError):
    """The notes are missing, unreadable, or hold no questions."""


class ModelError(VivaError):
    """The model cannot be found, downloaded, or safely loaded."""


class IndexStoreError(VivaError):
    """The index cannot be written, read, or locked."""


class HistoryError(VivaError):
    """The history cannot be opened, written, or imported."""


class QueryError(VivaError):
    """A search query or a batch row does not make sense."""


class InterviewError(VivaError):
    """A step that the interview does not allow now, or an empty selection."""


class SettingsError(VivaError):
    """The settings file or a flag holds a value that cannot be used."""


class ServeError(VivaError):
    """The page cannot be served: its address, its port or its password."""
