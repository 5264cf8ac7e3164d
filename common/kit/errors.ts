// Every failure the companion can name: its code, whether it is retried, what happened and what to do.

/** `auto`: we retry by ourselves. `user`: worth another try after the remedy. `never`: will fail again unchanged. */
export type Retry = 'auto' | 'user' | 'never'

interface ErrorRow {
  readonly retry: Retry
  /** What happened, in one sentence a person understands. */
  readonly say: string
  /** What to do about it. */
  readonly remedy: string
}

export const errorTable = {
  // account
  'account.rejected': {
    retry: 'never',
    say: 'The platform did not accept this access key.',
    remedy: 'Create a new access key in the admin console, or check that the key belongs to this server.',
  },
  'account.badPassword': {
    retry: 'never',
    say: 'The user name or the password is wrong.',
    remedy: 'Check both and sign in again. The user name is usually an e-mail address.',
  },
  'account.expired': {
    retry: 'user',
    say: 'The sign-in has expired.',
    remedy: 'Sign in again. Tokens last seven days; an access key lasts as long as you chose.',
  },
  'account.expiring': {
    retry: 'user',
    say: 'The sign-in expires soon.',
    remedy: 'Sign in again below: calls, phone and events go on. An access key lasts as long as you chose.',
  },
  'account.keyEnded': {
    retry: 'user',
    say: 'The access key has expired or was deleted.',
    remedy: 'Sign in again with another key, or with user name and password.',
  },
  'account.otherPerson': {
    retry: 'never',
    say: 'These credentials belong to somebody else.',
    remedy: 'Sign in as the same user to go on. To change the user, sign out first.',
  },
  'account.initial': {
    retry: 'user',
    say: 'The e-mail address of this account is not confirmed, so it may not place calls yet.',
    remedy: 'Open the link in the e-mail from VoIPBIN, then check again in Settings. Calls can be received.',
  },
  'account.notPermitted': {
    retry: 'never',
    say: 'This account may not do that.',
    remedy: 'Ask an administrator for the admin or manager permission, or use an access key.',
  },
  'account.frozen': {
    retry: 'never',
    say: 'The account is frozen because its deletion is scheduled.',
    remedy: 'Recover the account in the admin console before the date shown.',
  },
  'account.balance': {
    retry: 'never',
    say: 'The balance of the account is too low.',
    remedy: 'Top up the balance in the admin console, then try again.',
  },
  'account.identity': {
    retry: 'never',
    say: 'Calls to the telephone network need a verified identity.',
    remedy: 'Verify the identity in the admin console. Calls to extensions work without it.',
  },
  'account.signedOut': {
    retry: 'user',
    say: 'Nobody is signed in.',
    remedy: 'Sign in first, on the Quickstart or in Settings.',
  },
  // signing up
  'signUp.refused': {
    retry: 'never',
    say: 'No account was made: the address may be registered already.',
    remedy:
      'Sign in with it, or have a link to set a new password sent. Otherwise check it for typing errors.',
  },
  'signUp.wrongCode': {
    retry: 'user',
    say: 'The code is wrong or has expired.',
    remedy: 'Type the code of the newest e-mail, or have another one sent.',
  },
  'signUp.tooManyTries': {
    retry: 'never',
    say: 'A wrong code was tried too often.',
    remedy: 'Start again: another code will be sent.',
  },
  'signUp.confirmByLink': {
    retry: 'never',
    say: 'This server confirms an address by a link instead of a code.',
    remedy: 'Confirm with the link in the e-mail and set a password there, then sign in with it.',
  },
  'signUp.notOffered': {
    retry: 'never',
    say: 'This server makes no accounts by itself.',
    remedy: 'Ask its administrator for an account.',
  },
  'signUp.unanswered': {
    retry: 'user',
    say: 'The server did not answer; the account may have been made all the same.',
    remedy: 'Look for an e-mail from VoIPBIN first. Try again only if there is none.',
  },
  // access keys
  'accessKey.lost': {
    retry: 'never',
    say: 'The access key was made, but its token got lost on the way.',
    remedy: 'Delete the key named below, nobody can use it, and create another one.',
  },
  // network and server
  'network.unreachable': {
    retry: 'auto',
    say: 'The platform cannot be reached.',
    remedy: 'Check the network and the API address in Settings.',
  },
  'network.nameUnknown': {
    retry: 'user',
    say: 'The name of the server cannot be resolved.',
    remedy: 'Check the address for typing errors. In the sandbox, check that its DNS server is used.',
  },
  'network.refused': {
    retry: 'user',
    say: 'The server refuses the connection.',
    remedy: 'Check that the server runs and that the port is right.',
  },
  'network.timeout': {
    retry: 'user',
    say: 'The server did not answer in time.',
    remedy: 'Try again. If it persists, a firewall may drop the packets.',
  },
  'network.untrusted': {
    retry: 'never',
    say: 'The certificate of the server is not trusted.',
    remedy:
      'Compare the fingerprint with the one of your server; pin it for this host only if they are equal.',
  },
  'platform.badRequest': {
    retry: 'never',
    say: 'The platform did not understand the request.',
    remedy: 'See the trace for its answer. If the input looks right, please report it.',
  },
  'platform.notFound': {
    retry: 'never',
    say: 'The platform does not know this object (any more).',
    remedy: 'It was deleted or never existed. Run the step before again.',
  },
  'platform.conflict': {
    retry: 'never',
    say: 'The state of the object does not allow that now.',
    remedy: 'Wait for the current action to end, then try again.',
  },
  'platform.rateLimited': {
    retry: 'auto',
    say: 'Too many requests; the platform asks to slow down.',
    remedy: 'Nothing to do: it goes on by itself. The limit is shared by everybody of this customer.',
  },
  'platform.broken': {
    retry: 'user',
    say: 'The platform had an internal error.',
    remedy: 'Try again. If it persists, report the request id shown in the trace.',
  },
  'platform.unavailable': {
    retry: 'user',
    say: 'A part of the platform is not available.',
    remedy: 'Try again in a moment.',
  },
  'platform.malformed': {
    retry: 'user',
    say: 'The answer of the server is not one of VoIPBIN.',
    remedy: 'Check the API address: something else may listen there, such as a proxy or a login page.',
  },
  'platform.noSpeechToText': {
    retry: 'never',
    say: 'This server has no speech-to-text provider.',
    remedy: 'Configure one on the server; calls work without it, transcripts do not.',
  },
  // extension
  'extension.taken': {
    retry: 'user',
    say: 'The extension exists already or the limit of the plan is reached.',
    remedy: 'Choose another extension name in Settings, or delete unused extensions.',
  },
  'extension.missing': {
    retry: 'user',
    say: 'There is no extension to register yet.',
    remedy: 'Run the extension step first.',
  },
  // events
  'events.refused': {
    retry: 'never',
    say: 'The platform closed the event socket because it refuses a topic.',
    remedy: 'The account lacks the permission or the customer id is wrong. Sign in as manager or admin.',
  },
  'events.signedOut': {
    retry: 'user',
    say: 'Events have stopped because the sign-in is no longer taken.',
    remedy: 'Sign in again: they go on by themselves, and what was missed is read.',
  },
  'events.silent': {
    retry: 'auto',
    say: 'The event socket is open but silent.',
    remedy: 'Nothing to do: the companion reads the state over REST meanwhile.',
  },
  'events.lost': {
    retry: 'auto',
    say: 'The event socket was lost.',
    remedy: 'Nothing to do: it reconnects and reads what was missed.',
  },
  // SIP registration
  'sip.unreachable': {
    retry: 'auto',
    say: 'No SIP edge accepts the WebSocket.',
    remedy: 'Check the edge address in Settings: name, port (443 or 5066) and certificate.',
  },
  'sip.untrusted': {
    retry: 'never',
    say: 'The certificate of the SIP edge is not trusted.',
    remedy: 'Give the pin of its certificate, or the address that the certificate names.',
  },
  'sip.rejected': {
    retry: 'never',
    say: 'The registrar refuses this extension or its password.',
    remedy: 'Run the extension step again: it fetches or renews the password.',
  },
  'sip.unknownDomain': {
    retry: 'never',
    say: 'The registrar does not know this extension or domain.',
    remedy: 'Check that the base domain in Settings belongs to this API server.',
  },
  'sip.timeout': {
    retry: 'auto',
    say: 'The registrar does not answer.',
    remedy: 'Nothing to do: it is tried again. If it persists, try another edge address.',
  },
  'sip.failed': {
    retry: 'auto',
    say: 'The registrar answered with an error.',
    remedy: 'Nothing to do: it is tried again. See the SIP rows in the trace.',
  },
  'sip.notRegistered': {
    retry: 'user',
    say: 'The phone is not registered, so nobody can call it.',
    remedy: 'Run the register step and look at its error.',
  },
  // calls
  'call.notPlaced': {
    retry: 'user',
    say: 'The platform could not place the call.',
    remedy: 'Most often the phone is not registered. Run the register step, then place the call again.',
  },
  'call.noInvite': {
    retry: 'user',
    say: 'The call was placed, but it does not ring here.',
    remedy: 'Another device or a stale contact of this extension may ring instead. Register again and retry.',
  },
  'call.gone': {
    retry: 'never',
    say: 'The call is over.',
    remedy: 'Place a new call.',
  },
  'call.notAnswered': {
    retry: 'user',
    say: 'The call could not be answered.',
    remedy: 'See the cause below; the microphone or the media connection is the usual one.',
  },
  'call.notLinked': {
    retry: 'auto',
    say: 'This phone call could not be matched with a call on the platform.',
    remedy: 'The call itself works; transcript and speaking need the match, which is tried again.',
  },
  'call.transferRunning': {
    retry: 'user',
    say: 'A transfer of this call is under way already.',
    remedy: 'Wait for its outcome, or hang up.',
  },
  'call.transferRefused': {
    retry: 'never',
    say: 'The other side does not accept a transfer.',
    remedy:
      'The call goes on. The platform can transfer it by its own way instead: `POST /transfers` with the id of this call (admin or manager).',
  },
  'call.transferFailed': {
    retry: 'user',
    say: 'The call was not transferred: the new party could not be reached.',
    remedy: 'The call goes on. Try another extension or number, or call first and connect them then.',
  },
  'call.transferUnknown': {
    retry: 'user',
    say: 'The other side accepted the transfer, but does not tell whether it worked.',
    remedy:
      'The call stays on hold. Resume it and ask; if nobody is there, they speak with the new party: hang up.',
  },
  // calls that are dialled here
  'call.targetUnknown': {
    retry: 'never',
    say: 'Nobody has this number or address.',
    remedy: 'Check it for typing errors. A telephone number begins with + and the country code.',
  },
  'call.targetAway': {
    retry: 'user',
    say: 'They cannot be reached now.',
    remedy: 'No device of theirs is signed in, or it does not answer. Try again later.',
  },
  'call.notAllowed': {
    retry: 'never',
    say: 'The platform does not allow this call.',
    remedy: 'The balance may be too low, or the account may not call this destination.',
  },
  'call.notAccepted': {
    retry: 'never',
    say: 'The other side cannot take a call of this kind.',
    remedy: 'It has no audio format or no feature in common with this phone.',
  },
  'call.notConnected': {
    retry: 'user',
    say: 'The platform could not connect the call.',
    remedy: 'Try again in a moment. If it persists, see the SIP rows in the trace.',
  },
  'call.holdRefused': {
    retry: 'user',
    say: 'The other side did not accept the change of hold.',
    remedy: 'Nothing has changed. Mute the microphone instead, or try again.',
  },
  'call.keysRefused': {
    retry: 'user',
    say: 'The other side did not take the keys.',
    remedy:
      'The call goes on. Keys go as SIP INFO here, which the other side may not know; say the choice instead.',
  },
  // media
  'media.micDenied': {
    retry: 'user',
    say: 'The microphone is blocked.',
    remedy: 'Allow the microphone for this program in the settings of the system, then try again.',
  },
  'media.micMissing': {
    retry: 'user',
    say: 'There is no microphone.',
    remedy: 'Plug one in or choose another in Settings.',
  },
  'media.micSilent': {
    retry: 'user',
    say: 'The microphone delivers only digital silence.',
    remedy: 'Check its mute switch and the privacy settings of the system.',
  },
  'media.noAudioIn': {
    retry: 'user',
    say: 'No sound arrives from the other side.',
    remedy: 'UDP 10000–30000 may be blocked. Set a STUN or TURN server in Settings, or change the network.',
  },
  'media.noAudioOut': {
    retry: 'user',
    say: 'Our sound does not reach the other side.',
    remedy: 'UDP 10000–30000 may be blocked. Set a STUN or TURN server in Settings, or change the network.',
  },
  'media.offerRefused': {
    retry: 'never',
    say: 'The offer of the other side has no audio that can be used.',
    remedy: 'The caller must offer audio over DTLS-SRTP; check how the contact was registered.',
  },
  'media.answerRefused': {
    retry: 'never',
    say: 'The answer of the other side has no encrypted audio.',
    remedy: 'Nothing is sent unencrypted. The other side must answer with audio over DTLS-SRTP.',
  },
  'media.iceFailed': {
    retry: 'user',
    say: 'No media path to the other side was found.',
    remedy: 'UDP may be blocked. Set a TURN server in Settings, or change the network.',
  },
  // transcript
  'transcript.silent': {
    retry: 'user',
    say: 'Speech was heard, but no transcript of it arrived.',
    remedy: 'The transcription may have ended or failed; see the trace, then start the call again.',
  },
  // speaking
  'speaking.empty': { retry: 'never', say: 'There is no text to say.', remedy: 'Type some words first.' },
  'speaking.unavailable': {
    retry: 'user',
    say: 'The platform could not open a speaking session on this call.',
    remedy: 'The call must be answered and no other client may speak on it. Try again.',
  },
  'speaking.refused': {
    retry: 'user',
    say: 'The platform refused to say this text.',
    remedy: 'The text-to-speech provider may lack a key on this server; try another provider in Settings.',
  },
  'speaking.notHeard': {
    retry: 'user',
    say: 'The platform accepted the text, but nothing was heard.',
    remedy: 'Check voice and provider in Settings; a wrong voice id is silent on the platform.',
  },
  // this machine
  'app.inputInvalid': {
    retry: 'never',
    say: 'The input is not valid.',
    remedy: 'Correct the field named below.',
  },
  'app.practiceFailed': {
    retry: 'user',
    say: 'The practice platform did not start.',
    remedy: 'See the cause below; `npm run practice` shows more.',
  },
  'app.browserMissing': {
    retry: 'user',
    say: 'Neither Electron nor a Chromium-based browser was found; one of them runs the phone.',
    remedy: 'Install Chromium, Chrome, Edge or Brave with the command below, then start again.',
  },
  'app.windowGone': {
    retry: 'auto',
    say: 'The window with the phone is gone.',
    remedy: 'It is opened again by itself; a call in progress has ended.',
  },
  'app.mainGone': {
    retry: 'auto',
    say: 'The companion’s background part has stopped.',
    remedy:
      'It is asked again by itself. If this stays, close the window and start the companion again; until then a call in progress goes on.',
  },
  'app.diskFull': {
    retry: 'user',
    say: 'The settings could not be saved because the disk is full or not writable.',
    remedy: 'Free some space; until then the settings live in memory.',
  },
  'app.profileUnwritable': {
    retry: 'user',
    say: 'The profile folder cannot be written, and nothing can be kept without it.',
    remedy: 'Make the folder named below writable, or choose another with --profile-dir.',
  },
  'app.settingsBroken': {
    retry: 'never',
    say: 'The settings file could not be read, so the companion starts with its defaults.',
    remedy: 'The old file was kept beside the new one under the name below.',
  },
  'app.stopped': { retry: 'user', say: 'It was stopped.', remedy: 'Start it again when you want.' },
  'app.unexpected': {
    retry: 'user',
    say: 'Something unexpected happened in the companion.',
    remedy: 'Try again. If it persists, report the text below.',
  },
} as const satisfies Record<`${string}.${string}`, ErrorRow>

