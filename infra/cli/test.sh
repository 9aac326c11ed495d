#!/usr/bin/env bash
# Tests of the launcher: each is a function whose name is a sentence. They build nothing and need no JDK 25: a
# made-up project with a made-up JDK and Maven is put into a temporary folder. With --report DIR the result is also
# written there as a JUnit report, so that ./muster test counts it.
set -euo pipefail

HERE=$(cd -- "$(dirname -- "$0")/../.." && pwd)
WORK=$(mktemp -d "${TMPDIR:-/tmp}/muster-cli-test.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
PASSED=0 FAILED=0

# A copy of the launcher with a server jar that is newer than its sources, a JDK that says how it was called, and a
# Maven that "builds" the jar.
given_a_project() {
  PROJECT=$WORK/project-$RANDOM$RANDOM
  mkdir -p "$PROJECT"/infra/server/target "$PROJECT"/infra/server/src/main "$PROJECT"/api-contract/src/main \
    "$PROJECT"/jdk/bin "$PROJECT"/bin
  cp "$HERE/muster" "$PROJECT/"
  mkdir "$PROJECT/infra/cli"
  cp -r "$HERE/infra/cli/lib" "$PROJECT/infra/cli/"
  printf '<project>\n <parent>\n <version>9</version>\n </parent>\n <version>1.2.3</version>\n</project>\n' >"$PROJECT/pom.xml"
  echo source >"$PROJECT/api-contract/src/main/A.java"
  printf 'JAVA_VERSION="25.0.1"\n' >"$PROJECT/jdk/release"
  cat >"$PROJECT/jdk/bin/java" <<'JAVA'
#!/usr/bin/env bash
if [ "${*: -2:1}" = --destination ]; then mkdir -p "${*: -1}" && echo jar >"${*: -1}/muster-server.jar" && exit 0; fi
for word in "$@"; do
  case $word in -XX:AOTCacheOutput=*) echo "$*" >"$(dirname "$0")/../../training" && [ -e "$(dirname "$0")/../../untrainable" ] || echo cache >"${word#*=}" ;; esac
done
printf 'java:'; printf ' %s' "$@"; echo
JAVA
  cp "$PROJECT/jdk/bin/java" "$PROJECT/jdk/bin/javac"
  cat >"$PROJECT/bin/mvn" <<'MVN'
#!/usr/bin/env bash
echo "JAVA_HOME=$JAVA_HOME mvn $*" >>"$(dirname "$0")/../mvn-calls"
[ ! -f "$(dirname "$0")/../broken" ] || { echo "[ERROR] A.java: cannot find symbol"; exit 1; }
case "$*" in
  *" verify"*) . "$(dirname "$0")/../verify.sh" ;;
  *) echo jar >"$(dirname "$0")/../infra/server/target/muster-server.jar" ;;
