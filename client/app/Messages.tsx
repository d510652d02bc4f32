import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'

const MessageList = lazy(async () => ({ default: (await import('./MessageList.tsx')).MessageList }))

/** Where passing messages appear. Its code is loaded with the first message: a patient's first page stays small. */
export function Messages() {
  const { notifications } = useNotifications()
  const [needed, setNeeded] = useState(false)
  if (notifications.length > 0 && !needed) setNeeded(true)
  if (!needed) return null
  return (
    <Suspense fallback={null}>
      <MessageList />
    </Suspense>
  )
}
