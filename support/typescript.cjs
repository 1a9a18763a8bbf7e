// Lets `require` load TypeScript: ts-node compiles a file (transpile-only), once. What it made is kept by content, so a
// warm start loads neither ts-node nor the TypeScript compiler (docs/decisions/0062-typescript.md).
'use strict'

const { createHash, randomUUID } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { setSourceMapsSupport } = require('node:module')
const { basename, dirname, extname, join } = require('node:path')

const checkout = dirname(__dirname)
const cache = join(checkout, 'node_modules', '.cache', 'typescript')
const settings = [
  readFileSync(join(checkout, 'tsconfig.json'), 'utf8'),
  require('ts-node/package.json').version,
  require('typescript/package.json').version,
].join('\n')

let service

setSourceMapsSupport(true)
for (const extension of ['.ts', '.tsx']) {
  require.extensions[extension] = (module, file) => module._compile(compiled(file), file)
}

function compiled(file) {
  const source = readFileSync(file, 'utf8')
  const key = createHash('sha256')
    .update(settings)
    .update(extname(file))
    .update(basename(file))
    .update(source)
    .digest('hex')
  const kept = join(cache, `${key}.js`)
  try {
    return readFileSync(kept, 'utf8')
  } catch {
    const made = compile(source, file)
    keep(kept, made)
    return made
  }
}

/** Whole or not at all, as others may read it; where nothing can be kept, it's compiled again the next time. */
function keep(file, text) {
  const temporary = `${file}.${randomUUID()}`
  try {
    mkdirSync(cache, { recursive: true })
    writeFileSync(temporary, text)
    renameSync(temporary, file)
  } catch {}
}

/** The map names the source by its base name, so that the same source in another checkout is the same file. */
function compile(source, file) {
  service ??= require('ts-node').create({ transpileOnly: true, cwd: checkout })
  const text = service.compile(source, file)
  const at = text.lastIndexOf('base64,') + 'base64,'.length
  const { sourcesContent: _, ...rest } = JSON.parse(Buffer.from(text.slice(at), 'base64').toString('utf8'))
  const portable = { ...rest, file: basename(file), sources: [basename(file)] }
  return `${text.slice(0, at)}${Buffer.from(JSON.stringify(portable)).toString('base64')}\n`
}
