// What is said in calls: the two directions use different words, so that an echo cannot pass for speech.

export const vocabularies = {
  digits: 'one two three four five six seven eight nine',
  nato: 'november charlie victor hotel sierra foxtrot tango uniform',
} as const
export type Vocabulary = keyof typeof vocabularies

const slowly = (words: string) => words.replaceAll(' ', ', ')

/** What the caller says, and what the microphone of the phone says: with a short pause between the words. */
export const callerSays = slowly(vocabularies.digits)
export const phoneSays = slowly(vocabularies.nato)
