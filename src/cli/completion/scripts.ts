/** What makes each shell ask `colophon completion words -- …` for what could come next. */

export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** Bash breaks words at `=`, `@` and `:`, and replaces only what is behind the last of them. */
const bash = `# colophon completion bash: eval "$(colophon completion bash)"
_colophon() {
  local line="\${COMP_LINE:0:COMP_POINT}" last before candidate
  local -a words
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  last="\${words[\${#words[@]}-1]}"
  before="\${last%"\${last##*[@=:]}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r candidate _; do
    COMPREPLY+=("\${candidate#"$before"}")
  done < <(colophon completion words -- "\${words[@]:1}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == *[@=] ]] && compopt -o nospace
  return 0
}
complete -o default -F _colophon colophon
`;

const zsh = `#compdef colophon
# colophon completion zsh: eval "$(colophon completion zsh)", after compinit
_colophon() {
  local -a lines names
  lines=("\${(@f)$(colophon completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  names=("\${(@)lines%%$'\\t'*}")
  names=("\${(@)names:#}")
  if (( \${#names} )); then
    compadd -U -S '' -- "\${(@M)names:#*[@=]}"
    compadd -U -- "\${(@)names:#*[@=]}"
  else
    _files
  fi
}
compdef _colophon colophon
`;

const fish = `# colophon completion fish | source
complete -c colophon -e
complete -c colophon -a '(colophon completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
