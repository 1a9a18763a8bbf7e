import { describe, expect, it } from 'vitest'
import { duration, ImageProgress } from './image-progress'

describe('what a person waiting for images reads', () => {
  it('says what is built, how far it is, and the time left', async () => {
    const lines: string[] = []
    const progress = new ImageProgress((line) => lines.push(line), 0)
    await progress.plan([
      { name: 'kubernetes', seconds: 400 },
      { name: 'kindest/node:v1', seconds: 100 },
    ])
    await progress.step('kubernetes', async (advance) => advance(300, 1200))
    await progress.step('kindest/node:v1', async () => undefined)
    expect(lines.map((line) => line.replace(/ in \d+ s/, ''))).toEqual([
      '2 things to prepare, about 8 min left; another clone or run will use them too',
      '[0/2] building kubernetes · about 8 min left',
      '[0/2] building kubernetes: 300 of 1200 packages · about 7 min left',
      '[1/2] built kubernetes · about 2 min left',
      '[1/2] building kindest/node:v1 · about 2 min left',
      '[2/2] built kindest/node:v1 · nothing left',
    ])
  })

  it('is silent when everything is there', async () => {
    const lines: string[] = []
    const progress = new ImageProgress((line) => lines.push(line))
    await progress.plan([])
    await progress.step('nats:2', async () => false, 'pull')
    progress.done()
    expect(lines).toEqual([])
  })

  it.each([
    [0.2, '1 s'],
    [89, '89 s'],
    [95, '2 min'],
  ])('says %d seconds as %s', (seconds, said) => {
    expect(duration(seconds)).toBe(said)
  })
})
