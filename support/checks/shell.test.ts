import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { askShellcheck } from '../lint/ask-shellcheck'
import { trackedFiles } from './tracked'

const shebang = /^#!\s*\/(usr\/)?bin\/(env\s+)?(ba|da)?sh\b/

describe('shell scripts', () => {
  it('have nothing that shellcheck finds', () => {
    const scripts = trackedFiles().filter(({ path, text }) => shebang.test(text) || path.endsWith('.sh'))
    const args = ['--external-sources', '--source-path=SCRIPTDIR', ...scripts.map(({ path }) => path)]
    const { error, stdout, stderr, status } = askShellcheck(args, checkout)
    expect(
      error,
      'shellcheck is missing: apt-get install shellcheck (or brew install shellcheck)',
    ).toBeUndefined()
    // One that couldn't read its arguments finds nothing, too.
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 })
  })

  it('and every other file that can be executed say what executes them', () => {
    const silent = trackedFiles().filter(({ path, text }) => isExecutable(path) && !text.startsWith('#!'))
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('of the backup read to its end what a program writes', () => {
    // Who stops reading ends the writer by SIGPIPE, now and then, and with pipefail that is a failure.
    const stops = /\|\s*(grep\s+(--quiet|-q)|head\s+(--lines=|-n\s*)\d)/
    const found = trackedFiles()
      .filter(({ path }) => path.startsWith('fixtures/images/nats-backup/'))
      .flatMap(({ path, text }) =>
        text.split('\n').map((line, index) => ({ at: `${path}:${index + 1}`, line })),
      )
      .filter(({ line }) => stops.test(line) && !/^\s*#/.test(line))
    expect(found).toEqual([])
  })

  it('can be executed', () => {
    const scripts = trackedFiles().filter(({ path, text }) => shebang.test(text) && !path.endsWith('.sh'))
    expect(scripts.filter(({ path }) => !isExecutable(path)).map(({ path }) => path)).toEqual([])
  })
})

function isExecutable(path: string): boolean {
  try {
    accessSync(join(checkout, path), constants.X_OK)
    return true
  } catch {
    return false
  }
}
