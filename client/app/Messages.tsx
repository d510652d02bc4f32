import { Notifications } from '@mantine/notifications'

/** Where passing messages appear; loaded after the first screen. */
export function Messages() {
  return <Notifications position="top-center" limit={3} zIndex={400} />
}
