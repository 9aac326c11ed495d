# shellcheck shell=bash
# Getting a board of a running server's lab: at once, in the queue, or for one command only.

readonly LAB_PREPARE_MAX=300
readonly LAB_LOOK_EVERY=3
readonly LAB_GRACE=15

# The body of a reserve call or request, with more members from jq's arguments.
lab_wish() {
  local keys=''
  local -a alive=()
  [ -z "${OPTION[keep-alive]:-}" ] || alive=(--argjson keepalive true)
  if [ -n "${OPTION[ssh-key]:-}" ]; then
    [ -r "${OPTION[ssh-key]}" ] || fail "The key file ${OPTION[ssh-key]} cannot be read."
    keys=$(cat -- "${OPTION[ssh-key]}")
    [[ $keys != *'PRIVATE KEY'* ]] || fail "${OPTION[ssh-key]} is a private key; give the .pub file."
  fi
  jq -nc --arg duration "${OPTION[for]:-}" --arg purpose "${OPTION[purpose]:-}" --arg sshpubkey "$keys" --arg power "${OPTION[power]:-}" "${alive[@]}" "$@" \
    '$ARGS.named | with_entries(select(.value != ""))'
}

# lab_take <board or class>: reserves; leaves the board in ANSWER. Waits in the queue if --wait says so, else never.
lab_take() {
  local name=$1 path kind=class wish
  local -a until=()
  wish=$(lab_wish) || exit
  path=$(lab_segment "$name")
  if lab_try GET "/lab/boards/$path"; then kind=board; elif [ "$HTTP_STATUS" != 404 ]; then lab_refused; fi
  say "Reserving $name …"
  if [ $kind = board ] && [ -z "${OPTION[wait]:-}" ]; then
    lab_call POST "/lab/boards/$path/reserve" "$wish"
  else
    [ -z "${OPTION[wait]:-}" ] || until=(--arg until "$(date -u -d "+$(lab_seconds "${OPTION[wait]}") seconds" +%Y-%m-%dT%H:%M:%SZ)")
    wish=$(lab_wish --arg "$kind" "$name" "${until[@]}")
    lab_call POST /lab/reservations "$wish"
  fi
  if [ "$HTTP_STATUS" = 202 ]; then lab_queued "$(jq -r .id <<<"$ANSWER")"; else lab_await "$(jq -r .name <<<"$ANSWER")"; fi
}

REQUEST='' # in the queue, to be left when we are interrupted

# Waits until a request is served; leaves the board in ANSWER.
lab_queued() {
  local state place told='' board end asked
  REQUEST=$1
  # The server ends the waiting; a little longer is given for its word of that.
  end=$((SECONDS + $(lab_seconds "${OPTION[wait]:-0s}") + LAB_GRACE))
  while true; do
    [ -z "$STOPPED" ] || lab_stopped
    # Answered early when something changes. Not longer: Ctrl-C is heard between the calls.
    asked=$SECONDS
    lab_call GET "/lab/reservations/$REQUEST?wait=${LAB_LOOK_EVERY}s"
    IFS=$'\t' read -r state place board < <(jq -r '[.state, .position // 0, .board // "-"] | @tsv' <<<"$ANSWER")
    case $state in
      waiting)
        if [ -z "${OPTION[wait]:-}" ]; then
          lab_leave
          lab_fail 5 "lab.none-free: None is free. Wait for one: --wait 10m."
        fi
        [ "$place" = "$told" ] || say "Waiting; number $place in line."
        told=$place
        ;;
      granted)
        if [ "$told" != granted ]; then
          say "Getting $board ready …"
          end=$((SECONDS + LAB_PREPARE_MAX))
        fi
        told=granted
        ;;
      fulfilled)
        REQUEST=''
        lab_await "$board"
        return 0
        ;;
      expired) lab_fail 7 "No board became free within ${OPTION[wait]:-the time}." ;;
      *) lab_fail 1 "$(jq -r '"\(.code // "lab.request-ended"): \(.message // "The request is \(.state).")"' <<<"$ANSWER")" ;;
    esac
    if [ "$SECONDS" -ge "$end" ]; then
      lab_leave
      lab_fail 7 "No board became free within ${OPTION[wait]:-the time}."
    fi
    # Never faster than this, should the server answer at once.
    [ $((SECONDS - asked)) -ge 1 ] || sleep 1
  done
}

lab_leave() { lab_try DELETE "/lab/reservations/$REQUEST" || true; }

