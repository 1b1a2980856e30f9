"""What the addresses of outside servers say about TLS reaches the drivers: nothing is sent in the clear that was to be sealed."""

from __future__ import annotations

import contextlib
import datetime
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from infra.programs import ROOT

DATABASE = "from django.db import connection; print(connection.get_connection_params()); connection.ensure_connection(); print('connected')"
VALKEY = """
from django.conf import settings
from django.core.cache import cache
from kombu import Connection
from tenants import observing
cache.set("shared:tls", 7)
Connection(settings.BROKER_URL).ensure_connection(max_retries=1)
print("connected", cache.get("shared:tls"), observing.store().ping())
"""


def run(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A program of the product, with these addresses."""
    env = os.environ | {"PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "config.settings"} | variables
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_postgresql_is_spoken_to_by_tls_or_not_at_all(tmp_path: Path):
    done = run(DATABASE, DATABASE_URL=f"{os.environ['DATABASE_URL']}?sslmode=verify-full&sslrootcert={tmp_path}/ca.pem")
    assert "'sslmode': 'verify-full'" in done.stdout and f"'sslrootcert': '{tmp_path}/ca.pem'" in done.stdout
    assert done.returncode and "connected" not in done.stdout
    done = run(DATABASE, DATABASE_URL=f"{os.environ['DATABASE_URL']}?sslmode=require")
    assert "does not support SSL" in done.stderr and "connected" not in done.stdout
    assert "connected" in run(DATABASE).stdout


# Valkey behind TLS ---------------------------------------------------------------------------------------------------
def certificate(folder: Path) -> Path:
    """A key and a certificate for localhost that only those trust who are given it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "both.pem").write_bytes(key.private_bytes(*plain) + made.public_bytes(serialization.Encoding.PEM))
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "ca.pem"


def pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while block := source.recv(65536):
            target.sendall(block)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The Valkey of this run behind TLS: its address, and the certificate to trust."""
    trusted = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    valkey = urlsplit(os.environ["BROKER_URL"])
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                plain, _address = door.accept()
                with contextlib.suppress(OSError):
                    line = context.wrap_socket(plain, server_side=True)
                    behind = socket.create_connection((valkey.hostname, valkey.port))
                    for pair in ((line, behind), (behind, line)):
                        threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"rediss://localhost:{door.getsockname()[1]}", trusted
    door.close()


def test_valkey_is_spoken_to_by_tls_with_a_certificate_that_is_checked(sealed: tuple[str, Path]):
    address, trusted = sealed
    asked = f"ssl_cert_reqs=required&ssl_ca_certs={trusted}"
    done = run(VALKEY, BROKER_URL=f"{address}/0?{asked}", CACHE_URL=f"{address}/1?{asked}")
    assert done.stdout.strip() == "connected 7 True", done.stderr
    done = run(VALKEY, BROKER_URL=f"{address}/0?ssl_cert_reqs=required", CACHE_URL=f"{address}/1?ssl_cert_reqs=required")
    assert "CERTIFICATE_VERIFY_FAILED" in done.stderr and "connected" not in done.stdout
