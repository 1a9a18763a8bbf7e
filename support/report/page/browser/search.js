// Finds procedures: every word has to be somewhere in one, or in its runbook's title and prose.
;(() => {
  const search = /** @type {HTMLInputElement} */ (document.getElementById('search'))
  const found = /** @type {HTMLElement} */ (document.getElementById('found'))
  const runbooks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.runbook')])

  /** @type {Map<Element, string> | undefined} */
  let texts
  function index() {
    if (texts) return texts
    texts = new Map()
    for (const runbook of runbooks) {
      const head = [...runbook.querySelectorAll('h2, .reading > .use, .reading > .prose, .alert')]
      texts.set(runbook, `${head.map((part) => part.textContent).join(' ')} ${runbook.id}`.toLowerCase())
      for (const scenario of runbook.querySelectorAll('.scenario')) {
        const facts = scenario.getAttribute('data-facts') ?? ''
        texts.set(scenario, `${scenario.textContent} ${scenario.id} ${facts} `.toLowerCase())
      }
    }
    return texts
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    let all = 0
    for (const runbook of runbooks) {
      const head = words.length > 0 ? (index().get(runbook) ?? '') : ''
      const whole = words.every((word) => head.includes(word))
      let any = whole
      for (const section of runbook.querySelectorAll('.section')) {
        let some = false
        for (const scenario of section.querySelectorAll('.scenario')) {
          const text = words.length > 0 ? (index().get(scenario) ?? '') : ''
          const match = whole || words.every((word) => holds(text, word) || head.includes(word))
          scenario.toggleAttribute('hidden', !match)
          some ||= match
          all += 1
          shown += match ? 1 : 0
        }
        section.toggleAttribute('hidden', !some && !whole)
        any ||= some
      }
      runbook.toggleAttribute('hidden', !any)
    }
    document.body.classList.toggle('searching', words.length > 0)
    found.textContent = words.length > 0 ? `${shown} of ${all}` : ''
    highlight(words)
  }

  /**
   * A filter (`is:failed`) is a word of its own, so that `is:passed` isn't found in another.
   *
   * @param {string} text
   * @param {string} word
   */
  function holds(text, word) {
    return text.includes(/^[a-z]+:[a-z]/.test(word) ? ` ${word} ` : word)
  }

  /** @param {string[]} words */
  function highlight(words) {
    if (!CSS.highlights) return
    CSS.highlights.delete('found')
    const ranges = words.length > 0 ? rangesOf(words, 300) : []
    if (ranges.length > 0) CSS.highlights.set('found', new Highlight(...ranges))
  }

  /**
   * @param {string[]} words
   * @param {number} limit
   */
  function rangesOf(words, limit) {
    /** @type {Range[]} */
    const ranges = []
    for (const scenario of document.querySelectorAll('.scenario:not([hidden])')) {
      const walker = document.createTreeWalker(scenario, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node && ranges.length < limit; node = walker.nextNode()) {
        const text = node.textContent?.toLowerCase() ?? ''
        for (const word of words) {
          const at = text.indexOf(word)
          if (at === -1) continue
          node.parentElement?.closest('details')?.setAttribute('open', '')
          const range = document.createRange()
          range.setStart(node, at)
          range.setEnd(node, at + word.length)
          ranges.push(range)
        }
      }
    }
    return ranges
  }

  search.addEventListener('input', filter)
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    document.querySelector('.scenario:not([hidden])')?.scrollIntoView({ block: 'start' })
    search.blur()
  })
})()
