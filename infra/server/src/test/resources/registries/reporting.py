"""Stands in for the reporting snap: one collection of its endless loop."""

import json

import snapd


def main():
    wanted = snapd.read_view(snapd.network(), "control-telemetry")
    pause = 60 / wanted["sample-rate"]
    report = {"device-id": snapd.read_view(snapd.network(), "observe-device")["uuid"]}
    counts = snapd.read_view(snapd.network(), "observe-interfaces", ["packets-received", "packets-sent"])
    for name in ("packets-received", "packets-sent"):
        if wanted["monitor-" + name]:
            report[name] = counts[name]
    if wanted["monitor-peers"]:
        report["peers"] = snapd.read_view(snapd.network(), "observe-tunnel")["peers"]
    print(json.dumps({"report": report, "pause": pause}))


if __name__ == "__main__":
    main()
