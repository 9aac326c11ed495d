# shellcheck shell=bash
# How the command talks: plain sentences on stderr, colour only where a person reads it.

if [ -t 2 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  BOLD=$'\e[1m' RED=$'\e[31m' GREEN=$'\e[32m' DIM=$'\e[2m' PLAIN=$'\e[0m'
else
  BOLD='' RED='' GREEN='' DIM='' PLAIN=''
fi

say() { printf '%s\n' "$*" >&2; }

# Something the reader waits for; heavier than say.
headline() { printf '%s%s%s\n' "$BOLD" "$*" "$PLAIN" >&2; }

good() { printf '%s%s%s\n' "$GREEN" "$*" "$PLAIN" >&2; }

quiet() { printf '%s%s%s\n' "$DIM" "$*" "$PLAIN" >&2; }

# One line, exit 1: the command line was right but the thing did not work.
fail() {
  printf '%s%s%s\n' "$RED" "$*" "$PLAIN" >&2
  exit 1
}

# One line and where to read on, exit 2: the command line was wrong.
misuse() {
  printf '%s%s%s\n' "$RED" "$*" "$PLAIN" >&2
  exit 2
}

# unknown <kind> <word> <known...>: refuses a word and offers the nearest known one.
unknown() {
  local kind=$1 word=$2 near
  shift 2
  near=$(nearest "$word" "$@")
  if [ -n "$near" ]; then
    misuse "There is no $kind '$word'; did you mean '$near'? See ./muster --help."
  fi
  misuse "There is no $kind '$word'. See ./muster --help."
}

# The known word within a third of the word's letters (at least two) of changes, or nothing.
nearest() {
  local word=$1 best='' least d allowed candidate
  shift
  allowed=$((${#word} / 3))
  [ "$allowed" -ge 2 ] || allowed=2
  least=$((allowed + 1))
  for candidate in "$@"; do
    d=$(distance "${word:0:32}" "$candidate")
    if [ "$d" -lt "$least" ]; then
      least=$d
      best=$candidate
    fi
  done
  printf '%s' "$best"
}

# Levenshtein's distance, one row at a time.
distance() {
  local a=$1 b=$2 i j above left cost
  local -a row
  for ((j = 0; j <= ${#b}; j++)); do row[j]=$j; done
  for ((i = 1; i <= ${#a}; i++)); do
    above=${row[0]}
    row[0]=$i
    for ((j = 1; j <= ${#b}; j++)); do
      cost=$above
      [ "${a:i-1:1}" = "${b:j-1:1}" ] || cost=$((above + 1))
      above=${row[j]}
      left=$((row[j - 1] + 1))
      [ "$cost" -le "$left" ] || cost=$left
      [ "$cost" -le $((above + 1)) ] || cost=$((above + 1))
      row[j]=$cost
    done
  done
  printf '%s' "${row[${#b}]}"
}
