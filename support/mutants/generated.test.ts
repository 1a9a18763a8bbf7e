import { describe, expect, it } from 'vitest'
import { readScripts } from '../coverage/script-texts'
import { mutantsOf, type Rule } from './generated'
import { readSurvivors } from './survivors'

const script = `# shellcheck shell=bash
usage() {
  cat <<'USAGE'
  nats_cli is not called here
USAGE
}

take() {
  local name=$1
  nats_cli backup "$name" >out || fail volume "it is full" \\
    'why' 'next'
  # a comment
  if [[ -s out ]] && ((size > 0)); then
    say "done"
  fi
  [[ -z $lost ]] || fail broken 'lost' 'why' 'next'
}
`

/** What a rule makes of lines of a function. */
function changesOf(lines: readonly string[], rule: Rule): string[] {
  const text = `f() {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
  return mutantsOf('f.bash', text).flatMap((mutant) => (mutant.rule === rule ? [mutant.after] : []))
}

describe('mutantsOf', () => {
  const mutants = mutantsOf('fixtures/x/lib/take.bash', script)

  it('drops commands, negates tests, and swallows what should end the script', () => {
    expect(mutants.map(({ name, after }) => `${name}: ${after}`)).toEqual([
      'take.bash:10 swallow: nats_cli backup "$name" >out || true',
      'take.bash:13 negate: if ! [[ -s out ]] && ((size > 0)); then',
      'take.bash:13 negate 2: if [[ -s out ]] && ! ((size > 0)); then',
      'take.bash:14 drop: :',
      'take.bash:16 drop: :',
      "take.bash:16 negate: ! [[ -z $lost ]] || fail broken 'lost' 'why' 'next'",
      'take.bash:16 swallow: [[ -z $lost ]] || true',
    ])
  })

  it('passes over what set -e would end, too, where a program reaches out of the script, and the line doesn’t say what happens then', () => {
    const lines = [
      'mv "$PARTIAL" "$ARCHIVE"',
      'take_streams',
      'names=$(stream_names)',
      'cli=$(nats_cli --version)',
      'rm --force out || return 0',
      'say "done"',
      'total=$((total + 1))',
      'PARTIAL=',
      ': >out',
      'flock --nonblock "$lock" || return 0',
      'grep --quiet full out && volume_full',
      "lost=$(jq --raw-output '",
    ]
    expect(changesOf(lines, 'swallow')).toEqual([
      'mv "$PARTIAL" "$ARCHIVE" || true',
      'cli=$(nats_cli --version) || true',
    ])
  })

  it('turns a command round that is a test, and takes away what turns one round', () => {
    const lines = [
      'if ! flock --nonblock "$lock"; then',
      'elif grep --quiet full out; then',
      'if [[ -n $name ]] && ! check_archive "$name"; then',
      'say "if it is full"',
    ]
    expect(changesOf(lines, 'negate')).toEqual([
      'if flock --nonblock "$lock"; then',
      'elif ! grep --quiet full out; then',
      'if ! [[ -n $name ]] && ! check_archive "$name"; then',
      'if [[ -n $name ]] && check_archive "$name"; then',
    ])
  })

  it('changes its place, and nothing else', () => {
    const swallow = mutants.find(({ rule }) => rule === 'swallow')
    expect(swallow?.text).toBe(script.replace(/\|\| fail volume [\s\S]*?'next'\n/, '|| true\n'))
  })

  it('has a key that stays when lines move', () => {
    const moved = mutantsOf('fixtures/x/lib/take.bash', `\n\n${script}`)
    expect(moved.map(({ key }) => key)).toEqual(mutants.map(({ key }) => key))
    expect(new Set(mutants.map(({ key }) => key)).size).toBe(mutants.length)
  })

  it('has a key of its own in the real scripts, and every explanation is of one that there is', () => {
    const keys = [...readScripts()].flatMap(([file, text]) => mutantsOf(file, text)).map(({ key }) => key)
    expect(keys.length).toBeGreaterThan(300)
    expect(new Set(keys).size).toBe(keys.length)
    expect([...readSurvivors().keys()].filter((key) => !keys.includes(key))).toEqual([])
  })
})
