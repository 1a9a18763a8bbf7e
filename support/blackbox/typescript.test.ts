import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryCheckout } from './checkout'

const look = `try { require('./support/throws.ts') } catch (error) { console.log(error.stack.split('\\n').slice(0, 2).join('')) }
console.log('compiled:', Object.keys(require.cache).some((file) => file.includes('/typescript/lib/')))`

it('TypeScript is compiled once, and errors name its lines all the same', async () => {
  using made = temporaryCheckout({})
  const file = join(made.folder, 'support/throws.ts')
  const run = async () =>
    (await made.run('node', ['--require', './support/typescript.cjs', '--eval', look])).output
  // The folder's name makes a text that no earlier run has compiled.
  const write = (what: string) =>
    writeFileSync(
      file,
      `interface Gone { readonly a: string }\n\nconst it: Gone = { a: '${made.folder} ${what}' }\nthrow new Error(it.a)\n`,
    )
  const seen = (what: string, compiled: boolean) =>
    `Error: ${made.folder} ${what}    at Object.<anonymous> (${file}:4:7)\ncompiled: ${compiled}`

  write('first')
  expect(await run()).toBe(seen('first', true))
  expect(await run()).toBe(seen('first', false))
  write('second')
  expect(await run()).toBe(seen('second', true))
})