# Waits until a board that was accepted is handed over.
lab_await() {
  local i path
  path=$(lab_segment "$1")
  for ((i = 0; i < LAB_PREPARE_MAX / LAB_LOOK_EVERY; i++)); do
    lab_call GET "/lab/boards/$path"
    case $(jq -r .state <<<"$ANSWER") in
      reserved) return 0 ;;
      preparing) sleep "$LAB_LOOK_EVERY" ;;
      *) lab_fail 1 "$1 could not be made ready: $(jq -r '.fault // "it was cleaned up again"' <<<"$ANSWER")" ;;
    esac
  done
  lab_fail 7 "$1 was not made ready in time."
}

STOPPED='' # exit code of the signal that wants us to stop

# Leaves the queue and ends as the signal asks.
lab_stopped() {
  [ -z "$REQUEST" ] || lab_leave
  say "Interrupted."
  exit "$STOPPED"
}

lab_catch() {
  trap 'STOPPED=130' INT
  trap 'STOPPED=143' TERM HUP
}

lab_reserve() {
  lab_words "for wait purpose ssh-key power keep-alive output" "$@"
  [ ${#WORDS[@]} -eq 1 ] || misuse "Say which board or class: ./muster lab reserve rpi4."
  lab_ready
  lab_catch
  lab_take "${WORDS[0]}"
  if [ "${OPTION[output]:-}" = json ]; then
    jq . <<<"$ANSWER"
  else
    jq -r .name <<<"$ANSWER"
  fi
  say "$(jq -r '"\(.name) is yours until \(.reservation.expiresAt)."' <<<"$ANSWER")"
}

readonly LAB_STAY_EVERY=60

# lab_stay <path of a board>: is heard of as long as this shell lives, however it dies. What fails is tried again.
lab_stay() {
  while sleep "$LAB_STAY_EVERY" && kill -0 $$ 2>/dev/null; do
    (lab_try GET "/lab/boards/$1") || true
  done
}

lab_with() {
  local board pid stay='' status=0 released=0
  lab_words "for wait purpose ssh-key power keep-alive" "$@"
  if [ ${#WORDS[@]} -ne 1 ] || [ ${#REST[@]} -eq 0 ]; then misuse "Say a board or class, and a command behind --: ./muster lab with rpi4 -- ./run-tests.sh."; fi
  lab_ready
  lab_catch
  lab_take "${WORDS[0]}"
  board=$(jq -r .name <<<"$ANSWER")
  say "$board is yours until $(jq -r .reservation.expiresAt <<<"$ANSWER")."
  if [ -z "$STOPPED" ]; then
    MUSTER_BOARD=$board MUSTER_BOARD_CLASS=$(jq -r .brdclass <<<"$ANSWER") MUSTER_RESERVATION=$(jq -r .reservation.id <<<"$ANSWER")
    MUSTER_BOARD_IP=$(jq -r '(.environment.attrs // .environment // {}).ip // ""' <<<"$ANSWER")
    export MUSTER_BOARD MUSTER_BOARD_CLASS MUSTER_RESERVATION MUSTER_BOARD_IP
    if [ -n "${OPTION[keep-alive]:-}" ]; then
      lab_stay "$(lab_segment "$board")" </dev/null >/dev/null 2>&1 &
      stay=$!
    fi
    # In the background a shell gives its children no stdin and no Ctrl-C; both are given back here.
    env --default-signal=INT,QUIT -- "${REST[@]}" <&0 &
    pid=$!
    trap 'STOPPED=130; kill -INT "$pid" 2>/dev/null || true' INT
    trap 'STOPPED=143; kill -TERM "$pid" 2>/dev/null || true' TERM HUP
    # A trapped signal ends wait early, so it is asked until the command is really gone.
    while kill -0 "$pid" 2>/dev/null; do
      status=0
      wait "$pid" || status=$?
    done
  fi
  # From here on nothing keeps the board from being given back.
  trap '' INT TERM HUP
  [ -z "$stay" ] || kill "$stay" 2>/dev/null || true
  lab_try POST "/lab/boards/$(lab_segment "$board")/release" || released=1
  if [ "$released" -eq 0 ] || [ "$HTTP_STATUS" = 409 ]; then
    say "$board is released."
  else
    say "$board could not be released: $(lab_reason)"
  fi
  [ -z "$STOPPED" ] || exit "$STOPPED"
  if [ "$status" -ne 0 ] || [ "$released" -eq 0 ]; then exit "$status"; fi
  exit 1
}
