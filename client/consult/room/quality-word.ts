import {
  IconAntennaBars2,
  IconAntennaBars4,
  IconAntennaBars5,
  IconAntennaBarsOff,
  type Icon,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { Quality } from '#shared/consult.ts'
import type { StatusTone } from '../../ui/index.ts'

/** A line in one word: "Good", "Fair", "Weak", "Weak, sound only", "Interrupted". */
export function qualityWord(
  quality: Quality,
  soundOnly: boolean,
  t: TFunction<'consult'>,
): { tone: StatusTone; icon: Icon; children: string } {
  switch (quality) {
    case 'good':
      return {
        tone: 'good',
        icon: IconAntennaBars5,
        children: soundOnly ? t('quality.soundOnly') : t('quality.good'),
      }
    case 'fair':
      return { tone: 'info', icon: IconAntennaBars4, children: t('quality.fair') }
    case 'poor':
      return {
        tone: 'caution',
        icon: IconAntennaBars2,
        children: soundOnly ? t('quality.poorSoundOnly') : t('quality.poor'),
      }
    case 'lost':
      return { tone: 'danger', icon: IconAntennaBarsOff, children: t('quality.lost') }
  }
}