esac
MVN
  # Nothing is installed by these tests: every package is said to be there.
  printf '#!/usr/bin/env bash\necho -n installed\n' >"$PROJECT/bin/dpkg-query"
  chmod +x "$PROJECT"/jdk/bin/* "$PROJECT"/bin/*
}

built() { echo jar >"$PROJECT/infra/server/target/muster-server.jar"; }

# Runs the launcher; leaves OUT, ERR and CODE.
muster() {
  CODE=0
  env -u MUSTER_HEAP PATH="$PROJECT/bin:$PATH" MUSTER_AOT="${AOT-off}" NO_COLOR=1 JAVA_HOME="${JAVA_AT-$PROJECT/jdk}" MUSTER_MVN="$PROJECT/bin/mvn" \
    "$PROJECT/muster" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || CODE=$?
  OUT=$(cat "$WORK/out") ERR=$(cat "$WORK/err")
}

# interrupted <signal> <words…>: runs the launcher and sends it a signal as soon as it said something.
interrupted() {
  local signal=$1 pid i
  shift
  : >"$WORK/err"
  # A shell's own background children are deaf to Ctrl-C.
  env --default-signal=INT PATH="$PROJECT/bin:$PATH" NO_COLOR=1 JAVA_HOME="$PROJECT/jdk" "$PROJECT/muster" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null &
  pid=$!
  for ((i = 0; i < 100; i++)); do
    ! grep -qE 'in line|yours until' "$WORK/err" || break
    sleep 0.1
  done
  sleep 0.3
  kill "-$signal" "$pid"
  CODE=0
  wait "$pid" || CODE=$?
  OUT=$(cat "$WORK/out") ERR=$(cat "$WORK/err")
}

exits() { [ "$CODE" = "$1" ] || no "exit code $CODE instead of $1; stderr: $ERR"; }
says() { [[ "$OUT$ERR" == *"$1"* ]] || no "did not say '$1' but: $OUT$ERR"; }
does_not_say() { [[ "$OUT$ERR" != *"$1"* ]] || no "said '$1': $OUT$ERR"; }
no() {
  echo "    $*"
  exit 1
}

helpBeginsWithExamplesAndListsTheExitCodes() {
  muster --help
  exits 0
  says "Exit codes:"
  [ "$(sed -n 3p <<<"$OUT")" = "Examples:" ] || no "third line is $(sed -n 3p <<<"$OUT")"
}

noWordIsAUsageErrorThatShowsTheHelpOnStderr() {
  muster
  exits 2
  [ -z "$OUT" ] || no "stdout is $OUT"
  says "Examples:"
}

everyCommandHasHelpWithExamplesFirst() {
  local word
  for word in up demo prepare test bench events backup lab config app format; do
    muster "$word" --help
    exits 0
    [[ $OUT == Example* ]] || no "$word --help says $OUT"
    muster help "$word"
    exits 0
  done
}

aMistypedCommandIsAnsweredWithTheNearestOne() {
  muster dmeo
  exits 2
  says "did you mean 'demo'"
}

nonsenseIsNotAnsweredWithAGuess() {
  muster qqqqqqqqqqqq
  exits 2
  does_not_say "did you mean"
}

aMistypedOptionIsAnsweredWithTheNearestOne() {
  muster up --prot 1
  exits 2
  says "did you mean '--port'"
}

anOptionWithoutValueIsRefused() {
  muster up --port
  exits 2
  says "--port needs a value"
}

testsWithContainersNeedAnEngine() {
  DOCKER_HOST='' muster test containers
  exits 2
  says "needs DOCKER_HOST"
  muster test boxes
  exits 2
  says "'boxes' is not expected here"
}

aPortThatIsNoPortIsRefused() {
  local port
  for port in 65536 -1 http 080 99999999999999999999; do
    muster up "--port=$port"
    exits 2
    says "whole number"
  done
}

theVersionIsTheProjectsAndNotTheParents() {
  muster --version
  exits 0
  [ "$OUT" = "muster 1.2.3" ] || no "it is $OUT"
}

withoutAJdk25OneLineSaysWhatToInstall() {
  printf 'JAVA_VERSION="17.0.1"\n' >"$PROJECT/jdk/release"
  sed -i 's:/usr/lib/jvm/\* /opt/\* /opt/\*/\*:/nowhere/*:' "$PROJECT/infra/cli/lib/java.sh"
  HOME=/nowhere muster up
  exits 1
  says "Muster needs JDK 25; install Temurin 25"
  [ "$(wc -l <"$WORK/err")" = 1 ] || no "more than one line: $ERR"
}

upPassesItsOptionsToTheServer() {
  built
  muster up --port 9000 --bind=0.0.0.0 --data "$PROJECT/the data" --admin-token-file "$PROJECT/token"
  exits 0
  says "--server.port=9000 --server.address=0.0.0.0 --muster.data=$PROJECT/the data --muster.admin-token-file=$PROJECT/token"
  says "-XX:+UseCompactObjectHeaders"
  [ ! -e "$PROJECT/mvn-calls" ] || no "it was built again"
}

upListensToThisMachineOnlyByDefault() {
  built
  muster up
  says "--server.port=8080 --server.address=127.0.0.1 --muster.data=$PROJECT/.muster/data"
}

aTokenFileThatCannotBeWrittenIsRefusedBeforeAnythingIsBuilt() {
  muster up --admin-token-file "$PROJECT/none/token"
  exits 1
  says "cannot be written"
  [ ! -e "$PROJECT/mvn-calls" ] || no "it was built"
}

whatIsMissingIsBuiltWithTheJdkThatWasFound() {
  muster up
  exits 0
  grep -q "JAVA_HOME=$PROJECT/jdk mvn .*-Dquickly.* package" "$PROJECT/mvn-calls" || no "$(cat "$PROJECT/mvn-calls")"
}

aNewerSourceIsBuiltAndThenNotAgain() {
  built
  touch -d '-1 hour' "$PROJECT/infra/server/target/muster-server.jar"
  touch -d '-2 hours' "$PROJECT/pom.xml"
  muster up
  muster up
  [ "$(wc -l <"$PROJECT/mvn-calls")" = 1 ] || no "built $(wc -l <"$PROJECT/mvn-calls") times"
}

aNewerTestDoesNotRebuildTheServer() {
  mkdir -p "$PROJECT/api-contract/src/test"
  built
  touch -d '+1 minute' "$PROJECT/infra/server/target/muster-server.jar"
  touch -d '+2 minutes' "$PROJECT/api-contract/src/test/ATest.java"
  muster up
  [ ! -e "$PROJECT/mvn-calls" ] || no "it was built again"
}

whatToolsLeaveBehindDoesNotRebuildTheServer() {
  mkdir -p "$PROJECT/infra/bundles/.corpus" "$PROJECT/infra/console/node_modules" "$PROJECT/infra/console/dist"
  built
  touch -d '+1 minute' "$PROJECT/infra/server/target/muster-server.jar"
  touch -d '+2 minutes' "$PROJECT/infra/bundles/.corpus/x" "$PROJECT/infra/console/node_modules/x" "$PROJECT/infra/console/dist/x"
  muster up
  [ ! -e "$PROJECT/mvn-calls" ] || no "it was built again"
}

aNewerPageOfTheConsoleOrTheManualIsBuilt() {
  local page
  mkdir -p "$PROJECT/infra/console/src" "$PROJECT/infra/docs"
  for page in console/src/a.ts docs/README.md; do
    rm -f "$PROJECT/mvn-calls"
    built
    touch -d '+1 minute' "$PROJECT/infra/$page"
    muster up
    [ -e "$PROJECT/mvn-calls" ] || no "$page was not noticed"
    rm "$PROJECT/infra/$page"
  done
}

aBrokenBuildEndsWithItsFirstErrorsAndExitCode1() {
  touch "$PROJECT/broken"
  muster up
  exits 1
  says "A.java: cannot find symbol"
  says ".muster/build.log"
}

prepareTrainsOnDataThatIsThrownAwayAndUpUsesTheCache() {
  local AOT=on data
  built
  muster prepare
  exits 0
  grep -q -- "--server.port=0 --server.address=127.0.0.1 .*--muster.training=12s" "$PROJECT/training" || no "$(cat "$PROJECT/training")"
  data=$(sed -n 's:.*--muster.data=\([^ ]*\)/data .*:\1:p' "$PROJECT/training")
  [ -n "$data" ] || no "the data's folder is unknown"
  [ ! -e "$data" ] || no "$data is still there"
  rm "$PROJECT/training"
  muster prepare
  muster up
  says "-XX:AOTCache=$PROJECT/.muster/app/"
  [ ! -e "$PROJECT/training" ] || no "it was trained again"
}

aTrainingThatLeavesNoCacheIsAFailure() {
  local AOT=on
  built
  touch "$PROJECT/untrainable"
  muster prepare
  exits 1
  says ".muster/train.log"
  [ -z "$(find "$PROJECT/.muster/app" -name 'muster.aot*')" ] || no "there is a cache"
}

theDemoSaysWhereItsDataLiesAndRemovesIt() {
  built
  muster demo --devices 7
  exits 0
  says "--muster.demo=true --muster.demo-devices=7"
  local data
  data=$(sed -n 's/.*its data lies in \([^ ]*\) .*/\1/p' <<<"$ERR")
  [ -n "$data" ] || no "it did not say where"
  [ ! -e "$data" ] || no "$data is still there"
}

