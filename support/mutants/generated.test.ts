import { describe, expect, it } from 'vitest'
import { readScripts } from '../coverage/script-texts'
import { mutantsOf } from './generated'
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
