// A torture message as data: its RFC section, its text with places to fill in, and what a right phone does with it.

/**
 * Places: `$US` our Contact URI, `$USER` its user part, `$SDP` an offer that can be taken and `$LEN` its length;
 * of the request of ours that waits for an answer: `$VIA`, `$FROM`, `$TO`, `$ID`, `$SEQ`.
 */
export interface TortureMessage {
  /** `RFC 4475 3.1.1.1`. */
  section: string
  /** What is strange about it. */
  what: string
  text: string
  /**
   * `rings`: a call that could be answered. A status: what we answer with. `dropped`: no answer, a row in the trace.
   * `silent`: no answer, and none is due. `taken`: the answer of our pending request counts.
   */
  fate: 'rings' | 'dropped' | 'silent' | 'taken' | `${number}`
}

/** Lines with the line ends of SIP. */
export const lines = (...parts: string[]): string => parts.join('\r\n')

/** The headers that are not the point of a message. */
export const usual = (method: string, branch: string): string[] => [
  `Via: SIP/2.0/WSS caller.invalid;branch=z9hG4bK${branch}`,
  'Max-Forwards: 70',
  `From: <sip:ada@caller.example>;tag=f${branch}`,
  'To: <sip:2000@ours.example>',
  `Call-ID: ${branch}@caller.example`,
  `CSeq: 1 ${method}`,
]
export const contact = 'Contact: <sip:ada@caller.example;transport=ws>'
export const offer = ['Content-Type: application/sdp', 'Content-Length: $LEN', '', '$SDP']
export const empty = ['Content-Length: 0', '', '']
/** The headers of an answer to the request of ours that is pending. */
export const ours = ['Via: $VIA', 'From: $FROM', 'To: $TO;tag=t', 'Call-ID: $ID', 'CSeq: $SEQ']
