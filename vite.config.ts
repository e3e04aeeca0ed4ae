import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { fonts } from './scripts/fonts.ts'
import { menuWords } from './scripts/menu-words.ts'

/** The console, built into `dist/console`; the node serves it from there. */
export default defineConfig({
  root: 'src/web',
  base: '/console/',
  plugins: [react(), menuWords(), fonts()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // the content security policy has no data: for scripts and fonts
    chunkSizeWarningLimit: 1_200, // the map, which is loaded only where there is one
  },
})
