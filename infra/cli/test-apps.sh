# shellcheck shell=bash
# Tests of the commands around apps, for test.sh. They need jq, as the commands do; `answer` is the lab's, `called` is configuration's.

# The server of configuration's tests, with a catalogue in place of registries.
given_apps() {
  given_registries
  answer GET /projects 200 '{"items":[{"key":1,"name":"main","owner":"muster","agents":3,"revision":0},{"key":7,"name":"field","owner":"ann","agents":0,"revision":1}]}'
}

readonly HELLO='{"name":"hello","key":7,"description":"Greets\nand more","environmentTemplate":{"GREETING":{"defaultValue":"hi"},"API_KEY":{"secret":true}},"ports":[{"port":8080,"protocol":"http"}],"compose":null,"releases":[{"key":71,"version":"1.1.0","architectures":["amd64"],"composed":false,"notes":"","offered":true,"createdAt":"2026-11-27T09:00:00Z"},{"key":70,"version":"1.0.0","architectures":[],"composed":false,"notes":"","offered":true,"yanked":"it forgets","createdAt":"2026-11-26T09:00:00Z"}],"createdAt":"2026-11-26T09:00:00Z","revision":4}'
readonly NOTHING_SAID='{"app":"hello","place":"project/1","environment":{},"secrets":[],"ports":[],"revision":0}'

appsAreATableOrJsonPageByPage() {
  given_apps
  answer GET '/apps?limit=1000' 200 '{"items":[{"name":"hello","key":7,"description":"Greets\nand more","newest":"1.1.0","releases":2,"createdAt":"2026-11-26T09:00:00Z"}],"next":"c1"}'
  answer GET '/apps?limit=1000&cursor=c1' 200 '{"items":[{"name":"vision","key":8,"description":"","releases":0,"createdAt":"2026-11-26T09:00:00Z"}]}'
  muster app list
  exits 0
  [[ $OUT == APP*hello*1.1.0*2*Greets*vision*-*0* ]] || no "stdout is $OUT"
  muster app list --output json
  [ "$(jq -r '.[1].name' <<<"$OUT")" = vision ] || no "stdout is $OUT"
}

anAppIsShownWithItsReleases() {
  given_apps
  answer GET /apps/hello 200 "$HELLO"
  muster app show hello
  exits 0
  [[ $OUT == *"GREETING, API_KEY (secret)"*8080/http*1.1.0*amd64*offered*1.0.0*all*"taken back"*"it forgets"* ]] || no "stdout is $OUT"
}

anAppIsMadeFromAFileAsItIsWritten() {
  given_apps
  answer POST /apps 201 '{"name":"hello","key":7}'
  printf '{\n  "environmentTemplate": {"N": {"defaultValue": 9007199254740993}}\n}\n' >"$PROJECT/hello.json"
  muster app create hello --file "$PROJECT/hello.json"
  exits 0
  [ "$OUT" = hello ] || no "stdout is $OUT"
  grep -q '9007199254740993' "$PROJECT/body" || no "the body is $(cat "$PROJECT/body")"
  [ "$(jq -r .name "$PROJECT/body")" = hello ] || no "the body is $(cat "$PROJECT/body")"
  muster app create bare
  exits 0
  [ "$(jq -c . "$PROJECT/body")" = '{"name":"bare"}' ] || no "the body is $(cat "$PROJECT/body")"
  echo '[1]' >"$PROJECT/list.json"
  muster app create hello --file "$PROJECT/list.json"
  exits 1
}

aReleaseSaysWhatItIsForAndWhetherItIsOffered() {
  given_apps
  answer POST /apps/hello/releases 201 '{"key":72,"version":"1.2.0"}'
  muster app release hello 1.2.0 --arch 'amd64 arm64' --notes 'Better' --not-offered
  exits 0
  [ "$OUT" = 1.2.0 ] || no "stdout is $OUT"
  [ "$(jq -c . "$PROJECT/body")" = '{"version":"1.2.0","notes":"Better","offered":false,"architectures":["amd64","arm64"],"compose":null}' ] || no "the body is $(cat "$PROJECT/body")"
  muster app release hello
  exits 2
}

