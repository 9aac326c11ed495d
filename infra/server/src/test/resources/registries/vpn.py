"""Stands in for the vpn snap: one run of its daemon. Says what it did."""

import random

import snapd


def some_address():
    low = [random.randint(0, 255) for _ in range(3)]
    network = random.choice(["10", "172", "192"])
    if network == "10":
        return f"10.{low[0]}.{low[1]}.{low[2]}"
    if network == "172":
        return f"172.{random.randint(16, 31)}.{low[1]}.{low[2]}"
    return f"192.168.{low[1]}.{low[2]}"


def main():
    before = snapd.read_view(snapd.network(), "control-tunnel")["peers"]
    peers = set(before)
    if random.random() < 0.1 and before:
        gone = random.choice(before)
        peers.discard(gone)
        print("dropped", gone)
    if random.random() < 0.1:
        new = some_address()
        peers.add(new)
        print("joined", new)
    if peers != set(before):
        snapd.write_view(snapd.network(), "control-tunnel", {"peers": list(peers)})


if __name__ == "__main__":
    main()
