// Entry of the small window of a call that rings: shows what main says, tells main what was pressed. No phone lives here.
import './strict-zod.ts'
import './styles/index.css'
import { createRoot } from 'react-dom/client'
import { CallNotice, type CallNoticeAct } from '../common/model/ringing.ts'
import { loadLanguage } from '../common/words/load-language.ts'
import { CallWindow } from './components/CallWindow.tsx'
import { findPort } from './port.ts'
import { toDocument } from './state/language.ts'

const element = document.getElementById('root')
if (!element) throw new Error('call-window.html has no #root')
const root = createRoot(element)
const port = findPort()

port?.onMessage((message) => {
  const notice = CallNotice.safeParse(message)
  if (!notice.success) return
  const { sessionId } = notice.data.call
  const act = (what: CallNoticeAct['act']) => port.send({ act: what, sessionId } satisfies CallNoticeAct)
  const draw = () => root.render(<CallWindow notice={notice.data} act={act} />)
  void loadLanguage(notice.data.language).then(toDocument).then(draw, draw)
})
