// A torture message with its places filled in for one phone.
import { goodOffer, header } from '../../../support/fake-edge.ts'
import type { PhoneOnEdge } from '../../../support/phone-on-edge.ts'
import type { TortureMessage } from './message.ts'

/** Offers of the sections whose point is the description. */
const offers: Record<string, string> = {
  'RFC 5118 4.6': goodOffer.replaceAll('IP4 127.0.0.1', 'IP6 2001:db8::20'),
  'RFC 5118 4.8': goodOffer.replace('c=IN IP4 127.0.0.1', 'c=IN IP6 2001:db8::1'),
}

export function fill(t: PhoneOnEdge, { section, text }: TortureMessage): string {
  const pending = t.edge.last('REGISTER') ?? ''
  const offer = offers[section] ?? goodOffer
  const places: Record<string, string> = {
    $USER: t.contactUri().slice(4).split('@')[0] ?? '',
    $US: t.contactUri(),
    $SDP: offer,
    $LEN: String(offer.length),
    $VIA: header(pending, 'Via'),
    $FROM: header(pending, 'From'),
    $TO: header(pending, 'To'),
    $ID: header(pending, 'Call-ID'),
    $SEQ: header(pending, 'CSeq'),
  }
  return text.replace(/\$(?:USER|US|SDP|LEN|VIA|FROM|TO|ID|SEQ)/g, (place) => places[place] ?? place)
}
