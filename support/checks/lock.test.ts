import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkout } from '../lab/home'

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/**
 * `npm install` leaves out an optional package that its registry hasn't got (another platform's binary), and `npm ci`
 * then refuses the whole file. Put the entry back by hand: version, os, cpu and libc, without integrity.
 */
it('package-lock.json has every optional package, for every platform', () => {
  const { packages } = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, LockedPackage>>
  }
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !places(path, name).some((place) => place in packages),
    ),
  )
  expect(missing).toEqual([])
})

/** Where Node looks for a package, from the inside out. */
function places(path: string, name: string): string[] {
  const levels = path === '' ? [] : path.split('/node_modules/')
  return [...levels.map((_, depth) => levels.slice(0, levels.length - depth).join('/node_modules/')), ''].map(
    (level) => (level === '' ? `node_modules/${name}` : `${level}/node_modules/${name}`),
  )
}
