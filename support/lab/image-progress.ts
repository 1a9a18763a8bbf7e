import type { Advance } from './go-program'

/** How far the preparation of images is, told as one line whenever it changes enough to matter. */
export class ImageProgress {
  private readonly started = Date.now()
  private readonly remaining = new Map<string, number>()
  private readonly fractions = new Map<string, number>()
  private total = 0
  private lastLine = 0

  /** @param tell takes one line; @param everyMs how often a step in progress may be told, in milliseconds */
  constructor(
    private readonly tell: (line: string) => void,
    private readonly everyMs = 5000,
  ) {}

  /** What there is to do, each with the seconds it took on two cores. */
  async plan(steps: ReadonlyArray<{ name: string; seconds: number }>): Promise<void> {
    for (const { name, seconds } of steps) this.remaining.set(name, seconds)
    this.total = this.remaining.size
    if (this.total > 0)
      this.tell(`${this.total} things to prepare, ${this.timeLeft()}; another clone or run will use them too`)
  }

  /** Runs one step and tells when it begins, how far it is, and when it's done. A `pull` is told only when it pulled. */
  async step<T>(
    name: string,
    work: (advance: Advance) => Promise<T>,
    kind: 'build' | 'pull' = 'build',
  ): Promise<T> {
    const planned = this.remaining.has(name)
    if (kind === 'build' && planned) this.say(`building ${name}`)
    const started = Date.now()
    const result = await work((done, total) => {
      this.fractions.set(name, Math.min(done / total, 1))
      if (Date.now() - this.lastLine >= this.everyMs)
        this.say(`building ${name}: ${done} of ${total} packages`)
    })
    const seconds = ((Date.now() - started) / 1000).toFixed(0)
    if (kind === 'pull' ? result === true : planned) {
      this.remaining.delete(name)
      this.fractions.delete(name)
      this.say(`${kind === 'pull' ? 'pulled' : 'built'} ${name} in ${seconds} s`)
    }
    return result
  }

  /** Everything is there. */
  done(): void {
    if (this.total > 0) this.tell(`everything prepared in ${duration((Date.now() - this.started) / 1000)}`)
  }

  private say(what: string): void {
    this.lastLine = Date.now()
    this.tell(`[${this.total - this.remaining.size}/${this.total}] ${what} · ${this.timeLeft()}`)
  }

  /** The measured seconds of what is left, stretched or shrunk by how this machine did so far. */
  private timeLeft(): string {
    let seconds = 0
    for (const [name, cost] of this.remaining) seconds += cost * (1 - (this.fractions.get(name) ?? 0))
    return seconds === 0 ? 'nothing left' : `about ${duration(seconds)} left`
  }
}

/** Seconds as a person says them. */
export function duration(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`
}
