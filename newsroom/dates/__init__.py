"""The shelf of dates with precision: read, written, stored and typed as imprecise as the source has them.

The text form is EDTF (ISO 8601-2): levels 0 and 1, and from level 2 an unknown month beside a known
day (`2025-XX-06`) and a `?` to the left of one part alone, which here marks that part as inferred. Of level 1
are left out: spans, since each end has a field of its own, and years before 1000 and after 2999.
"""

from newsroom.dates.fields import EdgeField, PartialDateField, overlapping, with_edges
from newsroom.dates.forms import PartialDateFormField, PartialDateWidget
from newsroom.dates.partial import PartialDate, in_words, parse_bound
from newsroom.dates.reading import PartialDateError
from newsroom.dates.spans import span_in_words
from newsroom.dates.wording import season_in_words

__all__ = [
    "EdgeField",
    "PartialDate",
    "PartialDateError",
    "PartialDateField",
    "PartialDateFormField",
    "PartialDateWidget",
    "in_words",
    "overlapping",
    "parse_bound",
    "season_in_words",
    "span_in_words",
    "with_edges",
]
