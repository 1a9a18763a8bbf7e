// Addresses: `#quick-start.2.1` opens what hides it; one that is gone leads to what is left of it.
;(() => {
  const search = /** @type {HTMLInputElement} */ (document.getElementById('search'))
  const found = /** @type {HTMLElement} */ (document.getElementById('found'))

  /** @type {Record<string, string>} */
  const moved = JSON.parse(document.getElementById('formerly')?.textContent ?? '{}')

  function arrive() {
    const asked = decoded(location.hash.slice(1))
    const [runbook = ''] = asked.split('.')
    const address = Object.hasOwn(moved, runbook) ? asked.replace(runbook, moved[runbook] ?? '') : asked
    if (address === '') return
    if (address.startsWith('find:')) return searchFor(address.slice('find:'.length))
    const target = nearest(address)
    if (!target) return
    if (target.closest('[hidden]')) showAll()
    for (let at = target.parentElement; at; at = at.parentElement)
      if (at.matches('details')) at.setAttribute('open', '')
    found.textContent =
      target.id === asked
        ? ''
        : `#${asked} is ${target.id === address ? 'now' : 'not here; this is'} #${target.id}`
    for (const each of document.querySelectorAll('.arrived')) each.classList.remove('arrived')
    target.classList.add('arrived')
    settle(target)
  }

  /**
   * Scrolls until the target stays where it is: what is above it gets its true height only as it comes into view.
   *
   * @param {Element} target
   */
  function settle(target, tries = 10) {
    target.scrollIntoView({ block: 'start' })
    const before = target.getBoundingClientRect().top
    requestAnimationFrame(() => {
      const moved = Math.abs(target.getBoundingClientRect().top - before) > 1
      if (tries > 0 && (moved || tries > 7)) settle(target, tries - 1)
    })
  }

  /** @param {string} hash */
  function decoded(hash) {
    try {
      return decodeURIComponent(hash)
    } catch {
      return hash
    }
  }

  /** @param {string} address */
  function nearest(address) {
    for (
      let name = address;
      name !== '';
      name = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : ''
    ) {
      const target = document.getElementById(name)
      if (target) return target
    }
    return undefined
  }

  function showAll() {
    searchFor('')
  }

  /** @param {string} words */
  function searchFor(words) {
    search.value = words
    search.dispatchEvent(new Event('input'))
  }

  // A click on an address copies it whole, for a chat or a ticket.

  document.addEventListener('click', (event) => {
    const link = /** @type {Element} */ (event.target).closest('a.addr')
    if (!link || link.textContent === 'copied') return
    const whole = new URL(link.getAttribute('href') ?? '', location.href).href
    navigator.clipboard?.writeText(whole).then(
      () => {
        const text = link.textContent
        link.textContent = 'copied'
        setTimeout(() => {
          link.textContent = text
        }, 1600)
      },
      () => undefined,
    )
  })

  // Which runbook is being read, in the navigation

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue
        for (const link of document.querySelectorAll('nav a[data-runbook]')) {
          if (link.getAttribute('data-runbook') === entry.target.id) link.setAttribute('aria-current', 'true')
          else link.removeAttribute('aria-current')
        }
      }
    },
    { rootMargin: '-20% 0px -75% 0px' },
  )
  for (const runbook of document.querySelectorAll('.runbook')) seen.observe(runbook)

  window.addEventListener('hashchange', arrive)
  arrive()
})()
