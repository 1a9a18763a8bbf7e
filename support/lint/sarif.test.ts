import { describe, expect, it } from 'vitest'
import { LabBroken } from '../errors'
import { found } from './finding'
import { rules } from './rules'
import { sarifOf } from './sarif'

const finding = found('tags', { uri: 'features/a b.feature', line: 7 }, 'unknown tag @x', 'did you mean @y?')

describe('sarifOf', () => {
  it('lists every rule with its help, and each finding at its line', () => {
    expect(sarifOf({ findings: [finding], pages: [] })).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { rules: { length: Object.keys(rules).length } } },
          invocations: [{ executionSuccessful: true }],
          results: [
            {
              ruleId: 'tags',
              ruleIndex: Object.keys(rules).indexOf('tags'),
              message: { text: 'unknown tag @x\ndid you mean @y?' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'features/a%20b.feature' },
                    region: { startLine: 7 },
                  },
                },
              ],
            },
          ],
        },
      ],
    })
    expect(JSON.stringify(sarifOf({ findings: [], pages: [] }))).toContain(rules.tags.why)
  })

  it('says when not all was looked at', () => {
    const unchecked = new LabBroken('RBK_NO_SHELLCHECK', { attempted: 'shellcheck is missing' })
    expect(sarifOf({ findings: [], pages: [], unchecked })).toMatchObject({
      runs: [
        {
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [{ message: { text: 'shellcheck is missing' } }],
            },
          ],
        },
      ],
    })
  })
})
