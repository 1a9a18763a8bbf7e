// What is larger than its place can be scrolled by keyboard: it takes the focus, and nothing else does. To find out costs
// a layout of the whole document, so it waits for the first Tab.
;(() => {
  function mark() {
    const boxes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('pre, .wide')])
    const larger = boxes.filter(
      (box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight,
    )
    for (const box of boxes) box.removeAttribute('tabindex')
    for (const box of larger) box.tabIndex = 0
  }

  /** @param {KeyboardEvent} event */
  function begin(event) {
    if (event.key !== 'Tab') return
    window.removeEventListener('keydown', begin)
    window.addEventListener('resize', mark)
    document.addEventListener('toggle', mark, true)
    mark()
  }

  window.addEventListener('keydown', begin)
})()
