# shellcheck shell=bash
# Starting the server: up, demo and prepare.

help_up() {
  cat <<TEXT
Examples:
  ./muster up
  ./muster up --port 9000 --bind 0.0.0.0
  ./muster up --data /srv/muster --admin-token-file admin-token

Options:
  --port N                 port to listen on (default 8080; 0 takes a free one)
  --bind ADDR              address to listen on (default 127.0.0.1: this machine only)
  --data DIR               where events, artifacts and views lie (default .muster/data)
  --admin-token-file FILE  write an administrator's API token into this file at each start (mode 0600), for scripts

The first start builds Muster and prints the one-time link by which the first administrator signs up.
Stop it with Ctrl-C or SIGTERM; all that was acknowledged stays.
TEXT
}

help_demo() {
  cat <<TEXT
Examples:
  ./muster demo
  ./muster demo --devices 200 --port 9000

Options:
  --port N     port to listen on (default 8080; 0 takes a free one)
  --devices N  how many devices to simulate (default 500, at most 20000)

A fleet is simulated, a good release is rolled out and a bad one stops itself; then some of the devices get an app
and its next release. The data lies in a temporary folder and is removed when the demo ends.
TEXT
}

help_prepare() {
  cat <<TEXT
Example:
  ./muster prepare     build, unpack and train the start-up cache, so that the next './muster up' starts at once
TEXT
}

# server_words: Spring's words for the options that up and demo share, one per line.
server_words() {
  printf -- '--server.port=%s\n' "${OPTION[port]:-8080}"
  printf -- '--server.address=%s\n' "${OPTION[bind]:-127.0.0.1}"
}

run_up() {
  local data words cache file
  read_options up "port bind data admin-token-file" "$@"
  number port 0 65535
  mapfile -t words < <(server_words)
  data=$(absolute "${OPTION[data]:-$STATE/data}")
  words+=("--muster.data=$data")
  file=${OPTION[admin-token-file]:-}
  if [ -n "$file" ]; then
    file=$(absolute "$file")
    if [ -d "$file" ] || [ ! -w "$(dirname -- "$file")" ]; then fail "The admin token file $file cannot be written."; fi
    words+=("--muster.admin-token-file=$file")
  fi
  ready_app
  cache=$(cache_option)
  train_in_background
  # exec, so that signals reach the server and its exit code is ours.
  exec "$JDK/bin/java" "${JVM[@]}" ${cache:+"$cache"} -jar "$APP/muster-server.jar" "${words[@]}"
}

run_demo() {
  local words cache pid status=0 data
  read_options demo "port bind devices" "$@"
  number port 0 65535
  number devices 1 20000
  mapfile -t words < <(server_words)
  ready_app
  cache=$(cache_option)
  data=$(mktemp -d "${TMPDIR:-/tmp}/muster-demo.XXXXXX")
  words+=("--muster.data=$data/data" --muster.demo=true "--muster.demo-devices=${OPTION[devices]:-500}")
  headline "This is a demo: its data lies in $data and is removed when you stop it (Ctrl-C)."
  # Not exec: someone has to stay behind and remove the data.
  "$JDK/bin/java" "${JVM[@]}" ${cache:+"$cache"} -jar "$APP/muster-server.jar" "${words[@]}" &
  pid=$!
  trap 'kill -TERM "$pid" 2>/dev/null || true' INT TERM HUP
  train_in_background
  # A trapped signal ends wait early, so it is asked until the server is really gone.
  while kill -0 "$pid" 2>/dev/null; do
    status=0
    wait "$pid" || status=$?
  done
  rm -rf "$data"
  say "The demo's data is removed."
  # Stopped by a person is not a failure.
  case $status in 130 | 143) status=0 ;; esac
  exit "$status"
}

run_prepare() {
  read_options prepare "" "$@"
  ready_app
  if cache_wanted; then
    say "Training the start-up cache …"
    train_cache || fail "The start-up cache could not be made (the server still starts without it); see ${STATE#"$PWD"/}/train.log."
  fi
  good "Ready: ./muster up"
}
