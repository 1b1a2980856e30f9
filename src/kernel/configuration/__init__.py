"""Configuration as something that can be looked at, compared and carried: from a sandbox to the live company, or as a file to another one.

A resource is configuration when it says by which fields its rows are known (`configuration`). Rows are told apart by
these, never by id; references point to what is called the same.
"""

from kernel.configuration.carrying import carry
from kernel.configuration.comparing import diff
from kernel.configuration.filed import from_file, to_file
from kernel.configuration.pictures import Pictures, Row, pictured

__all__ = ["Pictures", "Row", "carry", "diff", "from_file", "pictured", "to_file"]