aWishKeepsWhatItDoesNotName() {
  given_apps
  answer GET /projects/1/apps/hello 200 '{"app":"hello","place":"project/1","target":"present","version":"1.0.0","environment":{"A":"x","B":2,"C":true},"secrets":["KEY","OLD"],"ports":[{"port":8080,"protocol":"http","active":true}],"revision":3}'
  answer PUT /projects/1/apps/hello 204 ''
  muster app want project/main hello running B=5 NEW=seven KEY=hush -C -OLD
  exits 0
  [ "$(jq -cS . "$PROJECT/body")" = '{"environment":{"A":"x","B":5,"NEW":"seven"},"ports":[{"active":true,"port":8080,"protocol":"http"}],"secrets":{"KEY":"hush"},"target":"running","version":"1.0.0"}' ] || no "the body is $(cat "$PROJECT/body")"
  grep -qF '[If-Match: "3"]' "$PROJECT/headers" || no "$(cat "$PROJECT/headers")"
  muster app want project/main hello running --version newest
  [ "$(jq -c .version "$PROJECT/body")" = null ] || no "the body is $(cat "$PROJECT/body")"
  [ "$(jq -cS .secrets "$PROJECT/body")" = '{"KEY":null,"OLD":null}' ] || no "the body is $(cat "$PROJECT/body")"
}

placesAreNamedShortly() {
  given_apps
  local pair
  for pair in project/main=/projects/1 project/7=/projects/7 group/site/line~1=/groups/site~1line~01 robot-1=/devices/robot-1 device/robot-1=/devices/robot-1; do
    answer GET "${pair#*=}/apps/hello" 200 "$NOTHING_SAID"
    answer PUT "${pair#*=}/apps/hello" 204 ''
    muster app want "${pair%%=*}" hello running
    exits 0
    called "PUT ${pair#*=}/apps/hello "
  done
  muster app want project/none hello running
  exits 3
  says "main, field"
  muster app want nonsense/x hello running
  exits 2
  muster app want robot-1 hello runing
  exits 2
  says "did you mean 'running'"
}

aLongNumberIsSentAsItIsAndASecretIsInNoCommandLine() {
  given_apps
  answer GET /devices/robot-1/apps/hello 200 "$NOTHING_SAID"
  answer PUT /devices/robot-1/apps/hello 204 ''
  echo hush-from-a-file >"$PROJECT/key.txt"
  muster app want robot-1 hello running N=9007199254740993 "KEY=@$PROJECT/key.txt"
  exits 0
  grep -qF '"N":9007199254740993,"KEY":"hush-from-a-file"' "$PROJECT/body" || no "the body is $(cat "$PROJECT/body")"
  ! grep -q -e hush -e mst_secret "$PROJECT/command-lines" || no "it is in a command line"
}

whoWasSlowerWithAWishIsToldWithExitCode5() {
  given_apps
  answer GET /devices/robot-1/apps/hello 200 "$NOTHING_SAID"
  answer PUT /devices/robot-1/apps/hello 412 '{"code":"kernel.version-changed","detail":"It is at version 1, not 0."}'
  muster app want robot-1 hello running
  exits 5
  answer DELETE /devices/robot-1/apps/hello 204 ''
  muster app inherit robot-1 hello
  exits 0
  grep -qF '[If-Match: "0"]' "$PROJECT/headers" || no "$(cat "$PROJECT/headers")"
}

statusIsOfAnAppOrOfADevice() {
  given_apps
  local line='{"device":"robot-1","app":"hello","key":7,"stage":"prod","container":"prod_7_hello","condition":"crash-loop","wanted":{"target":"running","targetFrom":"project/1","versionFrom":"project/1","next":"1.1.0","environment":[]},"reported":{"state":"failed","version":"1.1.0","update":"none","since":"2026-11-27T09:00:00Z","failures":4,"calledOff":false,"ports":[]}}'
  answer GET /apps/hello 200 "$HELLO"
  answer GET '/apps/hello/installations?condition=&limit=1000' 200 "{\"items\":[$line],\"counts\":{\"crash-loop\":1}}"
  muster app status hello
  exits 0
  [[ $OUT == DEVICE*robot-1*hello*crash-loop*running*1.1.0*project/1*"failed (4 times)"* ]] || no "stdout is $OUT"
  answer GET /devices/robot-1/apps 200 "{\"items\":[$line]}"
  muster app status robot-1 --condition in-step --output json
  exits 0
  [ "$OUT" = '[]' ] || no "stdout is $OUT"
}

