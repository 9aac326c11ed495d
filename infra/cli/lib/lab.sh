# shellcheck shell=bash
# The board lab of a running server: power, status, the queue. Reserving is in lab-reserve.sh, what goes over a WebSocket
# in lab-wire.sh, what administrators do in lab-admin.sh.

readonly LAB_VERBS=(reserve release extend share unshare power list status queue cancel with console ssh tunnel exec contssh
  kick maintenance return config audit)
readonly LAB_POWER_WAIT=60

help_lab() {
  cat <<'TEXT'
Examples:
  ./muster lab list
  ./muster lab reserve rpi4 --for 2h --wait 10m --purpose "boot test"
  ./muster lab power cycle rpi4-1 && ./muster lab console rpi4-1
  ./muster lab ssh root@rpi4-1
  ./muster lab with rpi4 --for 1h -- ./run-tests.sh
  ./muster lab config check lab.conf && ./muster lab config apply lab.conf
  ssh -o 'ProxyCommand ./muster lab contssh' -l lab muster

Boards:
  reserve NAME         take a board, or any free one of a class; prints its name
  release [BOARD]      give it back
  extend [BOARD]       keep it longer (--for says by how much)
  share [BOARD]        let somebody else (--with) look at it, or use it (--mode rw)
  unshare [BOARD]      no longer (--with)
  power on|off|cycle|status [BOARD]
                       switch it, wait until the switch confirms it, print on, off or unknown
  list                 all boards
  status [BOARD]       one board, or those that are yours
  queue                who waits for what
  cancel ID            leave the queue
  with NAME -- COMMAND reserve, run the command, release – also when it is interrupted

Over the server's one port:
  console [BOARD]      its serial console; Ctrl-] then q leaves, b breaks, t takes the pen, p power-cycles
  ssh [USER@]BOARD     ssh into its environment; what follows is for ssh
  tunnel BOARD         the bytes of that ssh, for a ProxyCommand
  exec BOARD -- COMMAND  run a command in its environment
  contssh              the bytes of the controller's own ssh, without a token, for a ProxyCommand

For administrators of the lab:
  kick BOARD           take it from whoever has it
  maintenance BOARD    out of service when nobody has it, at once with --force; --note says why
  return BOARD         back into service, cleaned up first
  config show          the configuration in force, secrets included
  config check FILE    say what is wrong with one, by line and column; changes nothing; - is standard input
  config apply FILE    put one in force, all or nothing
  config reload        the same with the file that the server was given
  audit                who did what, newest first; others see their own

Options:
  --for TIME        how long, as 30m, 2h or 1d (default: as the board says)
  --wait TIME       queue for it, at most this long
  --purpose TEXT    others see it
  --ssh-key FILE    public key that is let into its environment
  --power on|off|keep  how its power is when you get it
  --keep-alive      give it back when you are not heard of for five minutes; 'with' is heard of by itself
  --class, --state  only these (list)
  --mine            only yours (list)
  --with USER       with whom (share, unshare)
  --mode ro|rw      to look or to use (share; ro)
  --board, --user, --since  only these (audit); since a time such as 2026-11-20T08:00:00Z, or 2h or 7d ago
  --limit N         at most so many lines (audit; 100)
  --output table|json

Without BOARD: $MUSTER_BOARD, else the only one that is yours.
'with' tells the command MUSTER_BOARD, MUSTER_BOARD_CLASS, MUSTER_RESERVATION and MUSTER_BOARD_IP.

Environment:
  MUSTER_URL, MUSTER_TOKEN   the server and an API token; BITELAB_URL and BITELAB_AUTH do as well

Exit codes:
  0 ok, 1 failed, 2 usage, 3 not found, 4 not allowed, 5 conflict, 6 unreachable, 7 timed out, 130 interrupted;
  'with' and 'exec' end as their command does
TEXT
}

run_lab() {
  local verb=${1:-}
  [ $# -gt 0 ] && shift
  case $verb in
    reserve | release | extend | share | unshare | power | status | queue | cancel | with) "lab_$verb" "$@" ;;
    console | ssh | tunnel | exec | contssh | kick | maintenance | return | config | audit) "lab_$verb" "$@" ;;
    list) lab_status all "$@" ;;
    --help | -h | help)
      help_lab
      exit 0
      ;;
    '') misuse "Say what to do in the lab: ${LAB_VERBS[*]}. See ./muster help lab." ;;
    *) unknown "lab command" "$verb" "${LAB_VERBS[@]}" ;;
  esac
}

