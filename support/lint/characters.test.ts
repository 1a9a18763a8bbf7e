import { describe, expect, it } from 'vitest'
import { characterFindings } from './characters'
import { pageWithBlock, told } from './testing/linted'

const findings = (...lines: string[]) => characterFindings(pageWithBlock(lines.join('\n')))
const found = (...lines: string[]) => told(findings(...lines))

describe('characters of the typesetter', () => {
  it('are found in what runs', () => {
    expect(found('true', 'echo “a b”')).toEqual([
      '16 “ is a letter to the shell, no quote',
      '16 ” is a letter to the shell, no quote',
    ])
    expect(found('kubectl get -o "{.items[?(@.name==‘x’)]}"')).toHaveLength(2)
    expect(found('kubectl get pods –watch')).toEqual([
      '15 – is a letter to the shell, and no option begins with it',
    ])
  })

  it('are let through where nobody but the reader sees them', () => {
    expect(found('ls # the operator’s own')).toEqual([])
    expect(found('echo "1 – 2"', 'ls a–b')).toEqual([])
  })
})

describe('characters that can’t be seen', () => {
  it.each([
    ['\u00a0', 'U+00A0'],
    ['\u200b', 'U+200B'],
    ['\u202e', 'U+202E'],
    ['\ufeff', 'U+FEFF'],
    ['\u001b', 'U+001B'],
  ])('are found wherever they are: %j', (character, name) => {
    expect(found('true', `ls ${character}a`)).toEqual([`16 a character that can’t be seen: ${name}`])
    expect(found(`ls "${character}a"`)).toHaveLength(1)
  })

  it('are found when they are tabs, and mended where a space means the same', () => {
    const mended = (line: string) => findings(line).map(({ fix }) => fix?.to)
    expect(found('true', 'ls\ta')).toEqual(['16 a tab: a terminal it is pasted into may complete a name'])
    expect(mended('ls\ta')).toEqual(['ls a'])
    expect(findings('if true', '\t\tls').map(({ fix }) => fix?.to)).toEqual(['    ls'])
    expect(mended('echo "a\tb"')).toEqual([undefined])
    expect(mended('echo a\\\tb')).toEqual([undefined])
    expect(findings('cat <<-END', '\ta', '\tEND').map(({ fix }) => fix?.to)).toEqual([undefined, undefined])
  })

  it('are not there in plain text', () => {
    expect(found('kubectl get pods -o name |', '  sort -u >"a b" # ä ✓')).toEqual([])
  })
})

describe('a blank behind the backslash', () => {
  const last = (...lines: string[]) => findings(...lines).map(({ line, fix }) => [line, fix?.to])

  it('is found, and taken away where the next line can be no command', () => {
    expect(found('ls \\ ', '  -a')).toEqual([
      '15 a blank behind the \\ ends the command here, and the next line runs as one of its own',
    ])
    expect(last('ls \\ ', '  -a')).toEqual([[15, 'ls \\']])
    expect(last('ls \\  ', '  | wc')).toEqual([[15, 'ls \\']])
    expect(last('ls \\ ', '  job-name')).toEqual([[15, undefined]])
    expect(last('ls \\ ')).toEqual([[15, undefined]])
  })

  it('is not seen where it is none', () => {
    expect(found('ls \\', '  -a')).toEqual([])
    expect(found('ls \\\\ ', "echo 'a \\ ", " '", '# a \\ ')).toEqual([])
  })
})
