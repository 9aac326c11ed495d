# shellcheck shell=bash
# Finding a JDK 25. The file `release` in a JDK says its version without starting it.

JDK=''

is_jdk25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25[."-]' "$1/release"
}

# Sets JDK to the home of a JDK 25, or ends with one line.
find_jdk() {
  local home onpath
  [ -z "$JDK" ] || return 0
  onpath=$(command -v java || true)
  [ -z "$onpath" ] || onpath=$(dirname -- "$(dirname -- "$(readlink -f -- "$onpath")")")
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* /opt/*/* "${SDKMAN_DIR:-${HOME:-/nowhere}/.sdkman}"/candidates/java/* \
    "${HOME:-/nowhere}"/.jdks/* "$onpath"; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
      JDK=$home
      return 0
    fi
  done
  fail "Muster needs JDK 25; install Temurin 25, e.g. with 'apt install temurin-25-jdk' (adoptium.net) or 'sdk install java 25-tem', or set JAVA_HOME; then run again."
}

find_maven() {
  MVN=${MUSTER_MVN:-mvn}
  command -v "$MVN" >/dev/null || fail "Muster needs Maven 3.8 or newer to build itself; install it, e.g. with 'apt install maven'; then run again."
}
