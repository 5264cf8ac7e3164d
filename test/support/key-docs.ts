// The lists of docs/keys.md, made from the table of actions.
import { GlobalKeys, globalActions } from '../../common/model/wish.ts'
import { type ActionPart, actionIds, actionParts, toAction } from '../../renderer/view/action-table.ts'

const screens = {
  quickstart: 'Quickstart',
  call: 'Call',
  history: 'History',
  record: 'Record',
  trace: 'Trace',
  settings: 'Settings',
}

export function toKeyList(): string {
  return (Object.keys(actionParts) as ActionPart[])
    .map((part) => ({ part, ids: actionIds.filter((id) => toAction(id).part === part) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ part, ids }) =>
      [
        `### ${actionParts[part].text}`,
        '',
        '| Key | What it does | Where |',
        '| --- | --- | --- |',
        ...ids.map((id) => {
          const { keys, words, on } = toAction(id)
          return `| ${keys.map(toCode).join(' ')} | ${words.text} | ${on ? screens[on] : 'everywhere'} |`
        }),
      ].join('\n'),
    )
    .join('\n\n')
}

export function toGlobalKeyList(): string {
  const keys = GlobalKeys.parse({})
  return [
    '| Key at first | What it does |',
    '| --- | --- |',
    ...globalActions.map((action) => `| ${toCode(keys[action])} | ${toAction(action).words.text} |`),
  ].join('\n')
}

const toCode = (key: string) => `\`${key}\``
