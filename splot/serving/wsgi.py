"""What the processes of the web server load: the application, and that they end with the server."""

import os

from .processes import end_with_parent

end_with_parent(os.getppid())

from config.wsgi import application  # noqa: E402  (a server that is gone needs no application)

__all__ = ["application"]
