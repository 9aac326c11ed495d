# shellcheck shell=bash
# What goes over a WebSocket of the server: consoles, ssh and commands in a board's environment.

# lab_bridge <mode> <path> [words…]: the bridge between stdin, stdout and the server. It takes the token from its environment.
lab_bridge() {
  local mode=$1 path=$2
  shift 2
  find_jdk
  MUSTER_TUNNEL_TOKEN=$TOKEN "$JDK/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto "$ROOT/infra/cli/lib/Tunnel.java" \
    "$mode" "ws${WIRE#http}$path" "$@"
}

lab_console() {
  local board saved='' status=0
  lab_words "" "$@"
  lab_ready
  board=$(lab_board "${WORDS[0]:-}") || exit
  say "Console of $board. Ctrl-] then q leaves, b breaks, t takes the pen, p power-cycles."
  if [ -t 0 ]; then
    saved=$(stty -g)
    # shellcheck disable=SC2064
    trap "stty '$saved'" EXIT
    stty raw -echo
  fi
  lab_bridge console "/board/$(lab_segment "$board")/console/ws?mode=rw&replay=16384" || status=$?
  [ -z "$saved" ] || stty "$saved"
  say ""
  exit "$status"
}

lab_tunnel() {
  local status=0
  lab_words "" "$@"
  [ ${#WORDS[@]} -eq 1 ] || misuse "Say which board: ./muster lab tunnel rpi4-1."
  lab_ready
  lab_bridge raw "/board/$(lab_segment "${WORDS[0]}")/ssh/ws" || status=$?
  exit "$status"
}

# Without a token: this is how one comes to the first.
lab_contssh() {
  local status=0
  # The one word a ProxyCommand may add is only a label.
  [ "${1:-}" != --help ] || { help_lab && exit 0; }
  lab_server
  TOKEN=''
  lab_bridge raw /contssh/ws || status=$?
  exit "$status"
}

lab_ssh() {
  local board user='' reservation
  [ "${1:-}" != --help ] || { help_lab && exit 0; }
  if [ $# -eq 0 ] || [[ $1 == -* ]]; then misuse "Say which board: ./muster lab ssh root@rpi4-1."; fi
  board=${1##*@}
  [ "$board" = "$1" ] || user=${1%@*}
  shift
  lab_ready
  lab_call GET "/lab/boards/$(lab_segment "$board")"
  reservation=$(jq -r '.reservation.id // empty' <<<"$ANSWER")
  [ -n "$reservation" ] || lab_fail 5 "lab.not-reserved: $board is not reserved. Reserve it first."
  mkdir -p "$STATE/lab"
  # Each reservation has a fresh environment with keys of its own, so they are remembered under the reservation's name.
  exec ssh -o "ProxyCommand='${ROOT//\'/\'\\\'\'}/muster' lab tunnel %n" -o "HostKeyAlias=$reservation" -o "UserKnownHostsFile=$STATE/lab/known_hosts" \
    -o StrictHostKeyChecking=accept-new ${user:+-l "$user"} "$board" "$@"
}

lab_exec() {
  local status=0
  lab_words "" "$@"
  if [ ${#REST[@]} -eq 0 ] || [ ${#WORDS[@]} -gt 1 ]; then misuse "Say a board, and a command behind --: ./muster lab exec rpi4-1 -- uname -a."; fi
  lab_ready
  local board
  board=$(lab_board "${WORDS[0]:-}") || exit
  lab_bridge exec "/board/$(lab_segment "$board")/exec/ws" "${REST[@]}" || status=$?
  exit "$status"
}
