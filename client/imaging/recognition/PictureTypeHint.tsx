import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { useSwitch } from './useSwitches.ts'

/** For doctors, where it is on: a quiet word for what a model takes the picture to show. */
export function PictureTypeHint({ content }: Pick<Snapshot, 'content'>) {
  const { t } = useTranslation('guard')
  const on = useSwitch('pictureType', true)
  if (!on || !content?.type) return null
  return (
    <span title={t('typeBy', { model: content.model })}>
      · {t('guessed', { type: t(`type.${content.type}`) })}
    </span>
  )
}
