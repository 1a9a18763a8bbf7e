import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import MarkdownIt from 'markdown-it'
import { visibleScript } from '../visible-text'

hljs.registerLanguage('bash', bash)

/** No HTML of the author's gets through, nor anything that would be fetched. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable('image')

/** Prose as HTML. */
export function proseHtml(text: string): string {
  return markdown.render(text)
}

/** One paragraph of prose as HTML, without the paragraph. */
export function phraseHtml(text: string): string {
  return markdown.renderInline(text)
}

/** A script as HTML, highlighted; its text is `visibleScript` of the script. */
export function scriptHtml(script: string): string {
  // An HTML parser drops a newline right behind <pre>: it gets one of its own to drop.
  return `\n${hljs.highlight(visibleScript(script), { language: 'bash', ignoreIllegals: true }).value}`
}
