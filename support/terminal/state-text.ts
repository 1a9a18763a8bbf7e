import type { State } from '../report/model'
import type { Terminal } from './output'

/** Where something stands, in its colour. */
export function stateText(state: State, paint: Terminal['paint']): string {
  if (state === 'passed') return paint('green', state)
  return state === 'not run' ? paint('dim', state) : paint(state === 'failed' ? 'red' : 'yellow', state)
}
