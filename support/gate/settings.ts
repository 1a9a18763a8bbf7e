import type { Ageing } from '../report/page/document'

/** What a site decides for itself, in its cucumber.js: `formatOptions: { runbook: { … } }`. */
export interface Settings {
  /** So many procedures may pass only at a later attempt; 3 unless told. */
  readonly flakyLimit?: number
  /** When a proof that nobody repeated turns amber, then red, on the page. */
  readonly ageing?: Ageing
}

/** The settings in cucumber's configuration. @param configuration as `asked` gives it */
export function settingsIn({ formatOptions }: { readonly formatOptions: object }): Settings {
  return (formatOptions as { runbook?: Settings }).runbook ?? {}
}
