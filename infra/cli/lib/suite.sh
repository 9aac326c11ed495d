# shellcheck shell=bash
# The whole test suite: packages it needs, one Maven run, one honest line of counts.

# package:what is skipped without it
readonly TEST_PACKAGES=(
  "swupdate:swupdate as a judge of bundles and as a device"
  "rauc:rauc as a maker and judge of bundles"
  "squashfs-tools:squashfs images of each compressor"
  "chromium:the console in a browser"
  "cpio:bundles packed by cpio"
  "gcc:the libconfig judge"
  "libconfig-dev:the libconfig judge"
  "openssl:bundles signed by openssl"
  "python3-yaml:rule files and dashboards compared with PyYAML and Python's JSON"
  "python3-autobahn:the WAMP router as autobahn for Python sees it"
  "prometheus:a real Prometheus and promtool"
  "wrk:load by wrk"
  "nginx:the manual's example of a proxy"
  "docker-registry:images of apps in a real registry"
  "snmpd:boards on a real PoE switch"
  "socat:serial consoles of boards"
  "ser2net:serial consoles of boards over the network"
  "openssh-client:ssh to boards"
  "openssh-server:ssh to boards"
  "curl:the README's curl calls"
  "jq:the README's curl calls"
  "shellcheck:a look at the launcher's scripts"
)

# What tests with real containers need beside the engine itself.
readonly CONTAINER_PACKAGES=(
  "busybox-static:images of containers"
  "docker-registry:images that come from a registry"
)

help_test() {
  cat <<TEXT
Examples:
  ./muster test
  DOCKER_HOST=unix:///run/docker.sock ./muster test containers

Installs the Debian packages that tests need and that are missing (as root or with password-less sudo; otherwise it
says what will be skipped), runs the tests with JDK 25, but for those of 'test crash', and ends with the counts. Log:
.muster/test.log.

Real back ends are tested too when their addresses are in the environment:
  MUSTER_TEST_AXON_SERVER   host:port of an Axon Server
  MUSTER_TEST_MONGO_URI     mongodb://… of a MongoDB 7 or 8
  MUSTER_TEST_S3            http(s)://key:secret@host:port/bucket of an S3 store
  DOCKER_HOST               unix:///… or tcp://host:port of a container engine; needs the docker command

'test containers' runs only what needs a container engine: apps in real containers, by simulated agents.
'test crash' runs what takes minutes each: servers that are killed again and again.
TEXT
}

run_tests() {
  local status=0 passed failed skipped began=$SECONDS
  case ${1:-} in
    containers | crash)
      "test_$1" "${@:2}"
      return
      ;;
  esac
  read_options test "" "$@"
  find_jdk
  find_maven
  mkdir -p "$STATE"
  install_packages "${TEST_PACKAGES[@]}"
  forget_reports
  headline "Running all tests (log in ${STATE#"$PWD"/}/test.log)"
  test_launcher
  # Failures do not stop the run: all modules are tested and the reports are counted afterwards. Two at a time: while one
  # waits for a wire another is compiled. The server comes last, and has the machine to itself.
  JAVA_HOME=$JDK "$MVN" -B -ntp -T2 -Dstyle.color=never -fae -Dspotless.goal=check -Dmaven.test.failure.ignore=true \
    -f "$ROOT/pom.xml" verify 2>&1 | tee "$STATE/test.log" | tell_progress || status=$?
  read -r passed failed skipped < <(count_tests)
  say ''
  if [ "$status" -ne 0 ]; then
    say "The build itself failed:"
    tell_errors "$STATE/test.log"
  fi
  failing_tests >&2
  tell_back_ends
  say "Took $(((SECONDS - began) / 60)) min $(((SECONDS - began) % 60)) s."
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# Apps in real containers alone. They are part of the whole suite too, where they are skipped without an engine.
test_containers() {
  read_options test "" "$@"
  [ -n "${DOCKER_HOST:-}" ] || misuse "'test containers' needs DOCKER_HOST, such as unix:///run/docker.sock."
  command -v docker >/dev/null || misuse "'test containers' needs the docker command (Debian's package docker.io)."
  install_packages "${CONTAINER_PACKAGES[@]}"
  test_some "apps in containers at $DOCKER_HOST" 'RealContainersTest'
}

# Servers that are killed again and again, and two that write into one store: minutes each, so a suite of its own.
test_crash() {
  read_options test "" "$@"
  install_packages "${TEST_PACKAGES[@]}"
  test_some "servers that are killed" '*CrashTest,TwoWritersTest'
}

