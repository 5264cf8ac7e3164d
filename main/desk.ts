// What a shell shows outside the window, and what people do there, put together.
import { AppError, type ErrorData } from '../common/kit/errors.ts'
import type { Slice } from '../common/kit/slice.ts'
import type { Outside } from '../common/model/wish.ts'
import type { Desk } from './host.ts'
import type { RingingFeature } from './ringing/ringing.ts'
import type { Wishes } from './wishes.ts'

interface DeskParts {
  ringing: RingingFeature['desk']
  wishes: Pick<Wishes, 'openLink' | 'run'>
  outside: Slice<Outside>
  notice(error: ErrorData): void
}

export function createDesk({ ringing, wishes, outside, notice }: DeskParts): Desk {
  return {
    ...ringing,
    openLink(link) {
      // Nothing of a refused link is repeated: it may be made to be read.
      if (!wishes.openLink(link)) notice(new AppError('app.linkRefused').toData())
    },
    run: wishes.run,
    outside: (patch) => outside.set({ ...outside.get(), ...patch }),
  }
}
