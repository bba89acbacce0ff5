"""An api process in small: serves the test service on a port until SIGTERM, then leaves. Run with port and folder."""

from __future__ import annotations

import sys
from pathlib import Path

from hub120.intake.v1.intake_service_pb2_grpc import add_IntakeServiceServicer_to_server

from chassis import auth, event_loop, grpc_host, logs
from tests.integration.grpc_service import DESCRIPTOR, Intake


async def main(port: str, folder: str) -> None:
    """Serve until told to stop; one line on stdout says that calls are taken."""
    logs.configure("warning", "child")
    stop = event_loop.stop_requested()
    server = await grpc_host.serve(
        [(add_IntakeServiceServicer_to_server, Intake(), DESCRIPTOR)],
        f"127.0.0.1:{port}",
        auth.LocalVerifier(Path(folder) / "token.key"),
        drain_s=0.5,
    )
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    await stop.wait()
    await server.stop()


if __name__ == "__main__":
    event_loop.run(main(*sys.argv[1:]))
