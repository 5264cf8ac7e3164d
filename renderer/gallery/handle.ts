// A handle for tests and pictures: shows one state after the other without loading the page again.

export type GalleryTheme = 'light' | 'dark'

export interface GalleryHandle {
  /** Every state by name, in the order of the list. */
  ids: readonly string[]
  /** Draws a state as if the page had just opened with it; resolves when it is painted. */
  show(id: string, theme: GalleryTheme): Promise<void>
}

declare global {
  var galleryHandle: GalleryHandle | undefined
}

export function offerHandle(
  ids: readonly string[],
  draw: (id: string, theme: GalleryTheme, key: string) => void,
): void {
  let shown = 0
  globalThis.galleryHandle = {
    ids,
    async show(id, theme) {
      shown += 1
      draw(id, theme, String(shown))
      await document.fonts.ready
      // Effects have run and what they changed has been laid out.
      await nextFrame()
      await nextFrame()
    },
  }
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