logsHaveNothingThatATerminalWouldObey() {
  given_apps
  answer GET '/devices/robot-1/apps/hello/logs?stage=prod&tail=5' 200 '{"lines":["a \u001b[31mred\u001b[0m line","b\u0007"],"returned":2,"truncated":false}'
  muster app logs robot-1 hello --tail 5
  exits 0
  [ "$OUT" = $'a red line\nb' ] || no "stdout is $OUT"
  muster app logs robot-1 --follow
  exits 2
}

aFileOfAnAgentIsWrittenForItsOwnerAlone() {
  given_apps
  answer POST /devices/robot-1/agent 201 '{"name":"robot-1","secret":"hush"}'
  muster app enrol robot-1 --project field --file "$PROJECT/robot-1.flock"
  exits 0
  [ "$OUT" = "$PROJECT/robot-1.flock" ] || no "stdout is $OUT"
  [ "$(stat -c %a "$PROJECT/robot-1.flock")" = 600 ] || no "its mode is $(stat -c %a "$PROJECT/robot-1.flock")"
  [ "$(jq -r .secret "$PROJECT/robot-1.flock")" = hush ] || no "it is $(cat "$PROJECT/robot-1.flock")"
  muster app enrol robot-1 --file /no/such/folder/x.flock
  exits 1
  [[ $OUT == *hush* ]] || no "the file is lost"
  answer POST /devices/robot-1/agent 409 '{"code":"apps.agent-enrolled","detail":"It has an agent."}'
  muster app enrol robot-1
  exits 5
}

aCommandRunsWithItsWordsAsTheyAre() {
  given_apps
  answer POST /devices/robot-1/agent/execute 200 '{"output":"two words\n"}'
  muster app exec robot-1 -- echo 'two words' ''
  exits 0
  [ "$OUT" = 'two words' ] || no "stdout is $OUT"
  [ "$(jq -c . "$PROJECT/body")" = '{"command":"echo","arguments":["two words",""],"waitMillis":60000}' ] || no "the body is $(cat "$PROJECT/body")"
  muster app exec robot-1
  exits 2
}

anOrderToADeviceThatIsAwayIsAConflict() {
  given_apps
  answer POST /devices/robot-1/agent/reboot 409 '{"code":"apps.agent-offline","detail":"It is away.","hint":"Wait for the device to come back; wishes reach it then."}'
  muster app tell robot-1 reboot
  exits 5
  [ "$(tail -n 1 <<<"$ERR")" = "apps.agent-offline: It is away. Wait for the device to come back; wishes reach it then." ] || no "last line is $(tail -n 1 <<<"$ERR")"
  answer POST '/devices/robot-1/agent/prune?all=true' 200 '["Total reclaimed space: 3GB"]'
  muster app tell robot-1 prune --all
  exits 0
  muster app tell robot-1 reboot --all
  exits 2
}

withoutServerTokenOrSenseNoAppIsAskedFor() {
  given_apps
  MUSTER_URL='' muster app list
  exits 2
  MUSTER_TOKEN='' muster app list
  exits 4
  local words
  for words in "" "show" "create" "release hello" "yank hello" "want robot-1 hello" "want robot-1 hello running A" "inherit hello" "status" "go-on robot-1" "cancel robot-1" "logs" "terminal" "agent" "enrol" "move robot-1" "tell robot-1" "logs robot-1 hello --tail 0"; do
    # shellcheck disable=SC2086 # words
    muster app $words
    exits 2
  done
  muster app lsit
  exits 2
  says "did you mean 'list'"
  [ ! -e "$PROJECT/calls" ] || no "$(cat "$PROJECT/calls")"
}
