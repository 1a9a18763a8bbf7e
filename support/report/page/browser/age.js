// Ages: a page that was saved or mailed still says how old it is.
;(() => {
  const { ageingMs, staleMs } = document.body.dataset
  function age() {
    for (const time of document.querySelectorAll('time[data-age]')) {
      const iso = time.getAttribute('data-age') ?? ''
      time.textContent = ago(Date.now() - Date.parse(iso))
      time.setAttribute('title', new Date(iso).toLocaleString())
    }
    for (const strip of document.querySelectorAll('[data-verified]')) {
      const passed = Date.now() - Date.parse(strip.getAttribute('data-verified') ?? '')
      strip.classList.toggle('ageing', passed > Number(ageingMs) && passed <= Number(staleMs))
      strip.classList.toggle('stale', passed > Number(staleMs))
    }
  }

  /** @param {number} ms */
  function ago(ms) {
    const minutes = Math.floor(ms / 60_000)
    if (minutes < -5) return 'at a time this computer calls the future'
    if (minutes < 1) return 'just now'
    if (minutes < 60) return said(minutes, 'minute')
    if (minutes < 48 * 60) return said(Math.floor(minutes / 60), 'hour')
    return said(Math.floor(minutes / 60 / 24), 'day')
  }

  /**
   * @param {number} count
   * @param {string} unit
   */
  function said(count, unit) {
    return `${count} ${unit}${count === 1 ? '' : 's'} ago`
  }

  age()
  setInterval(age, 60_000)
})()
