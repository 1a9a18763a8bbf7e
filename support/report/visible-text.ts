import { stripVTControlCharacters } from 'node:util'

/**
 * A command as it can be read: nothing in it is hidden. Control characters and those that turn the direction of
 * writing (by which a line can be made to look like another) are shown as symbols; only the copy button has the bytes.
 */
export function visibleScript(script: string): string {
  return symbols(wellFormed(script))
}

/** What a command printed, as a terminal would show it: no colour codes, no carriage returns before line ends. */
export function visibleOutput(text: string): string {
  return symbols(stripVTControlCharacters(wellFormed(text)).replaceAll('\r\n', '\n'))
}

/** The first line of a text that isn't empty. */
export function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  )
}

/** Half of a surrogate pair, as a cut in mid-character leaves it, is no text. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}

function symbols(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be made visible
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (char) =>
        char === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + char.charCodeAt(0)),
      )
      .replaceAll(
        /[\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
        (char) => `⟦U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟧`,
      )
  )
}