theDemoEndsByASignalAndRemovesItsData() {
  built
  cat >"$PROJECT/jdk/bin/java" <<'JAVA'
#!/usr/bin/env bash
if [ "${*: -2:1}" = --destination ]; then mkdir -p "${*: -1}" && exit; fi
echo $$ >"$(dirname "$0")/../../pid"
exec sleep 60
JAVA
  env MUSTER_AOT=off NO_COLOR=1 JAVA_HOME="$PROJECT/jdk" "$PROJECT/muster" demo >"$WORK/out" 2>"$WORK/err" &
  local pid=$! i
  for ((i = 0; i < 100; i++)); do
    [ ! -s "$PROJECT/pid" ] || break
    sleep 0.1
  done
  kill -TERM "$pid"
  CODE=0
  wait "$pid" || CODE=$?
  exits 0
  ! kill -0 "$(cat "$PROJECT/pid")" 2>/dev/null || no "the server still runs"
  local data
  data=$(sed -n 's/.*its data lies in \([^ ]*\) .*/\1/p' "$WORK/err")
  [ ! -e "$data" ] || no "$data is still there"
}

eventsAndBackupAreDoneByTheServersJar() {
  built
  mkdir "$PROJECT/data"
  muster events export --data "$PROJECT/data" --from 3 --to 9
  exits 0
  says "muster-server.jar events export --from=3 --to=9 --data=$PROJECT/data"
  muster backup --data "$PROJECT/data" --to "$PROJECT/copy"
  exits 0
  says "muster-server.jar backup --to=$PROJECT/copy --data=$PROJECT/data"
}

