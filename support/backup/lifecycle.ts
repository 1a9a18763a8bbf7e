/** A rule of a bucket's lifecycle, as S3 tells it; an older form has the prefix outside of the filter. */
interface Rule {
  readonly ID?: string
  readonly Status?: string
  readonly Prefix?: string
  readonly Filter?: { readonly Prefix?: string }
  readonly Expiration?: {
    readonly Days?: number | string
    readonly ExpiredObjectDeleteMarker?: boolean | string
  }
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays?: number | string }
}

/**
 * What is wrong with a lifecycle by which backups are to expire, and nothing else is. Rules of other prefixes are others'.
 *
 * @param told   what S3 says: a list of rules, or an object with one rule or a list of them
 * @param prefix of the backups: "nats/"
 * @param days   how long an archive stays before it expires, and an earlier version of it after that
 * @returns a line each; none when archives, their earlier versions and delete markers go as they should
 */
export function lifecycleFlaws(told: unknown, prefix: string, days: number): string[] {
  const rules = rulesOf(told).filter(({ Status }) => Status === 'Enabled')
  const ours = rules.filter((rule) => prefixOf(rule) === prefix)
  const expiry = ours.flatMap(({ Expiration }) => Expiration?.Days ?? []).map(Number)
  const earlier = ours.flatMap(({ NoncurrentVersionExpiration: of }) => of?.NoncurrentDays ?? []).map(Number)
  const marker = ours.some(({ Expiration }) => `${Expiration?.ExpiredObjectDeleteMarker}` === 'true')
  const wide = rules.filter((rule) => prefixOf(rule) !== prefix && prefix.startsWith(prefixOf(rule)))
  const only = (found: readonly number[]) => found.length > 0 && found.every((each) => each === days)
  return [
    ...(only(expiry) ? [] : [`archives expire after ${expiry.join(', ') || 'no'} days`]),
    ...(only(earlier) ? [] : [`earlier versions expire after ${earlier.join(', ') || 'no'} days`]),
    ...(marker ? [] : ['delete markers that hide nothing stay']),
    ...wide.map((rule) => `rule ${rule.ID ?? '?'} is not of ${prefix} alone`),
  ]
}

function rulesOf(told: unknown): readonly Rule[] {
  if (Array.isArray(told)) return told as Rule[]
  const { Rule: rules = [] } = (told ?? {}) as { Rule?: Rule | Rule[] }
  return [rules].flat()
}

function prefixOf({ Filter, Prefix }: Rule): string {
  return Filter?.Prefix ?? Prefix ?? ''
}
