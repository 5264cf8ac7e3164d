// A phone without SIP and sound: shows a given state, makes steady levels. For the gallery.
import { createStore } from 'zustand/vanilla'
import { initialPhoneState, type PhoneState } from '../../common/model/phone.ts'
import type { Phone } from '../phone/phone.ts'

const done = async () => null

export function createStandInPhone(state: PhoneState = initialPhoneState): Phone {
  return {
    store: createStore<PhoneState>(() => state),
    handlers: {
      'phone.start': done,
      'phone.stop': done,
      'phone.answer': done,
      'phone.decline': done,
      'phone.hangUp': done,
      'phone.wake': done,
      'phone.probe': done,
    },
    levels: () => ({ ear: 0.16, microphone: 0.07 }),
    listen: () => ({ level: () => 0.07, end: () => {} }),
    dial: async () => '',
    setHeld: async () => {},
    swapTo: async () => {},
    transfer: async () => {},
    transferTo: async () => {},
    setMuted: () => {},
    sendDtmf: async () => {},
    goOnKeys: () => {},
    stopKeys: () => {},
    warmUp: async () => {},
    useDevices: async () => {},
    setDoNotDisturb: () => {},
    connectHeadset: async () => undefined,
    forgetHeadset: async () => {},
    rememberHeadset: () => {},
    silence: () => {},
    testRing: () => {},
    dispose: async () => {},
  }
}
