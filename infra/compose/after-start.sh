#!/usr/bin/env bash
# Once Muster runs: gives Prometheus a token of its own that can read metrics and nothing else, good for a year.
# Run it again to renew it.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
url=${MUSTER_URL:-http://127.0.0.1:8080}

for _ in $(seq 60); do
  curl -sf -o /dev/null -m 2 "$url/readyz" && break
  sleep 2
done
if [ -n "${MUSTER_TOKEN_FILE:-}" ]; then
  admin=$(cat "$MUSTER_TOKEN_FILE")
else
  admin=$(docker compose -f "$here/compose.yaml" exec -T muster cat /run/muster/admin-token)
fi
# The token travels on standard input: arguments are visible to every user of the machine.
token=$(curl -sSf "$url/api/v1/tokens" -H 'Content-Type: application/json' -K - \
  -d '{"name": "prometheus", "scopes": ["metrics-read"], "expiresIn": "P365D"}' <<<"header = \"Authorization: Bearer $admin\"" |
  sed -E 's/.*"token":"([^"]+)".*/\1/')
# Written into the file that is mounted, not beside it: Prometheus reads it at each scrape.
printf '%s' "$token" >"$here/secrets/prometheus-token"
echo "Prometheus has its token."
