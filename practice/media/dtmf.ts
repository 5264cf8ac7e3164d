// Keys pressed on the phone: RFC 4733 named events. Each event is sent many times; it is told once, when it begins.

const keys = '0123456789*#ABCD'

export interface DtmfReceiver {
  push(packet: { timestamp: number; payload: Uint8Array }): void
}

export function createDtmfReceiver(onKey: (key: string) => void): DtmfReceiver {
  // All packets of one event carry the timestamp of its beginning (RFC 4733 section 2.5.1.2).
  let last: number | undefined
  return {
    push({ timestamp, payload }) {
      const key = keys[payload[0] ?? keys.length]
      if (payload.length < 4 || key === undefined || timestamp === last) return
      last = timestamp
      onKey(key)
    },
  }
}
