"""The web server, as `splot serve` starts it: granian with two processes."""

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

WEB_WORKERS = 2
GRACE_SECONDS = 3  # for requests that are being answered, not for a body that never comes


def serve_web(host: str, port: int) -> None:
    """Answer requests until stopped; a process that is lost is replaced."""
    Server(
        "splot.serving.application:build_application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=WEB_WORKERS,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
