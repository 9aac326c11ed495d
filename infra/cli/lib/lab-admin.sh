# shellcheck shell=bash
# Whose a board is beside its holder, and what administrators of the lab do: taking boards out of service and back, the
# configuration, the audit.

lab_share() {
  local board path mode
  lab_words "with mode" "$@"
  [ -n "${OPTION[with]:-}" ] || misuse "Say with whom: ./muster lab share rpi4-1 --with bob --mode rw."
  mode=${OPTION[mode]:-ro}
  case $mode in ro | rw) ;; *) misuse "--mode is ro, to look, or rw, to use, not '$mode'." ;; esac
  lab_ready
  board=$(lab_board "${WORDS[0]:-}") || exit
  path=$(lab_segment "$board")
  lab_call POST "/lab/boards/$path/share" "$(jq -nc --arg user "${OPTION[with]}" --arg mode "$mode" '$ARGS.named')"
  if [ "$mode" = rw ]; then say "${OPTION[with]} may use $board."; else say "${OPTION[with]} may look at $board."; fi
}

lab_unshare() {
  local board
  lab_words "with" "$@"
  [ -n "${OPTION[with]:-}" ] || misuse "Say with whom no longer: ./muster lab unshare rpi4-1 --with bob."
  lab_ready
  board=$(lab_board "${WORDS[0]:-}") || exit
  lab_call POST "/lab/boards/$(lab_segment "$board")/share" "$(jq -nc --arg user "${OPTION[with]}" '$ARGS.named')"
  say "$board is not shared with ${OPTION[with]} any longer."
}

# The path of the board that is named. None is guessed: it is somebody else's, as a rule.
lab_named() {
  [ ${#WORDS[@]} -eq 1 ] || misuse "Say which board: ./muster lab $1 rpi4-1."
  printf '/lab/boards/%s' "$(lab_segment "${WORDS[0]}")"
}

lab_kick() {
  local path
  lab_words "" "$@"
  path=$(lab_named kick) || exit
  lab_ready
  lab_call POST "$path/kick"
  say "${WORDS[0]} is taken back and cleaned up."
}

lab_maintenance() {
  local path wish
  lab_words "note force" "$@"
  path=$(lab_named maintenance) || exit
  lab_ready
  wish=$(jq -nc --arg note "${OPTION[note]:-}" --arg force "${OPTION[force]:-}" '{note: $note, force: ($force == "yes")}')
  lab_call POST "$path/maintenance" "$wish"
  case $(jq -r .state <<<"$ANSWER") in
    preparing | reserved | releasing) say "${WORDS[0]} goes out of service when it is given back." ;;
    *) say "${WORDS[0]} is out of service." ;;
  esac
}

lab_return() {
  local path
  lab_words "" "$@"
  path=$(lab_named return) || exit
  lab_ready
  lab_call POST "$path/return"
  say "${WORDS[0]} is back in service."
}

readonly LAB_CONFIG_VERBS=(show check apply reload)

lab_config() {
  local verb=${1:-}
  case $verb in
    show | check | apply | reload) ;;
    --help | -h)
      help_lab
      exit 0
      ;;
    '') misuse "Say what to do with the configuration: ${LAB_CONFIG_VERBS[*]}. See ./muster help lab." ;;
    *) unknown "configuration command" "$verb" "${LAB_CONFIG_VERBS[@]}" ;;
  esac
  shift
  lab_words "output" "$@"
  case $verb:${#WORDS[@]} in
    show:0 | reload:0 | check:1 | apply:1) ;;
    show:* | reload:*) misuse "'${WORDS[0]}' is not expected here: ./muster lab config $verb." ;;
    *) misuse "Say which file: ./muster lab config $verb lab.conf." ;;
  esac
  lab_ready
  "lab_config_$verb" "${WORDS[@]}"
}

# Text and, as JSON, what it says beside it.
lab_config_show() {
  local text said='{}'
  lab_ask GET "$URL/api/v1/lab/configuration" --header 'Accept: text/plain, application/problem+json' || lab_refused
  text=$ANSWER
  if [ "${OPTION[output]:-}" = json ]; then
    # What was put in force long ago may be no longer what the server would take.
    if lab_upload POST :check - <<<"$text"; then said=$ANSWER; fi
    # Not as a word of the command line: it has secrets.
    jq --argjson said "$said" --raw-input --slurp '$said + {text: .[:-1]}' <<<"$text"
  else
    printf '%s' "$text"
    [ -z "$text" ] || [[ $text == *$'\n' ]] || printf '\n'
  fi
}

