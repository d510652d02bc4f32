/** Made by vite.config.ts from ui/theme.ts. */
declare module 'virtual:theme.css'
