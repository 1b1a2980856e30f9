/** Random enough to tell one intent, tab or line from another; works without a secure context. */
export function token(length = 12): string {
  const alphabet = '0123456789abcdefghijkmnpqrstuvwxyz'
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % alphabet.length]).join('')
}

export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
