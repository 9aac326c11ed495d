# shellcheck shell=bash
# Tests of the lab commands, for test.sh. They need jq, as the commands do.

# A server that is only a curl: it notes each call and answers with what `answer` laid down.
given_a_lab() {
  command -v jq >/dev/null || exit 0
  mkdir -p "$PROJECT/answers"
  export MUSTER_URL=http://lab.test MUSTER_TOKEN=mst_secret
  cat >"$PROJECT/bin/curl" <<'CURL'
#!/usr/bin/env bash
home=$(dirname "$0")/..
method=GET body=''
while [ $# -gt 0 ]; do
  case $1 in
    --request) method=$2; shift ;;
    --header) headers+="$2;"; shift ;;
    --data-binary) body=$2; shift ;;
    --config) config=$(cat "$2"); shift ;;
    http*) url=$1 ;;
  esac
  shift
done
path=${url#http://lab.test/api/v1}
echo "$method $path $body" >>"$home/calls"
echo "$config" >"$home/config"
echo "${headers:-}" >"$home/headers"
case $body in @-) cat >"$home/sent" ;; @*) cp -- "${body#@}" "$home/sent" ;; esac
key=$home/answers/${method}_${path//\//_}
n=$(grep -cF "$method $path " "$home/calls")
[ ! -f "$key.$n" ] || key=$key.$n
[ -f "$key" ] || { [ ! -e "$home/unreachable" ] || { echo 'curl: (7) Failed to connect'; printf '\n000'; exit 7; }; printf '{"title":"Not Found","code":"lab.no-such-board","hint":"Look at the list."}\n404'; exit; }
printf '%s\n%s' "$(tail -n +2 "$key")" "$(head -n 1 "$key")"
CURL
  chmod +x "$PROJECT/bin/curl"
}

# answer <METHOD> <path> <status> <json> [nth]: how the server answers, from then on or only the nth time.
answer() { printf '%s\n%s\n' "$3" "$4" >"$PROJECT/answers/$1_${2//\//_}${5:+.$5}"; }

readonly MINE='{"name":"rpi4-1","brdclass":"rpi4","state":"reserved","power":"on","powering":false,"mine":true,"environment":{"attrs":{"ip":"192.0.2.7"}},"reservation":{"id":"r1","holder":"user:1","expiresAt":"2026-11-26T23:00:00Z"}}'

reservingPrintsTheBoardAndSaysWhatWasAskedFor() {
  given_a_lab
  answer POST /lab/reservations 201 '{"name":"rpi4-1"}'
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  echo 'ssh-ed25519 AAAA me' >"$PROJECT/key.pub"
  muster lab reserve rpi4 --for 2h --purpose 'boot "test"' --ssh-key "$PROJECT/key.pub"
  exits 0
  [ "$OUT" = rpi4-1 ] || no "stdout is $OUT"
  says "yours until 2026-11-26T23:00:00Z"
  grep -qF 'POST /lab/reservations {"duration":"2h","purpose":"boot \"test\"","sshpubkey":"ssh-ed25519 AAAA me","class":"rpi4"}' "$PROJECT/calls" || no "$(cat "$PROJECT/calls")"
  grep -qF 'Authorization: Bearer mst_secret' "$PROJECT/config" || no "the token was not sent"
}

theOtherClientsNamesOfServerAndTokenDoAsWell() {
  given_a_lab
  answer GET /lab/boards 200 '{"items":[]}'
  unset MUSTER_URL MUSTER_TOKEN
  BITELAB_URL=http://lab.test/bitelab/ BITELAB_AUTH=bl_other muster lab list
  exits 0
  says "There is none"
  grep -qF 'Bearer bl_other' "$PROJECT/config" || no "the token was not sent"
}

