/** Two letters for alphabetic names, the last two characters for Chinese ones, as people there are used to. */
export function initials(name: string): string {
  const trimmed = name.trim()
  if (/\p{Script=Han}/u.test(trimmed)) {
    const name = trimmed.replaceAll(/\s/gu, '').replace(/(?<=..)(医生|医师|大夫|主任|教授|护士)$/u, '')
    return [...name].slice(-2).join('')
  }
  const words = trimmed.split(/\s+/u).filter((word) => !/^(dr|prof|mr|mrs|ms)\.?$/iu.test(word))
  const first = words[0]?.[0] ?? ''
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}
