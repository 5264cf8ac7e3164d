// Settings: how the words of a transcript are set, with an example, and what a screen reader reads out of it.

import type { Settings } from '../../../common/model/settings.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { toCaptionStyle, useCaptionLook } from '../../components/caption-look.ts'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useAppPart } from '../../state/companion.tsx'
import { toTip } from '../../view/keys.ts'
import { announcedOptions, sizeOptions, spacingOptions } from '../../view/reading-view.ts'

export function ReadingSection() {
  const { settings } = useAppPart('settings')
  const actions = useActions()
  const look = useCaptionLook()
  return (
    <SettingsSection title="Reading" text={say('How the transcript is set, and what is read out of it.')}>
      <Field label={say('Size of captions')} help={toTip(say('In a call, larger'), 'reading.larger')}>
        {(ids) => (
          <Choice
            {...ids}
            value={String(settings.captionSize)}
            options={sizeOptions(settings.captionSize)}
            onChoose={(size) => actions.change({ captionSize: Number(size) })}
          />
        )}
      </Field>
      <Field
        label={say('Spacing of captions')}
        help={say('Wide: more room between letters, words, lines and utterances.')}
      >
        {(ids) => (
          <Choice
            {...ids}
            value={settings.captionSpacing}
            options={spacingOptions()}
            onChoose={(spacing) => actions.change({ captionSpacing: spacing as Settings['captionSpacing'] })}
          />
        )}
      </Field>
      <div className="reading-example" data-wide={look.wide} style={toCaptionStyle(look)} aria-hidden="true">
        <p className="line-text">{say('This is how large the words of a call are.')}</p>
      </div>
      <Field
        label={say('Read out by a screen reader')}
        help={say('Finished sentences only. Your own words you know already.')}
      >
        {(ids) => (
          <Choice
            {...ids}
            value={settings.announced}
            options={announcedOptions()}
            onChoose={(announced) => actions.change({ announced: announced as Settings['announced'] })}
          />
        )}
      </Field>
    </SettingsSection>
  )
}
