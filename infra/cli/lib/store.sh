# shellcheck shell=bash
# Looking after the stores of a stopped server: events export|verify and backup. The server's own jar does the work;
# its first word says which.

help_events() {
  cat <<TEXT
Examples:
  ./muster events verify
  ./muster events export --data /srv/muster > events.ndjson
  ./muster events export --from 1000 --to 1999

  export   write the events to stdout, one CloudEvent of JSON a line
  verify   read each stored event, check its checksum, order and sequence; exit code 1 if anything is wrong

Options:
  --data DIR   data folder (default .muster/data); the server that uses it must be stopped
  --from N     first position (default: the first)
  --to N       last position (default: the last)
TEXT
}

help_backup() {
  cat <<TEXT
Example:
  ./muster backup --data /srv/muster --to /backup/muster-2026-11-20

Options:
  --data DIR   data folder to copy (default .muster/data); the server that uses it must be stopped
  --to DIR     where the copy goes; must not exist yet or be empty

The copy holds the events and the artifacts and is read back; views are rebuilt from it. To restore, start with it: ./muster up --data DIR.
TEXT
}

run_events() {
  local word=${1:-}
  case $word in
    export | verify) shift ;;
    --help | -h)
      help_events
      return
      ;;
    '') misuse "events needs 'export' or 'verify'; see ./muster help events." ;;
    *) unknown "word after events" "$word" export verify ;;
  esac
  read_options events "data from to" "$@"
  number from 0 999999999999999999
  number to 0 999999999999999999
  with_data events "$word" ${OPTION[from]:+"--from=${OPTION[from]}"} ${OPTION[to]:+"--to=${OPTION[to]}"}
}

run_backup() {
  local to
  read_options backup "data to" "$@"
  [ -n "${OPTION[to]:-}" ] || misuse "backup needs --to DIR; see ./muster help backup."
  to=$(absolute "${OPTION[to]}")
  [ ! -e "$to" ] || [ -z "$(ls -A -- "$to" 2>/dev/null)" ] || fail "$to is not empty; name a new folder."
  with_data backup "--to=$to"
}

# with_data <word…>: runs the jar's store tools on the chosen data folder.
with_data() {
  local data cache
  data=$(absolute "${OPTION[data]:-$STATE/data}")
  [ -d "$data" ] || fail "There is no data folder $data."
  ready_app
  cache=$(cache_option)
  exec "$JDK/bin/java" "${JVM[@]}" ${cache:+"$cache"} -jar "$APP/muster-server.jar" "$@" "--data=$data"
}
