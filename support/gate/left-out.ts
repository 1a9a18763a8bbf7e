let lines: readonly string[] = []

/** This process runs less than it was asked for. @param why a line for each reason, with the scenarios */
export function runWithout(why: readonly string[]): void {
  lines = why
}

/** What this process was asked for and doesn't run: a line for each reason, with the scenarios. */
export function runsWithout(): readonly string[] {
  return lines
}
