import type { TFunction } from 'i18next'
import type { CallState } from '../call/call-state.ts'
import type { InputState } from '../call/device-state.ts'
import type { StatusTone } from '../../ui/index.ts'

interface Word {
  tone: StatusTone
  children: string
}

/** How an input is doing, for patients. `heard` false: the microphone is there, and nothing was heard yet. */
export function inputWord(state: InputState, heard: boolean, t: TFunction<'consult'>): Word {
  switch (state) {
    case 'ready':
      return heard
        ? { tone: 'good', children: t('check.state.ready') }
        : { tone: 'neutral', children: t('check.state.saySomething') }
    case 'off':
    case 'asking':
      return { tone: 'neutral', children: t('check.state.asking') }
    case 'none':
      return { tone: 'caution', children: t('check.state.none') }
    case 'denied':
      return { tone: 'caution', children: t('check.state.denied') }
    case 'failed':
      return { tone: 'caution', children: t('check.state.failed') }
    case 'interrupted':
      return { tone: 'caution', children: t('check.state.interrupted') }
  }
}

/** How the line is doing, for patients. */
export function connectionWord(probe: CallState['probe'], t: TFunction<'consult'>): Word {
  if (probe === 'idle' || probe === 'running') return { tone: 'neutral', children: t('check.line.testing') }
  switch (probe.connection) {
    case 'good':
      return { tone: 'good', children: t('check.line.good') }
    case 'fair':
      return { tone: 'good', children: t('check.line.fair') }
    case 'poor':
      return { tone: 'caution', children: t('check.line.poor') }
    case 'failed':
      return { tone: 'danger', children: t('check.line.failed') }
    case 'not_tested':
      return { tone: 'neutral', children: t('check.line.notTested') }
  }
}