theServerIsFoundFromEitherClientsAddress() {
  given_a_lab
  unset MUSTER_URL
  local base
  # Each line: what is given, where the server's own API is, where that of lab clients.
  while read -r given own wire; do
    for base in "$given" "$given/" "$given//"; do
      rm -f "$PROJECT/calls"
      (export "${base?}" && muster lab status rpi4-1) || no "$base"
      grep -qF "GET ${own#http://lab.test/api/v1}/lab/boards/rpi4-1 " "$PROJECT/calls" || no "with $base: $(cat "$PROJECT/calls")"
      (export "${base?}" && muster lab tunnel rpi4-1 && says "Tunnel.java raw ws${wire#http}/board/rpi4-1/ssh/ws") || no "with $base"
    done
  done <<'ADDRESSES'
MUSTER_URL=http://lab.test http://lab.test/api/v1 http://lab.test/bitelab
MUSTER_URL=http://lab.test/muster-prefix http://lab.test/muster-prefix/api/v1 http://lab.test/muster-prefix/bitelab
MUSTER_URL=http://lab.test/bitelab http://lab.test/api/v1 http://lab.test/bitelab
BITELAB_URL=http://lab.test http://lab.test/api/v1 http://lab.test/bitelab
BITELAB_URL=http://lab.test/bitelab http://lab.test/api/v1 http://lab.test/bitelab
BITELAB_URL=http://lab.test/boards http://lab.test/api/v1 http://lab.test/boards
BITELAB_URL=http://lab.test/muster-prefix/bitelab http://lab.test/muster-prefix/api/v1 http://lab.test/muster-prefix/bitelab
ADDRESSES
  MUSTER_URL=ftp://lab.test muster lab list
  exits 2
  says "MUSTER_URL is no address"
  BITELAB_URL='http://lab.test/bitelab?x=1' muster lab list
  exits 2
  says "BITELAB_URL is no address"
}

aRefusalIsOneLineWithCodeSentenceAndHint() {
  given_a_lab
  local status
  for status in 409:5 403:4 401:4 404:3 503:1 422:1; do
    answer POST /lab/reservations "${status%:*}" '{"title":"No","detail":"None is free.","code":"lab.none-free","hint":"Wait for one."}'
    muster lab reserve rpi4
    exits "${status#*:}"
    [ "$(tail -n 1 <<<"$ERR")" = "lab.none-free: None is free. Wait for one." ] || no "last line is $(tail -n 1 <<<"$ERR")"
  done
  answer POST /lab/reservations 422 '{"detail":"There is no class rpi5.","code":"lab.unsatisfiable"}'
  muster lab reserve rpi5
  exits 3
}

aServerThatIsNotThereIsExitCode6() {
  given_a_lab
  touch "$PROJECT/unreachable"
  muster lab list
  exits 6
  says "http://lab.test cannot be reached: (7) Failed to connect"
}

withoutServerTokenOrSenseNothingIsCalled() {
  given_a_lab
  MUSTER_URL='' muster lab list
  exits 2
  MUSTER_TOKEN='' muster lab list
  exits 4
  muster lab reserve rpi4 --for soon
  exits 2
  muster lab power up
  exits 2
  muster lab relaese
  exits 2
  says "did you mean 'release'"
  echo '-----BEGIN OPENSSH PRIVATE KEY-----' >"$PROJECT/key"
  muster lab reserve rpi4 --ssh-key "$PROJECT/key"
  exits 1
  says "private key"
  [ ! -e "$PROJECT/calls" ] || no "$(cat "$PROJECT/calls")"
}

waitingTellsThePlaceAndEndsWithTheBoard() {
  given_a_lab
  answer POST /lab/reservations 202 '{"id":"q1","state":"waiting","position":2}'
  answer GET '/lab/reservations/q1?wait=3s' 200 '{"id":"q1","state":"waiting","position":2}' 1
  answer GET '/lab/reservations/q1?wait=3s' 200 '{"id":"q1","state":"waiting","position":1}' 2
  answer GET '/lab/reservations/q1?wait=3s' 200 '{"id":"q1","state":"fulfilled","position":0,"board":"rpi4-1"}' 3
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  muster lab reserve rpi4 --wait 10m
  exits 0
  says "number 2 in line"
  says "number 1 in line"
  [ "$OUT" = rpi4-1 ] || no "stdout is $OUT"
  grep -qE 'POST /lab/reservations \{"class":"rpi4","until":"20[0-9T:-]+Z"\}' "$PROJECT/calls" || no "$(cat "$PROJECT/calls")"
}

