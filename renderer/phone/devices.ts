// The microphones and speakers there are, kept up to date.
import type { Scope } from '../../common/kit/scope.ts'
import type { AudioDevice, PhoneState } from '../../common/model/phone.ts'

/** Devices of one kind without the pseudo entries that only repeat another one. */
export function toDevices(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): AudioDevice[] {
  return all
    .filter(
      (each) => each.kind === kind && each.deviceId && !['default', 'communications'].includes(each.deviceId),
    )
    .map(({ deviceId, label, groupId }) => ({ id: deviceId, label, groupId }))
}

/** Returns the function that reads them again, for when a permission has revealed their names. `onChange`: plugged or unplugged. */
export function watchDevices(
  scope: Scope,
  media: Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'> | undefined,
  set: (devices: PhoneState['devices']) => void,
  onChange: () => void = () => {},
): () => Promise<void> {
  const read = async () => {
    const all = (await media?.enumerateDevices().catch(() => [])) ?? []
    if (scope.ended) return
    set({ inputs: toDevices(all, 'audioinput'), outputs: toDevices(all, 'audiooutput') })
  }
  const listener = () => {
    void read()
    onChange()
  }
  media?.addEventListener('devicechange', listener)
  scope.add(() => media?.removeEventListener('devicechange', listener))
  void read()
  return read
}
