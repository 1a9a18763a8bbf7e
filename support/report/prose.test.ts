import { describe, expect, it } from 'vitest'
import { readProse } from './prose'

describe('readProse', () => {
  it('takes the fields of the page contract out, in the order of the page', () => {
    const prose = readProse(`  **Escalate:** #platform-oncall
      after 15 minutes.
  **Use when** the backup is missing.
  **Don't use when:** one is running.
  **Impact** no restore point.

  More to know:

      code
  **Note** that bold text stays.`)
    expect(prose.fields).toEqual([
      { label: 'Use when', text: 'the backup is missing.' },
      { label: 'Do not use when', text: 'one is running.' },
      { label: 'Impact if you wait', text: 'no restore point.' },
      { label: 'Escalate', text: '#platform-oncall\n    after 15 minutes.' },
    ])
    expect(prose.rest).toBe('More to know:\n\n    code\n**Note** that bold text stays.')
  })

  it('has nothing to say of no description', () => {
    expect(readProse('')).toEqual({ fields: [], rest: '' })
  })
})
