// Opens a record that somebody sent. The file is read here, in the window, which may touch nothing else.
import { Button } from '@radix-ui/themes'
import { FolderOpen } from 'lucide-react'
import { useRef } from 'react'
import { say } from '../../../common/words/say.ts'
import { useActions } from '../../state/companion.tsx'

export function OpenFile() {
  const actions = useActions()
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={field}
        className="record-file"
        type="file"
        accept=".zip,.json"
        tabIndex={-1}
        aria-label={say('File with a record')}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) void actions.record.openFile(file)
          event.target.value = ''
        }}
      />
      <Button variant="soft" color="gray" onClick={() => field.current?.click()}>
        <FolderOpen size={16} aria-hidden="true" /> {say('Open a file …')}
      </Button>
    </>
  )
}
