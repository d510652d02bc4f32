import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import 'virtual:theme.css'
import './ui/global.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { paintColours } from './app/colours.ts'
import { startTexts } from './platform/i18n.ts'

paintColours()
await startTexts()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root')
createRoot(root).render(<App />)
