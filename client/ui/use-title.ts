import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Names the browser tab: "Schedule · Bedside"; a count stands first: "(2) Clinic · Bedside". */
export function useTitle(title: string, count = 0): void {
  const { t } = useTranslation()
  const product = t('product')
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ''}${title} · ${product}`
  }, [title, count, product])
}
