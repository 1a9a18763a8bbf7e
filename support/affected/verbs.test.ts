import { expect, it } from 'vitest'
import { readModule } from './module'
import { Tree } from './tree'
import { verbOf } from './verbs'

const modules = ['cut', 'slow', 'always', 'plugged', 'helped', 'made', 'base']
const files = new Map(modules.map((name) => [`support/${name}.ts`, 'export const x = 1']))

const nats = `
import { cut } from './cut'
import { slow } from './slow'
import { helped } from './helped'
import { made } from './made'
import './plugged'
import type { Always } from './always'

const script = 'the script of cut'
const far = () => helped('far away')
function near() { return far() }

export class Nats {
  private readonly state = made('a field')
  constructor(readonly x: Always) { this.begin() }
  begin() { return 'from the constructor' }
  cut() { return cut(script) }
  slow() { return slow('slowly', near()) }
  other() { return this.slow() }
  any(name: 'cut') { return this[name]() }
}
`

function verb(name: string, text = nats) {
  const tree = new Tree(new Map([...files, ['support/nats.ts', text]]))
  const found = verbOf(readModule('support/nats.ts', tree), 'Nats', name)
  return (
    found && {
      imports: found.imports.map(({ path }) => path.slice(8, -3)).sort(),
      texts: [...found.texts].sort(),
    }
  )
}

const always = { imports: ['made', 'plugged'], texts: ['a field', 'from the constructor'] }

it('comes to what it says, and what is done whenever the noun is made', () => {
  expect(verb('cut')).toEqual({
    imports: ['cut', ...always.imports],
    texts: [...always.texts, 'the script of cut'],
  })
})

it('and to all that it speaks of, by and by', () => {
  const whole = {
    imports: ['helped', 'made', 'plugged', 'slow'],
    texts: ['a field', 'far away', 'from the constructor', 'slowly'],
  }
  expect(verb('slow')).toEqual(whole)
  expect(verb('other')).toEqual(whole)
})

it('and is unknown, where it could be any', () => {
  expect(verb('any')).toBeUndefined()
  expect(verb('nosuch')).toBeUndefined()
  expect(verb('cut', nats.replace('class Nats', 'class Nats extends Base'))).toBeUndefined()
})
