"""What a program finds out about the machine it runs on, and the configuration server it tells that."""

import base64
import json
import random
import secrets
import socket
import struct
import urllib.error
import urllib.request

_SMALL = [n for n in range(3, 2000, 2) if all(n % d for d in range(3, int(n**0.5) + 1, 2))]


def _is_prime(n):
    if any(n % p == 0 for p in _SMALL):
        return False
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(20):
        x = pow(secrets.randbelow(n - 3) + 2, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def _prime(bits):
    while True:
        n = secrets.randbits(bits) | 3 << (bits - 2) | 1
        if n % 65537 != 1 and _is_prime(n):
            return n


def _der(tag, content):
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _integer(n):
    return _der(2, n.to_bytes(n.bit_length() // 8 + 1, "big"))


def make_keys():
    """A new RSA key of 2048 bits: the private one as PKCS #8 in PEM, the public one as OpenSSH has it."""
    e = 65537
    p = _prime(1024)
    q = _prime(1024)
    while q == p:
        q = _prime(1024)
    n, d = p * q, pow(e, -1, (p - 1) * (q - 1))
    inner = b"".join(map(_integer, (0, n, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))))
    algorithm = _der(0x30, bytes.fromhex("06092a864886f70d0101010500"))
    private = _der(0x30, _integer(0) + algorithm + _der(4, _der(0x30, inner)))
    lines = base64.encodebytes(private).decode()
    pem = "-----BEGIN PRIVATE KEY-----\n" + lines + "-----END PRIVATE KEY-----\n"
    wire = b""
    for part in (b"ssh-rsa", e.to_bytes(3, "big"), n.to_bytes(n.bit_length() // 8 + 1, "big")):
        wire += struct.pack(">I", len(part)) + part
    return pem, "ssh-rsa " + base64.b64encode(wire).decode()


def own_address():
    """By connecting a datagram socket, which sends nothing; a machine without a way out has its own."""
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        probe.connect(("192.0.2.1", 80))
        return probe.getsockname()[0]
    except OSError:
        return "127.0.0.1"
    finally:
        probe.close()


def some_architecture():
    return random.choice(["amd64", "arm64", "armhf", "ppc64el", "s390x", "i386"])


def post(url, body):
    """Status and JSON of the answer, None where it has no body; a status of 400 or above fails."""
    request = urllib.request.Request(
        url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        text = response.read()
        return response.status, json.loads(text) if text else None


def register(server, public_key, address, architecture):
    status, answer = post(
        server + "/register/", {"ip-address": address, "public-key-rsa": public_key, "arch": architecture}
    )
    return answer
