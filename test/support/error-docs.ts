// The list of all errors as it stands in docs/troubleshooting.md, made from the error table.
import { errorTable } from '../../common/kit/errors.ts'

const areas: Record<string, string> = {
  account: 'Account',
  signUp: 'Signing up',
  accessKey: 'Access keys',
  network: 'Network',
  sandbox: 'Sandbox',
  platform: 'Platform',
  extension: 'Extension',
  events: 'Events',
  sip: 'Registration',
  call: 'Calls',
  media: 'Sound',
  transcript: 'Transcript',
  speaking: 'Speaking',
  webhook: 'Webhook',
  receiver: 'Webhook receiver',
  profile: 'Profiles',
  history: 'History',
  record: 'Records of calls',
  phrases: 'Canned phrases',
  doctor: 'Doctor',
  app: 'This machine',
}
const retries = { auto: 'tried again by itself', user: 'worth another try', never: 'not tried again' }

/** Throws when an area has no title here. */
export function toErrorList(): string {
  const rows = Object.entries(errorTable)
  return [...new Set(rows.map(([code]) => areaOf(code)))]
    .map((area) => {
      const title = areas[area]
      if (!title) throw new Error(`no title for the errors of ${area}`)
      const own = rows.filter(([code]) => areaOf(code) === area)
      const lines = own.map(
        ([code, { say, why, remedy, help, retry }]) =>
          `| \`${code}\` | ${say} | ${why} | ${remedy} | ${retries[retry]} | [more](#${help}) |`,
      )
      return [
        `### ${title}`,
        '',
        '| Code | What happened | Why, most likely first | What to do | Again? | |',
        '| --- | --- | --- | --- | --- | --- |',
        ...lines,
      ].join('\n')
    })
    .join('\n\n')
}

const areaOf = (code: string) => code.split('.')[0] ?? ''