lab_config_check() {
  lab_sent POST :check "$1"
  lab_config_said "$(lab_called "$1") is in order: "
}

lab_config_apply() {
  lab_sent PUT '' "$1"
  lab_config_said "$(lab_called "$1") is in force: "
}

lab_config_reload() {
  lab_try POST /lab/configuration/reload || lab_misread 'the file of the server'
  lab_config_said "The server's file is in force: "
}

# What a file is called in a sentence.
lab_called() { if [ "$1" = - ]; then printf 'Standard input'; else printf '%s' "$1"; fi; }

# What the configuration in ANSWER has.
lab_config_said() {
  if [ "${OPTION[output]:-}" = json ]; then jq . <<<"$ANSWER"; fi
  say "$1$(jq -r '"boards \(.boards | length), classes \(.classes | length)."' <<<"$ANSWER")"
}

# lab_upload <method> <behind /configuration> <file>: its text as it is, never as a word of the command line: it has secrets.
lab_upload() {
  lab_ask "$1" "$URL/api/v1/lab/configuration$2" --header 'Accept: application/json, application/problem+json' \
    --header 'Content-Type: text/plain; charset=utf-8' --data-binary "@$3"
}

# lab_sent: the same; ends with the place of what is wrong.
lab_sent() {
  if [ "$3" != - ]; then
    [ -f "$3" ] || [ -p "$3" ] || fail "There is no file $3."
    [ -r "$3" ] || fail "The file $3 cannot be read."
  fi
  lab_upload "$@" || lab_misread "$3"
}

# lab_misread <file>: what is wrong with it as compilers say it, so that editors find the place; other refusals as ever.
lab_misread() {
  local place
  # The sentence names the place itself; once is enough.
  place=$(jq -r --arg file "$1" 'select(.code == "lab.configuration-invalid" and .details.line != null)
    | "\(.details.file // $file):\(.details.line):\(.details.column // 1): \(.detail | gsub("[\\n\\r]+"; " ") | sub("^.*?line [0-9]+, column [0-9]+(, |: )"; ""))"' <<<"$ANSWER" 2>/dev/null || true)
  [ -n "$place" ] || lab_refused
  lab_fail 1 "$place"
}

lab_audit() {
  local query name
  lab_words "board user since limit output" "$@"
  [ ${#WORDS[@]} -eq 0 ] || misuse "'${WORDS[0]}' is not expected here: ./muster lab audit --board rpi4-1."
  number limit 1 1000
  lab_since
  lab_ready
  query="limit=${OPTION[limit]:-100}"
  for name in board user since; do [ -z "${OPTION[$name]:-}" ] || query+="&$name=$(lab_segment "${OPTION[$name]}")"; done
  lab_ask GET "$WIRE/audit?$query" --header 'Accept: application/json' || lab_refused
  if [ "${OPTION[output]:-}" = json ]; then
    jq .items <<<"$ANSWER"
  else
    lab_table AT USER ACTION BOARD OUTCOME TOOK OF DETAIL <<<"$(jq -r '.items[] | [(.at | sub("\\.[0-9]+"; "")), .user, .action, .board // "-",
      .outcome + (if .code then " (\(.code))" else "" end), (if .duration then "\(.duration) s" else "-" end), .holder // "-", .detail // "-"]
      | map(tostring | gsub("[\\t\\n]"; " ") | if . == "" then "-" else . end) | @tsv' <<<"$ANSWER")"
  fi
  [ "$(jq -r '.next // empty' <<<"$ANSWER")" = '' ] || say "There is more: --limit says how much is shown, at most 1000; --since, --board and --user narrow it down."
}

# A time as it is, or how long ago.
lab_since() {
  local since=${OPTION[since]:-}
  [ -n "$since" ] || return 0
  if [[ $since =~ ^([1-9][0-9]{0,6}(s|min|m|h|d))+$ ]]; then
    OPTION[since]=$(date -u -d "-$(lab_seconds "$since") seconds" +%Y-%m-%dT%H:%M:%SZ)
  elif ! [[ $since =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$ ]]; then
    misuse "--since is a time such as 2026-11-20T08:00:00Z, or how long ago: 2h, 7d; not '$since'."
  fi
}