eventsOfNoFolderAreRefused() {
  built
  muster events verify --data "$PROJECT/none"
  exits 1
  says "There is no data folder"
}

backupDoesNotOverwrite() {
  built
  mkdir -p "$PROJECT/data" "$PROJECT/copy"
  touch "$PROJECT/copy/precious"
  muster backup --data "$PROJECT/data" --to "$PROJECT/copy"
  exits 1
  says "is not empty"
}

theSuiteIsCountedFromItsReports() {
  cat >"$PROJECT/verify.sh" <<'VERIFY'
reports=$(dirname "$0")/../api-contract/target/surefire-reports
mkdir -p "$reports"
echo '<testsuite name="A" time="1" tests="5" errors="0" skipped="2" failures="0">' >"$reports/TEST-A.xml"
echo '<testsuite name="B" time="1" tests="4" errors="0" skipped="0" failures="0">' >"$reports/TEST-B.xml"
echo "[INFO] Building Muster: the language 1.2.3 [2/9]"
VERIFY
  mkdir -p "$PROJECT/infra/server/target/surefire-reports"
  echo '<testsuite name="Old" tests="100" errors="0" skipped="0" failures="100">' >"$PROJECT/infra/server/target/surefire-reports/TEST-Old.xml"
  muster test
  exits 0
  [ "$(tail -n 1 <<<"$OUT")" = "7 passed, 0 failed, 2 skipped" ] || no "last line is $(tail -n 1 <<<"$OUT")"
  says "2/9 the language"
  says "MUSTER_TEST_AXON_SERVER"
}

aFailingTestIsNamedAndFailsTheSuite() {
  cat >"$PROJECT/verify.sh" <<'VERIFY'
reports=$(dirname "$0")/../api-contract/target/surefire-reports
mkdir -p "$reports"
printf '%s\n' '<testsuite name="A" tests="3" errors="1" skipped="0" failures="1">' '<testcase name="works" classname="A"/>' \
  '<testcase name="fails" classname="A" time="0">' '<failure message="x"/>' '</testcase>' \
  '<testcase name="breaks" classname="A" time="0">' '<error message="x"/>' '</testcase>' >"$reports/TEST-A.xml"
VERIFY
  muster test
  exits 1
  [ "$(tail -n 1 <<<"$OUT")" = "1 passed, 2 failed, 0 skipped" ] || no "last line is $(tail -n 1 <<<"$OUT")"
  says "failed: A.fails"
  says "failed: A.breaks"
}

aBuildThatBreaksBeforeItsTestsIsNoSuccess() {
  touch "$PROJECT/broken"
  muster test
  exits 1
  [ "$(tail -n 1 <<<"$OUT")" = "0 passed, 0 failed, 0 skipped" ] || no "last line is $(tail -n 1 <<<"$OUT")"
  says "cannot find symbol"
}

noColourIsWrittenWhereNobodyWatches() {
  muster nonsense
  [[ $ERR != *$'\e'* ]] || no "escape in $ERR"
}

theScriptsAreFreeOfShellchecksComplaints() {
  command -v shellcheck >/dev/null || return 0
  shellcheck -x "$HERE/muster" "$HERE/.ci/run" "$HERE"/infra/cli/*.sh "$HERE"/infra/cli/lib/*.sh || no "see above"
}

# shellcheck source=/dev/null
. "$HERE/infra/cli/test-lab.sh"
# shellcheck source=/dev/null
. "$HERE/infra/cli/test-config.sh"
# shellcheck source=/dev/null
. "$HERE/infra/cli/test-apps.sh"

CASES=''
for story in $(declare -F | awk '{print $3}' | grep -E '^[a-z]+[A-Z]'); do
  given_a_project
  if ("$story"); then
    PASSED=$((PASSED + 1))
    CASES+="<testcase classname=\"launcher\" name=\"$story\"/>"$'\n'
  else
    FAILED=$((FAILED + 1))
    CASES+="<testcase classname=\"launcher\" name=\"$story\">"$'\n<failure/></testcase>\n'
    echo "failed: $story"
  fi
done
if [ "${1:-}" = --report ]; then
  mkdir -p "$2"
  printf '<testsuite name="launcher" tests="%s" errors="0" skipped="0" failures="%s">\n%s</testsuite>\n' \
    $((PASSED + FAILED)) "$FAILED" "$CASES" >"$2/TEST-launcher.xml"
fi
echo "$PASSED passed, $FAILED failed"
[ "$FAILED" -eq 0 ]
