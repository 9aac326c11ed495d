# shellcheck shell=bash
# Apps of a running server: the catalogue, and where an app should run. Calls are in lab-client.sh; what is said and done
# elsewhere is in apps-wishes.sh and apps-devices.sh.

readonly APP_VERBS=(list show create release offer yank remove places want inherit status go-on cancel logs terminal agent enrol rotate move end tell exec)

help_app() {
  cat <<'TEXT'
Examples:
  ./muster app create hello --file hello.json && ./muster app release hello 1.0.0 --arch 'amd64 arm64'
  ./muster app want project/main hello running
  ./muster app want group/hall-a hello running --version 1.0.0 GREETING=hi API_KEY=@key.txt
  ./muster app status hello && ./muster app status robot-7
  ./muster app logs robot-7 hello --follow
  ./muster app enrol robot-7 --file robot-7.flock

The catalogue:
  list                          all apps
  show APP                      one, with its releases
  create APP                    make one; --file has its description, parameters, ports, composition as JSON
  release APP VERSION           add a release
  offer APP VERSION             give it to devices that follow the newest
  yank APP VERSION              take it back
  remove APP                    take an app that nobody wants from the catalogue

Where it should run:
  places APP                    what all places say about it
  want PLACE APP TARGET [NAME=VALUE…] [-NAME…]
                                say how it should be there; TARGET is running, present, removed, uninstalled or inherit.
                                Parameters that are not named stay as they are; -NAME says no more about one.
                                NAME=@FILE takes the value from a file, @- from standard input
  inherit PLACE APP             say nothing there any more
  status APP | status DEVICE    what is wanted beside what is, across devices or on one

On a device:
  go-on DEVICE APP              let it go on that was called off or failed
  cancel DEVICE APP             call off what is under way
  logs DEVICE [APP]             what an app says, or the agent itself
  terminal DEVICE [APP]         a shell on the device, or in the app's container
  agent DEVICE                  its agent, and what it measured
  enrol DEVICE                  let its agent sign in; writes the file that it is started with
  rotate DEVICE                 a new secret and file; the old one is worth nothing
  move DEVICE PROJECT           to another project
  end DEVICE                    its agent may not sign in any more
  tell DEVICE ORDER             reboot, shutdown, restart, update or prune
  exec DEVICE -- COMMAND        run a command as root, for a minute at most

PLACE is project/NAME, group/PATH, or a device's id.

Options:
  --file FILE          what create reads, what enrol and rotate write; - is standard input or output
  --arch 'A B'         architectures of a release; none for all (release)
  --compose FILE       its composition, JSON (release)
  --notes TEXT         (release)    --why TEXT  (yank)
  --not-offered        for a rollout first (release)
  --version V          stay with a release; newest for the newest (want)
  --project NAME       into which project; else main (enrol)
  --condition WORD     only these: in-step, behind, under-way, held, no-release, failed, crash-loop (status)
  --tail N             how many lines of the past, 200 (logs)
  --follow             go on with what comes, until Ctrl-C (logs)
  --stage prod|dev     the release, or what is built on the device (logs, terminal, cancel)
  --all                all that no running container uses, volumes with their data too (tell prune)
  --output table|json

Environment:
  MUSTER_URL, MUSTER_TOKEN   the server and an API token with apps-read, apps-write, apps-operate, apps-shell as far as
                             they are needed

Exit codes:
  0 ok, 1 failed, 2 usage, 3 not found, 4 not allowed, 5 conflict, also a device that is away, 6 unreachable,
  7 timed out, 130 interrupted
TEXT
}

run_app() {
  local verb=${1:-}
  [ $# -gt 0 ] && shift
  case $verb in
    --help | -h | help)
      help_app
      exit 0
      ;;
    '') misuse "Say what to do with apps: ${APP_VERBS[*]}. See ./muster help app." ;;
  esac
  is_known "$verb" "${APP_VERBS[@]}" || unknown "app command" "$verb" "${APP_VERBS[@]}"
  "apps_${verb//-/_}" "$@"
}

