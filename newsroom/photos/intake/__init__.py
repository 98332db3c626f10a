"""Photo desk, intake: what comes in is judged by its content, read once within limits, and kept as it came.

    found = examine(content)        # raises Refused, whose words say what is wrong and what to do

Nothing here touches a database, so all of it happens before a transaction is opened.
"""

from newsroom.photos.intake.reading import Examined, Note, examine
from newsroom.photos.intake.sniffing import MOST_BYTES, Refused, too_heavy

__all__ = ["MOST_BYTES", "Examined", "Note", "Refused", "examine", "too_heavy"]
