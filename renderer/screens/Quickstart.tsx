// Quickstart: one button from nothing to a spoken-into call, each step with its proof.
import { Button, RadioCards } from '@radix-ui/themes'
import { CircleCheck, CircleSlash, CircleX, Mic, Play, Square } from 'lucide-react'
import { useState } from 'react'
import type { ErrorData } from '../../common/kit/errors.ts'
import type { Environment } from '../../common/model/settings.ts'
import { say } from '../../common/words/say.ts'
import { Elapsed } from '../components/Age.tsx'
import { ErrorNote } from '../components/ErrorNote.tsx'
import { LevelMeter } from '../components/LevelMeter.tsx'
import { OpenRecord } from '../components/OpenRecord.tsx'
import { SignInFields } from '../components/SignInFields.tsx'
import { StepRow } from '../components/StepRow.tsx'
import { TextSetting } from '../components/TextSetting.tsx'
import { TranscriptList } from '../components/TranscriptList.tsx'
import { useApp, useCompanion, useCopy, usePhone } from '../state/companion.tsx'
import { useNaming } from '../state/naming.ts'
import { type Credentials, toKnown, toSignIn } from '../view/credentials.ts'
import { toAriaKeys, toTip } from '../view/keys.ts'
import { environments, type QuickstartView, toQuickstart } from '../view/quickstart-view.ts'
import { checkText } from '../view/settings-view.ts'

export function Quickstart() {
  const view = toQuickstart(useApp(), usePhone(), useCompanion().actions)
  return (
    <div className="screen quickstart" data-running={view.running !== undefined}>
      <div className="quickstart-lead">
        <header className="hero">
          <h1>{say('From nothing to a call you can read and speak into.')}</h1>
          <p>
            {say(
              'One button signs in, makes an extension, registers, places a test call, and proves every step of it.',
            )}
          </p>
        </header>
        {view.running ? <Running running={view.running} view={view} /> : <Start view={view} />}
        {view.speakNow ? <SpeakNow sessionId={view.speakNow.sessionId} /> : null}
        {view.result ? <Result result={view.result} /> : null}
        {view.recordId ? <OpenRecord id={view.recordId} /> : null}
        {view.callId ? <LiveLines callId={view.callId} /> : null}
      </div>
      <section className="card checklist" aria-label={say('Steps')}>
        <header className="card-head">
          <h2>{say('What will be proven')}</h2>
          <span className="card-note">
            {say('{done, number} of {steps, number}', { done: view.done, steps: view.steps.length })}
          </span>
        </header>
        <ol>
          {view.steps.map((step) => (
            <StepRow key={step.id} step={step} retry={view.run} />
          ))}
        </ol>
      </section>
    </div>
  )
}

