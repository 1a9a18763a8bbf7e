import { describe, expect, it } from 'vitest'
import { pastingFindings } from './pasting'
import { pageWithBlock, told } from './testing/linted'

const found = (...lines: string[]) => told(pastingFindings(pageWithBlock(lines.join('\n'))))
const fixes = (...lines: string[]) =>
  pastingFindings(pageWithBlock(lines.join('\n'))).map(({ fix }) => fix?.to)

describe('prompts', () => {
  it.each([
    '$ ls',
    '% ls',
    '> ls',
    '  $ ls',
    'ann@host:~$ ls',
    'root@pod:/# ls',
    '[ann@host dir]$ ls',
    'bash-5.2$ ls',
  ])('are found: %s', (line) => {
    expect(found('true', line)).toEqual([expect.stringContaining('16 the line begins with a prompt')])
  })

  it('are found where root’s looks like a remark', () => {
    expect(found('true', '# kubectl delete pod x -n kgents-agents')).toEqual([
      expect.stringContaining('16 a command behind a # is a remark'),
    ])
    expect(found('# sudo kubectl get pods')).toEqual(['15 nothing in this block runs'])
    expect(found('true', '# kubectl waits until it is Ready')).toEqual([])
    expect(found('true', '# AWS shows the secret of a key once - so keep it.')).toEqual([])
  })

  it.each([
    'echo $ x',
    '$CMD ls',
    '>found cat x',
    "echo '\n$ ls'",
    'cat <<END\n$ ls\n> x\nEND',
    '[ -n "$x" ] || true',
    '(cd x) && ls',
  ])('are not seen in %j', (block) => {
    expect(found(block)).toEqual([])
  })

  it('are taken away only where every line has one: else the others may be output', () => {
    expect(fixes('$ kubectl get pods', '$ kubectl get jobs')).toEqual([
      'kubectl get pods',
      'kubectl get jobs',
    ])
    expect(fixes('$ kubectl get pods', 'No resources found')).toEqual([undefined])
    expect(fixes('> kubectl get pods')).toEqual([undefined])
  })
})

describe('what is left to be filled in', () => {
  it.each([
    ['kubectl logs <pod> -n x', '<pod>'],
    ['kubectl logs <pod-name>', '<pod-name>'],
    ['kubectl logs <name of the pod>', '<name of the pod>'],
    ['echo "$(cat <file>)"', '<file>'],
    ['aws s3 ls "s3://<your-bucket>/"', '<your-bucket>'],
    ["echo '<pod> …'", '<pod>'],
    ['kubectl logs ...', '...'],
    ['kubectl logs …', '…'],
    ['kubectl logs job/nats-…', 'job/nats-…'],
  ])('is found in %s', (line, what) => {
    expect(found('true', line)).toEqual([`16 ${what} is left to be filled in`])
  })

  it.each([
    'echo "pod ..."',
    "echo 'pod …'",
    "kubectl get jobs | grep '<none>'",
    `jq 'capture("(?<day>[0-9]+)")' days`,
    "grep '<Code>NoSuchKey</Code>' answer",
    'cat <<END\n<pod> ...\nEND',
    'ls # <pod> ...',
    'cat <in >out',
    'cat <in 2>err',
    'go test ./...',
    'cat <(ls)',
    '[[ a < b ]]',
  ])('is not seen in %j', (block) => {
    expect(found(block)).toEqual([])
  })
})
