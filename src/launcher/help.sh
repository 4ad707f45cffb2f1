# Help, and words to complete, from the reference: read by the launcher of the sources and by that of an installed Bulwark. It needs $root, $reference and say.

# A test holds the reference to the program: nothing is built, and nothing started, for it.
# The words of a verb for what was typed: a shorter spelling, or an old one, as the reference's table of spellings has them.
spelled() { # words
  local typed="$*" rest="" now
  while [[ -n "$typed" ]]; do
    now="$(awk -F '`' -v typed="$typed" '/^## Other spellings/{ table = 1 } table && $2 == typed { print $4; exit }' "$reference")"
    if [[ -n "$now" ]]; then
      printf '%s\n' "$now$rest"
      return
    fi
    rest=" ${typed##* }$rest"
    [[ "$typed" == *" "* ]] || break
    typed="${typed% *}"
  done
  printf '%s\n' "$*"
}

help_of() { # verb and its step
  local words
  if [[ "${1:-}" == verbs ]]; then
    awk '/^##+ bulwark /{ verb = $0; sub(/^##+ bulwark /, "", verb) } /^```text$/{ inside = 1; next } /^```$/{ inside = 0 }
      verb && inside && !/^(Usage:| )/{ printf "  ./bulwark %-26s %s\n", verb, $0; verb = "" }' "$reference"
    return
  fi
  # What a verb is given may stand before --help too, a file's name above all: the longest heading that is there.
  words="$(spelled "$@")"
  while [[ -n "$words" ]]; do
    awk -v wanted="bulwark $words" '/^##+ /{ heading = $0; sub(/^#+ /, "", heading) } heading == wanted && /^```$/{ exit } heading == wanted && text
      heading == wanted && /^```text$/{ text = 1; found = 1 } END { exit !found }' "$reference" && return
    [[ "$words" == *" "* ]] || break
    words="${words% *}"
  done
  say "bulwark: no verb ${*:-}: ./bulwark help verbs lists them"
  exit 2
}

asks_for_help() { # arguments
  local argument
  for argument in "$@"; do
    [[ "$argument" != --help && "$argument" != -h ]] || return 0
  done
  return 1
}

# Verb and step, the words before the first option.
words_of() { # arguments
  local argument words=()
  for argument in "$@"; do
    [[ "$argument" == [a-z]* ]] || break
    words+=("$argument")
  done
  printf '%s\n' "${words[@]}"
}

print_completion() { # shell, developer's verbs
  [[ $# -eq 2 && "$1" =~ ^(bash|zsh)$ ]] || refuse "completion takes bash or zsh"
  printf '_bulwark_reference=%q\n_bulwark_dev=%q\n' "$reference" "$2"
  cat -- "$launcher/completion.sh"
}

refuse() { # one line: what is wrong
  say "bulwark: $1"
  exit 2
}
