#!/usr/bin/env bash
# Makes every password of the Compose set-up, once, from the kernel's random source. Nothing has a default.
# What is there already stays; to start over, remove the folder "secrets" and the volumes.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
secrets=$here/secrets
made=()

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# once <name> <content>: a file that containers may read, in a folder that only its owner may enter.
once() {
  [ -e "$secrets/$1" ] && return
  printf '%s' "$2" >"$secrets/$1"
  chmod 0444 "$secrets/$1"
  made+=("$1")
}

umask 077
mkdir -p "$secrets"
chmod 0711 "$secrets"
once mongo-password "$(random)"
once minio-access-key "muster$(random | cut -c1-10)"
once minio-secret-key "$(random)"
once grafana-password "$(random)"
once mongo-uri "mongodb://muster:$(cat "$secrets/mongo-password")@mongo:27017/?authSource=admin"
once prometheus-token "not made yet: run infra/compose/after-start.sh"
chmod 0644 "$secrets/prometheus-token"

if [ ${#made[@]} -eq 0 ]; then
  echo "All secrets are there already."
else
  echo "Made: ${made[*]} (in $secrets)"
fi
echo "Grafana: user admin, password in $secrets/grafana-password"
