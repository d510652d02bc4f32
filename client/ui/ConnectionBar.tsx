import { useNetwork } from '@mantine/hooks'
import { IconWifiOff } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ConnectionBar.module.css'
import { announce } from './live-region.tsx'

/** Says that the browser is offline, as long as it is. */
export function ConnectionBar() {
  const { t } = useTranslation()
  const { online } = useNetwork()
  const wasOffline = useRef(false)
  useEffect(() => {
    if (online && wasOffline.current) announce(t('connection.back'))
    wasOffline.current = !online
  }, [online, t])
  if (online) return null
  return (
    <div className={classes.bar} role="alert">
      <IconWifiOff size={18} stroke={1.75} aria-hidden />
      {t('connection.offline')}
    </div>
  )
}
