import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type History, noHistory, readHistory } from './history'

export const historyName = 'history.jsonl'

/** The history that lies beside a report; none when there is none, as in a fresh clone. */
export function historyBeside(directory: string): History {
  try {
    return readHistory(readFileSync(join(directory, historyName), 'utf8'))
  } catch {
    return noHistory
  }
}
