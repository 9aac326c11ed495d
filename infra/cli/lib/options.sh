# shellcheck shell=bash
# Options of one command: --name value or --name=value.

declare -A OPTION=()

# read_options <command> "<name> <name>…" "$@": fills OPTION, prints help for --help, refuses the rest.
read_options() {
  local command=$1 known name value word
  local -a dashed=()
  read -ra known <<<"$2"
  shift 2
  for name in "${known[@]}"; do dashed+=("--$name"); done
  OPTION=()
  while [ $# -gt 0 ]; do
    word=$1
    shift
    case $word in
      --help | -h)
        "help_$command"
        exit 0
        ;;
      --*=*)
        name=${word%%=*}
        value=${word#*=}
        ;;
      --*)
        name=$word
        is_known "$name" "${dashed[@]}" || unknown "option" "$name" "${dashed[@]}"
        [ $# -gt 0 ] || misuse "$name needs a value."
        value=$1
        shift
        ;;
      *) misuse "'$word' is not expected here; see ./muster help $command." ;;
    esac
    is_known "$name" "${dashed[@]}" || unknown "option" "$name" "${dashed[@]}"
    [ -n "$value" ] || misuse "$name needs a value."
    OPTION[${name#--}]=$value
  done
}

is_known() {
  local word=$1 one
  shift
  for one in "$@"; do
    [ "$one" != "$word" ] || return 0
  done
  return 1
}

# number <option> <least> <most>: refuses what is not a whole number in that range; unset is fine.
number() {
  local value=${OPTION[$1]:-}
  [ -n "$value" ] || return 0
  if ! [[ $value =~ ^(0|[1-9][0-9]{0,17})$ ]] || [ "$value" -lt "$2" ] || [ "$value" -gt "$3" ]; then
    misuse "--$1 takes a whole number from $2 to $3, not '$value'."
  fi
}

# The absolute path of what the user named, whether or not it exists.
absolute() { readlink -m -- "$1"; }
