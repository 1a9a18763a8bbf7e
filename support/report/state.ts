import type { ScenarioReport, State } from './model'

/** Whether a run showed what was to be shown: that it works, or fails as its defect says. */
export function isGreen(state: State): boolean {
  return state === 'passed' || state === 'known defect'
}

/** Whether a run looked, and didn't show that. */
export function isRed(state: State): boolean {
  return state !== 'not run' && !isGreen(state)
}

/** Whether a procedure passed only when it was tried again. */
export function isFlaky({ state, attempts }: Pick<ScenarioReport, 'state' | 'attempts'>): boolean {
  return state === 'passed' && attempts.length > 0
}

/** How often a procedure was tried: its earlier attempts, and the one that counts. */
export function timesTried({ attempts }: Pick<ScenarioReport, 'attempts'>): number {
  return attempts.length + 1
}

/** How a flaky procedure passed: "passed at attempt 2". */
export function passedAt(scenario: Pick<ScenarioReport, 'attempts'>): string {
  return `passed at attempt ${timesTried(scenario)}`
}
