import type { State, Step } from '../model'

/** A state as a shape, so that nobody has to tell red from green. */
export function Mark({ state }: { readonly state: State | Step['status'] }) {
  const word = words[state]
  return (
    <svg class={`mark ${classOf(state)}`} viewBox="0 0 16 16" role="img" aria-label={word}>
      <title>{word}</title>
      <path d={shapes[state]} />
    </svg>
  )
}

/** The CSS class of a state. */
export function classOf(state: State | Step['status']): string {
  return state.replace(' ', '-')
}

const words: Readonly<Record<State | Step['status'], string>> = {
  passed: 'passed',
  failed: 'failed',
  misuse: 'can’t be judged as written',
  inconclusive: 'inconclusive',
  'known defect': 'known defect',
  'not run': 'not run',
  skipped: 'did not run',
}

const tick = 'M3 8.5l3.2 3.2L13 4.8'
const cross = 'M4 4l8 8M12 4l-8 8'
const dash = 'M4 8h8'
const bang = 'M8 3v6M8 12.2v.6'
const query = 'M5.2 5.6c0-3.4 5.6-3.4 5.6 0 0 2.2-2.8 2-2.8 4.2M8 12.6v.6'
const bug = 'M8 2.5L13.5 8 8 13.5 2.5 8z'

const shapes: Readonly<Record<State | Step['status'], string>> = {
  passed: tick,
  failed: cross,
  misuse: bang,
  inconclusive: query,
  'known defect': bug,
  'not run': dash,
  skipped: dash,
}
