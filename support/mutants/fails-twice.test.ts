import { describe, expect, it } from 'vitest'
import { failsTwice } from './fails-twice'

/** Runs that fail as told: by file, for each time that it's run, the test that fails. */
function runner(told: Readonly<Record<string, readonly (string | undefined)[]>>) {
  const times = new Map<string, number>()
  const ran: string[][] = []
  const firstFailed = async (files: readonly string[]) => {
    ran.push([...files])
    for (const file of files) {
      const time = times.get(file) ?? 0
      times.set(file, time + 1)
      const name = told[file]?.[time]
      if (name !== undefined) return { file, name }
    }
    return undefined
  }
  return { ran, firstFailed }
}

describe('tests that should notice a mutant', () => {
  it('notice it when one fails twice', async () => {
    const { ran, firstFailed } = runner({ b: ['restores', 'restores'] })
    expect(await failsTwice(['a', 'b', 'c'], firstFailed)).toBe('restores')
    expect(ran).toEqual([['a', 'b', 'c'], ['b']])
  })

  it('don’t when one fails once, and those behind it are run too', async () => {
    const { ran, firstFailed } = runner({ a: ['a port was taken'], b: [undefined, 'x', undefined] })
    expect(await failsTwice(['a', 'b', 'c'], firstFailed)).toBeUndefined()
    expect(ran).toEqual([['a', 'b', 'c'], ['a'], ['b', 'c']])
  })

  it('notice it behind one that fails once', async () => {
    const { firstFailed } = runner({ a: ['a port was taken'], b: ['restores', 'restores'] })
    expect(await failsTwice(['a', 'b'], firstFailed)).toBe('restores')
  })

  it('don’t when all pass', async () => {
    const { ran, firstFailed } = runner({})
    expect(await failsTwice(['a', 'b'], firstFailed)).toBeUndefined()
    expect(ran).toHaveLength(1)
  })
})
