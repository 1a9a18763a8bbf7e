import { describe, expect, it } from 'vitest'
import { nearest } from './nearest'

const names = ['backup-healthy', 'backup-now', 'restore-drill', 'restore-everything', 'quick-start']

describe('the nearest name', () => {
  it.each([
    ['qick-start', ['quick-start']],
    ['Backup-Now', ['backup-now']],
    ['healthy', ['backup-healthy']],
    ['restore', ['restore-drill', 'restore-everything']],
    ['velero', []],
  ])('to %s', (written, meant) => expect(nearest(written, names)).toEqual(meant))
})
