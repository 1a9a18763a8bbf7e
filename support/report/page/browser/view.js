// Views: `#view-on-call` leaves only what an on-call engineer needs; following an address to anything else ends it.
;(() => {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-view]')])
  const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-personas]')])

  /** @param {string} view empty for everything */
  function show(view) {
    for (const link of links) {
      if (link.dataset.view === view) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
    for (const part of parts) {
      const other = view !== '' && !(part.dataset.personas ?? '').split(' ').includes(view)
      part.classList.toggle('other', other)
    }
    if (view !== '') document.getElementById('overview')?.scrollIntoView({ block: 'start' })
  }

  function arrive() {
    const address = location.hash.slice(1)
    const link = links.find(({ id }) => id === address)
    if (link) show(link.dataset.view ?? '')
    else if (address === 'overview' || document.getElementById(address)?.closest('.other')) show('')
  }

  window.addEventListener('hashchange', arrive)
  arrive()
})()
