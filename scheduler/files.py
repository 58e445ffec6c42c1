"""Files that others read: each is there whole or not at all, and for its owner only."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def put(file: Path, content: str | bytes) -> None:
    """Put a new file in the place of the old one, once all of it is on the disk.

    :raises OSError: when the folder is not there, is full, or cannot be written to.
    """
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as new:
        try:
            new.write(content if isinstance(content, bytes) else content.encode())
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(file)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
