import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goodPage } from '../lint/testing/good-page'
import { type TemporaryCheckout, temporaryCheckout } from './checkout'
import { steps } from './steps'

/** `node` and this is `npx runbook`, where the environment is to be told, too. */
export const cli = 'support/cli/bootstrap.cjs'

/** A scenario of one step. */
export function scenario(title: string, step: string): string {
  return `Scenario: ${title}\n  Given ${step}`
}

/** A runbook that the lint has nothing against. */
export function page(...scenarios: readonly string[]): string {
  return goodPage({ check: scenarios.join('\n') })
}

/** A checkout with one runbook, features/one.feature. */
export function made(...scenarios: readonly string[]): TemporaryCheckout {
  return temporaryCheckout({
    'features/one.feature': page(...scenarios),
    'steps/all.steps.ts': steps,
  })
}

/** Writes that runbook anew. */
export function edit({ folder }: TemporaryCheckout, ...scenarios: readonly string[]): void {
  writeFileSync(join(folder, 'features/one.feature'), page(...scenarios))
}

/** The last run's gate.json. */
export function gate({ folder }: TemporaryCheckout) {
  return JSON.parse(readFileSync(join(folder, 'reports/gate.json'), 'utf8'))
}
