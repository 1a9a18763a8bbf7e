// What is larger than its place can be scrolled by keyboard: it takes the focus, and nothing else does.
;(() => {
  function mark() {
    const boxes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('pre, .wide')])
    const larger = boxes.filter(
      (box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight,
    )
    for (const box of boxes) box.removeAttribute('tabindex')
    for (const box of larger) box.tabIndex = 0
  }

  window.addEventListener('resize', mark)
  document.addEventListener('toggle', mark, true)
  mark()
})()