WORDS=() # what is neither an option nor behind --
REST=()  # what is behind --

# lab_words "<options>" "$@": sorts the command line into WORDS, OPTION and REST.
lab_words() {
  local known=$1 word
  local -a options=()
  shift
  WORDS=() REST=()
  while [ $# -gt 0 ]; do
    word=$1
    shift
    case $word in
      --)
        REST=("$@")
        break
        ;;
      --mine | --keep-alive | --force) options+=("$word=yes") ;;
      --help | -h | --*=*) options+=("$word") ;;
      --*)
        options+=("$word")
        if [ $# -gt 0 ]; then
          options+=("$1")
          shift
        fi
        ;;
      *) WORDS+=("$word") ;;
    esac
  done
  read_options lab "$known" "${options[@]}"
  lab_span for
  lab_span wait
  case ${OPTION[output]:-table} in table | json) ;; *) misuse "--output is table or json, not '${OPTION[output]}'." ;; esac
  case ${OPTION[power]:-keep} in on | off | keep) ;; *) misuse "--power is on, off or keep, not '${OPTION[power]}'." ;; esac
}

# lab_span <option>: refuses what is no stretch of time.
lab_span() {
  local value=${OPTION[$1]:-}
  [ -z "$value" ] || [[ $value =~ ^([1-9][0-9]{0,6}(s|min|m|h|d))+$ ]] || misuse "--$1 is a time such as 30m, 2h or 1d, not '$value'."
}

# The seconds of a stretch of time that lab_span took.
lab_seconds() {
  local text=$1 sum=0 unit
  while [[ $text =~ ^([0-9]+)(min|[smhd])(.*)$ ]]; do
    case ${BASH_REMATCH[2]} in s) unit=1 ;; m | min) unit=60 ;; h) unit=3600 ;; d) unit=86400 ;; esac
    sum=$((sum + 10#${BASH_REMATCH[1]} * unit))
    text=${BASH_REMATCH[3]}
  done
  printf '%s' "$sum"
}

# lab_board [name]: prints the board that is meant.
lab_board() {
  local mine
  if [ -n "${1:-${MUSTER_BOARD:-}}" ]; then
    printf '%s' "${1:-$MUSTER_BOARD}"
    return 0
  fi
  lab_call GET "/lab/boards?mine=true"
  mine=$(jq -r '.items[].name' <<<"$ANSWER")
  case $(grep -c . <<<"$mine" || true) in
    0) lab_fail 3 "No board is yours; reserve one first." ;;
    1) printf '%s' "$mine" ;;
    *) misuse "Several boards are yours; say which: ${mine//$'\n'/, }." ;;
  esac
}

lab_release() {
  local board
  lab_words "" "$@"
  lab_ready
  board=$(lab_board "${WORDS[0]:-}") || exit
  lab_call POST "/lab/boards/$(lab_segment "$board")/release"
  say "$board is released."
}

lab_extend() {
  local board
  lab_words "for output" "$@"
  [ -n "${OPTION[for]:-}" ] || misuse "Say by how much: --for 1h."
  lab_ready
  board=$(lab_board "${WORDS[0]:-}") || exit
  lab_call POST "/lab/boards/$(lab_segment "$board")/extend" "$(jq -nc --arg duration "${OPTION[for]}" '$ARGS.named')"
  lab_call GET "/lab/boards/$(lab_segment "$board")"
  say "$(jq -r '"\(.name) is yours until \(.reservation.expiresAt)."' <<<"$ANSWER")"
}

