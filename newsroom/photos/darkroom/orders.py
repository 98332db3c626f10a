"""Photo desk, darkroom: the orders for versions of photos, claimed with a lease, tried again, and handed in whole.

The rows are the truth: a worker that dies leaves its order to the next, and a lost task is made good by the next
sweep. A picture that is replaced keeps its former versions on our pages until the new ones are all there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom import changes
from newsroom.photos.darkroom import cupboard
from newsroom.photos.darkroom.printing import RECIPE, prints, shapes_of
from newsroom.photos.embedded import packet_of
from newsroom.photos.intake import Refused
from newsroom.photos.models import Photo, Rendition, RenditionJob, originals

logger = logging.getLogger(__name__)

State = RenditionJob.State
OPEN = Q(state__in=[State.WAITING, State.RUNNING])
LEASE = dt.timedelta(minutes=10)
PAUSE = dt.timedelta(minutes=1)  # after the first failure; twice as long after each further one
MOST_ATTEMPTS = 5


def order(photo: Photo, *, at: dt.datetime) -> RenditionJob | None:
    """Have the versions made, unless what stands is made of just this; joins the transaction under way.

    None for a photo that is not held.
    """
    read = _read(photo.pk)
    if not read.is_held:
        return None
    digest = digest_of(read)
    standing = RenditionJob.objects.filter(photo=photo).first()
    if standing and standing.digest == digest and standing.state != State.FAILED:
        return standing
    fresh = {"digest": digest, "state": State.WAITING, "attempts": 0, "not_before": at, "made": 0, "failure": ""}
    wanted = len(shapes_of(read.width or 0, read.height or 0)) if read.width else 0
    job, _created = RenditionJob.objects.update_or_create(photo=photo, defaults={**fresh, "wanted": wanted})
    transaction.on_commit(_tell_worker, robust=True)
    return job


def digest_of(photo: Photo) -> str:
    """Of all that goes into the versions: the file, the focal point, the words in the packet and our own recipe."""
    parts = [RECIPE, photo.sha256 or photo.original.name, *map(str, _focus(photo)), packet_of(photo).decode()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def work(clock: Callable[[], dt.datetime] = timezone.now, *, most: int = 0) -> int:
    """Fill the orders that are due, one after the other, up to `most` where it is given; how many were tried."""
    tried = 0
    while (not most or tried < most) and (job := claim(clock())):
        fill(job, clock=clock)
        tried += 1
    return tried


def claim(at: dt.datetime) -> RenditionJob | None:
    """The next order that nobody works on; ours until its lease ends."""
    due = RenditionJob.objects.filter(OPEN, not_before__lte=at)
    # A picture over which workers die must not be given to the next one for ever.
    due.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, failure=_("It was given up again and again."))
    for job in due.order_by("not_before", "pk")[:20]:
        taken = RenditionJob.objects.filter(OPEN, pk=job.pk, not_before=job.not_before, digest=job.digest).update(
            state=State.RUNNING, attempts=F("attempts") + 1, not_before=at + LEASE, made=0
        )
        if taken:
            return RenditionJob.objects.get(pk=job.pk)
    return None


def fill(job: RenditionJob, *, clock: Callable[[], dt.datetime] = timezone.now) -> None:
    """Make every version that the order asks for; what goes wrong is noted in the order and tried again."""
    try:
        made = _make(job, clock)
    except Refused as refused:
        _give_up(job, str(refused))
    except Exception as error:  # of storage, memory or codec: whichever, the next attempt may do better
        logger.exception("The versions of photo %s could not be made.", job.photo_id)
        _postpone(job, error, clock())
    else:
        _hand_in(job, made, clock())


def take_down(photo: Photo, *, at: dt.datetime) -> None:
    """Every version of the photo leaves the public at once; inside the caller's recording."""
    RenditionJob.objects.filter(photo=photo).delete()
    gone = photo.renditions.filter(is_placeholder=False)
    cupboard.retire(photo, [str(one.file) for one in gone], served_until=at)
    photo.former_renditions.filter(served_until__gt=at).update(served_until=at)
    gone.delete()
    transaction.on_commit(partial(cupboard.clear, at), robust=True)


def _read(pk: int) -> Photo:
    """The photo with all that its packet says, read afresh."""
    photos = Photo.objects.select_related("photographer", "event", "source")
    return photos.prefetch_related("depictions__person", "organisations").get(pk=pk)


def _focus(photo: Photo) -> tuple[float, float]:
    return float(photo.focal_x), float(photo.focal_y)


def _make(job: RenditionJob, clock: Callable[[], dt.datetime]) -> list[Rendition]:
    """The files are stored as they are made; the records of them wait until all are there."""
    photo = _read(job.photo_id)
    with originals().open(photo.original.name or "") as original:
        content = original.read()
    made: list[Rendition] = []
    for one in prints(content, _focus(photo), packet_of(photo)):
        made.append(cupboard.rendition_of(photo, one))
        if not _is_ours(job).update(made=len(made), not_before=clock() + LEASE):
            break  # the order has changed meanwhile: what was made is of no use
    return made


def _is_ours(job: RenditionJob) -> QuerySet[RenditionJob]:
    return RenditionJob.objects.filter(pk=job.pk, digest=job.digest, attempts=job.attempts, state=State.RUNNING)


def _hand_in(job: RenditionJob, made: list[Rendition], at: dt.datetime) -> None:
    """Put the new versions in the place of the former ones, unless the order has changed meanwhile."""
    with changes.recording() as record:
        if not _is_ours(job).update(state=State.DONE, made=len(made), wanted=len(made), failure=""):
            unused = [str(one.file) for one in made]
            transaction.on_commit(partial(cupboard.discard, unused, at), robust=True)
            return
        photo = Photo.objects.get(pk=job.photo_id)
        record.touch(photo)
        cupboard.exchange(photo, made, at=at)


def _postpone(job: RenditionJob, error: Exception, at: dt.datetime) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        _give_up(
            job, _("It failed %(count)s times, the last time so: %(error)s") % {"count": job.attempts, "error": error}
        )
        return
    later = at + PAUSE * 2 ** (job.attempts - 1)
    _is_ours(job).update(state=State.WAITING, not_before=later, failure=_cut(repr(error)))


def _give_up(job: RenditionJob, failure: str) -> None:
    _is_ours(job).update(state=State.FAILED, failure=_cut(failure))


def _cut(words: str) -> str:
    return words[: RenditionJob._meta.get_field("failure").max_length]


def _tell_worker() -> None:
    """Have it begun at once; where nobody does, the command or the next sweep finds the order."""
    from newsroom.photos import tasks  # which imports this module

    tasks.soon()
