import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'

const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }))

/** Where passing messages appear. Its code is loaded with the first message: a patient's first page stays small. */
export function Messages() {
  const { notifications } = useNotifications()
  const [needed, setNeeded] = useState(false)
  if (notifications.length > 0 && !needed) setNeeded(true)
  if (!needed) return null
  return (
    <Suspense fallback={null}>
      <Notifications position="top-center" limit={3} zIndex={400} />
    </Suspense>
  )
}
