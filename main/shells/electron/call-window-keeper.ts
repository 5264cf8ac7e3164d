// Which call the small window shows, and that one which was closed by the person or crashed does not come back for its call.
import type { RingingCall } from '../../../common/model/ringing.ts'

export interface SmallWindow {
  /** Of its page; known also when the window is gone. */
  readonly pageId: number
  destroy(): void
}

export interface CallWindowKeeper {
  /** Shows this call, or none. */
  show(call: RingingCall | undefined): void
  /** Whether a message of this page is one of the window that is open. */
  isFrom(pageId: number): boolean
}

/** `make` opens a window and tells once when it is gone, whoever closed it. */
export function keepCallWindow(make: (onGone: () => void) => SmallWindow): CallWindowKeeper {
  let open: { window: SmallWindow; sessionId: string } | undefined
  let dismissed: string | undefined

  const close = () => {
    const { window } = open ?? {}
    open = undefined
    window?.destroy()
  }
  return {
    show(call) {
      if (call && (open?.sessionId === call.sessionId || dismissed === call.sessionId)) return
      close()
      if (!call) return
      const { sessionId } = call
      const window = make(() => {
        if (open?.window !== window) return
        open = undefined
        dismissed = sessionId
      })
      open = { window, sessionId }
    },
    isFrom: (pageId) => open?.window.pageId === pageId,
  }
}
