// Every request of the bridge table with its answer: one line each, the work is done by the features.
import type { MainHandlers } from '../common/bridge/table.ts'
import { AppError } from '../common/kit/errors.ts'
import type { AccessKeysFeature } from './access-key/access-keys.ts'
import type { AccountFeature } from './account/account.ts'
import type { ChangeSettings } from './change-settings.ts'
import type { HistorySide } from './history-side.ts'
import type { NumbersFeature } from './number/numbers.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import type { PhoneRegistration } from './phone/registration.ts'
import type { Platform } from './platform/platform.ts'
import type { ProfilesFeature } from './profile/profiles.ts'
import type { QuickstartRunner } from './quickstart/runner.ts'
import type { RecordSide } from './record-side.ts'
import type { RingingFeature } from './ringing/ringing.ts'
import type { SignUpFeature } from './sign-up/sign-up.ts'
import type { SignedInFeatures } from './signed-in.ts'
import type { SubscriptionFeature } from './subscription/subscription.ts'
import type { Trace } from './trace/trace.ts'
import type { CustomerWebhookFeature } from './webhook/customer-webhook.ts'
import type { ReceiverFeature } from './webhook/receiver.ts'
import type { Wishes } from './wishes.ts'

export interface HandlerParts {
  snapshot: MainHandlers['app.snapshot']
  openExternal(url: string): Promise<void>
  dismiss(noticeId: string): void
  signIn: AccountFeature['signIn']
  renew: AccountFeature['renew']
  look: AccountFeature['look']
  signOut(): Promise<void>
  forgotPassword(email: string): Promise<void>
  signUp: SignUpFeature
  accessKeys: AccessKeysFeature
  numbers: Pick<NumbersFeature, 'list'>
  extension: { provision(): Promise<unknown>; rotate(): Promise<unknown>; remove(): Promise<unknown> }
  subscription: Pick<SubscriptionFeature, 'open'>
  registration: PhoneRegistration
  /** Throws `account.signedOut`. */
  signedIn(): SignedInFeatures
  placeTest(): Promise<unknown>
  callThrough(wish: { from: string; to: string }): Promise<void>
  balance: Platform['balance']
  hangUp(callId: string): Promise<void>
  quickstart: QuickstartRunner
  ringing: Pick<RingingFeature, 'seen' | 'clear'>
  wishes: Pick<Wishes, 'done'>
  changeSettings: ChangeSettings
  profiles: ProfilesFeature
  webhook: CustomerWebhookFeature
  receiver: ReceiverFeature
  mirror: PhoneMirror
  trace: Trace
  history: HistorySide
  records: RecordSide
  exportPhrases: MainHandlers['phrases.export']
}

export function createHandlers(parts: HandlerParts): MainHandlers {
  const { extension, registration, quickstart, mirror, trace } = parts
  const speakings = () => parts.signedIn().speakings
  return {
    'app.snapshot': parts.snapshot,
    'app.ping': async () => null,
    'app.openExternal': ({ url }) => done(parts.openExternal(url)),
    'app.dismissNotice': ({ id }) => done(parts.dismiss(id)),
    'account.signIn': (by) => done(parts.signIn(by)),
    'account.renew': (by) => done(parts.renew(by)),
    'account.look': () => done(parts.look()),
    'account.forgotPassword': ({ email }) => done(parts.forgotPassword(email)),
    'account.signOut': () => done(parts.signOut()),
    'signUp.start': (input) => done(parts.signUp.start(input)),
    'signUp.confirm': ({ code }) => done(parts.signUp.confirm(code)),
    'signUp.leave': () => done(parts.signUp.leave()),
    'accessKey.list': () => done(parts.accessKeys.list()),
    'accessKey.create': (input) => parts.accessKeys.create(input),
    'accessKey.remove': ({ id }) => done(parts.accessKeys.remove(id)),
    'number.list': () => done(parts.numbers.list()),
    'extension.provision': () => done(extension.provision()),
    'extension.rotate': () => done(extension.rotate().then(registration.renew)),
    'extension.remove': () => done(registration.unregister().then(extension.remove)),
    'subscription.open': () => done(parts.subscription.open()),
    'phone.register': () => done(registration.register()),
    'phone.unregister': () => done(registration.unregister()),
    'call.placeTest': () => done(parts.placeTest()),
    'call.placeThrough': (wish) => done(parts.callThrough(wish)),
    'account.balance': async () => (await parts.balance()) ?? null,
    'call.hangUp': ({ callId }) => done(parts.hangUp(callId)),
    'speaking.say': async ({ callId, text }) => {
      if (text.trim() === '') throw new AppError('speaking.empty')
      return done(speakings().say(callId, text))
    },
    'speaking.flush': async ({ callId }) => done(speakings().flush(callId)),
    'speaking.stop': async ({ callId }) => done(speakings().stop(callId)),
    'speaking.silence': async ({ callId }) => done(speakings().silence(callId)),
    'speaking.remove': async ({ callId, itemId }) => done(speakings().remove(callId, itemId)),
    'speaking.edit': async ({ callId, itemId, text }) => done(speakings().edit(callId, itemId, text)),
    'speaking.hold': async ({ callId, itemId, held }) => done(speakings().hold(callId, itemId, held)),
    'speaking.move': async ({ callId, itemId, by }) => done(speakings().move(callId, itemId, by)),
    'speaking.again': async ({ callId, itemId }) => done(speakings().again(callId, itemId)),
    'speaking.choose': async ({ callId, voice }) => done(speakings().choose(callId, voice)),
    'phrases.export': parts.exportPhrases,
    'quickstart.run': (wanted) => done(quickstart.run(wanted)),
    'quickstart.stop': () => done(quickstart.stop()),
    'ringing.seen': () => done(parts.ringing.seen()),
    'ringing.clear': () => done(parts.ringing.clear()),
    'wish.done': ({ id }) => done(parts.wishes.done(id)),
    'settings.change': ({ patch }) => done(parts.changeSettings.change(patch)),
    'profile.use': ({ id }) => done(parts.profiles.use(id)),
    'profile.add': ({ name, environment }) => done(parts.profiles.add(name, environment)),
    'profile.rename': ({ id, name }) => done(parts.profiles.rename(id, name)),
    'profile.remove': ({ id }) => done(parts.profiles.remove(id)),
    'settings.keepTurnPassword': ({ password, ...login }) =>
      done(parts.changeSettings.keepTurnPassword(login, password)),
    ...parts.history.handlers,
    ...parts.records.handlers,
    'webhook.look': () => done(parts.webhook.look()),
    'webhook.change': (wanted) => done(parts.webhook.change(wanted)),
    'webhook.restore': () => done(parts.webhook.restore()),
    'receiver.start': () => done(parts.receiver.start()),
    'receiver.stop': () => done(parts.receiver.stop()),
    'trace.watch': async ({ on }) => (on ? trace.rows() : []),
    'trace.clear': () => done(trace.clear()),
    'phone.changed': ({ phone }) => done(mirror.take(phone)),
    'phone.sound': (edge) => done(mirror.takeSound(edge)),
    'trace.add': ({ rows }) => done(trace.add(rows)),
  }
}

async function done(work: unknown): Promise<null> {
  await work
  return null
}