lab_power() {
  local board path end power
  lab_words "output" "$@"
  case ${WORDS[0]:-} in on | off | cycle | status) ;; *) misuse "Power is on, off, cycle or status: ./muster lab power cycle rpi4-1." ;; esac
  lab_ready
  board=$(lab_board "${WORDS[1]:-}") || exit
  path=/lab/boards/$(lab_segment "$board")
  [ "${WORDS[0]}" = status ] || lab_call POST "$path/power/${WORDS[0]}"
  end=$((SECONDS + LAB_POWER_WAIT))
  while true; do
    lab_call GET "$path"
    [ "$(jq -r '.powering // false' <<<"$ANSWER")" = true ] || break
    [ "$SECONDS" -lt "$end" ] || lab_fail 7 "The switch has not confirmed it within $LAB_POWER_WAIT s."
    sleep 0.5
  done
  power=$(jq -r '.power // "unknown"' <<<"$ANSWER")
  printf '%s\n' "$power"
  case ${WORDS[0]}:$power in
    status:* | on:on | off:off | cycle:on) ;;
    *) lab_fail 1 "$board was told, but the switch does not confirm it$(jq -r '(.degraded // "") | if . == "" then "." else ": \(.)" end' <<<"$ANSWER")" ;;
  esac
}

lab_status() {
  local query='' name all=''
  if [ "${1:-}" = all ]; then all=yes && shift; fi
  lab_words "class state mine output" "$@"
  lab_ready
  if [ -z "$all" ] && [ -n "${WORDS[0]:-}" ]; then
    lab_call GET "/lab/boards/$(lab_segment "${WORDS[0]}")"
    if [ "${OPTION[output]:-}" = json ]; then jq . <<<"$ANSWER"; else lab_facts; fi
    return 0
  fi
  [ -n "$all" ] || OPTION[mine]=yes
  for name in class state; do [ -z "${OPTION[$name]:-}" ] || query+="&$name=$(lab_segment "${OPTION[$name]}")"; done
  [ -z "${OPTION[mine]:-}" ] || query+='&mine=true'
  lab_call GET "/lab/boards${query:+?${query#&}}"
  if [ "${OPTION[output]:-}" = json ]; then
    jq .items <<<"$ANSWER"
  else
    lab_table NAME CLASS STATE POWER BY UNTIL PURPOSE <<<"$(jq -r '.items[] | [.name, .brdclass, .state + (if .degraded then " (degraded)" else "" end),
      (if .powering then "switching" else .power // "?" end),
      (if .mine then "you" else .reservation.holderName // .reservation.holder // "-" end), .reservation.expiresAt // "-",
      .reservation.purpose // .fault // .note // "-"] | map(tostring | gsub("[\\t\\n]"; " ") | if . == "" then "-" else . end) | @tsv' <<<"$ANSWER")"
  fi
}

# The facts of the board in ANSWER, one a line.
lab_facts() {
  jq -r '[["name", .name], ["class", .brdclass], ["state", .state], ["power", (.power // "unknown")],
    ["degraded", .degraded], ["fault", .fault], ["note", .note], ["by", (if .mine then "you" else .reservation.holderName // .reservation.holder end)],
    ["until", .reservation.expiresAt], ["purpose", .reservation.purpose]] + ((.environment.attrs // .environment // {}) | to_entries | map([.key, .value]))
    | .[] | select(.[1] != null) | "\(.[0]):\t\(.[1])"' <<<"$ANSWER" | expand -t 14
}

lab_queue() {
  lab_words "output" "$@"
  lab_ready
  lab_call GET /lab/reservations
  if [ "${OPTION[output]:-}" = json ]; then
    jq .items <<<"$ANSWER"
  else
    lab_table PLACE WANTED STATE BY SINCE ID <<<"$(jq -r '.items | map(select(.state == "waiting" or .state == "granted")) | sort_by(.position)[] |
      [.position, (.selector.board // .selector.brdclass // "any"), .state, (if .mine then "you" else .holderName // .holder end), .queuedAt, .id] | map(tostring) | @tsv' <<<"$ANSWER")"
  fi
}

lab_cancel() {
  lab_words "" "$@"
  [ ${#WORDS[@]} -eq 1 ] || misuse "Say which request: ./muster lab cancel ID; ./muster lab queue tells the ids."
  lab_ready
  lab_call DELETE "/lab/reservations/$(lab_segment "${WORDS[0]}")"
  say "The request is cancelled."
}

# lab_table <heading…>: rows from stdin in columns; nothing but a word when there is none.
lab_table() {
  local heading rows
  rows=$(cat)
  if [ -z "$rows" ]; then
    say "There is none."
    return 0
  fi
  heading=$(printf '%s\t' "$@")
  printf '%s\n%s\n' "${heading%$'\t'}" "$rows" | column -t -s $'\t'
}
