# shellcheck shell=bash
# The unpacked server, its JVM options and its start-up cache.
#
# A Boot jar starts a third quicker unpacked, and in about half of that again with JDK 25's AOT cache. The cache
# belongs to one unpacked jar, one JDK and one set of options, so all three are in its folder's name.

readonly TRAINING=12s

APP=''      # folder of the unpacked server
JVM=()      # options every start shares; the cache is only valid with the same ones

# Builds, unpacks and sets APP and JVM. Keeps a shared lock on the folder until the process (or what it execs) ends.
ready_app() {
  local stamp options=()
  find_jdk
  if [ "${1:-}" != as-it-is ] || [ ! -f "$SERVER_JAR" ]; then build_server; fi
  [ -z "${MUSTER_JAVA_OPTS:-}" ] || read -ra options <<<"$MUSTER_JAVA_OPTS"
  JVM=(
    --enable-native-access=ALL-UNNAMED
    -XX:+UseSerialGC
    -XX:+UseCompactObjectHeaders
    "-Xmx${MUSTER_HEAP:-512m}"
    # An eighth of the heap for what dies young, instead of a third: all of that is touched, whatever lives.
    -XX:NewRatio=7
    -XX:+ExitOnOutOfMemoryError
    -Dfile.encoding=UTF-8
    -Daxoniq.update-checker.disabled=true
    -Ddisable-axoniq-console-message=true
    -Dspring.main.banner-mode=off
    "${options[@]}"
  )
  # The event store allocates on many threads, and glibc keeps up to eight pools a core for them.
  export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
  stamp=$(
    {
      stat -c '%Y-%s' "$SERVER_JAR"
      cat "$JDK/release"
      printf '%s\n' "${JVM[@]}"
    } | sha256sum | cut -c1-16
  )
  APP=$STATE/app/$stamp
  mkdir -p "$STATE/app"
  exec 8>"$STATE/app/unpack.lock"
  flock 8
  [ -d "$APP" ] || unpack_app
  exec 9>"$APP.lock"
  flock -s 9
  forget_old_apps
  exec 8>&-
}

unpack_app() {
  rm -rf "$APP.part"
  "$JDK/bin/java" -XX:TieredStopAtLevel=1 -Djarmode=tools -jar "$SERVER_JAR" extract --destination "$APP.part" \
    >"$STATE/unpack.log" 2>&1 || fail "Unpacking the server failed; see ${STATE#"$PWD"/}/unpack.log."
  mv "$APP.part" "$APP"
}

# Removes unpacked servers of earlier builds, but none that a running process still holds.
forget_old_apps() {
  local old
  for old in "$STATE"/app/*/; do
    old=${old%/}
    if [ "$old" = "$APP" ] || [ ! -d "$old" ]; then continue; fi
    (
      exec 7>"$old.lock"
      flock -n 7 || exit 0
      rm -rf "$old" "$old.lock"
    )
  done
}

# Prints the option that uses the cache, if there is one.
cache_option() {
  [ "${MUSTER_AOT:-on}" != off ] || return 0
  [ ! -f "$APP/muster.aot" ] || printf '%s' "-XX:AOTCache=$APP/muster.aot"
}

cache_wanted() { [ "${MUSTER_AOT:-on}" != off ] && [ ! -f "$APP/muster.aot" ]; }

# train_cache: a run of the server on throw-away data, in which it plays a small fleet against itself and then stops. At
# its end the JVM writes the cache: classes, so that a start is quick, and what was used often, so that it is compiled
# first. Quiet, and only one at a time.
train_cache() {
  local data log=$STATE/train.log status=0
  exec 6>"$STATE/app/train.lock"
  flock -n 6 || return 0
  cache_wanted || return 0
  data=$(mktemp -d "${TMPDIR:-/tmp}/muster-train.XXXXXX")
  timeout --foreground -k 10 300 "$JDK/bin/java" "${JVM[@]}" "-XX:AOTCacheOutput=$APP/muster.aot.part" -jar "$APP/muster-server.jar" \
    --server.port=0 --server.address=127.0.0.1 "--muster.data=$data/data" "--muster.training=$TRAINING" \
    >"$log" 2>&1 6>&- || status=$?
  rm -rf "$data"
  if [ -s "$APP/muster.aot.part" ]; then
    mv "$APP/muster.aot.part" "$APP/muster.aot"
    rm -f "$APP/muster.aot.part.config"
    return 0
  fi
  printf 'The training run ended with %s and left no cache.\n' "$status" >>"$log"
  return 1
}

# Trains while the server that was just started serves; waits a little first, so as not to slow its start.
train_in_background() {
  cache_wanted || return 0
  # The inner subshell ends at once, so the server that takes this shell's place has no child it does not know.
  (setsid nice -n 19 "$ROOT/muster" train-later >/dev/null 2>&1 </dev/null 6>&- 7>&- 8>&- 9>&- &)
}

# What the background run does; not a word for people.
train_later() {
  sleep 15
  ready_app as-it-is
  train_cache
}
