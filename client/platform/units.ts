import i18next from 'i18next'

const words: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[lb_av]': 'lb',
}

/** A UCUM code as people write it in their language; one that we have no word for stays as it is. */
export function unitWord(code: string): string {
  return code === '/min' ? i18next.t('perMinute') : (words[code] ?? code)
}
