import { describe, expect, it } from 'vitest'
import { damageOf, isIntact } from './damage'
import type { Acknowledged } from './ledger'
import { message } from './message'
import type { Stored } from './read-back'

const at = '2026-11-24T00:00:00.000Z'

function acknowledged(seq: number, text = `text ${seq}`): Acknowledged {
  return { ...message('agentese.world', [], Buffer.from(text)), stream: 'AGENTESE', seq, at }
}

function stored(seq: number, text = `text ${seq}`, subject = 'agentese.world'): Stored {
  return { ...message(subject, [], Buffer.from(text)), seq, at }
}

/** The damage as short as it can be told. */
function told(
  expected: readonly Acknowledged[],
  found: readonly Stored[],
  deletions: readonly Acknowledged[] = [],
) {
  const { stream: _, acknowledged: __, ...kinds } = damageOf('AGENTESE', expected, deletions, found)
  return Object.fromEntries(
    Object.entries(kinds)
      .filter(([, list]) => list.length > 0)
      .map(([kind, list]) => [kind, list.map(({ seq, detail }) => `${seq} ${detail}`)]),
  )
}

describe('damage of a stream', () => {
  const three = [acknowledged(1), acknowledged(2), acknowledged(3)]

  it('is none when every message is where it was acknowledged', () => {
    const damage = damageOf('AGENTESE', three, [], [stored(1), stored(2), stored(3)])
    expect(isIntact(damage)).toBe(true)
    expect(damage.acknowledged).toBe(3)
  })

  it('is all messages missing when the stream is gone', () => {
    expect(told(three, [])).toEqual({ missing: [1, 2, 3].map((seq) => `${seq} was acknowledged at ${at}`) })
  })

  it('tells a missing message', () => {
    expect(told(three, [stored(1), stored(3)])).toEqual({ missing: [`2 was acknowledged at ${at}`] })
  })

  it('tells an altered payload, and altered headers and subject', () => {
    expect(told(three, [stored(1), stored(2, 'other'), stored(3)])).toEqual({
      altered: ['2 has other payload'],
    })
    const headed = { ...message('agentese.void', [['A', 'b']], Buffer.from('text 2')), seq: 2, at }
    expect(told(three, [stored(1), headed, stored(3)])).toEqual({
      altered: ['2 has other subject, was agentese.world and headers'],
    })
  })

  it('tells a message that is there twice', () => {
    expect(told(three, [stored(1), stored(2), stored(3), stored(4, 'text 2')])).toEqual({
      duplicated: ['4 is there once more'],
    })
  })

  it('tells messages that changed places, and a stream that was renumbered', () => {
    expect(told(three, [stored(1, 'text 2'), stored(2, 'text 1'), stored(3)])).toEqual({
      outOfOrder: ['1 is under sequence 2', '2 is under sequence 1'],
    })
    expect(told([acknowledged(5), acknowledged(7)], [stored(1, 'text 5'), stored(2, 'text 7')])).toEqual({
      outOfOrder: ['5 is under sequence 1', '7 is under sequence 2'],
    })
  })

  it('tells a message that was never acknowledged, and one that was deleted and is back', () => {
    expect(told(three, [stored(1), stored(2), stored(3), stored(4, 'new')])).toEqual({
      unexpected: ['4 was never acknowledged'],
    })
    expect(told([acknowledged(1)], [stored(1), stored(2)], [acknowledged(2)])).toEqual({
      unexpected: ['2 was deleted (sequence 2)'],
    })
  })

  it('takes messages that are alike one by one', () => {
    const alike = [acknowledged(1, 'same'), acknowledged(2, 'same'), acknowledged(3, 'same')]
    expect(told(alike, [stored(1, 'same'), stored(2, 'same'), stored(3, 'same')])).toEqual({})
    expect(told(alike, [stored(1, 'same'), stored(3, 'same')])).toEqual({
      missing: [`2 was acknowledged at ${at}`],
    })
  })

  it('counts a message under the sequence of a lost one as both its own duplicate and the loss', () => {
    expect(told(three, [stored(1), stored(2, 'text 1'), stored(3)])).toEqual({
      duplicated: ['2 is there once more'],
      missing: [`2 was acknowledged at ${at}`],
    })
  })
})
