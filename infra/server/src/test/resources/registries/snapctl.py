#!/usr/bin/env python3
"""Stands in for snapctl (contract, section 12), over the same socket as all the other programs.

    get [-d] [-t] <key>...            get --view [-d] [--default v] [--with p=v]... :<plug> [path]...
    set [-t] <key>=<value>... <key>!  set --view :<plug> <path>=<value>...
    unset <key>...                    unset --view :<plug> <path>...
    fail <reason>

A plug is a file of that name in $SNAP_PLUGS, with "<account>/<schema>/<view>" in it.
"""

import argparse
import json
import os
import sys
import time

import snapd

CONFDB = "confdb"


def parsed(text, strict):
    try:
        return json.loads(text)
    except ValueError:
        if strict:
            raise
        return text


def shown(value, strict=False):
    if isinstance(value, str) and not strict:
        return value
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return json.dumps(value, indent="\t", sort_keys=True)
    return json.dumps(value)


def pairs(arguments, strict):
    values = {}
    for each in arguments:
        if each.endswith("!") and "=" not in each:
            values[each[:-1]] = None
        else:
            name, found, text = each.partition("=")
            if not found:
                sys.exit(f"snapctl: invalid parameter: {each} (want key=value)")
            values[name] = parsed(text, strict)
    return values


def conf():
    return f"/snaps/{os.environ['SNAP_INSTANCE_NAME']}/conf"


def get_options(options):
    values = {}
    for key in options.rest:
        try:
            values[key] = snapd.get(conf(), {"keys": key})["result"][key]
        except snapd.Refused:
            pass
    if options.document or len(options.rest) > 1:
        print(json.dumps(values, indent="\t", sort_keys=True))
    else:
        print(shown(values.get(options.rest[0]), options.strict))


def view_of(plug):
    with open(os.path.join(os.environ["SNAP_PLUGS"], plug[1:]), encoding="utf-8") as file:
        return f"/{CONFDB}/{file.read().strip()}"


def finished(answer):
    """The change behind an answer, once it is over; answers at once have none."""
    while answer["type"] == "async":
        change = snapd.get("/changes/" + answer["change"])["result"]
        if change["ready"]:
            if change["status"] != "Done":
                sys.exit("snapctl: " + change["err"])
            return change.get("data", {})
        time.sleep(0.1)
    return {"values": answer["result"]}


def get_view(options):
    plug, *paths = options.rest
    query = {"keys": ",".join(paths)} if paths else {}
    if options.constraints:
        constraints = (each.split("=", 1) for each in options.constraints)
        query["constraints"] = json.dumps({name: parsed(value, False) for name, value in constraints})
    data = finished(snapd.get(view_of(plug), query))
    if "error" in data:
        if options.default is None:
            sys.exit("snapctl: " + data["error"]["message"])
        values = {paths[0]: parsed(options.default, False)} if paths else parsed(options.default, False)
    else:
        values = data["values"]
    print(shown(values[paths[0]] if len(paths) == 1 and not options.document else values, options.strict))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("verb", choices=["get", "set", "unset", "fail"])
    arguments.add_argument("-d", dest="document", action="store_true")
    arguments.add_argument("-t", dest="strict", action="store_true")
    arguments.add_argument("--view", action="store_true")
    arguments.add_argument("--default")
    arguments.add_argument("--with", dest="constraints", action="append")
    arguments.add_argument("rest", nargs="+")
    options = arguments.parse_intermixed_args()
    if options.verb == "fail":
        sys.exit(" ".join(options.rest))
    try:
        if options.verb == "get":
            (get_view if options.view else get_options)(options)
            return
        plug, *rest = options.rest if options.view else (None, *options.rest)
        values = pairs(rest, options.strict) if options.verb == "set" else dict.fromkeys(rest)
        finished(snapd.put(view_of(plug), {"values": values}) if options.view else snapd.put(conf(), values))
    except snapd.Refused as refused:
        sys.exit("snapctl: " + json.loads(str(refused))["result"]["message"])


if __name__ == "__main__":
    main()
