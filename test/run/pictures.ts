// `npm run pictures`: shoots the main screens for the documents. Run again it changes nothing.
import { shootPictures } from '../support/pictures.ts'

const { bytes, changed } = await shootPictures()
console.log(
  `docs/pictures has ${(bytes / 1024).toFixed(0)} KiB. Changed: ${changed.join(', ') || 'nothing'}.`,
)