whoDoesNotWaitIsNotLeftInTheQueue() {
  given_a_lab
  answer POST /lab/reservations 202 '{"id":"q1","state":"waiting","place":1}'
  answer GET '/lab/reservations/q1?wait=3s' 200 '{"id":"q1","state":"waiting","position":1}'
  answer DELETE /lab/reservations/q1 204 ''
  muster lab reserve rpi4
  exits 5
  says "lab.none-free: None is free"
  [ "$(tail -n 1 "$PROJECT/calls")" = "DELETE /lab/reservations/q1 " ] || no "$(cat "$PROJECT/calls")"
}

aBoardByItsNameIsReservedAtOnceOrNotAtAll() {
  given_a_lab
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  answer POST /lab/boards/rpi4-1/reserve 409 '{"code":"lab.reserved","detail":"It is reserved."}'
  muster lab reserve rpi4-1
  exits 5
  says "lab.reserved: It is reserved."
}

whoWaitedInVainIsTold() {
  given_a_lab
  answer POST /lab/reservations 202 '{"id":"q1","state":"waiting","position":2}'
  answer GET '/lab/reservations/q1?wait=3s' 200 '{"id":"q1","state":"expired","position":0}'
  muster lab reserve rpi4 --wait 10m
  exits 7
  says "No board became free within 10m"
}

whoIsInterruptedLeavesTheQueue() {
  given_a_lab
  answer POST /lab/reservations 202 '{"id":"q1"}'
  answer GET '/lab/reservations/q1?wait=3s' 200 '{"id":"q1","state":"waiting","position":1}'
  answer DELETE /lab/reservations/q1 204 ''
  interrupted TERM lab reserve rpi4 --wait 10m
  exits 143
  grep -q 'DELETE /lab/reservations/q1' "$PROJECT/calls" || no "$(cat "$PROJECT/calls")"
}

withTellsItsCommandTheBoardAndReleasesIt() {
  given_a_lab
  answer POST /lab/reservations 201 '{"name":"rpi4-1"}'
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  answer POST /lab/boards/rpi4-1/release 200 '{"name":"rpi4-1","state":"free"}'
  # shellcheck disable=SC2016 # for the command itself to read
  muster lab with rpi4 -- bash -c 'echo "$MUSTER_BOARD $MUSTER_BOARD_CLASS $MUSTER_RESERVATION $MUSTER_BOARD_IP"; exit 9'
  exits 9
  [ "$OUT" = "rpi4-1 rpi4 r1 192.0.2.7" ] || no "stdout is $OUT"
  says "rpi4-1 is released"
  [ "$(tail -n 1 "$PROJECT/calls")" = "POST /lab/boards/rpi4-1/release " ] || no "$(cat "$PROJECT/calls")"
}

withReleasesAlsoWhenItIsInterrupted() {
  given_a_lab
  answer POST /lab/reservations 201 '{"name":"rpi4-1"}'
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  answer POST /lab/boards/rpi4-1/release 200 '{"name":"rpi4-1","state":"free"}'
  local signal
  for signal in TERM:143 INT:130; do
    rm -f "$PROJECT/calls"
    interrupted "${signal%:*}" lab with rpi4 -- sleep 30
    exits "${signal#*:}"
    [ "$(tail -n 1 "$PROJECT/calls")" = "POST /lab/boards/rpi4-1/release " ] || no "$(cat "$PROJECT/calls")"
  done
}

