"""Stands in for the control snap: its install hook, its default-configure hook, one run of its daemon."""

import os
import random
import sys

import device
import snapd


def install(server):
    _, public_key = device.make_keys()
    answer = device.register(server, public_key, device.own_address(), device.some_architecture())
    snapd.write_view(
        snapd.network(),
        "control-device",
        {"id": answer["uuid"], "registered": answer["registered"], "server-url": server},
    )
    print(answer["uuid"])


def default_configure():
    for name, kind, address in (("wlan0", "wifi", "192.168.0.104"), ("eth0", "ethernet", "172.16.0.3")):
        snapd.write_view(
            snapd.network(),
            "control-interfaces",
            {"config." + name: {"interface-type": kind, "ip-address": address}},
        )
        snapd.write_view(
            snapd.network(), "control-interfaces", {"stats." + name: {"n-sent": 0, "n-received": 0}}
        )
    snapd.write_view(
        snapd.network(),
        "control-tunnel",
        {
            "interface": "eth0",
            "secret-key": "nobody-shall-read-this",
            "peers": ["192.168.21.3", "192.168.21.5", "192.168.21.7"],
        },
    )
    snapd.write_view(
        snapd.network(),
        "control-telemetry",
        {
            "sample-rate": 2,
            "monitor-packets-sent": True,
            "monitor-packets-received": False,
            "monitor-peers": True,
        },
    )


def daemon():
    stats = snapd.read_view(snapd.network(), "control-interfaces", ["stats"])["stats"]
    for counts in stats.values():
        counts["n-sent"] += random.randint(1, 10)
        counts["n-received"] += random.randint(1, 10)
    snapd.write_view(snapd.network(), "control-interfaces", {"stats": stats})


if __name__ == "__main__":
    if sys.argv[1] == "install":
        install(os.environ.get("POC_SERVER", "http://127.0.0.1:8000"))
    elif sys.argv[1] == "default-configure":
        default_configure()
    else:
        daemon()
