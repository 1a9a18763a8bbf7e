import { describe, expect, it } from 'vitest'
import { tagProblem } from './tags'

describe('the closed list of tags', () => {
  it.each([
    '@runbook:nats-backup-now',
    '@persona:on-call',
    '@alert:NATSBackupMissing',
    '@severity:critical',
    '@mutates',
    '@read-only',
    '@irreversible',
    '@degraded',
    '@exclusive',
    '@slow',
    '@known-defect:S12',
  ])('knows %s', (tag) => {
    expect(tagProblem(tag)).toBeUndefined()
  })

  it('names the tag that was probably meant', () => {
    expect(tagProblem('@degarded')).toEqual({
      what: 'unknown tag @degarded',
      mend: 'did you mean @degraded?',
    })
    expect(tagProblem('@run-book:x')?.mend).toBe('did you mean @runbook?')
  })

  it('lists the tags when nothing is near', () => {
    expect(tagProblem('@wip')?.mend).toContain('@runbook:… @formerly:… @persona:…')
  })

  it('is not taken in by names every object has', () => {
    expect(tagProblem('@constructor')?.what).toBe('unknown tag @constructor')
  })

  it.each([
    ['@persona:manager', '@persona:manager has a wrong value'],
    ['@runbook', '@runbook has a wrong value'],
    ['@runbook:Nats_Backup', '@runbook:Nats_Backup has a wrong value'],
    ['@slow:very', '@slow:very takes no value'],
    ['@slow:', '@slow: takes no value'],
  ])('refuses %s', (tag, what) => {
    expect(tagProblem(tag)?.what).toBe(what)
  })
})
