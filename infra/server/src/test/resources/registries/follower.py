"""Stands in for a follower of the first version: one run of its daemon."""

import json
import os

import snapd


def main():
    own = os.environ["SNAP_INSTANCE_NAME"][8:].replace("_", "-")
    print(json.dumps(snapd.read_view(snapd.first_version(), "snap-config", [own])))


if __name__ == "__main__":
    main()
