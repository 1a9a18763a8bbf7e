// Keys: `/` searches, `j` and `k` go from command to command, `c` copies, Escape ends a search.
;(() => {
  const search = /** @type {HTMLInputElement} */ (document.getElementById('search'))

  const commands = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.cmd[id]')])

  /** @param {number} by */
  function step(by) {
    const open = commands.filter((command) => !command.closest('[hidden]'))
    const now = open.findIndex((command) => command.classList.contains('current'))
    const next = open[now === -1 ? (by > 0 ? firstInView(open) : open.length - 1) : now + by]
    if (!next) return
    for (const command of commands) command.classList.toggle('current', command === next)
    next.focus({ preventScroll: true })
    next.scrollIntoView({ block: 'center' })
  }

  /** @param {HTMLElement[]} open */
  function firstInView(open) {
    const at = open.findIndex((command) => command.getBoundingClientRect().bottom > 60)
    return at === -1 ? 0 : at
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === 'Escape' && (search.value !== '' || document.activeElement === search)) {
      search.value = ''
      search.dispatchEvent(new Event('input'))
      search.blur()
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.activeElement?.matches('input')) return
    if (event.key === '/') {
      event.preventDefault()
      search.focus()
      search.select()
    } else if (event.key === 'j') step(1)
    else if (event.key === 'k') step(-1)
    else if (event.key === 'c') {
      const button = /** @type {HTMLElement | null} */ (document.querySelector('.cmd.current .copy'))
      button?.click()
    }
  }

  document.addEventListener('keydown', key)
})()
