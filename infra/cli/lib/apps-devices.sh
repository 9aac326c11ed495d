# shellcheck shell=bash
# What is done on devices through their agents: files, logs, shells, orders.

readonly AGENT_ORDERS=(reboot shutdown restart update prune)

apps_device() { printf '/devices/%s' "$(lab_segment "$1")"; }

apps_go_on() {
  apps_words "" "$@"
  apps_need 2 "Say on which device and which app: ./muster app go-on robot-7 hello."
  lab_ready
  lab_call POST "$(apps_device "${WORDS[0]}")/apps/$(lab_segment "${WORDS[1]}")/update"
  say "It goes on."
}

apps_cancel() {
  apps_words "stage" "$@"
  apps_need 2 "Say on which device and which app: ./muster app cancel robot-7 hello."
  lab_ready
  lab_call POST "$(apps_device "${WORDS[0]}")/apps/$(lab_segment "${WORDS[1]}")/cancel?stage=${OPTION[stage]:-prod}"
  say "Called off; nothing new comes until './muster app go-on ${WORDS[0]} ${WORDS[1]}'."
}

# A line from a device without what a terminal would take for an order.
readonly APPS_PLAIN='gsub("\u001b\\[[0-?]*[ -/]*[@-~]"; "") | gsub("[\\x00-\\x08\\x0b-\\x1f\\x7f]"; "")'

