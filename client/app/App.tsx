import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, Suspense, useState } from 'react'
import { BrowserRouter } from 'react-router'
import { watchSession } from '../identity/useSession.ts'
import { createQueryClient } from '../platform/query.ts'
import { LiveRegion } from '../ui/live-region.tsx'
import { theme } from '../ui/theme.ts'
import { colours } from './colours.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Messages } from './Messages.tsx'
import { AppRoutes } from './routes.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'

/** The whole client: colours, queries, texts and routes around the screens. */
export function App() {
  const [queries] = useState(() => {
    const client = createQueryClient()
    watchSession(client)
    return client
  })
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        colorSchemeManager={colours}
        defaultColorScheme="auto"
        // The theme is a style sheet of its own (ui/theme-css.ts); what still makes a <style> element carries the nonce.
        withCssVariables={false}
        withGlobalClasses={false}
        getStyleNonce={styleNonce}
      >
        <QueryClientProvider client={queries}>
          <LiveRegion />
          {/* No transitions: at "Admit" the stage must stand at once, and a transition is put off by every bit of media. */}
          <BrowserRouter useTransitions={false}>
            <ErrorBoundary>
              <Suspense fallback={<PageSkeleton />}>
                <AppRoutes />
              </Suspense>
            </ErrorBoundary>
          </BrowserRouter>
          <Messages />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}

/** Put into the page by the server, anew for each request (its content policy refuses other style elements). */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
}
