// The companion in Chromium as a process of its own, to be killed: `node companion-main.ts <profile folder> <microphone>`.
import { runChromium } from '../../main/shells/chromium/run.ts'

const [profileDir = '', micFile] = process.argv.slice(2)
const running = await runChromium({
  headless: !process.env.DISPLAY,
  profileDir,
  micFile,
  remoteDebuggingPort: 0,
})
process.stdout.write(`${running.browserPid()}\n`)
await running.closed
