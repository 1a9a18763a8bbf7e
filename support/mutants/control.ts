import { HarnessMisused } from '../errors'
import type { Scratch } from './scratch'

/**
 * A mutant that dies where the unbroken checkout would die too shows nothing.
 *
 * @throws HarnessMisused when scenarios fail without a mutant
 */
export async function control(scratch: Scratch, places: readonly string[]): Promise<void> {
  console.log(`without a mutant: ${places.length} scenarios`)
  const { exitCode, output } = await scratch.run(places)
  if (exitCode === 0) return
  throw new HarnessMisused('RBK_MUTANTS_CONTROL', {
    attempted: 'The scenarios that should catch mutants fail without any',
    lastSeen: output.slice(-3000),
    repeat: `npx runbook run ${places.join(' ')}`,
  })
}
