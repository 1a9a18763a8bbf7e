/**
 * A duration as a person says it: "<0.1 s", "0.4 s", "12 s", "2 min 5 s", "3 h 10 min".
 *
 * @param ms milliseconds
 */
export function spoken(ms: number): string {
  if (ms < 50) return '<0.1 s'
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return joined(minutes, 'min', seconds % 60, 's')
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function joined(large: number, unit: string, small: number, smaller: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smaller}`
}
