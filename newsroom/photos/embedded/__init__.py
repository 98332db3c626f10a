"""Photo desk, embedded metadata: what a file says of itself, and what our own files say (IPTC Photo Metadata 2025.1).

facts_in(picture)       # read: XMP first, then IIM, then EXIF
packet_of(photo)        # write: the XMP that every version of the photo carries
"""

from newsroom.photos.embedded.facts import Fact, Facts, facts_in
from newsroom.photos.embedded.packet import packet_of

__all__ = ["Fact", "Facts", "facts_in", "packet_of"]
