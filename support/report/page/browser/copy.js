// Copies commands: the bytes come from the JSON block, never from what is shown.
;(() => {
  /** @type {Record<string, string>} */
  const bytes = JSON.parse(document.getElementById('bytes')?.textContent ?? '{}')

  /** @param {HTMLElement} button */
  async function copy(button) {
    const text = bytes[button.dataset.copy ?? '']
    if (text === undefined) return
    const done = await write(text)
    button.textContent = done ? 'Copied' : 'Not copied'
    button.classList.toggle('done', done)
    setTimeout(() => {
      button.textContent = 'Copy'
      button.classList.remove('done')
    }, 1600)
  }

  /** @param {string} text */
  async function write(text) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      return writeByEvent(text)
    }
  }

  /**
   * Where the clipboard API is closed (a page served over plain http), a copy event still takes exact text.
   * @param {string} text
   */
  function writeByEvent(text) {
    let taken = false
    const listener = (/** @type {ClipboardEvent} */ event) => {
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      taken = true
    }
    document.addEventListener('copy', listener)
    document.execCommand('copy')
    document.removeEventListener('copy', listener)
    return taken
  }

  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target)
    const button = /** @type {HTMLElement | null} */ (target.closest('[data-copy]'))
    if (button) void copy(button)
  })
})()
