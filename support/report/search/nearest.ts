import type MiniSearch from 'minisearch'

/** What of a procedure an error's text can be found by. */
export interface Searchable {
  readonly address: string
  readonly title: string
  readonly prose: string
  /** What its commands printed. */
  readonly output: string
}

export interface Near {
  readonly address: string
  /** The line of its title or output that is most like the text. */
  readonly line: string
}

/**
 * Makes a search for the procedures that are nearest to a text from somebody's terminal. What differs from run to run
 * (times, ids, names of pods and archives) doesn't count; two words that follow each other count for more than two words.
 *
 * The page carries this function as its source: it may use nothing from outside of itself.
 *
 * @param Index      MiniSearch's class: BM25 ranking
 * @param procedures those to be found
 * @returns a function that gives the nearest of them, best first, at most `limit`
 */
export function nearestTo(
  Index: typeof MiniSearch,
  procedures: readonly Searchable[],
): (text: string, limit: number) => Near[] {
  const index = new Index<Searchable>({
    idField: 'address',
    fields: ['title', 'output', 'prose'],
    tokenize: terms,
    processTerm: (term) => term,
  })
  const byAddress = new Map(procedures.map((procedure) => [procedure.address, procedure]))
  index.addAll(procedures.map((each) => ({ ...each, output: distinct(each.output) })))
  return (text, limit) => {
    const boost = { title: 4, output: 2 }
    const found = index.search(text, { combineWith: 'OR', boost, prefix: false, fuzzy: false })
    const wanted = new Set(terms(text))
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
          .filter((word) => word.length > 1 && !/\d.*\d/.test(word))
        return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)]
      })
  }

  /** Each line once: a log that says the same a thousand times isn't a thousand times as near. */
  function distinct(text: string): string {
    return [...new Set(text.slice(0, 200_000).split('\n'))].join('\n')
  }

  function bestLine({ title, output }: Searchable, wanted: ReadonlySet<string>): string {
    let best = title
    let most = 0
    for (const line of [title, ...distinct(output).split('\n')]) {
      const shared = new Set(terms(line).filter((term) => wanted.has(term))).size
      if (shared > most) {
        most = shared
        best = line
      }
    }
    return best.trim()
  }
}
