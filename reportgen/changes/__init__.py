"""What differs between two versions of a record: every difference, named as an officer would, with its places.

`differences` finds what differs, whatever the record is; `compare` says what it is called and where it stands.
"""

from __future__ import annotations

from reportgen.changes.comparing import Change as Change
from reportgen.changes.comparing import compare as compare