function Start({ view }: { view: QuickstartView }) {
  const { actions } = useCompanion()
  const { settings, account } = useApp()
  const [entered, setEntered] = useState<Credentials>()
  const credentials = entered ?? toKnown(account)
  const [failure, setFailure] = useState<ErrorData>()
  const typed = view.needsCredentials ? toSignIn(credentials) : undefined
  const error = view.signInError ?? failure
  const run = async () => {
    const failed = typed && (await actions.tryAsk('account.signIn', typed))
    setFailure(failed)
    if (failed) return
    setEntered(undefined)
    view.run?.()
  }
  return (
    <div className="start">
      <RadioCards.Root
        className="environments"
        size="1"
        value={view.environment}
        disabled={!view.choose}
        aria-label={say('Where to run it')}
        onValueChange={(value) => view.choose?.(value as Environment)}
      >
        {environments.map(({ value, title, text }) => (
          <RadioCards.Item key={value} value={value}>
            <span className="environment">
              <span className="environment-title">{say(title)}</span>
              <span className="environment-text">{say(text)}</span>
            </span>
          </RadioCards.Item>
        ))}
      </RadioCards.Root>
      {view.environment === 'custom' ? (
        <TextSetting
          label={say('API address')}
          value={settings.apiUrl}
          placeholder="https://api.example.com"
          check={(text) => checkText('apiUrl', text)}
          save={(apiUrl) => actions.change({ apiUrl })}
        />
      ) : null}
      {view.needsCredentials ? (
        <>
          <SignInFields value={credentials} change={setEntered} submit={() => void run()} />
          <Button className="fit" variant="ghost" onClick={() => actions.open('settings')}>
            {say('No account yet? Create one in Settings')}
          </Button>
        </>
      ) : null}
      {error ? <ErrorNote error={error} retry={typed && (() => void run())} /> : null}
      <div className="start-buttons">
        <Button
          size="3"
          className="start-run"
          title={toTip(view.runLabel, 'quickstart.run')}
          aria-keyshortcuts={toAriaKeys('quickstart.run')}
          disabled={!view.run}
          onClick={() => void run()}
        >
          <Play size={18} aria-hidden="true" /> {view.runLabel}
        </Button>
      </div>
      {view.result ? null : (
        <p className="start-note">
          {say('Takes about half a minute. You will be asked to say one sentence into your microphone.')}
        </p>
      )}
    </div>
  )
}

/** Instead of the choices while it runs: how far it is, and the way to stop it. */
function Running({
  running,
  view,
}: {
  running: NonNullable<QuickstartView['running']>
  view: QuickstartView
}) {
  const place = environments.find((one) => one.value === view.environment)?.title
  return (
    <section className="card running-card" aria-label={say('Progress')} aria-live="polite">
      <div className="running-head">
        <div>
          <h2>{running.title}</h2>
          <p className="card-note">
            {place && say(place)} ·{' '}
            {say('step {number} of {steps}', { number: running.number, steps: view.steps.length })}
            {running.startedAt === undefined ? null : (
              <span aria-hidden="true">
                {' · '}
                <Elapsed at={running.startedAt} />
              </span>
            )}
          </p>
        </div>
        <Button
          variant="soft"
          color="gray"
          title={toTip(say('Stop'), 'quickstart.stop')}
          aria-keyshortcuts={toAriaKeys('quickstart.stop')}
          disabled={!view.stop}
          onClick={view.stop}
        >
          <Square size={14} aria-hidden="true" /> {say('Stop')}
        </Button>
      </div>
      <progress value={view.done} max={view.steps.length} aria-label={say('Steps proven')} />
    </section>
  )
}

function SpeakNow({ sessionId }: { sessionId: string }) {
  const { phone } = useCompanion()
  return (
    <section className="speak-now" role="alert">
      <h2>
        <Mic size={20} aria-hidden="true" /> {say('Speak now')}
      </h2>
      <p>{say('Say a sentence into your microphone, for example: “Hello, can you hear me?”')}</p>
      <LevelMeter
        size="large"
        label={say('Microphone')}
        icon={<Mic size={16} />}
        read={() => phone.levels(sessionId).microphone}
      />
    </section>
  )
}

const resultIcons = { good: CircleCheck, bad: CircleX, idle: CircleSlash }

function Result({ result }: { result: NonNullable<QuickstartView['result']> }) {
  const Icon = resultIcons[result.tone]
  return (
    <section className="result" data-tone={result.tone} role="status">
      <Icon size={24} aria-hidden="true" />
      <div>
        <h2>{result.title}</h2>
        <p>{result.text}</p>
      </div>
    </section>
  )
}

function LiveLines({ callId }: { callId: string }) {
  const entries = useCopy((copy) => copy.transcripts[callId])
  const naming = useNaming(callId, entries, 'VoIPBIN')
  if (!entries || entries.length === 0) return null
  return (
    <section className="card live-lines" aria-label={say('Live transcript')}>
      <TranscriptList entries={entries} naming={naming} empty="" />
    </section>
  )
}
