# shellcheck shell=bash
# Where apps should run: what projects, groups and devices say, beside what is.

readonly APP_TARGETS=(running present removed uninstalled inherit)

apps_places() {
  apps_words "output" "$@"
  apps_need 1 "Say which app: ./muster app places hello."
  lab_ready
  apps_pages "$(apps_path "${WORDS[0]}")/places"
  if [ "${OPTION[output]:-}" = json ]; then
    jq -n --slurpfile items <(printf '%s' "$ITEMS") '{items: $items[0]}'
  else
    lab_table PLACE TARGET VERSION PARAMETERS PORTS <<<"$(jq -r '.[] | [.place, .target // "-", .version // (if .target then "newest" else "-" end), ((.environment | keys) + (.secrets | map(. + " (secret)")) | join(", ")), ([.ports[].port | tostring] | join(", "))] | map(tostring | if . == "" then "-" else . end) | @tsv' <<<"$ITEMS")"
  fi
}

# Numbers in what is said already must come back as they are.
apps_exact() {
  [[ $1 =~ [0-9]{16,} ]] || return 0
  [ "$(jq -n 9007199254740993)" = 9007199254740993 ] || lab_fail 1 "A value there has more digits than this jq keeps; jq 1.7 or newer is needed to change it."
}

apps_want() {
  local path each name value pairs='' hidden='' names='' old version
  apps_words "version output" "$@"
  [ ${#WORDS[@]} -ge 3 ] || misuse "Say where, which app, and how it should be: ./muster app want project/main hello running."
  is_known "${WORDS[2]}" "${APP_TARGETS[@]}" || unknown "target" "${WORDS[2]}" "${APP_TARGETS[@]}"
  for each in "${WORDS[@]:3}"; do
    [[ $each =~ ^(-[A-Za-z_][A-Za-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*=.*)$ ]] || misuse "'$each' is no NAME=VALUE and no -NAME."
  done
  lab_ready
  path=$(apps_place "${WORDS[0]}") || exit
  path+=/apps/$(lab_segment "${WORDS[1]}")
  lab_call GET "$path"
  old=$ANSWER
  apps_exact "$old"
  for each in "${WORDS[@]:3}"; do
    name=${each%%=*}
    name=${name#-}
    names+=${names:+,}\"$name\"
    [[ $each != -* ]] || continue
    value=${each#*=}
    case $value in
      @-) value=$(cat) ;;
      @*) value=$(apps_file "${value#@}") || exit ;;
    esac
    # What is a secret there stays one.
    if jq -e --arg name "$name" '.secrets | index($name)' <<<"$old" >/dev/null; then
      hidden+=",\"$name\":$(config_value "$value")"
    else
      pairs+=",\"$name\":$(config_value "$value")"
    fi
  done
  pairs=$(apps_joined "$(jq -c --argjson names "[$names]" '.environment | with_entries(select(.key as $key | $names | index($key) | not))' <<<"$old")" "$pairs")
  hidden=$(apps_joined "$(jq -c --argjson names "[$names]" '[.secrets[] | select(. as $key | $names | index($key) | not) | {key: ., value: null}] | from_entries' <<<"$old")" "$hidden")
  case ${OPTION[version]:-} in
    '') version=$(jq -c '.version // null' <<<"$old") ;;
    newest) version=null ;;
    *) version=$(jq -Rr '@json' <<<"${OPTION[version]}") ;;
  esac
  lab_send PUT "$path" --header 'Content-Type: application/json' --header "If-Match: \"$(jq -r .revision <<<"$old")\"" \
    <<<"{\"target\":\"${WORDS[2]}\",\"version\":$version,\"environment\":$pairs,\"secrets\":$hidden,\"ports\":$(jq -c .ports <<<"$old")}"
  say "${WORDS[0]} wants ${WORDS[1]} ${WORDS[2]}; devices get it when they are there."
}

# apps_joined <object> <members with a comma before each>: one object of both.
apps_joined() {
  local before=${1%\}} after=$2
  [ "$before" != '{' ] || after=${after#,}
  printf '%s%s}' "$before" "$after"
}

apps_inherit() {
  local path
  apps_words "" "$@"
  apps_need 2 "Say where and which app: ./muster app inherit group/hall-a hello."
  lab_ready
  path=$(apps_place "${WORDS[0]}") || exit
  path+=/apps/$(lab_segment "${WORDS[1]}")
  lab_call GET "$path"
  lab_ask DELETE "$URL/api/v1$path" --header 'Accept: application/problem+json' --header "If-Match: \"$(jq -r .revision <<<"$ANSWER")\"" || lab_refused
  say "${WORDS[0]} says nothing about ${WORDS[1]} any more."
}

# An app across devices, or a device's apps: an app's name is tried first.
apps_status() {
  local path
  apps_words "condition output" "$@"
  apps_need 1 "Say which app or which device: ./muster app status hello."
  lab_ready
  path=$(apps_path "${WORDS[0]}")
  if [[ ${WORDS[0]} =~ ^[a-z0-9]+(-[a-z0-9]+)*$ ]] && lab_try GET "$path"; then
    apps_pages "$path/installations?condition=$(lab_segment "${OPTION[condition]:-}")"
  else
    lab_call GET "/devices/$(lab_segment "${WORDS[0]}")/apps"
    ITEMS=$(jq -c --arg condition "${OPTION[condition]:-}" '[.items[] | select($condition == "" or .condition == $condition)]' <<<"$ANSWER")
  fi
  if [ "${OPTION[output]:-}" = json ]; then
    printf '%s\n' "$ITEMS"
  else
    lab_table DEVICE APP STANDING WANTED VERSION BY IS HAS SINCE <<<"$(jq -r '.[] | [.device, .app + (if .stage == "dev" then " (dev)" else "" end), .condition, .wanted.target // "-", .wanted.next // "-", .wanted.targetFrom // "-",
      (.reported.state // "-") + (if (.reported.failures // 0) > 1 then " (\(.reported.failures) times)" else "" end), .reported.version // "-", .reported.since // "-"] | map(tostring | gsub("[\\t\\n]"; " ") | if . == "" then "-" else . end) | @tsv' <<<"$ITEMS")"
  fi
}
