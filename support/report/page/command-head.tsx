import type { ComponentChildren } from 'preact'
import type { Command } from '../model'

/** Above a command's bytes: what it does to the system, its address, and the button that copies it. */
export function CommandHead({
  command: { address, effect },
  children,
}: {
  readonly command: Command
  readonly children?: ComponentChildren
}) {
  return (
    <div class="cmd-head">
      <span class={`badge ${effect.level}`}>{effect.level}</span>
      {children}
      <a class="addr" href={`#${address}`}>
        #{address}
      </a>
      <CopyButton address={address} />
    </div>
  )
}

/** Copies a command's bytes: those of the page's JSON, never what is shown. */
export function CopyButton({ address }: { readonly address: string }) {
  return (
    <button type="button" class="copy" data-copy={address} aria-label={`Copy command ${address}`}>
      Copy
    </button>
  )
}
