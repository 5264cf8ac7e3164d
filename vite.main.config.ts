// Main as one bundle per entry: start and quickstart for Node, electron for Electron 33 and newer. Nothing native inside.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const entries = {
  electron: './main/shells/electron/main.ts',
  'practice-entry': './main/shells/electron/practice-entry.ts',
  start: './main/cli/start.ts',
  quickstart: './main/cli/quickstart.ts',
  doctor: './main/cli/doctor.ts',
}

export default defineConfig({
  build: {
    ssr: true,
    outDir: at('./dist/main'),
    emptyOutDir: true,
    // Electron 33 runs Node 20.18.
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(entries)
          .map(([name, file]) => [name, at(file)])
          .filter(([, file]) => existsSync(String(file))),
      ),
      external: ['electron', '@napi-rs/keyring', /^node:/],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared-[name]-[hash].js' },
    },
  },
  // Bundled, so that the package ships no node_modules but the native one.
  ssr: { noExternal: true, external: ['electron', '@napi-rs/keyring'] },
})
