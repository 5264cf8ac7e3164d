// A machine does not fall asleep in a call; it may at any other time.
import type { PowerSaveBlocker } from 'electron'
import type { Scope } from '../../../common/kit/scope.ts'
import type { Desk } from '../../host.ts'

interface KeepAwakeOptions {
  desk: Pick<Desk, 'face' | 'watch'>
  blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
}

export function keepAwakeInCalls(scope: Scope, { desk, blocker }: KeepAwakeOptions): void {
  let held: number | undefined
  const follow = (inCall: boolean) => {
    if (inCall === (held !== undefined)) return
    if (held !== undefined) blocker.stop(held)
    // The screen may go dark: somebody who talks does not look.
    held = inCall ? blocker.start('prevent-app-suspension') : undefined
  }
  follow(desk.face().inCall)
  scope.add(desk.watch((face) => follow(face.inCall)))
  scope.add(() => follow(false))
}
