let chosen = false

/** The paths of the run that this process is about to begin are none that somebody asked for: a change or the last run names them. */
export function choosePaths(): void {
  chosen = true
}

/** Whether they are. */
export function arePathsChosen(): boolean {
  return chosen
}
