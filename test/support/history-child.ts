// A process that writes a history until it is killed: `node history-child.ts <folder>`. Says each line that it has written.
import { createScope } from '../../common/kit/scope.ts'
import { createKeeper } from '../../main/history/keeper.ts'
import { openStore } from '../../main/history/open-store.ts'
import { aRecord, aSpokenLine, noon } from './history.ts'
import { createQuietLog } from './quiet-log.ts'

const [dataDir = ''] = process.argv.slice(2)
const { log } = createQuietLog()
const tell = () => {}
const keeper = createKeeper(createScope('child'), {
  open: () => openStore({ dataDir, log, tell }),
  setAside: tell,
  onFresh: tell,
  onOpened: tell,
  onWritten: (changes) => {
    for (const one of changes)
      if (one.op === 'lines') process.stdout.write(one.entries.map(({ id }) => `${id}\n`).join(''))
  },
  tell,
  settle: tell,
  log,
})
keeper.put({ op: 'call', call: aRecord('c1', { endedAt: undefined, outcome: undefined }) })
let count = 0
setInterval(() => {
  const line = aSpokenLine(`line-${count}`, `Sentence number ${count}.`, {
    createdAt: noon + 5_000 + count++,
  })
  keeper.put({ op: 'lines', id: 'c1', entries: [line] })
}, 1)
