// Catalogues: which texts there are is read from the code, translations stand in `common/words/catalogues`. `npm run words` brings both up to date.
import type { LinguiConfig } from '@lingui/conf'
import { formatter } from '@lingui/format-po'
import { textsIn } from './test/support/texts-in.ts'

export default {
  sourceLocale: 'en',
  locales: ['ar', 'ko'],
  catalogs: [
    {
      path: 'common/words/catalogues/{locale}',
      include: ['common', 'main', 'renderer'],
      exclude: ['renderer/gallery/**', 'common/words/catalogues/**'],
    },
  ],
  format: formatter({ lineNumbers: false, explicitIdAsDefault: true }),
  orderBy: 'messageId',
  extractors: [
    {
      match: (file) => /\.tsx?$/.test(file),
      extract(file, code, found) {
        for (const id of textsIn(file, code)) found({ id, origin: [file, 1] })
      },
    },
  ],
} satisfies LinguiConfig
