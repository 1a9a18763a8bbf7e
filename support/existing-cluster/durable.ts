import type { ConsumerState } from '../jetstream/account'

/** Whether a backup promises to bring a consumer back: one without a durable name goes with whoever made it. */
export function isDurable({ config }: ConsumerState): boolean {
  return Boolean((config as { readonly durable_name?: string }).durable_name)
}