aBoardThatCannotBeReleasedMakesWithFail() {
  given_a_lab
  answer POST /lab/reservations 201 '{"name":"rpi4-1"}'
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  answer POST /lab/boards/rpi4-1/release 503 '{"code":"lab.release-failed","detail":"It is faulty now."}'
  muster lab with rpi4 -- true
  exits 1
  says "rpi4-1 could not be released: lab.release-failed: It is faulty now."
}

powerWaitsUntilTheSwitchConfirms() {
  given_a_lab
  answer POST /lab/boards/rpi4-1/power/cycle 202 '{}'
  answer GET /lab/boards/rpi4-1 200 "${MINE/'"powering":false'/'"powering":true'}" 1
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  muster lab power cycle rpi4-1
  exits 0
  [ "$OUT" = on ] || no "stdout is $OUT"
  answer GET /lab/boards/rpi4-1 200 "${MINE/'"power":"on"'/'"power":null'}"
  muster lab power status rpi4-1
  exits 0
  [ "$OUT" = unknown ] || no "stdout is $OUT"
  answer POST /lab/boards/rpi4-1/power/off 202 '{}'
  muster lab power off rpi4-1
  exits 1
  says "does not confirm"
}

withoutABoardTheOneThatIsMineIsMeant() {
  given_a_lab
  answer "GET" "/lab/boards?mine=true" 200 "{\"items\":[$MINE]}"
  answer POST /lab/boards/rpi4-1/release 200 '{}'
  muster lab release
  exits 0
  answer "GET" "/lab/boards?mine=true" 200 "{\"items\":[$MINE,${MINE/rpi4-1/rpi4-2}]}"
  muster lab release
  exits 2
  says "rpi4-1, rpi4-2"
  answer "GET" "/lab/boards?mine=true" 200 '{"items":[]}'
  muster lab release
  exits 3
  MUSTER_BOARD=rpi4-1 muster lab release
  exits 0
}

boardsAndQueueAreTablesOrJson() {
  given_a_lab
  answer GET "/lab/boards?class=rpi4&mine=true" 200 "{\"items\":[$MINE]}"
  muster lab list --class rpi4 --mine
  exits 0
  [[ $OUT == NAME*CLASS*rpi4-1*reserved*on*you* ]] || no "stdout is $OUT"
  muster lab list --class rpi4 --mine --output json
  [ "$(jq -r '.[0].name' <<<"$OUT")" = rpi4-1 ] || no "stdout is $OUT"
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  muster lab status rpi4-1
  [[ $OUT == *"ip:"*192.0.2.7* ]] || no "stdout is $OUT"
  answer GET /lab/reservations 200 '{"items":[{"id":"q1","state":"waiting","position":1,"selector":{"brdclass":"rpi4"},"holder":"user:2","holderName":"ilya","queuedAt":"2026-11-26T22:00:00Z"}]}'
  muster lab queue
  [[ $OUT == PLACE*1*rpi4*waiting*ilya*q1* ]] || no "stdout is $OUT"
}

aNameThatIsNoPartOfAnAddressIsEncoded() {
  given_a_lab
  muster lab status 'a/b c?'
  exits 3
  grep -qF 'GET /lab/boards/a%2Fb%20c%3F' "$PROJECT/calls" || no "$(cat "$PROJECT/calls")"
}

whatGoesOverAWebSocketIsLeftToTheBridge() {
  given_a_lab
  muster lab tunnel rpi4-1
  says "Tunnel.java raw ws://lab.test/bitelab/board/rpi4-1/ssh/ws"
  does_not_say mst_secret
  muster lab exec rpi4-1 -- uname -a
  says "Tunnel.java exec ws://lab.test/bitelab/board/rpi4-1/exec/ws uname -a"
  muster lab console rpi4-1
  says "Tunnel.java console ws://lab.test/bitelab/board/rpi4-1/console/ws?mode=rw&replay=16384"
  MUSTER_TOKEN='' MUSTER_URL=https://lab.test muster lab contssh
  says "Tunnel.java raw wss://lab.test/bitelab/contssh/ws"
}

