# shellcheck shell=bash
# Configuration registries of a running server: schemas, values in layers, drift. Calls are in lab-client.sh, values and
# how they are sent in config-values.sh.

readonly CONFIG_VERBS=(list show check define get set unset history revert drift follow)

help_config() {
  cat <<'TEXT'
Examples:
  ./muster config check network.json && ./muster config define network.json
  ./muster config set fleet setup host=robot wifi.key=@key.txt
  ./muster config set group/site/line setup interfaces.eth0='{"mtu":1400}' --dry-run
  ./muster config get robot-1 setup host
  ./muster config history robot-1 && ./muster config revert robot-1 3
  ./muster config follow robot-1

Registries:
  list                 all registries
  show [REGISTRY]      one, with its views and their rules
  check FILE           say what keeps a schema from being defined, as FILE:LINE:COLUMN: reason; - is standard input
  define FILE          define a registry, or give it this schema

Values:
  get LAYER VIEW [PATH…]         what a view shows: all, one value, or several by path
  set LAYER VIEW PATH=VALUE…     write all of them or none; PATH=@FILE takes the value from a file, @- from standard input
  unset LAYER VIEW PATH…         take values away
  history LAYER                  its versions, newest first
  revert LAYER VERSION           give it the values it had then
  drift                          devices that do not have what they should
  follow DEVICE                  print what a device should have, secrets in clear, and again whenever that changes

LAYER is fleet, group/NAME, a device's id for what it should have, or actual/ID for what it has.
A VALUE is JSON where it reads as JSON, else a text: 7 is a number, '"7"' a text.

Options:
  --registry ACCOUNT/NAME  which registry; else $MUSTER_REGISTRY, else the only one there is
  --dry-run                say what would change, and change nothing (set, unset, revert)
  --if-version N           only if nobody else wrote since version N (set, unset, revert)
  --secrets                secrets in clear; needs config-secrets, and is on record (get)
  --once                   end after the first answer (follow)
  --output table|json

Environment:
  MUSTER_URL, MUSTER_TOKEN   the server and an API token with config-read, config-write, config-admin, config-secrets
                             as far as they are needed

Exit codes:
  0 ok, 1 failed, also a schema or a value that does not fit, 2 usage, 3 not found, 4 not allowed, 5 conflict,
  6 unreachable, 7 timed out, 130 interrupted
TEXT
}

run_config() {
  local verb=${1:-}
  [ $# -gt 0 ] && shift
  case $verb in
    list | show | check | define | get | set | unset | history | revert | drift | follow) "config_$verb" "$@" ;;
    --help | -h | help)
      help_config
      exit 0
      ;;
    '') misuse "Say what to do with configuration: ${CONFIG_VERBS[*]}. See ./muster help config." ;;
    *) unknown "config command" "$verb" "${CONFIG_VERBS[@]}" ;;
  esac
}

# config_words "<options>" "$@": sorts the command line into WORDS and OPTION; a value may begin with dashes behind --.
config_words() {
  local known=$1 word
  local -a options=()
  shift
  WORDS=()
  while [ $# -gt 0 ]; do
    word=$1
    shift
    case $word in
      --)
        WORDS+=("$@")
        break
        ;;
      --dry-run | --secrets | --once) options+=("$word=yes") ;;
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
  read_options config "$known" "${options[@]}"
  number if-version 0 999999999999999999
  case ${OPTION[output]:-table} in table | json) ;; *) misuse "--output is table or json, not '${OPTION[output]}'." ;; esac
}

# The path of the registry that is meant.
config_registry() {
  local registry=${1:-${OPTION[registry]:-${MUSTER_REGISTRY:-}}}
  if [ -z "$registry" ]; then
    lab_call GET /registries
    registry=$(jq -r '.items[] | "\(.account)/\(.name)"' <<<"$ANSWER")
    case $(grep -c . <<<"$registry" || true) in
      0) lab_fail 3 "There is no registry; define one first." ;;
      1) ;;
      *) misuse "There are several registries; say which with --registry: ${registry//$'\n'/, }." ;;
    esac
  fi
  [[ $registry =~ ^[^/]+/[^/]+$ ]] || misuse "A registry is ACCOUNT/NAME, not '$registry'."
  printf '/registries/%s/%s' "$(lab_segment "${registry%%/*}")" "$(lab_segment "${registry#*/}")"
}

