# shellcheck shell=bash
# Calls of a running server's API, with curl; the token is never in a command line that others could see.

readonly LAB_CONNECT=10
# A setup script may take two minutes.
readonly LAB_ANSWER=300

URL=''    # of the server, without a slash at its end
WIRE=''   # where the API of lab clients begins on it
TOKEN=''
ANSWER='' # body of the last answer
HTTP_STATUS='' # its HTTP status, 000 when there was none

# Finds server and tools, or ends with one line.
lab_ready() {
  local tool
  lab_server
  [ -n "$TOKEN" ] || lab_fail 4 "Set MUSTER_TOKEN to an API token; the console makes one under Account."
  for tool in curl jq; do
    command -v "$tool" >/dev/null || fail "This command needs $tool; install it, e.g. with 'apt install $tool'; then run again."
  done
}

# Two kinds of addresses: MUSTER_URL is the server's, a proxy's prefix included, and the other clients' API lies below it;
# BITELAB_URL is as that client has it, of that API itself, so its last word is no part of the server's address.
# shellcheck disable=SC2034 # WIRE is for lab-wire.sh
lab_server() {
  local name=MUSTER_URL
  URL=${MUSTER_URL:-}
  [ -n "$URL" ] || { name=BITELAB_URL && URL=${BITELAB_URL:-}; }
  TOKEN=${MUSTER_TOKEN:-${BITELAB_AUTH:-}}
  [ -n "$URL" ] || misuse "Set MUSTER_URL to the server, e.g. https://muster.example."
  [[ $URL =~ ^https?://[^/[:space:]?#]+(/[^[:space:]?#]*)?$ ]] || misuse "$name is no address of a server: '$URL'."
  [[ $TOKEN != *[$'\n\r"\\']* ]] || misuse "MUSTER_TOKEN is no token."
  while [[ $URL == */ ]]; do URL=${URL%/}; done
  WIRE=$URL
  if [ $name = BITELAB_URL ] && [[ $URL == *://*/* ]]; then
    URL=${URL%/*}
  else
    # Whoever gave the other client's address as ours is understood, too.
    URL=${URL%/bitelab}
    WIRE=$URL/bitelab
  fi
}

# A text as one segment of an address.
lab_segment() {
  local LC_ALL=C text=$1 i char
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    case $char in [A-Za-z0-9._~-]) printf '%s' "$char" ;; *) printf '%%%02X' "'$char" ;; esac
  done
}

# lab_try <method> <path> [json]: leaves ANSWER and HTTP_STATUS; false when it was refused or unreachable.
lab_try() {
  local -a words=(--header 'Accept: application/json, application/problem+json')
  [ $# -lt 3 ] || words+=(--header 'Content-Type: application/json' --data-binary "$3")
  [ "$1" != POST ] || words+=(--header "Idempotency-Key: cli-$$-$RANDOM$RANDOM$RANDOM")
  lab_ask "$1" "$URL/api/v1$2" "${words[@]}"
}

# lab_ask <method> <address> [curl's words…]: the same, of any address of the server.
lab_ask() {
  local method=$1 address=$2 whole code=0
  shift 2
  local -a words=(--silent --show-error --connect-timeout "$LAB_CONNECT" --max-time "$LAB_ANSWER" --request "$method" --write-out '\n%{http_code}' "$@")
  # Ctrl-C must not cut a call in two: whether a board is ours would not be known.
  whole=$(
    trap '' INT TERM HUP
    exec curl "${words[@]}" --config <(printf 'header = "Authorization: Bearer %s"\n' "$TOKEN") -- "$address" 2>&1
  ) || code=$?
  HTTP_STATUS=${whole##*$'\n'}
  ANSWER=${whole%$'\n'*}
  case $code in
    0) ;;
    28) lab_fail 7 "The server at $URL did not answer in time." ;;
    *) lab_fail 6 "The server at $URL cannot be reached: $(head -n 1 <<<"${ANSWER#curl: }")" ;;
  esac
  [[ $HTTP_STATUS == 2* ]]
}

# The same; ends with the server's reason when it was refused.
lab_call() { lab_try "$@" || lab_refused; }

# lab_send <method> <path> [words of curl…]: the same with standard input as the body, which no command line shows.
lab_send() {
  local -a words=(--header 'Accept: application/json, application/problem+json' --data-binary @- "${@:3}")
  [ "$1" != POST ] || words+=(--header "Idempotency-Key: cli-$$-$RANDOM$RANDOM$RANDOM")
  lab_ask "$1" "$URL/api/v1$2" "${words[@]}" || lab_refused
}

# The reason of the last refusal in one line: code, sentence, hint.
lab_reason() {
  local reason
  reason=$(jq -r '[(if .code then "\(.code):" else empty end), (.detail // .title // .error), (.hint // empty)] | map(tostring) | join(" ") | gsub("[\\n\\r]+"; " ")' <<<"$ANSWER" 2>/dev/null || true)
  printf '%s' "${reason:-The server answered $HTTP_STATUS.}"
}

lab_refused() {
  local code=1
  case $HTTP_STATUS in
    401 | 403) code=4 ;;
    404) code=3 ;;
    409 | 412) code=5 ;;
    408 | 504) code=7 ;;
    # There is no such class, or nothing that would ever do: no other than a name nobody has.
    422) [[ $(jq -r '.code // ""' <<<"$ANSWER" 2>/dev/null || true) != *unsatisfiable ]] || code=3 ;;
  esac
  lab_fail "$code" "$(lab_reason)"
}

# lab_fail <exit code> <sentence>
lab_fail() {
  printf '%s%s%s\n' "$RED" "$2" "$PLAIN" >&2
  exit "$1"
}
