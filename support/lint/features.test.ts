import { describe, expect, it } from 'vitest'
import { featuresAt } from './features'
import { checkoutWith } from './testing/linted'

const root = checkoutWith({
  'features/b/x.feature': '',
  'features/a.feature': '',
  'features/README.md': '',
  'empty/x.md': '',
})

describe('featuresAt', () => {
  it('names the features from the checkout, wherever it is called', () => {
    expect(featuresAt(['features'], root, root)).toEqual(['features/a.feature', 'features/b/x.feature'])
    expect(featuresAt(['x.feature', '.'], `${root}/features/b`, root)).toEqual(['features/b/x.feature'])
  })

  it.each([
    ['nosuch', 'no such file or folder'],
    ['features/nosuch.feature', 'no such file or folder'],
    ['empty', 'no feature'],
    ['features/README.md', 'no feature'],
  ])('refuses %s', (path, why) => {
    expect(() => featuresAt(['features', path], root, root)).toThrow(why)
  })
})
