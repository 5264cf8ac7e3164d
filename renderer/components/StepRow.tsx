// One step of the checklist: state, title, proof, time; on failure cause and remedy; its own run button.
import { IconButton, Tooltip } from '@radix-ui/themes'
import { Check, LoaderCircle, Minus, Play, X } from 'lucide-react'
import { phrase, say } from '../../common/words/say.ts'
import type { StepView } from '../view/quickstart-view.ts'
import { ErrorNote } from './ErrorNote.tsx'

const spoken = {
  waiting: phrase('not run yet'),
  running: phrase('running'),
  passed: phrase('proven'),
  failed: phrase('failed'),
  skipped: phrase('skipped'),
}

export function StepRow({ step, retry }: { step: StepView; retry?: (() => void) | undefined }) {
  return (
    <li className="step" data-step={step.id} data-state={step.state}>
      <span className="step-mark" role="img" aria-label={say(spoken[step.state])}>
        <Mark step={step} />
      </span>
      <div className="step-words">
        <p className="step-title">{step.title}</p>
        <p className="step-text">{step.text}</p>
        {step.error ? <ErrorNote error={step.error} compact retry={retry} /> : null}
      </div>
      <span className="step-took">{step.took}</span>
      <Tooltip content={say('Run only “{title}”', { title: step.title })}>
        <IconButton
          className="step-run"
          variant="ghost"
          color="gray"
          size="1"
          aria-label={say('Run only: {title}', { title: step.title })}
          disabled={!step.run}
          onClick={step.run}
        >
          <Play size={14} />
        </IconButton>
      </Tooltip>
    </li>
  )
}

function Mark({ step }: { step: StepView }) {
  if (step.state === 'running') return <LoaderCircle size={16} className="spin" />
  if (step.state === 'passed') return <Check size={14} strokeWidth={2.5} />
  if (step.state === 'failed') return <X size={14} strokeWidth={2.5} />
  if (step.state === 'skipped') return <Minus size={14} />
  return <>{step.number}</>
}