# The path of a layer below its registry. A slash in the name of a group is ~1 there.
config_layer() {
  local name=${1#*/} tilde='~0' slash='~1'
  case $1 in
    '') misuse "Say whose values: fleet, group/NAME, a device's id, or actual/ID." ;;
    fleet) printf '/fleet' ;;
    group/?*)
      name=${name//'~'/$tilde}
      name=${name//'/'/$slash}
      printf '/groups/%s' "$(lab_segment "$name")"
      ;;
    device/?*) printf '/devices/%s' "$(lab_segment "$name")" ;;
    actual/?*) printf '/actual/%s' "$(lab_segment "$name")" ;;
    staged/?*) printf '/staged/%s' "$(lab_segment "$name")" ;;
    */*) misuse "There is no layer '$1'; it is fleet, group/NAME, a device's id, or actual/ID." ;;
    *) printf '/devices/%s' "$(lab_segment "$1")" ;;
  esac
}

config_list() {
  config_words "output" "$@"
  [ ${#WORDS[@]} -eq 0 ] || misuse "'${WORDS[0]}' is not expected here; './muster config show ${WORDS[0]}' shows one registry."
  lab_ready
  lab_call GET /registries
  if [ "${OPTION[output]:-}" = json ]; then
    jq .items <<<"$ANSWER"
  else
    lab_table REGISTRY REVISION GENERATION DATABAGS CHANGED VIEWS <<<"$(jq -r '.items[] | ["\(.account)/\(.name)", .revision, .profile, .databags, .changedAt // "-", (.views | join(", "))] | map(tostring | if . == "" then "-" else . end) | @tsv' <<<"$ANSWER")"
  fi
}

config_show() {
  local registry
  config_words "registry output" "$@"
  [ ${#WORDS[@]} -le 1 ] || misuse "Say one registry: ./muster config show acme/network."
  lab_ready
  registry=$(config_registry "${WORDS[0]:-}") || exit
  lab_call GET "$registry"
  if [ "${OPTION[output]:-}" = json ]; then
    jq . <<<"$ANSWER"
    return 0
  fi
  jq -r '[["registry", "\(.account)/\(.name)"], ["summary", .summary], ["revision", .revision], ["generation", .profile], ["databags", .databags], ["changed", .changedAt], ["by", .changedBy]]
    | .[] | select(.[1] != null) | "\(.[0]):\t\(.[1])"' <<<"$ANSWER" | expand -t 14
  echo
  lab_table VIEW REQUEST STORAGE ACCESS <<<"$(jq -r '.views[] | .name as $view | .rules[] | [$view, .request, .storage, .access] | @tsv' <<<"$ANSWER")"
}

# config_document <file>: calls with a document as body; further words are method and path.
config_document() {
  local file=$1 type='application/json' text
  shift
  if [ "$file" = - ]; then file=/dev/stdin; else
    { [ -f "$file" ] && [ -r "$file" ]; } || lab_fail 1 "$file cannot be read."
  fi
  # An assertion counts the bytes of its body, so line ends at its end must not be lost.
  text=$(cat -- "$file" && printf x)
  text=${text%x}
  [[ $text =~ ^[[:space:]]*\{ ]] || type='text/plain'
  lab_send "$@" --header "Content-Type: $type" < <(printf '%s' "$text")
}

config_check() {
  local file
  config_words "output" "$@"
  [ ${#WORDS[@]} -eq 1 ] || misuse "Say which file: ./muster config check network.json."
  file=${WORDS[0]}
  lab_ready
  config_document "$file" POST /registries/check
  [ "$file" != - ] || file='standard input'
  if [ "${OPTION[output]:-}" = json ]; then
    jq .findings <<<"$ANSWER"
  else
    jq -r --arg file "$file" '.findings[] | $file + (if .line > 0 then ":\(.line)" + (if .column > 0 then ":\(.column)" else "" end) else "" end) + ": " + (.message | gsub("[\\n\\r]+"; " "))' <<<"$ANSWER"
  fi
  [ "$(jq '.findings | length' <<<"$ANSWER")" = 0 ] || lab_fail 1 "It cannot be defined like this."
  say "Nothing wrong is found."
}

config_define() {
  config_words "output" "$@"
  [ ${#WORDS[@]} -eq 1 ] || misuse "Say which file: ./muster config define network.json."
  lab_ready
  config_document "${WORDS[0]}" POST /registries
  if [ "${OPTION[output]:-}" = json ]; then jq . <<<"$ANSWER"; else jq -r '"\(.account)/\(.name)"' <<<"$ANSWER"; fi
  say "It is revision $(jq -r .revision <<<"$ANSWER")."
}

config_history() {
  local path
  config_words "registry output" "$@"
  [ ${#WORDS[@]} -eq 1 ] || misuse "Say whose: ./muster config history fleet."
  lab_ready
  path=$(config_layer "${WORDS[0]}") || exit
  path=$(config_registry)$path || exit
  config_pages "$path/history"
  if [ "${OPTION[output]:-}" = json ]; then
    printf '%s\n' "$ITEMS"
  else
    lab_table VERSION AT BY WHAT PATHS <<<"$(jq -r '.[] | [.version, .at, .by // "-", (if .kind == "reverted" then "back to \(.toVersion)" elif .kind == "forgotten" then "key destroyed" else "through \(.view // "-")" end),
      ((.changes // []) | map((if .kind == "removed" then "-" else "" end) + .path) | if length > 6 then .[:6] + ["…"] else . end | join(" "))] | map(tostring | if . == "" then "-" else . end) | @tsv' <<<"$ITEMS")"
  fi
}

ITEMS='' # a whole list as one JSON array

# config_pages <path>: reads a list page by page into ITEMS, and its total into TOTAL.
config_pages() {
  local cursor='' page
  ITEMS='[]'
  TOTAL=''
  while true; do
    lab_call GET "$1?limit=1000${cursor:+&cursor=$(lab_segment "$cursor")}"
    page=$ANSWER
    ITEMS=$(jq -c --slurpfile before <(printf '%s' "$ITEMS") '$before[0] + .items' <<<"$page")
    TOTAL=$(jq -r '.total // ""' <<<"$page")
    cursor=$(jq -r '.next // ""' <<<"$page")
    [ -n "$cursor" ] || break
  done
}

config_drift() {
  local path
  config_words "registry output" "$@"
  [ ${#WORDS[@]} -eq 0 ] || misuse "'${WORDS[0]}' is not expected here; see ./muster help config."
  lab_ready
  path=$(config_registry) || exit
  config_pages "$path/drift"
  if [ "${OPTION[output]:-}" = json ]; then
    printf '%s\n' "$ITEMS"
  else
    say "$TOTAL $([ "$TOTAL" = 1 ] && echo 'device does' || echo 'devices do') not have what $([ "$TOTAL" = 1 ] && echo it || echo they) should."
    [ "$TOTAL" = 0 ] || lab_table DEVICE SINCE PATHS <<<"$(jq -r '.[] | [.device, .since, (.paths | if length > 6 then .[:6] + ["…"] else . end | join(" "))] | @tsv' <<<"$ITEMS")"
  fi
}
