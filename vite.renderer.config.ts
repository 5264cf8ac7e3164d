// The windows' pages: index.html for the shells, call-window.html for a call that rings, and gallery.html for every screen in every state. No inline code or style.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The component library has every size and variant once more for each width of the window: more than half of its
 * styles. Nobody here asks for them (`test/unit/house/styles.test.ts`), and each start would read them.
 */
const withoutBreakpoints = {
  postcssPlugin: 'without-breakpoints',
  AtRuleExit: {
    media(rule: { params: string; source?: { input: { file?: string } }; remove(): void }) {
      const isTheirs = /@radix-ui[\\/]themes[\\/]components\.css$/.test(rule.source?.input.file ?? '')
      if (isTheirs && rule.params.startsWith('(min-width:')) rule.remove()
    },
  },
}

export default defineConfig({
  root: at('./renderer'),
  base: './',
  publicDir: false,
  plugins: [react()],
  css: { postcss: { plugins: [withoutBreakpoints] } },
  build: {
    outDir: at('./dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    // A data: address would break `default-src 'self'`; the preload helper is an inline script in disguise.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: {
        index: at('./renderer/index.html'),
        callWindow: at('./renderer/call-window.html'),
        gallery: at('./renderer/gallery.html'),
      },
      output: {
        // zod and what makes it strict in one piece: however the rest is cut, no schema is made before.
        codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod|strict-zod/ }] },
      },
    },
  },
})
