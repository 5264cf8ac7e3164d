// What the platform has and practice has not: transfers need a second party, timelines a SIP capture (contract C.9).
import { internal, notFound } from '../http/errors.ts'
import { type Route, route } from '../http/route.ts'

export const elsewhere: Route[] = [
  route('POST', '/transfers', 'member', () => {
    throw internal('Practice has nobody to transfer to.')
  }),
  // 404 is what an operator without SIP capture answers.
  route('GET', '/timelines/calls/:id/sip-analysis', 'member', () => {
    throw notFound('')
  }),
  route('GET', '/timelines/calls/:id/pcap', 'member', () => {
    throw notFound('')
  }),
]
