import type MiniSearch from 'minisearch'

/** What a runbook or one of its procedures can be found by. */
export interface Searchable {
  readonly address: string
  readonly title: string
  readonly prose: string
  readonly commands: string
  /** What its commands printed, and what it said when it failed. */
  readonly output: string
}

export interface Near {
  readonly address: string
  /** The line of it that is most like the text. */
  readonly line: string
}

/**
 * Makes a search for what is nearest to a text: words that somebody remembers, or an error from a terminal. What differs
 * from run to run (times, ids, names of pods and archives) doesn't count; two words that follow each other count for more
 * than two words. Of a few words those that say most have to be there,
 * of an error's lines any.
 *
 * The page carries this function as its source: it may use nothing from outside of itself.
 *
 * @param Index MiniSearch's class: BM25 ranking
 * @param given those to be found
 * @returns a function that gives the nearest of them, best first, at most `limit`
 */
export function nearestTo(
  Index: typeof MiniSearch,
  given: readonly Searchable[],
): (text: string, limit: number) => Near[] {
  const index = new Index<Searchable>({
    idField: 'address',
    fields: ['title', 'output', 'prose', 'commands'],
    tokenize: terms,
    processTerm: (term) => term,
  })
  const procedures = given.map((each) => ({ ...each, output: distinct(each.output) }))
  const holders = new Map<string, number>()
  for (const { title, prose, commands, output } of procedures) {
    for (const term of new Set(terms([title, prose, commands, output].join('\n'))))
      holders.set(term, (holders.get(term) ?? 0) + 1)
  }
  const byAddress = new Map(procedures.map((procedure) => [procedure.address, procedure]))
  index.addAll(procedures)
  return (text, limit) => {
    const boost = { title: 4, output: 2 }
    const wanted = new Set(terms(text))
    const words = [...wanted].filter(isWord)
    const enough = words.length < 5 ? weightOf(words) / 2 : 0
    const found = index
      .search(text, { combineWith: 'OR', boost, boostTerm: rarity })
      .filter(({ queryTerms }) => weightOf([...new Set(queryTerms.filter(isWord))]) >= enough)
    return found.slice(0, limit).flatMap(({ id }) => {
      const procedure = byAddress.get(id as string)
      return procedure ? [{ address: procedure.address, line: bestLine(procedure, wanted) }] : []
    })
  }

  /** The words of a text and each pair of neighbours, line by line; without what no two runs have in common. */
  function terms(text: string): string[] {
    return text
      .toLowerCase()
      .split('\n')
      .flatMap((line) => {
        const words = line
          .replace(/\d{4}-?\d\d-?\d\dt?[\d:.]*z?/g, ' ')
          .split(/[^\p{L}\p{N}]+/u)
          .filter((word) => word.length > 1 && /^\p{L}+\d{0,3}$/u.test(word))
        return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)]
      })
  }

  /** One word that few have says more than several that most have, more than BM25 makes of it. */
  function rarity(term: string): number {
    return Math.log(1 + procedures.length / (holders.get(term) ?? 1))
  }

  function weightOf(words: readonly string[]): number {
    return words.reduce((sum, word) => sum + rarity(word), 0)
  }

  function isWord(term: string): boolean {
    return !term.includes(' ')
  }

  /** Each line once: a log that says the same a thousand times isn't a thousand times as near. */
  function distinct(text: string): string {
    return [...new Set(text.slice(0, 200_000).split('\n'))].join('\n')
  }

  function bestLine({ title, prose, commands, output }: Searchable, wanted: ReadonlySet<string>): string {
    let best = title
    let most = 0
    for (const line of [title, prose, commands, output].flatMap((text) => text.split('\n'))) {
      const shared = new Set(terms(line).filter((term) => wanted.has(term))).size
      if (shared > most) {
        most = shared
        best = line
      }
    }
    return best.trim()
  }
}
