# shellcheck shell=bash
# The words Muster knows and where each leads.

readonly COMMANDS=(up demo prepare test bench events backup lab config app format help)

main() {
  local word=${1:-}
  [ $# -gt 0 ] && shift
  case $word in
    up) run_up "$@" ;;
    demo) run_demo "$@" ;;
    prepare) run_prepare "$@" ;;
    test) run_tests "$@" ;;
    bench) run_bench "$@" ;;
    events) run_events "$@" ;;
    backup) run_backup "$@" ;;
    lab) run_lab "$@" ;;
    config) run_config "$@" ;;
    app) run_app "$@" ;;
    format) run_format "$@" ;;
    train-later) train_later ;;
    --version | -V | version) show_version ;;
    help) show_help_for "${1:-}" ;;
    --help | -h) show_help ;;
    '')
      show_help >&2
      exit 2
      ;;
    *) unknown "command" "$word" "${COMMANDS[@]}" ;;
  esac
}

show_help_for() {
  case $1 in
    '') show_help ;;
    up) help_up ;;
    demo) help_demo ;;
    prepare) help_prepare ;;
    test) help_test ;;
    bench) help_bench ;;
    events) help_events ;;
    backup) help_backup ;;
    lab) help_lab ;;
    config) help_config ;;
    app) help_app ;;
    format) help_format ;;
    *) unknown "command" "$1" "${COMMANDS[@]}" ;;
  esac
}

show_version() {
  local version
  version=$(sed -n '/<parent>/,/<\/parent>/d; s:.*<version>\(.*\)</version>.*:\1:p' "$ROOT/pom.xml" | head -n 1)
  printf 'muster %s\n' "${version:-unknown}"
}

show_help() {
  cat <<'TEXT'
Muster knows, lends out, updates and configures a fleet of devices, and runs apps on them.

Examples:
  ./muster up                            start on http://127.0.0.1:8080; builds first if needed
  ./muster up --port 9000 --bind 0.0.0.0 --data /srv/muster
  ./muster demo --devices 200            a simulated fleet and a story; all data is thrown away
  ./muster test                          run every test and count them
  ./muster bench poll                    measure device polls beside a bare route
  ./muster events verify                 check the stored events from the first to the last
  ./muster lab reserve rpi4 --for 2h     take a free board of a class, on the server at MUSTER_URL
  ./muster config set fleet setup host=robot  write values of a configuration registry
  ./muster app want project/main hello running   say where an app should run
  ./muster backup --data /srv/muster --to /backup/muster

Commands:
  up         start the server
  demo       start it with a simulated fleet and a throw-away data folder
  prepare    build, unpack and train the start-up cache now, so that the next start is quick
  test       run the whole test suite
  bench      measure the hot paths against their budgets
  events     export or verify the stored events of a stopped server
  backup     copy a stopped server's data folder and verify the copy
  lab        reserve boards of a running server, power them, reach their consoles
  config     define registries of a running server, read and write what devices should have
  app        apps of a running server: releases, where they should run, logs, shells, agents
  format     format the sources as the build wants them
  help       help for one command: ./muster help up

Environment:
  JAVA_HOME         used when it is a JDK 25; otherwise the usual places are searched
  MUSTER_HEAP       largest heap of the server (default 512m)
  MUSTER_JAVA_OPTS  more JVM options for the server, separated by blanks
  MUSTER_AOT=off    start without the start-up cache and do not train one
  MUSTER_MVN        the Maven to build with (default mvn)
  MUSTER_URL, MUSTER_TOKEN  the server and the API token of './muster lab', 'config' and 'app'
  NO_COLOR          no colours

Exit codes:
  0  it worked
  1  it failed; the last line says why
  2  the command line was wrong
  130  interrupted
  './muster lab', 'config' and 'app' have more; see ./muster help lab
TEXT
}
