#!/bin/sh
# Stands in for the configure hook of the first version.
set -e

is_registered="$(snapctl get is-registered)"
if [ -z "$is_registered" ]; then
    is_registered=false
fi
snapctl set is-registered="$is_registered"

server_url="$(snapctl get server-url)"
if [ -z "$server_url" ]; then
    server_url=http://localhost:8000
fi
snapctl set server-url="$server_url"