apps_logs() {
  local path
  apps_words "tail follow stage output" "$@"
  case ${#WORDS[@]} in 1 | 2) ;; *) misuse "Say on which device, and which app: ./muster app logs robot-7 hello." ;; esac
  lab_ready
  path=$(apps_device "${WORDS[0]}")
  if [ ${#WORDS[@]} -eq 1 ]; then
    [ -z "${OPTION[follow]:-}" ] || misuse "An agent's own log cannot be followed; say which app."
    lab_call GET "$path/agent/logs?tail=${OPTION[tail]:-200}"
  else
    path+=/apps/$(lab_segment "${WORDS[1]}")/logs
    lab_call GET "$path?stage=${OPTION[stage]:-prod}&tail=${OPTION[tail]:-200}"
  fi
  if [ "${OPTION[output]:-}" = json ]; then printf '%s\n' "$ANSWER"; else jq -r ".lines[] | $APPS_PLAIN" <<<"$ANSWER"; fi
  [ -z "${OPTION[follow]:-}" ] || apps_follow "$path?stage=${OPTION[stage]:-prod}"
}

# apps_follow <path>: prints what comes, until it is interrupted or the server ends it.
apps_follow() {
  local status=0
  curl --silent --no-buffer --fail --connect-timeout "$LAB_CONNECT" --header 'Accept: text/event-stream' \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$TOKEN") -- "$URL/api/v1$1" |
    jq -Rr --unbuffered "select(startswith(\"data:\")) | .[5:] | fromjson? | (.text // (if .file then \"\(.file) \(.progress)\" elif .items then \"… \(.items) messages are missing here\" else empty end)) | split(\"\n\")[] | $APPS_PLAIN" || status=$?
  [ "$status" -eq 0 ] || lab_fail 6 "The log broke off."
}

apps_terminal() {
  local saved='' status=0 path size
  apps_words "stage" "$@"
  case ${#WORDS[@]} in 1 | 2) ;; *) misuse "Say on which device, and in which app's container if not on the device itself: ./muster app terminal robot-7 hello." ;; esac
  lab_ready
  path=$(apps_device "${WORDS[0]}")
  [ ${#WORDS[@]} -eq 1 ] || path+=/apps/$(lab_segment "${WORDS[1]}")
  path+="/terminal?stage=${OPTION[stage]:-prod}"
  say "Terminal on ${WORDS[0]}. Its end ends this; Ctrl-] then q leaves."
  if [ -t 0 ]; then
    size=$(stty size)
    path+="&rows=${size% *}&columns=${size#* }"
    saved=$(stty -g)
    # shellcheck disable=SC2064
    trap "stty '$saved'" EXIT
    stty raw -echo
  fi
  WIRE=$URL/api/v1 lab_bridge shell "$path" || status=$?
  [ -z "$saved" ] || stty "$saved"
  say ""
  exit "$status"
}

apps_agent() {
  apps_words "output" "$@"
  apps_need 1 "Say which device: ./muster app agent robot-7."
  lab_ready
  lab_call GET "$(apps_device "${WORDS[0]}")/agent"
  if [ "${OPTION[output]:-}" = json ]; then
    printf '%s\n' "$ANSWER"
  else
    jq -r '[["device", .device], ["status", .status], ["since", .statusSince], ["project", .projectName], ["version", .system.agentVersion], ["architecture", .architecture], ["system", .system.os], ["tunnels", (if .tunnelCapable then "yes" else "no" end)],
      ["serial", .serial], ["memory", (if .reading then "\(.reading.stats.memoryUsed) of \(.reading.stats.memoryTotal) bytes" else null end)], ["disk", (if .reading then "\(.reading.stats.storageFree) of \(.reading.stats.storageTotal) bytes free" else null end)]]
      | .[] | select(.[1] != null and .[1] != "") | "\(.[0]):\t\(.[1])"' <<<"$ANSWER" | expand -t 14
  fi
}

# apps_keep <device>: writes the agent's file in ANSWER, readable for its owner alone. It is there this once.
apps_keep() {
  local file=${OPTION[file]:-${1//[^A-Za-z0-9._-]/-}.flock}
  if [ "$file" = - ]; then
    printf '%s\n' "$ANSWER"
  elif (umask 077 && printf '%s\n' "$ANSWER" >"$file") 2>/dev/null; then
    printf '%s\n' "$file"
    say "It holds the agent's secret, and is not told again. Start the agent with -config $file."
  else
    # Better on the screen than lost.
    printf '%s\n' "$ANSWER"
    lab_fail 1 "$file cannot be written; this is the file, it is not told again."
  fi
}

apps_enrol() {
  local body='{}' key
  apps_words "project file" "$@"
  apps_need 1 "Say which device: ./muster app enrol robot-7 --file robot-7.flock."
  lab_ready
  if [ -n "${OPTION[project]:-}" ]; then
    key=$(apps_project "${OPTION[project]}") || exit
    body="{\"project\":$key}"
  fi
  lab_call POST "$(apps_device "${WORDS[0]}")/agent" "$body"
  apps_keep "${WORDS[0]}"
}

apps_rotate() {
  apps_words "file" "$@"
  apps_need 1 "Say which device: ./muster app rotate robot-7 --file robot-7.flock."
  lab_ready
  lab_call POST "$(apps_device "${WORDS[0]}")/agent/secret"
  apps_keep "${WORDS[0]}"
}

apps_move() {
  local key
  apps_words "" "$@"
  apps_need 2 "Say which device and to which project: ./muster app move robot-7 field."
  lab_ready
  key=$(apps_project "${WORDS[1]}") || exit
  lab_call PUT "$(apps_device "${WORDS[0]}")/agent/project" "{\"project\":$key}"
  say "${WORDS[0]} is in project ${WORDS[1]}; it needs no new file."
}

apps_end() {
  apps_words "" "$@"
  apps_need 1 "Say which device: ./muster app end robot-7."
  lab_ready
  lab_call DELETE "$(apps_device "${WORDS[0]}")/agent"
  say "The agent of ${WORDS[0]} cannot sign in any more."
}

apps_tell() {
  local query=''
  apps_words "all output" "$@"
  apps_need 2 "Say which device and what: ./muster app tell robot-7 reboot."
  is_known "${WORDS[1]}" "${AGENT_ORDERS[@]}" || unknown "order" "${WORDS[1]}" "${AGENT_ORDERS[@]}"
  [ -z "${OPTION[all]:-}" ] || [ "${WORDS[1]}" = prune ] || misuse "--all is for prune."
  [ -z "${OPTION[all]:-}" ] || query='?all=true'
  lab_ready
  lab_call POST "$(apps_device "${WORDS[0]}")/agent/${WORDS[1]}$query"
  [ -z "$ANSWER" ] || jq . <<<"$ANSWER"
  say "Told; it is on record."
}

# Each word as a JSON string, whatever is in it.
apps_strings() {
  local word
  for word in "$@"; do printf '%s' "$word" | jq -Rs .; done
}

apps_exec() {
  apps_words "output" "$@"
  if [ ${#WORDS[@]} -ne 1 ] || [ ${#REST[@]} -eq 0 ]; then misuse "Say which device, and a command behind --: ./muster app exec robot-7 -- uname -a."; fi
  lab_ready
  # A command may hold what others should not see in a list of processes.
  lab_send POST "$(apps_device "${WORDS[0]}")/agent/execute" --header 'Content-Type: application/json' < <(apps_strings "${REST[@]}" | jq -cs '{command: .[0], arguments: .[1:], waitMillis: 60000}')
  if [ "${OPTION[output]:-}" = json ]; then printf '%s\n' "$ANSWER"; else jq -j .output <<<"$ANSWER"; fi
}
