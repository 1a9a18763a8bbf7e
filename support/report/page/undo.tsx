import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { isUndo } from '../address'
import type { Runbook, State } from '../model'

/** How what a runbook changes is undone: its own section for it, or the word that nothing does. */
export interface Undo {
  readonly address?: string
  /** Of the section: what its procedures came to. */
  readonly state: State
}

/** For the commands of one runbook; undefined where a procedure is shown alone. */
export const UndoOf = createContext<Undo | undefined>(undefined)

/** @returns undefined for a runbook that says neither how to undo nor that it can't be */
export function undoOf({ sections, reversible }: Runbook): Undo | undefined {
  const section = sections.find(isUndo)
  if (!section) return reversible === false ? { state: 'not run' } : undefined
  const states = section.scenarios.map(({ state }) => state)
  return {
    address: section.address,
    state: states.find((state) => state !== 'passed') ?? states[0] ?? 'not run',
  }
}

/** Beside a command that destroys: where the way back is, and whether it was shown to work. */
export function UndoLink() {
  const undo = useContext(UndoOf)
  if (!undo) return null
  if (undo.address === undefined) return <span class="bad">no undo</span>
  return (
    <span>
      undo <a href={`#${undo.address}`}>#{undo.address}</a> ({undo.state})
    </span>
  )
}
