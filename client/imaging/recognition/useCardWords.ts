import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ModelCard } from '#shared/imaging-recognition.ts'

/** What is written on a card in sentences, in the order in which it is shown. */
export const cardFacts = [
  'intendedUse',
  'limits',
  'measured',
  'input',
  'output',
  'origin',
  'licence',
] as const satisfies readonly (keyof ModelCard)[]
type CardWords = Pick<ModelCard, (typeof cardFacts)[number]>

/** `sha256` is the model's: a clinic's own one of the same name is another. */
type Translations = Readonly<Record<string, CardWords & { sha256: string }>>

const files = import.meta.glob<Translations>('../../i18n/cards.*.json', { import: 'default' })

/** The cards that come with Bedside, in the reader's language; null for what is only there as its author wrote it. */
export function useCardWords(): (card: ModelCard) => CardWords | null {
  const { i18n } = useTranslation()
  const load = files[`../../i18n/cards.${i18n.resolvedLanguage}.json`]
  const { data } = useQuery({
    queryKey: ['card-words', i18n.resolvedLanguage],
    queryFn: async () => (await load?.()) ?? {},
    staleTime: Infinity,
  })
  return ({ name, sha256 }) => {
    const translated = data?.[name]
    return translated?.sha256 === sha256 ? translated : null
  }
}
