import { constants, copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasCode, messageOf } from '../../errors'
import { type History, noHistory, readHistory } from './history'

export const historyName = 'history.jsonl'

/** What is known of earlier runs, for a report that writes it anew. */
export interface CarriedHistory {
  readonly history: History
  /** What is to be said of the file, as sentences; absent when all is well. */
  readonly note?: string
  /** It must stay as it is: what it knows would be lost. */
  readonly isKept: boolean
}

/** The history that lies beside a report; none when there is none, as in a fresh clone, or when it can't be read. */
export function historyBeside(directory: string): History {
  try {
    return read(directory)
  } catch {
    return noHistory
  }
}

/**
 * As `historyBeside`, for whoever replaces the file then: one with damaged lines is put aside first, whole, as
 * `history.jsonl.damaged`.
 */
export function carriedHistory(directory: string): CarriedHistory {
  let history = noHistory
  try {
    history = read(directory)
    if (history.damaged === 0) return { history, isKept: false }
    const lines = history.damaged === 1 ? '1 line' : `${history.damaged} lines`
    const aside = putAside(directory)
    const note = `${lines} of ${historyName} could not be read, so that what they knew of earlier runs is missing here. The file as it was is kept: ${aside}`
    return { history, note, isKept: false }
  } catch (thrown) {
    const note = `${historyName} could not be read or put aside, so it stays as it is, and this run isn’t remembered: ${messageOf(thrown)}`
    return { history, note, isKept: true }
  }
}

function read(directory: string): History {
  let text: string
  try {
    text = readFileSync(join(directory, historyName), 'utf8')
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return noHistory
    throw thrown
  }
  return readHistory(text)
}

/** A copy, under a name that nothing has. @returns the name */
function putAside(directory: string): string {
  for (let n = 1; ; n += 1) {
    const name = `${historyName}.damaged${n === 1 ? '' : `-${n}`}`
    try {
      copyFileSync(join(directory, historyName), join(directory, name), constants.COPYFILE_EXCL)
      return name
    } catch (thrown) {
      if (!hasCode(thrown, 'EEXIST')) throw thrown
    }
  }
}
