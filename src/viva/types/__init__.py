"""The values that flow between the stages.

All are frozen. Only stores (the index, the history) hold state. Nothing here imports a library that is slow to load, so
that `import viva` stays instant.
"""

from viva.types.common import Clock, Doing, Language, Mode, Notify, Order, ProgressCallback
from viva.types.grading import Grade, Marker, PointResult, PointWord, Rating, Status, Verdict
from viva.types.interview import CardState, Feedback, FollowUp, Mastery, Outcome, Question, Report, Review
from viva.types.notes import Chunk, ChunkKind, Entry, Importance, Place, Point, Problem, Source
from viva.types.search import Closeness, Encoder, Hit, Near, Pair, Reader, Reading, TextKind

__all__ = [
    "CardState",
    "Chunk",
    "ChunkKind",
    "Clock",
    "Closeness",
    "Doing",
    "Encoder",
    "Entry",
    "Feedback",
    "FollowUp",
    "Grade",
    "Hit",
    "Importance",
    "Language",
    "Marker",
    "Mastery",
    "Mode",
    "Near",
    "Notify",
    "Order",
    "Outcome",
    "Pair",
    "Place",
    "Point",
    "PointResult",
    "PointWord",
    "Problem",
    "ProgressCallback",
    "Question",
    "Rating",
    "Reader",
    "Reading",
    "Report",
    "Review",
    "Source",
    "Status",
    "TextKind",
    "Verdict",
]
