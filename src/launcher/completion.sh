# Completes the words of bulwark from docs/reference/cli.md, which a test holds to the programs: in bash, and in zsh by its bashcompinit.
[[ -z "${ZSH_VERSION:-}" ]] || { autoload -U +X bashcompinit && bashcompinit; }

_bulwark() {
  local current="${COMP_WORDS[COMP_CWORD]}" words="" word found
  COMPREPLY=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ "$word" != [a-z]* ]] || words="$words $word"
  done
  found="$(awk -v path="bulwark$words" -v current="$current" -v dev="$_bulwark_dev" -F '`' '
    function offer(word) { if (index(word, current) == 1) print word }
    /^##+ bulwark /{ heading = $0; sub(/^#+ /, "", heading); rest = substr(heading, length(path) + 2)
      if (substr(heading, 1, length(path) + 1) == path " " && rest !~ / /) offer(rest) }
    current ~ /^-/ && heading == path && /^ +(-[a-zA-Z], )?--[a-z]/ && match($0, /--[a-z-]+/) { offer(substr($0, RSTART, RLENGTH)) }
    path == "bulwark" && $5 ~ /stays/ { offer($2) }
    END {
      own["bulwark"] = "dev test bench help completion"
      own["bulwark dev"] = dev
      own["bulwark completion"] = "bash zsh"
      for (i = split(own[path], of, " "); i > 0; i--) offer(of[i])
    }' "$_bulwark_reference")"
  while IFS= read -r word; do [[ -z "$word" ]] || COMPREPLY+=("$word"); done <<<"$found"
}

complete -o default -F _bulwark bulwark ./bulwark
