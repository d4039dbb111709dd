"""Read the file of an import, work out what becomes of its lines, and keep it until somebody applies it."""

from __future__ import annotations

import structlog

from committee.accounts.models import User
from recommendations.actions import import_previews as previews
from recommendations.actions import imports as actions
from recommendations.actions.base import EditConflict
from recommendations.imports.answers import answers_for, shape_of
from recommendations.imports.compare import tell_states
from recommendations.imports.lines import LineMaker
from recommendations.imports.rows import kept_decisions, question_json, reading_json, rows_of, waiting
from recommendations.lifecycle import ImportState
from recommendations.lifecycle.period_ends import period_to_json
from recommendations.models import ImportBatch
from recommendations.trackers.cells import CannotBeRead, TrackerFile
from recommendations.trackers.files import read_tracker_file
from recommendations.trackers.questions import Answers
from recommendations.trackers.reading import Reading
from recommendations.trackers.tracker import read_tracker
from recommendations.utils.stored_files import open_stored

log = structlog.get_logger(__name__)

NO_TRACKER = "No tracker was found in the file: no table has recommendations with answers beside them. Bring another file"
FILE_GONE = "The file is not in storage any more. Discard this import, and bring the file again"


def read_import(*, by: User, batch: ImportBatch) -> None:
    """Read a file that waits to be read, and anew where somebody answered something meanwhile.

    Reading it twice does no harm: what was decided of its lines is kept. A file that can't be read is noted as failed.
    """
    try:
        file = read_file(batch)
        while batch.state == ImportState.READING:
            try:
                keep(by, batch, file)
            except EditConflict:
                log.info("import_read_again", batch=batch.pk)
            batch = ImportBatch.objects.for_list().get(pk=batch.pk)
    except CannotBeRead as problem:
        actions.could_not_read(by=by, batch=batch, why=str(problem))


def read_file(batch: ImportBatch) -> TrackerFile:
    """Return what the file holds. Raise CannotBeRead where it can't be read."""
    file = open_stored(batch.file)
    if file is None:
        raise CannotBeRead(FILE_GONE)
    with file:
        return read_tracker_file(file, batch.file_name)


def understand(batch: ImportBatch, file: TrackerFile) -> Reading:
    """Return the file as it is understood with what was answered, also for earlier files of its shape.

    Its shape is known once its tables are laid out: its lines are read once, with what is remembered for that shape.
    """

    def of_shape(tables: list[str]) -> Answers:
        batch.shape = shape_of(tables)
        return answers_for(batch)

    return read_tracker(file, answers_for(batch), remembered=of_shape)


def keep(by: User, batch: ImportBatch, file: TrackerFile) -> None:
    """Keep what was read of the file, with what was decided of its lines before.

    Raise CannotBeRead where it has no tracker, EditConflict where somebody answered something meanwhile.
    """
    reading = understand(batch, file)
    if not reading.entries:
        raise CannotBeRead(NO_TRACKER)
    batch.as_at = period_to_json(reading.as_at) if reading.as_at.is_known else None
    maker = LineMaker(batch.committee, answers_for(batch), reading.as_at)
    drafts = maker.make(reading, kept_decisions(batch))
    rows = rows_of(drafts)
    tell_states(batch, drafts, rows)
    later = waiting(reading.questions, drafts)
    asked = (*(one for one in reading.questions if one not in later), *maker.questions)
    previews.keep_reading(
        by=by,
        batch=batch,
        version=batch.version,
        rows=rows,
        shape=batch.shape,
        as_at=batch.as_at,
        file_format=file.format,
        new_bodies=[one.to_json() for one in maker.new_bodies.values()],
        new_inquiries=[one.to_json() for one in maker.new_inquiries.values()],
        reading=reading_json(
            batch,
            reading,
            asked,
            waiting=[question_json(question) for question in later],
            new_posts=[one.to_json() for one in maker.new_posts.values()],
        ),
    )
