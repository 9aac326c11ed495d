# shellcheck shell=bash
# Tests of the commands around configuration, for test.sh. They need jq, as the commands do; `answer` is the lab's.

# A server that is only a curl: it notes each call with its body, headers and command line, and answers as laid down.
given_registries() {
  command -v jq >/dev/null || exit 0
  mkdir -p "$PROJECT/answers"
  export MUSTER_URL=http://config.test MUSTER_TOKEN=mst_secret
  unset MUSTER_REGISTRY
  cat >"$PROJECT/bin/curl" <<'CURL'
#!/usr/bin/env bash
home=$(dirname "$0")/..
method=GET body='' headers=''
printf '%s\n' "$*" >>"$home/command-lines"
while [ $# -gt 0 ]; do
  case $1 in
    --request) method=$2; shift ;;
    --header) headers+="[$2]"; shift ;;
    --data-binary) body=$(cat; printf x); body=${body%x}; printf '%s' "$body" >"$home/body"; shift ;;
    --config) cat "$2" >"$home/config"; shift ;;
    http*) url=$1 ;;
  esac
  shift
done
path=${url#http://config.test}
path=${path#/api/v1}
printf '%s %s %s\n' "$method" "$path" "$body" >>"$home/calls"
printf '%s\n' "$headers" >>"$home/headers"
key=$home/answers/${method}_${path//\//_}
n=$(grep -cF "$method $path " "$home/calls")
[ ! -f "$key.$n" ] || key=$key.$n
[ -f "$key" ] || { [ ! -e "$home/unreachable" ] || { echo 'curl: (7) Failed to connect'; printf '\n000'; exit 7; }; printf '{"title":"Not Found","code":"config.no-schema","hint":"Define the registry first."}\n404'; exit; }
printf '%s\n%s' "$(tail -n +2 "$key")" "$(head -n 1 "$key")"
CURL
  chmod +x "$PROJECT/bin/curl"
  answer GET /registries 200 '{"items":[{"account":"acme","name":"network","revision":2,"profile":"confdb","views":["setup","look"],"databags":3,"changedAt":"2026-11-26T22:00:00Z"}]}'
}

readonly NETWORK=/registries/acme/network
readonly WRITTEN='{"version":4,"changes":[{"path":"host","kind":"set","after":"robot","secret":false},{"path":"wifi.key","kind":"set","secret":true},{"path":"rate","kind":"removed","before":1,"secret":false}]}'

called() { grep -qF -- "$1" "$PROJECT/calls" || no "no call '$1' in $(cat "$PROJECT/calls")"; }

registriesAreATableOrJson() {
  given_registries
  muster config list
  exits 0
  [[ $OUT == REGISTRY*acme/network*2*confdb*3*"setup, look"* ]] || no "stdout is $OUT"
  muster config list --output json
  [ "$(jq -r '.[0].name' <<<"$OUT")" = network ] || no "stdout is $OUT"
}

aRegistryIsShownWithItsRules() {
  given_registries
  answer GET "$NETWORK" 200 '{"account":"acme","name":"network","revision":2,"profile":"confdb","summary":"How","databags":3,"document":"{}","views":[{"name":"setup","rules":[{"request":"host","storage":"device.host","access":"read-write"}]}]}'
  muster config show
  exits 0
  [[ $OUT == *"summary:"*How*VIEW*setup*host*device.host*read-write* ]] || no "stdout is $OUT"
  muster config show acme/other
  exits 3
  says "config.no-schema"
}

theRegistryIsTheOneThatIsNamedOrTheOnlyOne() {
  given_registries
  answer GET "$NETWORK/fleet/views/setup" 200 '{"version":1,"value":{"host":"a"}}'
  muster config get fleet setup
  exits 0
  answer GET /registries/other/net/fleet/views/setup 200 '{"version":1,"value":{"host":"b"}}'
  MUSTER_REGISTRY=other/net muster config get fleet setup
  [ "$OUT" = '{"host":"b"}' ] || no "stdout is $OUT"
  muster config get fleet setup --registry other/net
  [ "$OUT" = '{"host":"b"}' ] || no "stdout is $OUT"
  answer GET /registries 200 '{"items":[{"account":"acme","name":"network"},{"account":"other","name":"net"}]}'
  muster config get fleet setup
  exits 2
  says "acme/network, other/net"
  answer GET /registries 200 '{"items":[]}'
  muster config get fleet setup
  exits 3
}

layersAreNamedShortly() {
  given_registries
  local pair
  for pair in fleet=/fleet group/berlin=/groups/berlin 'group/site/line~1=/groups/site~1line~01' robot-1=/devices/robot-1 device/robot-1=/devices/robot-1 actual/robot-1=/actual/robot-1; do
    rm -f "$PROJECT/calls"
    muster config get "${pair%%=*}" setup
    exits 3
    called "GET $NETWORK${pair#*=}/views/setup "
  done
  muster config get nonsense/x setup
  exits 2
}

oneValueIsPrintedAsItIs() {
  given_registries
  answer GET "$NETWORK/devices/robot-1/views/setup?fields=host" 200 '{"version":1,"value":{"host":"a \"b\": {c}"}}'
  muster config get robot-1 setup host
  exits 0
  [ "$OUT" = 'a "b": {c}' ] || no "stdout is $OUT"
  answer GET "$NETWORK/devices/robot-1/views/setup?fields=serial" 200 '{"version":1,"value":{"serial":9007199254740993}}'
  muster config get robot-1 setup serial
  [ "$OUT" = 9007199254740993 ] || no "stdout is $OUT"
  answer GET "$NETWORK/devices/robot-1/views/setup?fields=host%2Cserial&secrets=true" 200 '{"version":1,"value":{"host":"a","serial":9007199254740993}}'
  muster config get robot-1 setup host serial --secrets
  [ "$OUT" = '{"host":"a","serial":9007199254740993}' ] || no "stdout is $OUT"
  muster config get robot-1 setup host --output json
  [ "$OUT" = '{"host":"a \"b\": {c}"}' ] || no "stdout is $OUT"
}

valuesAreJsonWhereTheyReadAsJson() {
  given_registries
  answer PATCH "$NETWORK/fleet/views/setup" 200 "$WRITTEN"
  muster config set fleet setup host=robot rate=7 serial=9007199254740993 up=true 'text="7"' 'peers=["a", "b"]' 'odd={x' empty= 'say=a "b" \n' version=1.2.3 zero=007
  exits 0
  [ "$(cat "$PROJECT/body")" = '{"values":{"host":"robot","rate":7,"serial":9007199254740993,"up":true,"text":"7","peers":["a", "b"],"odd":"{x","empty":"","say":"a \"b\" \\n","version":"1.2.3","zero":"007"}}' ] || no "the body is $(cat "$PROJECT/body")"
  [ "$OUT" = $'+ host\n+ wifi.key (a secret)\n- rate' ] || no "stdout is $OUT"
  says "It is version 4."
  grep -qF '[Content-Type: application/json]' "$PROJECT/headers" || no "$(cat "$PROJECT/headers")"
}

aValueFromAFileOrFromStandardInputIsInNoCommandLine() {
  given_registries
  answer PATCH "$NETWORK/fleet/views/setup" 200 "$WRITTEN"
  echo hush-from-a-file >"$PROJECT/key.txt"
  muster config set fleet setup "wifi.key=@$PROJECT/key.txt"
  exits 0
  grep -qF '"wifi.key":"hush-from-a-file"' "$PROJECT/body" || no "the body is $(cat "$PROJECT/body")"
  ! grep -q -e hush -e mst_secret "$PROJECT/command-lines" || no "it is in a command line"
  muster config set fleet setup 'wifi.key=@/no/such/file'
  exits 1
  says "cannot be read"
}

aRehearsalChangesNothingAndSaysWhatItWouldDo() {
  given_registries
  answer PATCH "$NETWORK/fleet/views/setup?dryRun=true" 200 "$WRITTEN"
  muster config set fleet setup host=robot --dry-run
  exits 0
  says "Nothing was written. It would be written on version 4."
  answer PATCH "$NETWORK/fleet/views/setup?dryRun=true" 200 '{"version":4,"changes":[]}'
  muster config set fleet setup host=robot --dry-run
  says "it is so already"
}

whoWasSlowerIsToldWithExitCode5() {
  given_registries
  answer PATCH "$NETWORK/fleet/views/setup" 412 '{"code":"kernel.version-changed","detail":"It is version 5 now."}'
  muster config unset fleet setup host rate --if-version 4
  exits 5
  called "PATCH $NETWORK/fleet/views/setup {\"values\":{\"host\":null,\"rate\":null}}"
  grep -qF '[If-Match: "4"]' "$PROJECT/headers" || no "$(cat "$PROJECT/headers")"
  [ "$(tail -n 1 <<<"$ERR")" = "kernel.version-changed: It is version 5 now." ] || no "last line is $(tail -n 1 <<<"$ERR")"
}

aSchemaThatDoesNotFitIsToldLikeACompilerWould() {
  given_registries
  printf '{\n "name": 1 }\n' >"$PROJECT/network.json"
  answer POST /registries/check 200 '{"findings":[{"pointer":"/storage/schema/a","line":4,"column":12,"message":"no type"},{"pointer":"","line":0,"column":0,"message":"fleet does not fit"}]}'
  muster config check "$PROJECT/network.json"
  exits 1
  [ "$OUT" = "$PROJECT/network.json:4:12: no type"$'\n'"$PROJECT/network.json: fleet does not fit" ] || no "stdout is $OUT"
  answer POST /registries/check 200 '{"findings":[]}'
  muster config check "$PROJECT/network.json"
  exits 0
  says "Nothing wrong is found"
  muster config check "$PROJECT/none.json"
  exits 1
  says "cannot be read"
}

aDocumentGoesAsItIsWhateverItsForm() {
  given_registries
  answer POST /registries 201 '{"account":"acme","name":"network","revision":1}'
  printf '{"name":"network"}\n\n' >"$PROJECT/network.json"
  muster config define "$PROJECT/network.json"
  exits 0
  [ "$OUT" = acme/network ] || no "stdout is $OUT"
  says "It is revision 1."
  cmp "$PROJECT/network.json" "$PROJECT/body" || no "the body is something else"
  printf 'type: confdb-schema\nbody-length: 3\n\n{}\n\n\nc2ln\n' >"$PROJECT/network.assert"
  muster config define "$PROJECT/network.assert"
  cmp "$PROJECT/network.assert" "$PROJECT/body" || no "the body is something else"
  [[ $(tail -n 1 "$PROJECT/headers") == *'[Content-Type: text/plain]'* ]] || no "$(tail -n 1 "$PROJECT/headers")"
}

historyIsReadPageByPageAndGoneBackTo() {
  given_registries
  answer GET "$NETWORK/groups/berlin/history?limit=1000" 200 '{"items":[{"version":3,"at":"2026-11-26T22:00:00Z","by":"user:1","kind":"reverted","toVersion":1,"requests":[],"changes":[{"path":"rate","kind":"removed"}]}],"next":"c1"}'
  answer GET "$NETWORK/groups/berlin/history?limit=1000&cursor=c1" 200 '{"items":[{"version":2,"at":"2026-11-26T21:00:00Z","kind":"written","view":"setup","requests":["host"],"changes":[{"path":"host","kind":"set","value":"a"}]}]}'
  muster config history group/berlin
  exits 0
  [[ $OUT == VERSION*3*"user:1"*"back to 1"*-rate*2*"through setup"*host* ]] || no "stdout is $OUT"
  muster config history group/berlin --output json
  [ "$(jq length <<<"$OUT")" = 2 ] || no "stdout is $OUT"
  answer POST "$NETWORK/groups/berlin/revert" 200 "$WRITTEN"
  muster config revert group/berlin 2
  exits 0
  called "POST $NETWORK/groups/berlin/revert {\"toVersion\":2}"
  muster config revert group/berlin two
  exits 2
}

driftNamesDevicesAndPlaces() {
  given_registries
  answer GET "$NETWORK/drift?limit=1000" 200 '{"items":[{"device":"robot-1","paths":["host","rate"],"since":"2026-11-26T22:00:00Z"}],"total":1}'
  muster config drift
  exits 0
  [[ $OUT == DEVICE*robot-1*"host rate"* ]] || no "stdout is $OUT"
  says "1 device does not have what it should."
  answer GET "$NETWORK/drift?limit=1000" 200 '{"items":[],"total":0}'
  muster config drift
  exits 0
  [ -z "$OUT" ] || no "stdout is $OUT"
}

whoFollowsHearsOnlyNews() {
  given_registries
  local path=/registries/devices/robot-1/wanted/acme/network
  answer GET "$path" 200 '{"tag":"t1","values":{"host":"a"}}'
  muster config follow robot-1 --once
  exits 0
  [ "$OUT" = '{"tag":"t1","values":{"host":"a"}}' ] || no "stdout is $OUT"
  answer GET "$path?wait=30s" 304 '' 1
  answer GET "$path?wait=30s" 200 '{"tag":"t2","values":{"host":"b"}}' 2
  answer GET "$path?wait=30s" 403 '{"code":"identity.not-allowed","detail":"No more."}' 3
  muster config follow robot-1
  exits 4
  [ "$OUT" = $'{"tag":"t1","values":{"host":"a"}}\n{"tag":"t2","values":{"host":"b"}}' ] || no "stdout is $OUT"
  grep -qF '[If-None-Match: "t1"]' "$PROJECT/headers" || no "$(cat "$PROJECT/headers")"
  grep -qF 'Authorization: Bearer mst_secret' "$PROJECT/config" || no "the token was not sent"
  muster config follow group/berlin
  exits 2
}

whoFollowsAWrongAddressIsTold() {
  given_registries
  rm "$PROJECT/answers/GET__registries"
  touch "$PROJECT/unreachable"
  MUSTER_REGISTRY=acme/network muster config follow robot-1
  exits 6
}

aRefusedWriteHasTheExitCodeOfItsReason() {
  given_registries
  local status
  for status in 404:3 403:4 401:4 409:5 412:5 422:1 503:1; do
    answer PATCH "$NETWORK/fleet/views/setup" "${status%:*}" '{"code":"config.value-invalid","detail":"It does not fit.","hint":"Give another."}'
    muster config set fleet setup host=robot
    exits "${status#*:}"
    [ "$(tail -n 1 <<<"$ERR")" = "config.value-invalid: It does not fit. Give another." ] || no "last line is $(tail -n 1 <<<"$ERR")"
  done
}

withoutServerTokenOrSenseNothingIsAsked() {
  given_registries
  MUSTER_URL='' muster config list
  exits 2
  MUSTER_TOKEN='' muster config list
  exits 4
  local words
  for words in "" "get" "get fleet" "set fleet setup" "set fleet setup host" "unset fleet setup" "revert fleet" "history" "check" "follow" "set fleet setup a=1 --if-version x"; do
    # shellcheck disable=SC2086 # words
    muster config $words
    exits 2
  done
  muster config lsit
  exits 2
  says "did you mean 'list'"
  [ ! -e "$PROJECT/calls" ] || no "$(cat "$PROJECT/calls")"
}
