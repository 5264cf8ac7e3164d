// Hands an https address to the person's own browser.
import { spawn } from 'node:child_process'
import { AppError } from '../../../common/kit/errors.ts'
import { toExternalUrl } from '../open-external.ts'

/** No shell in between: the address is one argument, whatever it contains. */
export function openInSystemBrowser(address: string): Promise<void> {
  const url = toExternalUrl(address)
  if (!url)
    return Promise.reject(new AppError('app.inputInvalid', { detail: 'only https addresses are opened' }))
  const [program, ...args] = toCommand(url)
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', (cause) =>
      reject(
        new AppError('app.unexpected', { detail: `${program} is missing; open ${url} yourself`, cause }),
      ),
    )
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}

function toCommand(url: string): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', url]
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  return ['xdg-open', url]
}
