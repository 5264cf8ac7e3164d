// What a screen shows without saying it: names, addresses, what others said, typed or sent. The one list of exceptions.

/** Elements that hold data, whatever the language is. */
const places = [
  ...['code', 'bdi', 'pre', 'kbd', 'textarea', 'ins', 'del', '.mono', '[translate=no]'],
  // What was said, typed, or is to be said.
  ...['.line-words', '.line-text', '.queue-text', '.moment-text', '.last-heard-words', '.phrase-text'],
  // The fields of a phrase are named by whoever wrote it.
  ...['.phrase-form p', '.phrase-form label'],
  // The values of a record are as they were recorded, and as its export has them.
  ...['.record-known dd', '.record-figures dd', '.record-time p', '.record-one p'],
  // What the foreign side said of a failure, with its code; the proof of a step, which stays as it was written.
  ...['.error-detail', '.step-text', '.record-why', '.record-told', '.record-spoken', '.history-text'],
].join(', ')

/** Names of people, companies, numbers, devices, products and addresses in the gallery. */
const names: readonly RegExp[] = [
  /^(VoIPBIN|Companion|VoIPBIN test call|api\.voipbin\.net|anonymous\.invalid)$/,
  /Mina|Ada|Bob|Hohenstein|Acme|Laptop of|Ticket system|^Trial$|Reception/,
  /Support desk|Sales|Main number|Berlin|Test line|^Office$|^Practice$/,
  /Jabra|Built-in|Microphone|Speakers|espeak-ng|pocketsphinx/,
  /^(ElevenLabs|Google Cloud|Amazon Web Services)$/,
  /^(GET|PUT|POST|DELETE|REGISTER|INVITE|PCMU\/8000|200 OK)$/,
  /^(English|العربية|한국어)$/,
  // A path of ICE, as the browser names it.
  /^host to host/,
  // A key, an address, a file, a moment.
  /^(Alt|Ctrl|Shift)\+|^\S+@\S+$|^\S+\.(test|example|invalid)|^(https?|wss?|stun|turn):|^desk-|Downloads/,
  /^example\.com$|^\d+ \w{3,4}( 20\d\d)?, \d\d:\d\d/,
]

export const isDataPlace = (element: Element, where: string): boolean =>
  (where === 'text' || where === 'title') && element.closest(places) !== null

export const isData = (text: string): boolean => names.some((one) => one.test(text))
