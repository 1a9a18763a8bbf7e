import { describe, expect, it } from 'vitest'
import { type Covering, coverageFlaws, coveragePage, withVerdictsOf } from './coverage'

const catalogue = { Restore: { R01: 'Everything comes back', R02: 'From S3 alone' } }
const covering: Covering[] = [
  {
    scenario: {
      address: 'restore.2.1',
      title: 'From the volume | from S3',
      uri: 'features/nats-restore/restore.feature',
      state: 'passed',
    },
    numbers: ['R01'],
  },
]

describe('the coverage of the catalogue', () => {
  it('names each promise that no scenario shows', () => {
    expect(coverageFlaws(catalogue, covering)).toEqual(['R02: no scenario shows it'])
  })

  it('names each number that nobody promised', () => {
    const [one] = covering
    const wrong = one ? [{ ...one, numbers: ['R01', 'R02', 'R99'] }] : []
    expect(coverageFlaws(catalogue, wrong)).toEqual([
      'features/nats-restore/restore.feature: "From the volume | from S3" covers R99, which is not in the catalogue',
    ])
  })

  it('keeps the verdicts of an earlier page, whatever the scenarios are called now', () => {
    const before = coveragePage(catalogue, covering)
    const renamed = covering.map(({ scenario, numbers }): Covering => {
      return { scenario: { ...scenario, title: 'From the | volume', state: 'not run' }, numbers }
    })
    const after = withVerdictsOf(before, coveragePage(catalogue, renamed))
    expect(after).toContain(
      '.feature) From the \\| volume | passed |\n| R02 | From S3 alone | – | no scenario |',
    )
    expect(withVerdictsOf('', after)).toContain('From the \\| volume | not run |')
    expect(withVerdictsOf(before, before)).toBe(before)
  })

  it('is a table with verdicts', () => {
    expect(coveragePage(catalogue, covering)).toContain(
      `| R01 | Everything comes back | [restore.2.1](../features/nats-restore/restore.feature) From the volume \\| from S3 | passed |
| R02 | From S3 alone | – | no scenario |`,
    )
  })
})
