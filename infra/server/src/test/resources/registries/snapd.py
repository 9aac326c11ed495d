"""A client of the API on a device's UNIX socket, written after the contract (sections 2 and 3).

One connection for each request, the target in absolute form, a body only when there is something in it.
"""

import json
import os
import socket
from http.client import HTTPResponse
from urllib.parse import urlencode

KNOWN = {"type", "status-code", "status", "result", "sources", "change", "warning-timestamp", "warning-count"}


class Refused(Exception):
    """Status 400 or above; carries the body."""


def _request(method, path, body=None, query=None):
    url = "http://localhost/v2" + path
    if query:
        url += "?" + urlencode(query)
    head = f"{method} {url} HTTP/1.1\r\nHost: localhost\r\n"
    content = b""
    if body:
        content = json.dumps(body).encode()
        head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(30)
    connection.connect(os.environ["SNAPD_SOCKET"])
    try:
        connection.sendall(head.encode() + b"\r\n" + content)
        response = HTTPResponse(connection, method=method)
        response.begin()
        text = response.read()
    finally:
        connection.close()
    if response.status >= 400:
        raise Refused(text.decode())
    if response.getheader("Content-Type") != "application/json":
        raise TypeError("the very media type is relied on: " + str(response.getheader("Content-Type")))
    answer = json.loads(text)
    if set(answer) - KNOWN:
        raise TypeError("members that nobody knows: " + str(set(answer) - KNOWN))
    return answer


def get(path, query=None):
    return _request("GET", path, query=query)


def put(path, body):
    return _request("PUT", path, body=body)


def read_view(registry, view, fields=None):
    """What a view shows; nothing when it is refused, as all readers take it."""
    try:
        query = {"fields": ",".join(fields)} if fields else None
        return get(f"/{registry}/{view}", query)["result"]
    except Refused:
        return {}


def write_view(registry, view, values):
    put(f"/{registry}/{view}", values)


def network():
    """The registry of the programs' final version."""
    return f"registry/{os.environ['ACCOUNT_ID']}/network"


def first_version():
    """The registry of the programs' first version."""
    return f"aspects/{os.environ['ACCOUNT_ID']}/aspects-poc"
