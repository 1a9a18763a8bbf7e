/** One measured thing: its figures in milliseconds, and what it should be. */
export interface Measured {
  readonly name: string
  readonly ms: readonly number[]
  /** The target of the design, in milliseconds. */
  readonly targetMs?: number
}

/** The smallest, the middle and the largest of some figures. */
export function spread(figures: readonly number[]): { min: number; median: number; max: number } {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]]
  return { min: sorted[0] ?? Number.NaN, median: (low + high) / 2, max: sorted.at(-1) ?? Number.NaN }
}

/** The measured things as a table for a person. */
export function table(measured: readonly Measured[]): string {
  const rows = measured.map(({ name, ms, targetMs }) => {
    const { min, median, max } = spread(ms)
    const verdict = targetMs === undefined ? '' : median <= targetMs ? 'met' : 'not met'
    return [name, `${ms.length}`, time(min), time(median), time(max), targetMs ? time(targetMs) : '', verdict]
  })
  const all = [['what', 'runs', 'min', 'median', 'max', 'target', ''], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function time(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`
}
