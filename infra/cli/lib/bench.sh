# shellcheck shell=bash
# Measuring: the benchmarks' own jar starts the real server and loads it from a process of its own.

readonly BENCH_JAR=$ROOT/infra/benchmarks/target/muster-benchmarks.jar
readonly BENCHES=(poll deployment feedback register list cos lab registries agents rollout canary joining million replay start all)

help_bench() {
  cat <<TEXT
Examples:
  ./muster bench poll
  ./muster bench all --seconds 5

Cases:
  poll         device polls, beside a bare WebFlux route in the same run
  deployment   polls with an update pending for 1000 devices, and the deployment document
  feedback     feedback, durable before it is answered, 64 in flight
  register     devices registered by operators, and read back at a steady rate
  list         a page of 100 out of 100 000 devices with a filter
  cos          COS wire: 1000 devices listed in one answer, and devices registered, durable, 64 in flight
  lab          board lab: 10 boards reserved with the power on and released, durable at each step
  registries   configuration registries: 1000 agents poll for the target they have, and devices for wanted values they have
  agents       agents that run apps: 5000 sessions over WebSockets, their calls, and 1000 whose lines break
  rollout      a rollout over 100 000 devices, from start until each is offered, and its memory
  canary       a release that breaks 1 % of 100 000 devices until it pauses, and then a good one, answered by every device
  joining      devices that come to match a rollout, from the changed attribute until each is shown its update
  million      a rollout over 1 000 000 devices, until its first group is offered; takes minutes and 4 GiB
  replay       restart on a store of 200 000 events and more, and how quickly it folds them
  start        from start to the first answer, with the start-up cache
  all          all of them but million, one after the other

Options:
  --seconds N   length of one measured round (default 10), after a warm-up until the figures are steady (at most 90 s)
  --devices N   devices for list, rollout, canary and joining (default 100000)
  --events N    events for replay (default 200000)

Results go to stdout and as JSON to .muster/bench/.
TEXT
}

run_bench() {
  local case=${1:-}
  case $case in
    --help | -h)
      help_bench
      return
      ;;
    '') misuse "bench needs a case: ${BENCHES[*]}; see ./muster help bench." ;;
  esac
  is_known "$case" "${BENCHES[@]}" || unknown "case" "$case" "${BENCHES[@]}"
  shift
  read_options bench "seconds devices events" "$@"
  number seconds 1 600
  number devices 100 1000000
  number events 1000 10000000
  ready_app
  if [ ! -f "$BENCH_JAR" ] || [ -n "$(newer_source_than "$BENCH_JAR" "$ROOT/infra/server")" ]; then
    build_modules infra/benchmarks "$BENCH_JAR"
  fi
  if cache_wanted; then
    say "Training the start-up cache …"
    train_cache || say "The start-up cache could not be made; measuring without."
  fi
  mkdir -p "$STATE/bench"
  exec "$JDK/bin/java" -XX:+UseSerialGC -Xmx1g -cp "$ROOT/infra/benchmarks/target/lib/*:$BENCH_JAR" dev.muster.benchmarks.Bench \
    "$case" "--app=$APP" "--out=$STATE/bench" "--java=$JDK/bin/java" "--jvm=$(printf '%s\n' "${JVM[@]}" | paste -sd ' ')" \
    "--seconds=${OPTION[seconds]:-10}" "--devices=${OPTION[devices]:-100000}" "--events=${OPTION[events]:-200000}"
}
