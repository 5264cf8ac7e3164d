// Told to screen readers as it happens: the call connects, is held, ends; the phone can be reached or not.
import { VisuallyHidden } from '@radix-ui/themes'
import { useAppPart, usePhone } from '../state/companion.tsx'
import { toCallNews, toLineNews } from '../view/announce-view.ts'

/** Always in the page: a region that comes with its words is not read. */
export function News() {
  const phone = usePhone()
  const app = useAppPart('links', 'bridged', 'people')
  return (
    <VisuallyHidden>
      <p role="status">{toCallNews(phone, app)}</p>
      <p role="status">{toLineNews(phone)}</p>
    </VisuallyHidden>
  )
}
