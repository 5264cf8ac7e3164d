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

export interface DeviceWatch {
  set(devices: PhoneState['devices']): void
  /** Plugged or unplugged; the new list is set. */
  onChange(): void
  /** The system calls another microphone its default. */
  onDefault(): void
}

/** Returns the function that reads them again, for when a permission has revealed their names. */
export function watchDevices(
  scope: Scope,
  media: Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'> | undefined,
  watch: DeviceWatch,
): () => Promise<void> {
  let standard: string | undefined
  const read = async () => {
    const all = (await media?.enumerateDevices().catch(() => [])) ?? []
    if (scope.ended) return
    watch.set({ inputs: toDevices(all, 'audioinput'), outputs: toDevices(all, 'audiooutput') })
    const before = standard
    // "Default - Name": the only place where it stands which one that is.
    standard = all.find((one) => one.kind === 'audioinput' && one.deviceId === 'default')?.label
    if (before && standard && before !== standard) watch.onDefault()
  }
  const listener = () => void read().then(() => scope.ended || watch.onChange())
  media?.addEventListener('devicechange', listener)
  scope.add(() => media?.removeEventListener('devicechange', listener))
  void read()
  return read
}
