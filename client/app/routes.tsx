import { Navigate, Route, Routes } from 'react-router'
import { ConsultScreen } from '../consult/consult-screen.ts'
import { Home } from './Home.tsx'
import { NotFound } from './NotFound.tsx'
import { RequireRole } from './RequireRole.tsx'
import { screen } from './screen.ts'

const SignedIn = screen('common', async () => (await import('./SignedIn.tsx')).SignedIn)
const SignIn = screen('identity', async () => (await import('../identity/SignIn.tsx')).SignIn)
const HomePage = screen('identity', async () => (await import('../identity/HomePage.tsx')).HomePage)
const AdminPage = screen('identity', async () => (await import('../identity/AdminPage.tsx')).AdminPage)
const SchedulePage = screen(
  'scheduling',
  async () => (await import('../scheduling/SchedulePage.tsx')).SchedulePage,
)
const ClinicPage = screen('clinic', async () => (await import('../consult/ClinicPage.tsx')).ClinicPage)
const JoinPage = screen('consult', async () => (await import('../consult/JoinPage.tsx')).JoinPage)
const MarkerSheet = screen(
  'marker',
  async () => (await import('../imaging/marker/MarkerSheet.tsx')).MarkerSheet,
)
const ModelsPage = screen(
  'models',
  async () => (await import('../imaging/recognition/ModelsPage.tsx')).ModelsPage,
)
const SummaryPage = screen('records', async () => (await import('../records/SummaryPage.tsx')).SummaryPage)

/** Every address of the client. Screens load with their route; what a role may not open leads to its home. */
export function AppRoutes() {
  return (
    <Routes>
      <Route index element={<Home />} />
      <Route path="sign-in" element={<SignIn />} />
      <Route path="join/:token" element={<JoinPage />} />
      <Route path="marker" element={<MarkerSheet />} />
      <Route element={<RequireRole roles={['patient', 'practitioner']} />}>
        <Route path="consults/:id" element={<ConsultScreen />} />
        <Route path="visits/:id/summary" element={<SummaryPage />} />
      </Route>
      <Route element={<SignedIn />}>
        <Route element={<RequireRole roles={['scheduler', 'practitioner']} />}>
          <Route path="schedule" element={<SchedulePage />} />
        </Route>
        <Route element={<RequireRole roles={['practitioner']} />}>
          <Route path="clinic" element={<ClinicPage />} />
        </Route>
        <Route element={<RequireRole roles={['patient']} />}>
          <Route path="home" element={<HomePage />} />
        </Route>
        <Route element={<RequireRole roles={['practitioner', 'scheduler', 'administrator']} />}>
          <Route path="models" element={<ModelsPage />} />
        </Route>
        <Route element={<RequireRole roles={['administrator']} />}>
          <Route path="admin" element={<AdminPage />} />
        </Route>
      </Route>
      <Route path="index.html" element={<Navigate to="/" replace />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
