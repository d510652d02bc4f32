import { maxProfileBytes } from '../limits.ts'

/** Whether these bytes are one whole ICC profile (ICC.1:2022, 7.2) and not something that hides behind the name. */
export function isProfile(profile: Uint8Array): boolean {
  if (profile.length < 132 || profile.length > maxProfileBytes) return false
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength)
  return view.getUint32(0) === profile.length && view.getUint32(36) === 0x61637370 // 'acsp'
}
