import { useTranslation } from 'react-i18next'
import { RecognitionSwitch } from '#shared/imaging-recognition.ts'

const switching = /^recognition\.(\w+)\.switch_(on|off|inherit)$/

/** What an action of the access log is called; its own code where it is older or newer than this page. */
export function useActionWords(): (action: string) => string {
  const { t, i18n } = useTranslation('identity')
  const { t: models } = useTranslation('models')
  return (action) => {
    const [, name, done] = switching.exec(action) ?? []
    const what = RecognitionSwitch.safeParse(name)
    if (what.success && (done === 'on' || done === 'off' || done === 'inherit'))
      return t(`admin.log.done.recognition.${done}`, { what: models(`task.${what.data}.name`) })
    const key = `admin.log.done.${action}`
    const words: unknown = i18n.getResource(i18n.resolvedLanguage ?? 'en', 'identity', key)
    return typeof words === 'string' ? words : action
  }
}
