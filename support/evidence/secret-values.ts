import type { Resource } from '../kubernetes/resource'
import { type Secret, shortestSecret } from './mask'

/** What a Secret of Kubernetes holds that no report may show: users and addresses aren't secret, nor what could be a word. */
export function secretValues({ metadata, data }: Resource): Secret[] {
  return Object.entries((data ?? {}) as Readonly<Record<string, string>>)
    .filter(([key]) => /password|secret/i.test(key))
    .map(([key, value]) => ({
      name: `${metadata.name}/${key}`,
      value: Buffer.from(value, 'base64').toString(),
    }))
    .filter(({ value }) => value.trim().length >= shortestSecret)
}
