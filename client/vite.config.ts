import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { themeCss } from './ui/theme-css.ts'

const themeId = 'virtual:theme.css'

/** Serves the theme's variables as a plain style sheet (see ui/theme-css.ts for the reason). */
const themeSheet: Plugin = {
  name: 'bedside-theme',
  resolveId: (id) => (id === themeId ? `\0${themeId}` : null),
  load: (id) => (id === `\0${themeId}` ? themeCss() : null),
}

/** Nearly every page needs these; as files of their own each would cost more in headers than it has in it. */
const smallAndEverywhere = new RegExp(
  `/(${[
    'client/ui/(SavingButton|live-region|use-title)',
    'client/platform/journal',
    '@mantine/.*/(get-contrast-color|noop|random-id|use-id|use-isomorphic-effect|use-window-event)',
  ].join('|')})\\.(tsx?|mjs)$`,
)

export default defineConfig({
  root: import.meta.dirname,
  plugins: [themeSheet, react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // No data: addresses in scripts or styles, so that the content policy can name what is loaded.
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'small', test: smallAndEverywhere, includeDependenciesRecursively: false }],
        },
      },
      treeshake: {
        // ui/index.ts names every block; a page must pay only for those it takes.
        moduleSideEffects: [{ test: /[\\/]client[\\/]ui[\\/][\w-]+\.tsx?$/, sideEffects: false }],
      },
    },
  },
  server: {
    proxy: {
      '/api': 'http://localhost:3000',
      '/socket.io': { target: 'http://localhost:3000', ws: true },
    },
  },
})
