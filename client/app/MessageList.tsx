import { Notifications } from '@mantine/notifications'

/** The passing messages. A file of its own, so that only `Messages` decides when its code is loaded. */
export function MessageList() {
  return <Notifications position="top-center" limit={3} zIndex={400} />
}
