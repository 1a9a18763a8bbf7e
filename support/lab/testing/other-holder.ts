import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

// Without lab/home, which decides where everything is as soon as it's loaded: a test may have to say so first.
const modules = join(__dirname, '..', '..')

/** Another process that has the lock in this file until it's killed, or the test has ended: other runs would wait for it. */
export async function otherHolder(file: string): Promise<ChildProcess> {
  const script = `
    const { ProcessLock } = require('${join(modules, 'process-lock')}')
    new ProcessLock('${file}', 'it').take({ ms: 600_000, waiting: () => {} }).then(() => {
      console.log('held')
      setInterval(() => {}, 1000)
    })`
  const args = ['--require', join(modules, 'typescript.cjs'), '-e', script]
  const other = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void other.kill('SIGKILL'))
  await once(other.stdout, 'data')
  return other
}