# test_some <what> <classes>: these alone, also those that a whole run leaves out.
test_some() {
  local status=0 passed failed skipped
  find_jdk
  find_maven
  mkdir -p "$STATE"
  forget_reports
  headline "Running $1 (log in ${STATE#"$PWD"/}/test.log)"
  JAVA_HOME=$JDK "$MVN" -B -ntp -T1 -Dstyle.color=never -Dmaven.test.failure.ignore=true -f "$ROOT/pom.xml" \
    -pl infra/server -am -Dtest="$2" -Dmuster.test.without=none -Dsurefire.failIfNoSpecifiedTests=false test 2>&1 \
    | tee "$STATE/test.log" | tell_progress || status=$?
  [ "$status" -eq 0 ] || tell_errors "$STATE/test.log"
  read -r passed failed skipped < <(count_tests)
  failing_tests >&2
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# Reports of earlier runs would be counted again.
forget_reports() {
  find "$ROOT" \( -name node_modules -o -name .git \) -prune -o \
    -type d \( -path '*/target/surefire-reports' -o -path '*/target/failsafe-reports' \) -prune -exec rm -rf {} +
}

# The launcher's own tests; their report is counted with the others.
test_launcher() {
  [ -x "$ROOT/infra/cli/test.sh" ] || return 0
  say "  the launcher"
  "$ROOT/infra/cli/test.sh" --report "$ROOT/infra/cli/target/surefire-reports" >"$STATE/launcher-test.log" 2>&1 \
    || grep '^failed: ' "$STATE/launcher-test.log" | sed "s/^failed:/      ${RED}failed${PLAIN}/" >&2 || true
}

# Says each module as it begins and each test class that fails, as Maven tells them.
tell_progress() {
  local line
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*'['*/*']') say "$(sed -E 's/.*Building (Muster: )?(.*) [^ ]+ +\[([0-9]+\/[0-9]+)\].*/  \3 \2/' <<<"$line")" ;;
      *'<<< FAILURE!'* | *'<<< ERROR!'*)
        case $line in
          *'Tests run:'*) ;;
          *) say "      ${RED}failed${PLAIN} ${line#\[ERROR\] }" ;;
        esac
        ;;
      '[INFO] '*' SKIPPED') say "  ${line#\[INFO\] }" ;;
    esac
  done
}

test_reports() {
  find "$ROOT" \( -name node_modules -o -name .git -o -name src \) -prune -o -type f \
    \( -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/failsafe-reports/TEST-*.xml' \) -print0
}

# Prints: passed failed skipped, summed over all reports. Errors are failures.
count_tests() {
  test_reports | xargs -0 -r grep -hoE '<testsuite [^>]*>' | awk '
    function value(name,   m) {
      return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
    }
    { tests += value("tests"); failed += value("failures") + value("errors"); skipped += value("skipped") }
    END { printf "%d %d %d\n", tests - failed - skipped, failed, skipped }'
}

# The name of each failing test, from the reports.
failing_tests() {
  # shellcheck disable=SC2016
  test_reports | xargs -0 -r awk '
    /<testcase / { name = ""; class = ""
      if (match($0, / name="[^"]*"/)) name = substr($0, RSTART + 7, RLENGTH - 8)
      if (match($0, / classname="[^"]*"/)) class = substr($0, RSTART + 12, RLENGTH - 13) }
    /<(failure|error)[ >]/ { if (class != "") print "failed: " class "." name; class = "" }'
}

tell_back_ends() {
  local missing=()
  [ -n "${MUSTER_TEST_AXON_SERVER:-}" ] || missing+=("Axon Server (MUSTER_TEST_AXON_SERVER)")
  [ -n "${MUSTER_TEST_MONGO_URI:-}" ] || missing+=("MongoDB (MUSTER_TEST_MONGO_URI)")
  [ -n "${MUSTER_TEST_S3:-}" ] || missing+=("S3 (MUSTER_TEST_S3)")
  [ -n "${DOCKER_HOST:-}" ] || missing+=("a container engine (DOCKER_HOST)")
  [ ${#missing[@]} -eq 0 ] || say "Not tested against, as no address was given: $(join_with ', ' "${missing[@]}")."
}

join_with() {
  local between=$1 first=$2
  shift 2
  printf '%s' "$first" "${@/#/$between}"
}

# install_packages <package:what>…
install_packages() {
  local entry name missing=() as_root=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    tell_skipped "this is not a Debian system" "$@"
    return
  fi
  for entry in "$@"; do
    name=${entry%%:*}
    package_is_there "$name" || missing+=("$entry")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      tell_skipped "neither root nor password-less sudo" "${missing[@]}"
      return
    fi
  fi
  headline "Installing what the tests need: ${missing[*]%%:*}"
  # RUNLEVEL=1 keeps a package's service (Prometheus) from starting.
  apt_install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends "$@"; }
  if ! apt_install "${missing[@]%%:*}" >"$STATE/packages.log" 2>&1; then
    "${as_root[@]}" apt-get update >>"$STATE/packages.log" 2>&1 || true
    for entry in "${missing[@]}"; do
      apt_install "${entry%%:*}" >>"$STATE/packages.log" 2>&1 || true
    done
  fi
  for entry in "${missing[@]}"; do
    package_is_there "${entry%%:*}" || tell_skipped "it could not be installed" "$entry"
  done
}

package_is_there() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# tell_skipped <why> <package:what>…
tell_skipped() {
  local why=$1 entry
  shift
  for entry in "$@"; do
    command -v "${entry%%:*}" >/dev/null || say "Without ${entry%%:*} ($why), skipped: ${entry#*:}."
  done
}
