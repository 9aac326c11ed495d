"""Stands in for the registration agent of the first version: one run of its daemon. Says what it did."""

import device
import snapd

CONF = "/snaps/aspects-registration-agent/conf"


def register(server):
    private_key, public_key = device.make_keys()
    address, architecture = device.own_address(), device.some_architecture()
    answer = device.register(server, public_key, address, architecture)
    snapd.write_view(
        snapd.first_version(),
        "device",
        {
            "uid": answer["uuid"],
            "ip-address": address,
            "public-rsa-key": public_key,
            "private-rsa-key": private_key,
            "registered": answer["registered"],
            "architecture": architecture,
        },
    )
    snapd.put(CONF, {"is-registered": True})
    print("registered", answer["uuid"])


def poll(server):
    stored = snapd.read_view(snapd.first_version(), "snap-config")
    uid = snapd.read_view(snapd.first_version(), "device", ["uid"])["uid"]
    current = {name.replace("-", "_"): value for name, value in stored.items()}
    status, answer = device.post(server + "/poll/", {"uuid": uid, "config": current})
    print("polled", status)
    if status != 200:
        return
    try:
        # With nothing stored this is a request without a body, which is refused, and nobody minds.
        snapd.write_view(snapd.first_version(), "snap-config", dict.fromkeys(stored))
    except snapd.Refused:
        pass
    snapd.write_view(
        snapd.first_version(),
        "snap-config",
        {name.replace("_", "-"): value for name, value in answer["config"].items()},
    )


def main():
    conf = snapd.get(CONF)["result"]
    if conf["is-registered"]:
        poll(conf["server-url"])
    else:
        register(conf["server-url"])


if __name__ == "__main__":
    main()
