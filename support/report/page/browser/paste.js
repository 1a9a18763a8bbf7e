// Text from a terminal: what no procedure holds word for word leads to the procedures that are nearest to it.
;(() => {
  const search = /** @type {HTMLInputElement} */ (document.getElementById('search'))
  const panel = /** @type {HTMLElement} */ (document.getElementById('nearest'))
  const list = /** @type {HTMLElement} */ (panel.querySelector('ol'))

  /** What was pasted, with its lines; the search field itself has only one. */
  let pasted = ''

  /** @typedef {(text: string, limit: number) => { address: string, line: string }[]} Find */
  /** @type {Find | undefined} */
  let find
  /** @returns {Find} */
  function index() {
    // @ts-expect-error both are put before this script (page/search-script.ts)
    const made = find ?? nearestTo(MiniSearch, procedures())
    find = made
    return made
  }

  function procedures() {
    return [...document.querySelectorAll('.scenario')].map((scenario) => ({
      address: scenario.id,
      title: textOf(scenario, 'h4 > span:first-of-type'),
      prose: textOf(scenario, ':scope > .prose'),
      commands: textOf(scenario, 'pre.script'),
      output: textOf(scenario, 'pre.output, .message, .past details:last-of-type pre'),
    }))
  }

  /**
   * @param {Element} scenario
   * @param {string} parts
   */
  function textOf(scenario, parts) {
    return [...scenario.querySelectorAll(parts)].map((part) => part.textContent).join('\n')
  }

  function show() {
    const text = pasted || search.value
    const words = search.value.split(/\s+/).filter(Boolean).length
    const nothing = !document.querySelector('.scenario:not([hidden])')
    const asked = words >= 5 || (words >= 2 && nothing)
    const found = asked ? index()(text, 5) : []
    panel.hidden = !asked
    list.replaceChildren(...found.map(lineOf))
    panel.classList.toggle('none', found.length === 0)
  }

  /** @param {{ address: string, line: string }} near */
  function lineOf({ address, line }) {
    const scenario = document.getElementById(address)
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = `#${address}`
    link.textContent = scenario?.querySelector('h4 > span:first-of-type')?.textContent ?? address
    const where = document.createElement('span')
    where.className = 'dim'
    where.textContent = scenario?.closest('.runbook')?.getAttribute('data-title') ?? ''
    const said = document.createElement('code')
    said.textContent = line
    item.append(link, where, said)
    return item
  }

  search.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text') ?? ''
    if (!text.includes('\n')) return
    event.preventDefault()
    search.value = text.split(/\s+/).filter(Boolean).join(' ')
    pasted = text
    search.dispatchEvent(new Event('input'))
  })
  search.addEventListener('input', (event) => {
    if (event.isTrusted) pasted = ''
    show()
  })
  search.addEventListener('keydown', (event) => {
    const first = panel.querySelector('a')
    if (event.key !== 'Enter' || panel.hidden || !first) return
    event.stopImmediatePropagation()
    location.hash = first.getAttribute('href') ?? ''
    search.blur()
  })
})()
