import { describe, expect, it } from 'vitest'
import { exitsIn, messagesIn, readScripts } from './script-texts'
import { scriptWords } from './script-words'

const lib = new Map([
  [
    'fixtures/x/lib/messages.bash',
    'declare -Ar exit_codes=(\n  [usage]=2\n  [volume]=15\n)\n# Ends the script with fail CAUSE.\n',
  ],
  [
    'fixtures/x/lib/nats.bash',
    [
      `[[ -n $1 ]] || fail usage "$1 needs a value" 'none was given'`,
      `    fail volume "the volume $(bytes "$1") of \${NAME:-none} is full (100%)" \\`,
      `      "why"`,
      `  nats_cli || fail volume \\`,
      `    'it is "broken"' 'why'`,
    ].join('\n'),
  ],
  ['fixtures/x/backup', `fail usage "unknown argument: \${*: -1}" 'x'`],
])

describe('messagesIn', () => {
  it('finds each message, without what the script puts in', () => {
    expect(messagesIn(lib).map(({ at, text }) => `${at} ${text}`)).toEqual([
      'fixtures/x/lib/nats.bash:1 nats.bash: … needs a value',
      'fixtures/x/lib/nats.bash:2 nats.bash: the volume … of … is full (100%)',
      'fixtures/x/lib/nats.bash:4 nats.bash: it is "broken"',
      'fixtures/x/backup:1 backup: unknown argument: …',
    ])
  })

  it('finds every one of the real scripts', () => {
    const scripts = readScripts()
    const calls = [...scripts.values()].flatMap(
      (text) => text.match(/^(?!#).*\bfail ("\$\w+"|[a-z-]+) ["'\\]/gm) ?? [],
    )
    expect(messagesIn(scripts)).toHaveLength(calls.length)
    expect(calls.length).toBeGreaterThan(50)
  })
})

describe('exitsIn', () => {
  it('finds each code, with its line', () => {
    expect(exitsIn(lib)).toEqual([
      { at: 'fixtures/x/lib/messages.bash:2', code: 2, cause: 'usage' },
      { at: 'fixtures/x/lib/messages.bash:3', code: 15, cause: 'volume' },
    ])
  })
})

describe('the gaps of scriptWords', () => {
  const whats = (printed: string) =>
    scriptWords(lib, printed).flatMap(({ what, gap }) => (gap === undefined ? [] : [what]))

  it('are the codes and messages that nobody has seen', () => {
    expect(whats('')).toHaveLength(6)
    const printed = [
      'restore failed: --stream needs a value\n  exit: 2 (usage)',
      'check: volume: BROKEN, the volume 10 MiB of none is full (100%)\nexit: 15 (volume)',
      'backup failed: unknown argument: now',
    ].join('\n')
    expect(whats(printed)).toEqual(['message nats.bash: it is "broken"'])
  })

  it('remain when what was printed is another message that holds the same words', () => {
    const texts = [
      `fail broken "the archive $1 is damaged" 'x'`,
      `fail broken "the archive $1 is damaged; nothing was changed" 'x'`,
      `fail unknown "$1" 'x'`,
    ]
    const scripts = new Map([['fixtures/x/lib/y.bash', texts.join('\n')]])
    const gaps = (printed: string) =>
      scriptWords(scripts, printed).flatMap(({ at, gap }) => (gap === undefined ? [] : [at.slice(-1)]))
    expect(gaps('restore failed: the archive a is damaged; nothing was changed')).toEqual(['1', '3'])
    expect(gaps('[pod/a/backup] backup failed: the archive a is damaged')).toEqual(['2', '3'])
    expect(gaps('backup failed: asking for the account')).toEqual(['1', '2'])
  })

  it('remain when the same words were printed for another reason, or with another way out', () => {
    const texts = [
      `fail "$CAUSE" "copy: FAILED: $1" \\\n  "$WORDS; it is $lag h old" 'ask who runs S3'`,
      `fail "$CAUSE" "copy: FAILED: $1" "$WORDS" "$(next)"`,
      `fail volume "no folder $1" 'no volume' 'kubectl get pvc'`,
      `fail missing "no folder $1" 'no volume' "from S3: restore --from $2"`,
    ]
    const scripts = new Map([['fixtures/x/lib/y.bash', texts.join('\n')]])
    const shown = (printed: string) =>
      scriptWords(scripts, printed).flatMap(({ at, gap }) => (gap === undefined ? [at.slice(-1)] : []))
    expect(
      shown('backup failed: copy: FAILED: a\n   why: refused; it is 49 h old\n  next: ask who runs S3'),
    ).toEqual(['1'])
    expect(shown('[pod/a/b] backup failed: copy: FAILED: a\n[pod/a/b]    why: Access Denied\n')).toEqual([
      '3',
    ])
    expect(shown('check: S3: BROKEN, no folder /x\n   why: no volume\n  next: kubectl get pvc\n')).toEqual([
      '4',
    ])
    expect(
      shown('restore failed: no folder /x\n   why: no volume\n  next: from S3: restore --from s3'),
    ).toEqual(['5'])
    expect(shown('restore failed: no folder /x\n  exit: 2')).toEqual(['4', '5'])
    expect(shown('restore failed: no folder /x\n   why: another')).toEqual([])
  })

  it('remain when another program said it, or in other words', () => {
    expect(whats('restore failed: unknown argument: now')).toContain('message backup: unknown argument: …')
    expect(whats('the log says: needs a value')).toContain('message nats.bash: … needs a value')
  })
})