sharingTellsWhoAndHow() {
  given_a_lab
  answer POST /lab/boards/rpi4-1/share 200 '{"name":"rpi4-1"}'
  muster lab share rpi4-1 --with 'bob "b"'
  exits 0
  says "may look at rpi4-1"
  [ -z "$OUT" ] || no "stdout is $OUT"
  MUSTER_BOARD=rpi4-1 muster lab share --with bob --mode rw
  says "bob may use rpi4-1"
  muster lab unshare rpi4-1 --with bob
  exits 0
  [ "$(cat "$PROJECT/calls")" = 'POST /lab/boards/rpi4-1/share {"user":"bob \"b\"","mode":"ro"}
POST /lab/boards/rpi4-1/share {"user":"bob","mode":"rw"}
POST /lab/boards/rpi4-1/share {"user":"bob"}' ] || no "$(cat "$PROJECT/calls")"
  rm "$PROJECT/calls"
  muster lab share rpi4-1
  exits 2
  muster lab share rpi4-1 --with bob --mode all
  exits 2
  [ ! -e "$PROJECT/calls" ] || no "$(cat "$PROJECT/calls")"
}

whatAdministratorsDoToBoardsIsSaid() {
  given_a_lab
  answer POST /lab/boards/rpi4-1/kick 200 '{"name":"rpi4-1","state":"free"}'
  answer POST /lab/boards/rpi4-1/maintenance 200 '{"name":"rpi4-1","state":"reserved"}'
  answer POST /lab/boards/rpi4-1/return 200 '{"name":"rpi4-1","state":"free"}'
  muster lab kick rpi4-1
  exits 0
  says "rpi4-1 is taken back"
  muster lab maintenance rpi4-1 --note fan
  exits 0
  says "goes out of service when it is given back"
  answer POST /lab/boards/rpi4-1/maintenance 200 '{"name":"rpi4-1","state":"maintenance"}'
  muster lab maintenance --force rpi4-1
  exits 0
  says "rpi4-1 is out of service."
  grep -qxF 'POST /lab/boards/rpi4-1/maintenance {"note":"fan","force":false}' "$PROJECT/calls" || no "$(cat "$PROJECT/calls")"
  grep -qxF 'POST /lab/boards/rpi4-1/maintenance {"note":"","force":true}' "$PROJECT/calls" || no "$(cat "$PROJECT/calls")"
  muster lab return rpi4-1
  exits 0
  [ -z "$OUT" ] || no "stdout is $OUT"
  answer POST /lab/boards/rpi4-1/kick 403 '{"code":"identity.not-allowed","detail":"You may not."}'
  muster lab kick rpi4-1
  exits 4
}

noBoardIsGuessedWhereItIsSomebodyElses() {
  given_a_lab
  local verb
  for verb in kick maintenance return; do
    MUSTER_BOARD=rpi4-1 muster lab "$verb"
    exits 2
    says "./muster lab $verb rpi4-1"
  done
  [ ! -e "$PROJECT/calls" ] || no "$(cat "$PROJECT/calls")"
}

theConfigurationIsShownAsItIs() {
  given_a_lab
  answer GET /lab/configuration 200 'classes { toy { arch = none } }
# the end'
  answer POST /lab/configuration:check 200 '{"classes":["toy"],"boards":[],"setupScript":false}'
  muster lab config show
  exits 0
  [ "$OUT" = $'classes { toy { arch = none } }\n# the end' ] || no "stdout is $OUT"
  grep -qF 'Accept: text/plain' "$PROJECT/headers" || no "$(cat "$PROJECT/headers")"
  muster lab config show --output json
  exits 0
  [ "$(jq -r '.classes[0], .text' <<<"$OUT")" = $'toy\nclasses { toy { arch = none } }\n# the end' ] || no "stdout is $OUT"
  answer POST /lab/configuration:check 422 '{"code":"lab.configuration-invalid"}'
  muster lab config show --output json
  exits 0
  [ "$(jq -r 'keys[]' <<<"$OUT")" = text ] || no "stdout is $OUT"
}

whatIsWrongWithAConfigurationIsSaidByLineAndColumn() {
  given_a_lab
  local fault='{"code":"lab.configuration-invalid","detail":"line 7, column 3, board '"'odd'"': There is no class '"'x'"'.","details":{"line":7,"column":3,"board":"odd"}}'
  printf 'community = "%s"\n' secret >"$PROJECT/lab.conf"
  answer POST /lab/configuration:check 422 "$fault"
  answer PUT /lab/configuration 422 "$fault"
  local verb
  for verb in check apply; do
    muster lab config "$verb" "$PROJECT/lab.conf"
    exits 1
    [ "$ERR" = "$PROJECT/lab.conf:7:3: board 'odd': There is no class 'x'." ] || no "it said $ERR"
    cmp -s "$PROJECT/lab.conf" "$PROJECT/sent" || no "something else was sent"
    ! grep -q secret "$PROJECT/calls" || no "the text is on a command line"
  done
  answer POST /lab/configuration/reload 422 "${fault/'"line"'/'"file":"/etc/lab.conf","line"'}"
  muster lab config reload
  exits 1
  says "/etc/lab.conf:7:3: board 'odd'"
  answer PUT /lab/configuration 403 '{"code":"identity.not-allowed","detail":"You may not."}'
  muster lab config apply "$PROJECT/lab.conf"
  exits 4
}

aConfigurationIsCheckedAndPutInForce() {
  given_a_lab
  local said='{"classes":["toy"],"boards":["toy-1","toy-2"],"setupScript":false}'
  echo 'classes { toy { arch = none } }' >"$PROJECT/lab.conf"
  answer POST /lab/configuration:check 200 "$said"
  answer PUT /lab/configuration 200 "$said"
  answer POST /lab/configuration/reload 200 "$said"
  muster lab config check "$PROJECT/lab.conf"
  exits 0
  [ -z "$OUT" ] || no "stdout is $OUT"
  says "lab.conf is in order: boards 2, classes 1."
  muster lab config check - <<<'nothing'
  exits 0
  says "Standard input is in order"
  muster lab config apply --output json "$PROJECT/lab.conf"
  exits 0
  [ "$(jq -r '.boards[1]' <<<"$OUT")" = toy-2 ] || no "stdout is $OUT"
  grep -qF 'Content-Type: text/plain; charset=utf-8' "$PROJECT/headers" || no "$(cat "$PROJECT/headers")"
  muster lab config reload
  exits 0
  says "file is in force: boards 2, classes 1."
}

aConfigurationCommandThatMakesNoSenseCallsNothing() {
  given_a_lab
  muster lab config
  exits 2
  muster lab config chekc x
  exits 2
  says "did you mean 'check'"
  muster lab config check
  exits 2
  muster lab config show lab.conf
  exits 2
  muster lab config apply "$PROJECT/none.conf"
  exits 1
  says "There is no file"
  muster lab audit --since yesterday
  exits 2
  muster lab audit --limit 5000
  exits 2
  [ ! -e "$PROJECT/calls" ] || no "$(cat "$PROJECT/calls")"
}

theAuditIsATableOrJson() {
  given_a_lab
  answer GET 'http://lab.test/bitelab/audit?limit=100&board=rpi4-1&user=ann&since=2026-11-20T08%3A00%3A00Z' 200 \
    '{"items":[{"position":9,"at":"2026-11-20T09:45:53.201Z","action":"reserve","outcome":"failed","code":"setup-failed","user":"ann","board":"rpi4-1","duration":2.114}],"next":9}'
  muster lab audit --board rpi4-1 --user ann --since 2026-11-20T08:00:00Z
  exits 0
  [[ $OUT == AT*USER*ACTION*ann*reserve*rpi4-1*"failed (setup-failed)"*2.114* ]] || no "stdout is $OUT"
  says "There is more"
  muster lab audit --board rpi4-1 --user ann --since 2026-11-20T08:00:00Z --output json
  [ "$(jq -r '.[0].position' <<<"$OUT")" = 9 ] || no "stdout is $OUT"
  muster lab audit --since 1d --limit 5
  grep -qE 'audit\?limit=5&since=20[0-9-]+T[0-9%A]+Z ' "$PROJECT/calls" || no "$(cat "$PROJECT/calls")"
}

# Leaves MUSTER_URL: of the console's stand-in for a server, which ends with the test. False where there is no node.
given_a_stand_in() {
  local pid i
  command -v node >/dev/null && command -v jq >/dev/null && command -v curl >/dev/null || return 1
  node "$HERE/infra/console/mock/server.mjs" 0 --devices=1 >"$WORK/mock" 2>&1 &
  pid=$!
  # shellcheck disable=SC2064 # this one
  trap "kill $pid" EXIT
  MUSTER_URL=''
  for ((i = 0; i < 100; i++)); do
    MUSTER_URL=$(grep -o 'http://[^ ]*' "$WORK/mock" || true)
    [ -z "$MUSTER_URL" ] || break
    sleep 0.1
  done
  export MUSTER_URL MUSTER_TOKEN=any
}

aServerTakesWhatAdministratorsOrder() {
  given_a_stand_in || return 0
  muster lab share rpi4-1 --with maria --mode rw
  exits 0
  muster lab maintenance rpi4-3 --note fan
  exits 0
  says "rpi4-3 is out of service."
  muster lab return rpi4-3
  exits 0
  muster lab kick rpi4-1
  exits 0
  muster lab config show
  exits 0
  printf '%s\n' "$OUT" >"$WORK/lab.conf"
  muster lab config check "$WORK/lab.conf"
  exits 0
  muster lab config apply "$WORK/lab.conf"
  exits 0
  echo '}' >>"$WORK/lab.conf"
  muster lab config check "$WORK/lab.conf"
  exits 1
  [[ $ERR == "$WORK/lab.conf:"*": There is a closing brace too many." ]] || no "it said $ERR"
}

# With a real JDK 25 and the console's stand-in for a server, where both are there.
theBridgeCarriesBytesBothWaysAndEndsAsTheCommandDoes() {
  local home java=''
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    ! grep -qs '^JAVA_VERSION="25[."-]' "$home/release" || java=$home
  done
  [ -n "$java" ] || return 0
  given_a_stand_in || return 0
  head -c 1000000 /dev/urandom >"$WORK/sent"
  export JAVA_HOME=$java NO_COLOR=1
  "$PROJECT/muster" lab tunnel a64lts-2 <"$WORK/sent" >"$WORK/came"
  cmp "$WORK/sent" "$WORK/came" || no "what came back is something else"
  JAVA_AT=$java muster lab exec a64lts-2 -- echo '"quoted"' 'two words'
  exits 3
  [ "$OUT" = 'ran echo "quoted" two words' ] || no "stdout is $OUT"
  JAVA_AT=$java muster lab tunnel rpi4-3
  exits 5
  says "not reserved"
  JAVA_AT=$java muster lab tunnel no-such-board
  exits 3
}

sshGoesThroughTheServerWithKeysOfTheReservation() {
  given_a_lab
  answer GET /lab/boards/rpi4-1 200 "$MINE"
  printf '#!/usr/bin/env bash\nprintf "<%%s>" "$@"\n' >"$PROJECT/bin/ssh"
  chmod +x "$PROJECT/bin/ssh"
  muster lab ssh root@rpi4-1 uname -a
  exits 0
  says "<ProxyCommand='$PROJECT/muster' lab tunnel %n>"
  says "<HostKeyAlias=r1>"
  says "<-l><root><rpi4-1><uname><-a>"
  answer GET /lab/boards/rpi4-1 200 '{"name":"rpi4-1","state":"free"}'
  muster lab ssh rpi4-1
  exits 5
}
