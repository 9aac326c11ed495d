# shellcheck shell=bash
# Values of configuration on their way: exact numbers stay exact, and what may be a secret is in no command line of ours.

readonly CONFIG_PAUSE_MAX=30
readonly CONFIG_PLAIN='^[[:space:]]*(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null)[[:space:]]*$'
readonly CONFIG_NESTED='^[[:space:]]*["{[]'

# config_view <verb>: prints the path of the view that WORDS name, after their layer.
config_view() {
  local registry layer
  [ -n "${WORDS[1]:-}" ] || misuse "Say whose values and through which view: ./muster config $1 fleet setup."
  layer=$(config_layer "${WORDS[0]}") || exit
  registry=$(config_registry) || exit
  printf '%s%s/views/%s' "$registry" "$layer" "$(lab_segment "${WORDS[1]}")"
}

# What stands behind a member at the end of a one-line object, as it came: jq would squeeze long numbers.
config_behind() {
  local text=${ANSWER#*"\"$1\":"}
  printf '%s' "${text%\}}"
}

config_get() {
  local path query='' value
  config_words "registry secrets output" "$@"
  lab_ready
  path=$(config_view get) || exit
  [ ${#WORDS[@]} -le 2 ] || query="&fields=$(config_fields "${WORDS[@]:2}")"
  [ -z "${OPTION[secrets]:-}" ] || query+='&secrets=true'
  lab_call GET "$path${query:+?${query#&}}"
  value=$(config_behind value)
  if [ ${#WORDS[@]} -eq 3 ] && [ "${OPTION[output]:-}" != json ]; then
    # An object with one member, named as it was asked for.
    value=${value#*:}
    value=${value%\}}
    # A text alone is printed as what it says, like snapctl does.
    if [[ $value == '"'* ]]; then value=$(jq -r . <<<"$value"); fi
  fi
  printf '%s\n' "$value"
}

config_fields() {
  local IFS=,
  lab_segment "$*"
}

# config_value <text>: the JSON of what somebody typed; JSON where it is that, else a text.
config_value() {
  local text=$1
  if [[ $text =~ $CONFIG_PLAIN ]]; then
    printf '%s' "${BASH_REMATCH[1]}"
  elif [[ $text =~ $CONFIG_NESTED ]] && [ "$(jq -s length <<<"$text" 2>/dev/null)" = 1 ]; then
    printf '%s' "$text"
  else
    jq -Rs . <<<"$text" | sed 's/\\n"$/"/'
  fi
}

config_set() {
  local path pair value body=''
  config_words "registry dry-run if-version output" "$@"
  [ ${#WORDS[@]} -ge 3 ] || misuse "Say what: ./muster config set fleet setup host=robot."
  for pair in "${WORDS[@]:2}"; do
    [[ $pair == ?*=* ]] || misuse "'$pair' is no PATH=VALUE."
  done
  lab_ready
  path=$(config_view set) || exit
  for pair in "${WORDS[@]:2}"; do
    value=${pair#*=}
    case $value in
      @-) value=$(cat) ;;
      @*)
        { [ -f "${value#@}" ] && [ -r "${value#@}" ]; } || lab_fail 1 "${value#@} cannot be read."
        value=$(cat -- "${value#@}")
        ;;
    esac
    body+=${body:+,}$(jq -Rr '@json' <<<"${pair%%=*}"):$(config_value "$value")
  done
  config_write "$path" "{\"values\":{$body}}"
}

config_unset() {
  local path each body=''
  config_words "registry dry-run if-version output" "$@"
  [ ${#WORDS[@]} -ge 3 ] || misuse "Say what: ./muster config unset fleet setup host."
  lab_ready
  path=$(config_view unset) || exit
  for each in "${WORDS[@]:2}"; do body+=${body:+,}$(jq -Rr '@json' <<<"$each"):null; done
  config_write "$path" "{\"values\":{$body}}"
}

config_revert() {
  local path layer
  config_words "registry dry-run if-version output" "$@"
  [ ${#WORDS[@]} -eq 2 ] || misuse "Say whose values and to which version: ./muster config revert fleet 3; ./muster config history fleet tells them."
  [[ ${WORDS[1]} =~ ^(0|[1-9][0-9]{0,17})$ ]] || misuse "'${WORDS[1]}' is no version."
  lab_ready
  layer=$(config_layer "${WORDS[0]}") || exit
  path=$(config_registry) || exit
  config_write "$path$layer/revert" "{\"toVersion\":${WORDS[1]}}" POST
}

# config_write <path> <body> [method]: sends it, or only asks what it would do, and prints what becomes of each place.
config_write() {
  local path=$1 body=$2 method=${3:-PATCH}
  local -a seen=()
  [ -z "${OPTION[dry-run]:-}" ] || path+='?dryRun=true'
  [ -z "${OPTION[if-version]:-}" ] || seen=(--header "If-Match: \"${OPTION[if-version]}\"")
  lab_send "$method" "$path" --header 'Content-Type: application/json' "${seen[@]}" <<<"$body"
  if [ "${OPTION[output]:-}" = json ]; then
    printf '%s\n' "$ANSWER"
  else
    jq -r '.changes[] | (if .kind == "removed" then "- " else "+ " end) + .path + (if .secret then " (a secret)" else "" end)' <<<"$ANSWER"
  fi
  if [ "$(jq '.changes | length' <<<"$ANSWER")" = 0 ]; then say "Nothing changes: it is so already."
  elif [ -n "${OPTION[dry-run]:-}" ]; then say "Nothing was written. It would be written on version $(jq -r .version <<<"$ANSWER")."
  else say "It is version $(jq -r .version <<<"$ANSWER")."; fi
}

# Prints one line of JSON, {"tag":…,"values":…}, now and whenever it is another. A server that is gone is waited for.
config_follow() {
  local registry path tag='' pause=1
  config_words "registry once output" "$@"
  [ ${#WORDS[@]} -eq 1 ] || misuse "Say which device: ./muster config follow robot-1."
  [[ ${WORDS[0]} != */* ]] || misuse "'${WORDS[0]}' is no device; only a device follows."
  lab_ready
  registry=$(config_registry) || exit
  path=/registries/devices/$(lab_segment "${WORDS[0]}")/wanted/${registry#/registries/}
  while true; do
    config_ask "$path${tag:+?wait=30s}" "$tag"
    case $HTTP_STATUS in
      200)
        printf '%s\n' "$ANSWER"
        tag=$(jq -r .tag <<<"$ANSWER")
        pause=1
        [ -z "${OPTION[once]:-}" ] || return 0
        ;;
      304) pause=1 ;;
      000 | 429 | 5*)
        # Only the first time: who starts it wants to know that the address is wrong.
        [ -n "$tag" ] || { if [ "$HTTP_STATUS" = 000 ]; then lab_fail 6 "The server at $URL cannot be reached."; else lab_refused; fi; }
        say "The server does not answer; trying again in $pause s."
        sleep "$pause"
        pause=$((pause * 2 > CONFIG_PAUSE_MAX ? CONFIG_PAUSE_MAX : pause * 2))
        ;;
      *) lab_refused ;;
    esac
  done
}

# config_ask <path> <tag>: one question of a device's wire, which is not below /api/v1; leaves ANSWER and HTTP_STATUS.
config_ask() {
  local whole
  local -a words=(--silent --connect-timeout "$LAB_CONNECT" --max-time 90 --request GET --write-out '\n%{http_code}' --header 'Accept: application/json')
  [ -z "$2" ] || words+=(--header "If-None-Match: \"$2\"")
  whole=$(curl "${words[@]}" --config <(printf 'header = "Authorization: Bearer %s"\n' "$TOKEN") -- "$URL$1" 2>/dev/null) || true
  HTTP_STATUS=${whole##*$'\n'}
  ANSWER=${whole%$'\n'*}
  HTTP_STATUS=${HTTP_STATUS:-000}
}