export type ErrorCode = keyof typeof errorTable

/** An error as data: what crosses the bridge, stands in a state and is shown on screen. */
export interface ErrorData {
  code: ErrorCode
  say: string
  remedy: string
  retry: Retry
  /** What the foreign side said, redacted: a status line, a reason, a host. */
  detail?: string | undefined
  /** X-Request-Id of the platform's answer (contract B.5). */
  requestId?: string | undefined
  /** HTTP or SIP status. */
  status?: number | undefined
}

interface ErrorMore {
  detail?: string | undefined
  requestId?: string | undefined
  status?: number | undefined
  cause?: unknown
}

/** The only error that features throw. `cause` keeps the foreign original. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly requestId: string | undefined
  readonly status: number | undefined

  constructor(code: ErrorCode, more: ErrorMore = {}) {
    super(`${errorTable[code].say}${more.detail ? ` (${more.detail})` : ''}`, { cause: more.cause })
    this.name = 'AppError'
    this.code = code
    this.detail = more.detail
    this.requestId = more.requestId
    this.status = more.status
  }

  get retry(): Retry {
    return errorTable[this.code].retry
  }

  toData(): ErrorData {
    const { say, remedy, retry } = errorTable[this.code]
    const data: ErrorData = { code: this.code, say, remedy, retry }
    if (this.detail !== undefined) data.detail = this.detail
    if (this.requestId !== undefined) data.requestId = this.requestId
    if (this.status !== undefined) data.status = this.status
    return data
  }
}

/** Any thrown thing as an AppError; what is not ours becomes `app.unexpected` with its message as detail. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  return new AppError('app.unexpected', { detail, cause: thrown })
}

/** The other way over a bridge: data back into an error. */
export function toError(data: ErrorData): AppError {
  return new AppError(data.code, { detail: data.detail, requestId: data.requestId, status: data.status })
}
