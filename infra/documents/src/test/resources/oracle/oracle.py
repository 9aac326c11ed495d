"""Reads texts, each behind a line with its length in bytes, and prints one line for each: what Python makes of it in
hexadecimal, or an exclamation mark and why it makes nothing of it."""
import json
import re
import sys


def no_constant(name):
    raise ValueError(name)


def as_json(text):
    if text.startswith("\ufeff"):
        raise ValueError("byte order mark")
    value = json.loads(text, parse_constant=no_constant)
    compact = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    compact = re.sub("[\u2028\u2029\ud800-\udfff]", lambda m: "\\u%04x" % ord(m.group()), compact)
    return compact + "\n" + json.dumps(value)


def as_yaml(text):
    import yaml

    value = yaml.safe_load(text)
    if not isinstance(value, dict):
        raise ValueError("no mapping")
    return yaml.dump(value, default_flow_style=False, sort_keys=False)[:-1]


def main():
    read = {"json": as_json, "yaml": as_yaml}[sys.argv[1]]
    stdin = sys.stdin.buffer
    while line := stdin.readline():
        text = stdin.read(int(line)).decode("utf-8", "surrogatepass")
        try:
            print("=" + read(text).encode("utf-8").hex())
        except Exception as e:
            print("!" + type(e).__name__)


main()
