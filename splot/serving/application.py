"""What the processes of the web server load: the guarded application, and that they end with the
server.
"""

import os

from .processes import end_with_parent

end_with_parent(os.getppid())

from config.wsgi import application as page_cache  # noqa: E402  (not for a server that is gone)

from .guard import Guard  # noqa: E402
from .heartbeats import send_heartbeats  # noqa: E402

application = Guard(page_cache)
send_heartbeats(application)
