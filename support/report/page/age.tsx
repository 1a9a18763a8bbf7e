/** A moment, which the reader's browser turns into an age ("3 hours ago") and keeps up to date. */
export function Age({ iso }: { readonly iso: string }) {
  return (
    <time dateTime={`${iso.slice(0, 19)}Z`} data-age={iso}>
      {iso.slice(0, 16).replace('T', ' ')} UTC
    </time>
  )
}