# apps_words "<options>" "$@": sorts the command line into WORDS, REST (what is behind --) and OPTION.
apps_words() {
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
      --follow | --not-offered | --all) options+=("$word=yes") ;;
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
  read_options app "$known" "${options[@]}"
  number tail 1 5000
  case ${OPTION[output]:-table} in table | json) ;; *) misuse "--output is table or json, not '${OPTION[output]}'." ;; esac
  case ${OPTION[stage]:-prod} in prod | dev) ;; *) misuse "--stage is prod or dev, not '${OPTION[stage]}'." ;; esac
}

# apps_need <how many> <sentence>
apps_need() { [ ${#WORDS[@]} -eq "$1" ] || misuse "$2"; }

apps_path() { printf '/apps/%s' "$(lab_segment "$1")"; }

# The key of a project that was named, or given by its key.
apps_project() {
  local key
  lab_call GET /projects
  key=$(jq -r --arg name "$1" 'first(.items[] | select(.name == $name or (.key | tostring) == $name) | .key) // ""' <<<"$ANSWER")
  [ -n "$key" ] || lab_fail 3 "There is no project '$1'; there are $(jq -r '[.items[].name] | join(", ")' <<<"$ANSWER")."
  printf '%s' "$key"
}

# The address of a place. A slash in the path of a group is ~1 there.
apps_place() {
  local name=${1#*/} tilde='~0' slash='~1' key
  case $1 in
    project/?*)
      key=$(apps_project "$name") || exit
      printf '/projects/%s' "$key"
      ;;
    group/?*)
      name=${name//'~'/$tilde}
      name=${name//'/'/$slash}
      printf '/groups/%s' "$(lab_segment "$name")"
      ;;
    device/?*) printf '/devices/%s' "$(lab_segment "$name")" ;;
    '' | */*) misuse "There is no place '$1'; it is project/NAME, group/PATH, or a device's id." ;;
    *) printf '/devices/%s' "$(lab_segment "$1")" ;;
  esac
}

# apps_pages <path>: reads a list page by page into ITEMS.
apps_pages() {
  local cursor='' page path="$1?"
  [[ $1 != *\?* ]] || path="$1&"
  ITEMS='[]'
  while true; do
    lab_call GET "${path}limit=1000${cursor:+&cursor=$(lab_segment "$cursor")}"
    page=$ANSWER
    ITEMS=$(jq -c --slurpfile before <(printf '%s' "$ITEMS") '$before[0] + .items' <<<"$page")
    cursor=$(jq -r '.next // ""' <<<"$page")
    [ -n "$cursor" ] || break
  done
}

apps_list() {
  apps_words "output" "$@"
  apps_need 0 "'${WORDS[0]:-}' is not expected here; './muster app show' shows one app."
  lab_ready
  apps_pages /apps
  if [ "${OPTION[output]:-}" = json ]; then
    printf '%s\n' "$ITEMS"
  else
    lab_table APP NEWEST RELEASES MADE DESCRIPTION <<<"$(jq -r '.[] | [.name, .newest // "-", .releases, .createdAt, (.description | split("\n")[0] // "")] | map(tostring | gsub("[\\t\\n]"; " ") | if . == "" then "-" else . end) | @tsv' <<<"$ITEMS")"
  fi
}

apps_show() {
  apps_words "output" "$@"
  apps_need 1 "Say which app: ./muster app show hello."
  lab_ready
  lab_call GET "$(apps_path "${WORDS[0]}")"
  if [ "${OPTION[output]:-}" = json ]; then
    printf '%s\n' "$ANSWER"
    return 0
  fi
  jq -r '[["app", .name], ["key", .key], ["description", (.description | split("\n")[0] // "")], ["made", .createdAt], ["parameters", (.environmentTemplate | to_entries | map(.key + (if .value.secret then " (secret)" else "" end)) | join(", "))],
    ["ports", ([.ports[] | "\(.port)/\(.protocol)"] | join(", "))], ["containers", (if .compose then (.compose.services | keys | join(", ")) else "one" end)]]
    | .[] | select(.[1] != null and .[1] != "") | "\(.[0]):\t\(.[1])"' <<<"$ANSWER" | expand -t 14
  echo
  lab_table VERSION ARCHITECTURES STANDING MADE NOTES <<<"$(jq -r '.releases[] | [.version, (if .architectures == [] then "all" else (.architectures | join(",")) end),
    (if .yanked != null then "taken back" elif .offered then "offered" else "not offered" end), .createdAt, .yanked // .notes] | map(tostring | gsub("[\\t\\n]"; " ") | if . == "" then "-" else . end) | @tsv' <<<"$ANSWER")"
}

# apps_file <file>: prints a file, or standard input.
apps_file() {
  local file=$1
  if [ "$file" = - ]; then file=/dev/stdin; else
    { [ -f "$file" ] && [ -r "$file" ]; } || lab_fail 1 "$file cannot be read."
  fi
  cat -- "$file"
}

apps_create() {
  local text='{}' inner
  apps_words "file output" "$@"
  apps_need 1 "Say its name: ./muster app create hello --file hello.json."
  lab_ready
  if [ -n "${OPTION[file]:-}" ]; then text=$(apps_file "${OPTION[file]}") || exit; fi
  jq -e 'type == "object"' <<<"$text" >/dev/null 2>&1 || lab_fail 1 "${OPTION[file]:-It} is no JSON object."
  # As it is written: numbers may be longer than jq keeps.
  inner=${text#*\{}
  [ "$(jq 'length' <<<"$text")" = 0 ] || inner=",$inner"
  lab_send POST /apps --header 'Content-Type: application/json' <<<"{\"name\":$(jq -Rr '@json' <<<"${WORDS[0]}")$inner"
  if [ "${OPTION[output]:-}" = json ]; then printf '%s\n' "$ANSWER"; else jq -r .name <<<"$ANSWER"; fi
}

apps_release() {
  local body compose=null
  apps_words "arch compose notes not-offered output" "$@"
  apps_need 2 "Say which app and which version: ./muster app release hello 1.0.0."
  lab_ready
  if [ -n "${OPTION[compose]:-}" ]; then
    compose=$(apps_file "${OPTION[compose]}") || exit
    jq -e 'type == "object"' <<<"$compose" >/dev/null 2>&1 || lab_fail 1 "${OPTION[compose]} is no JSON object."
  fi
  body=$(jq -cn --arg version "${WORDS[1]}" --arg notes "${OPTION[notes]:-}" --arg arch "${OPTION[arch]:-}" --arg held "${OPTION[not-offered]:-}" \
    '{version: $version, notes: $notes, offered: ($held == ""), architectures: ($arch | split("[, ]+"; null) | map(select(. != "")))}')
  lab_send POST "$(apps_path "${WORDS[0]}")/releases" --header 'Content-Type: application/json' <<<"${body%\}},\"compose\":$compose}"
  if [ "${OPTION[output]:-}" = json ]; then printf '%s\n' "$ANSWER"; else jq -r .version <<<"$ANSWER"; fi
}

apps_offer() {
  apps_words "" "$@"
  apps_need 2 "Say which app and which version: ./muster app offer hello 1.0.0."
  lab_ready
  lab_call POST "$(apps_path "${WORDS[0]}")/releases/$(lab_segment "${WORDS[1]}")/offer"
  say "Devices that follow the newest get it, when it is that."
}

apps_yank() {
  apps_words "why" "$@"
  apps_need 2 "Say which app and which version: ./muster app yank hello 1.0.0 --why 'it forgets'."
  lab_ready
  lab_call POST "$(apps_path "${WORDS[0]}")/releases/$(lab_segment "${WORDS[1]}")/yank" "$(jq -cn --arg why "${OPTION[why]:-}" '{why: $why}')"
  say "Nobody gets ${WORDS[1]} any more; who has it keeps it until there is another."
}

apps_remove() {
  local path
  apps_words "" "$@"
  apps_need 1 "Say which app: ./muster app remove hello."
  lab_ready
  path=$(apps_path "${WORDS[0]}")
  lab_call GET "$path"
  lab_ask DELETE "$URL/api/v1$path" --header 'Accept: application/problem+json' --header "If-Match: \"$(jq -r .revision <<<"$ANSWER")\"" || lab_refused
  say "${WORDS[0]} is not in the catalogue any more."
}
