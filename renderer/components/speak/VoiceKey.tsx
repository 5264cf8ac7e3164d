// The voice of this call behind one key: language, provider, voice and who hears it, for this call only.
import { Button, IconButton, Popover } from '@radix-ui/themes'
import { AudioLines } from 'lucide-react'
import { useEffect, useState } from 'react'
import { SpeakVoice } from '../../../common/model/speaking.ts'
import { say } from '../../../common/words/say.ts'
import { useCompanion, useUi } from '../../state/companion.tsx'
import { toAriaKeys, toTip } from '../../view/keys.ts'
import {
  heardBys,
  providers,
  toHeardByName,
  toProviderChoice,
  toProviderName,
  type VoiceView,
} from '../../view/voice-view.ts'
import { Choice } from '../Choice.tsx'
import { Field } from '../Field.tsx'
import { TextSetting } from '../TextSetting.tsx'

export function VoiceKey({ voice }: { voice: VoiceView }) {
  const says = say('Voice of this call: {voice}. {hearers}', { voice: voice.label, hearers: voice.hearers })
  const { ui } = useCompanion()
  const [open, setOpen] = useState(false)
  const focus = useUi((one) => one.focus)
  useEffect(() => {
    if (focus !== 'voice') return
    setOpen(true)
    ui.setState({ focus: undefined })
  }, [focus, ui])
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger>
        <IconButton
          variant="soft"
          color={voice.chosen ? 'indigo' : 'gray'}
          aria-label={says}
          title={toTip(says, 'speak.voice')}
          aria-keyshortcuts={toAriaKeys('speak.voice')}
        >
          <AudioLines size={16} />
        </IconButton>
      </Popover.Trigger>
      <Popover.Content width="300px" aria-label={say('Voice of this call')}>
        <VoiceForm voice={voice} />
      </Popover.Content>
    </Popover.Root>
  )
}

function VoiceForm({ voice }: { voice: VoiceView }) {
  const { now } = voice
  return (
    <div className="stack">
      <TextSetting
        label={say('Language')}
        value={now.language}
        help={say('Such as en-US, de-DE or ko-KR')}
        check={(text) =>
          SpeakVoice.shape.language.safeParse(text).success
            ? undefined
            : say('A BCP 47 language such as en-US')
        }
        save={(language) => voice.choose({ language })}
      />
      <Field label={say('Voice provider')}>
        {(ids) => (
          <Choice
            {...ids}
            value={now.provider}
            options={providers.map((value) => ({ value, label: toProviderName(value) }))}
            onChoose={(provider) => voice.choose(toProviderChoice(provider))}
          />
        )}
      </Field>
      <TextSetting
        label={say('Voice id')}
        value={now.voiceId}
        help={say('Empty: the provider’s own choice')}
        check={() => undefined}
        save={(voiceId) => voice.choose({ voiceId })}
      />
      <Field label={say('Who hears it')} help={voice.hearers}>
        {(ids) => (
          <Choice
            {...ids}
            disabled={voice.alone}
            value={now.heardBy}
            options={heardBys.map((value) => ({ value, label: toHeardByName(value) }))}
            onChoose={(heardBy) => voice.choose({ heardBy: SpeakVoice.shape.heardBy.parse(heardBy) })}
          />
        )}
      </Field>
      <p className="card-note">{say('Counts from the next text on, for this call only.')}</p>
      <Button variant="soft" color="gray" disabled={!voice.chosen} onClick={voice.asProfile}>
        {say('As in Settings')}
      </Button>
    </div>
  )
}
