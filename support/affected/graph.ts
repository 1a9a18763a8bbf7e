/** That one thing depends on another. */
export interface Link {
  readonly to: string
  /** What is said of the other, after "which": "restore uses". Empty, where that goes without saying. */
  readonly how: string
}

/** What depends on what: files, and what is named in them. */
export class Graph {
  private readonly links = new Map<string, Map<string, string>>()

  link(from: string, to: string, how: string): void {
    const links = this.links.get(from) ?? new Map<string, string>()
    this.links.set(from, links)
    // The first word for it stays.
    if (from !== to && !links.has(to)) links.set(to, how)
  }

  /** Everything that something depends on, each by a shortest way there; itself by none. */
  reach(from: string): Map<string, readonly Link[]> {
    const ways = new Map<string, readonly Link[]>([[from, []]])
    // A map hands out what is added while it is read: nearest first.
    for (const [at, way] of ways) {
      for (const [to, how] of this.links.get(at) ?? []) {
        if (!ways.has(to)) ways.set(to, [...way, { to, how }])
      }
    }
    return ways
  }

  /** Whatever depends on something directly. */
  whoNames(to: string): string[] {
    return [...this.links].flatMap(([from, links]) => (links.has(to) ? [from] : []))
  }
}
