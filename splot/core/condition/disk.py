"""Can anything be saved beside the data?"""

import os
import shutil

from django.conf import settings

LEAST_BYTES = 50_000_000  # below that the next act or report may not be saved


def examine_disk() -> str:
    data = settings.DATA_DIR
    try:
        is_read_only = bool(os.statvfs(data).f_flag & os.ST_RDONLY)
        if is_read_only or not os.access(data, os.W_OK):
            return "read_only"
        return "full" if shutil.disk_usage(data).free < LEAST_BYTES else "ok"
    except OSError:
        return "read_only"
