"""The photo desk's records: photographs, who stands where in them, whose right they are, and their files."""

from newsroom.photos.models.files import FormerRendition, Intake, Rendition, RenditionJob, renditions
from newsroom.photos.models.photo import Depiction, Lease, Photo, original_name, originals

__all__ = [
    "Depiction",
    "FormerRendition",
    "Intake",
    "Lease",
    "Photo",
    "Rendition",
    "RenditionJob",
    "original_name",
    "originals",
    "renditions",
]
