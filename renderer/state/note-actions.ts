// The phone with each thing that is done to it noted: by whom does not matter, the button, a key, a headset or main.
import type { FlightReports, Phone } from '../phone/phone.ts'

/** What was dialled, pressed or typed is not noted: digits may be a code. */
export function noteActions(phone: Phone, reports: Pick<FlightReports, 'step'>): Phone {
  const note = (title: string, sessionId?: string) =>
    reports.step({ kind: 'action', title, ...(sessionId === undefined ? {} : { sessionId }) })
  const { handlers } = phone
  const answer: Phone['handlers']['phone.answer'] = (input) => {
    note('Answer', input.sessionId)
    return handlers['phone.answer'](input)
  }
  const decline: Phone['handlers']['phone.decline'] = (input) => {
    note('Decline', input.sessionId)
    return handlers['phone.decline'](input)
  }
  const hangUp: Phone['handlers']['phone.hangUp'] = (input) => {
    note('Hang up', input.sessionId)
    return handlers['phone.hangUp'](input)
  }
  const wake: Phone['handlers']['phone.wake'] = (input) => {
    note('Woken, or the network changed')
    return handlers['phone.wake'](input)
  }
  return {
    ...phone,
    handlers: {
      ...handlers,
      'phone.answer': answer,
      'phone.decline': decline,
      'phone.hangUp': hangUp,
      'phone.wake': wake,
    },
    dial(target) {
      note('Dial')
      return phone.dial(target)
    },
    setHeld(id, held) {
      note(held ? 'Hold' : 'Off hold', id)
      return phone.setHeld(id, held)
    },
    swapTo(id) {
      note('Swap to this call', id)
      return phone.swapTo(id)
    },
    transfer(id, target) {
      note('Transfer', id)
      return phone.transfer(id, target)
    },
    transferTo(id, other) {
      note('Transfer to another call', id)
      return phone.transferTo(id, other)
    },
    setMuted(id, muted) {
      note(muted ? 'Mute' : 'Unmute', id)
      phone.setMuted(id, muted)
    },
    sendDtmf(id, tones) {
      note('Keys', id)
      return phone.sendDtmf(id, tones)
    },
  }
}
