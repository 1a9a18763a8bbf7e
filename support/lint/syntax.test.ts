import { describe, expect, it } from 'vitest'
import { parsedFeature } from './features'
import { emptyFileFindings, syntaxFindings } from './syntax'
import { goodPage } from './testing/good-page'

const read = (text: string) => parsedFeature('features/x.feature', text)

describe('syntaxFindings', () => {
  it("says where a file doesn't parse, once a file", () => {
    expect(
      syntaxFindings(read('Feature: x\n  Scenario: a\n    Given x\n    Whan y\n    Foo\n')),
    ).toMatchObject([
      {
        at: 'features/x.feature:4',
        what: "this doesn't parse as Gherkin: Whan y",
        mend: expect.stringContaining('StepLine'),
      },
    ])
    expect(syntaxFindings(read(goodPage()))).toEqual([])
  })
})

describe('emptyFileFindings', () => {
  it('finds files in which nothing would run', () => {
    const found = (text: string) => emptyFileFindings(read(text)).map(({ what }) => what)
    expect(found('Feature: x\n')).toEqual(['no scenario in this file'])
    expect(found('')).toEqual(['no scenario in this file'])
    expect(found(goodPage())).toEqual([])
  })
})
