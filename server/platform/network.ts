import { isIPv6 } from 'node:net'

/**
 * What counts as one place when calls are limited. An IPv6 line has 2^64 addresses to come from, so its first 64 bits
 * are the place (RFC 6177); an IPv4 address is one, also when it is written as IPv6 (RFC 4291, 2.5.5.2).
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%')
  const asIPv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  if (asIPv4 !== undefined) return asIPv4
  if (!isIPv6(plain)) return address
  const [head = '', tail] = plain.split('::')
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array.from({ length: zeros }, () => 0), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

function groupsOf(text: string): number[] {
  if (text === '') return []
  // The last 32 bits may be written as IPv4: two groups, of no matter here.
  return text.split(':').flatMap((group) => (group.includes('.') ? [0, 0] : [parseInt(group, 16)]))
}
