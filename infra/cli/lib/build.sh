# shellcheck shell=bash
# Building what is missing or older than its sources, with one short line of progress.

readonly SERVER_JAR=$ROOT/infra/server/target/muster-server.jar

# newer_source_than <file> [<folder that does not matter>]: prints one source newer than the file, if there is any. Build
# files, main sources, the console and the manual count; tests and what tools leave behind do not. Needs no git.
newer_source_than() {
  find "$ROOT/pom.xml" "$ROOT"/{api-contract,command-side,projections,query-side,hardware-adapters,infra} \
    \( -name target -o -name node_modules -o -name dist -o -name test -o -name tests -o -name e2e -o -name mock -o -name '.*' -o -path "$ROOT/infra/cli" \
      -o -path "$ROOT/infra/compose" -o -path "${2:-$ROOT/infra/benchmarks}" \) -prune \
    -o -type f \( -name pom.xml -o -path '*/src/main/*' -o -path "$ROOT/infra/console/*" -o -path "$ROOT/infra/docs/*" \) \
    -newer "$1" -print -quit 2>/dev/null || true
}

# Makes sure the server's jar is there and not older than any source. Two commands at once build once.
build_server() {
  mkdir -p "$STATE"
  exec 8>"$STATE/build.lock"
  flock 8
  if [ ! -f "$SERVER_JAR" ] || [ -n "$(newer_source_than "$SERVER_JAR")" ]; then
    build_modules infra/server "$SERVER_JAR"
  fi
  exec 8>&-
}

# build_modules <module> <jar>: packages a module and what it needs, without tests.
build_modules() {
  local started status=0
  find_maven
  started=$(mktemp "$STATE/build-start.XXXXXX")
  watch_build "$STATE/build.log" \
    env JAVA_HOME="$JDK" "$MVN" -B -ntp -Dstyle.color=never -Dquickly -f "$ROOT/pom.xml" -pl "$1" -am package || status=$?
  if [ "$status" -ne 0 ] || [ ! -f "$2" ]; then
    rm -f "$started"
    say ''
    tell_errors "$STATE/build.log"
    fail "The build failed; the whole story is in ${STATE#"$PWD"/}/build.log."
  fi
  # The jar is as old as the build's start, so that a source saved during the build counts as newer.
  touch -r "$started" "$2"
  rm -f "$started"
}

# The first errors in Maven's log, without its advice on how to run it again; its last lines when it names none.
tell_errors() {
  local errors
  errors=$(grep -E '^\[(ERROR|FATAL)\] ' "$1" | grep -vE '\] (-> \[Help|\[Help|To see the full|Re-run Maven|For more info|After correcting|  mvn |See .* for the individual)' | awk '!seen[$0]++' | head -n 12 || true)
  if [ -n "$errors" ]; then printf '%s\n' "$errors" >&2; else tail -n 15 "$1" >&2; fi
}

# Runs a command into a log and shows which module it is at.
watch_build() {
  local log=$1 pid shown='' now began=$SECONDS
  shift
  headline "Building Muster (the first time takes some minutes; log in ${log#"$PWD"/})"
  "$@" >"$log" 2>&1 8>&- &
  pid=$!
  trap 'kill "$pid" 2>/dev/null || true; exit 130' INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    now=$(grep -E '^\[INFO\] Building .*\[[0-9]+/[0-9]+\]' "$log" 2>/dev/null | tail -n 1 | sed -E 's/.*Building (Muster: )?(.*) [^ ]+ +\[([0-9]+\/[0-9]+)\].*/\3 \2/' || true)
    if [ -t 2 ]; then
      printf '\r\e[K  %s s  %s' "$((SECONDS - began))" "$now" >&2
    elif [ "$now" != "$shown" ]; then
      say "  $now"
    fi
    shown=$now
    sleep 0.5
  done
  [ ! -t 2 ] || printf '\r\e[K' >&2
  trap - INT TERM
  wait "$pid"
}

help_format() {
  cat <<'TEXT'
Example:
  ./muster format      format all Java sources as the build checks them
TEXT
}

run_format() {
  if [ "${1:-}" = --help ]; then help_format && return; fi
  [ $# -eq 0 ] || misuse "format takes no options."
  find_jdk
  find_maven
  JAVA_HOME=$JDK "$MVN" -B -q -ntp -f "$ROOT/pom.xml" spotless:apply || fail "Formatting failed."
}
