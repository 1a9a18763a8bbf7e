import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { entry, readCatalogue } from '../lab/catalogue'
import { buildProgram } from '../lab/go-program'
import { recipes } from '../lab/recipe-hash'

// The flags of buildProgram: with others, Go would compile all that the adapter shares with MinIO once more.
const flags = ['-trimpath', '-gcflags=all=-l']

test("the adapter's own tests pass, against a real MinIO", { timeout: 600_000 }, async () => {
  const minio = await buildProgram(entry(readCatalogue().programs, 'minio'), () => {})
  const tested = await execa('go', ['test', ...flags, './...'], {
    cwd: join(recipes, 'go', 'minio'),
    env: {
      MINIO_BINARY: minio,
      CGO_ENABLED: '0',
      GOTOOLCHAIN: 'local',
      GOFLAGS: '-buildvcs=false -mod=readonly',
      GOWORK: 'off',
    },
    all: true,
    reject: false,
  })
  expect(tested.exitCode, tested.all || tested.message).toBe(0)
})
