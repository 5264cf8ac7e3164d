// Which device the page may use as a headset: the one that the person chose, and only for its telephone keys. Pure.
import { isOwnPage } from './permissions.ts'

export interface FoundDevice {
  vendorId: number
  productId: number
  /** Older versions do not tell. */
  collections?: readonly { usagePage: number }[] | undefined
}

export interface DeviceQuestion {
  deviceType: string
  origin: string
  device: Partial<FoundDevice>
}

export interface HeadsetGrants {
  /** The person has chosen it just now; the setting that remembers it follows. */
  choose(device: FoundDevice): void
  isGranted(question: DeviceQuestion): boolean
}

const telephonyPage = 0x0b

/** Of those that were found: what may be offered to choose from. */
export const areTelephones = <T extends FoundDevice>(devices: readonly T[]): T[] =>
  devices.filter(isTelephone)

/** The page asks for telephones only; what does not tell what it is was found by that. */
const isTelephone = ({ collections }: Partial<FoundDevice>): boolean =>
  !collections || collections.length === 0 || collections.some(({ usagePage }) => usagePage === telephonyPage)

export function createHeadsetGrants(
  remembered: () => { vendorId: number; productId: number } | null,
): HeadsetGrants {
  let chosen: FoundDevice | undefined
  const isSame = (one: Partial<FoundDevice> | null | undefined, other: Partial<FoundDevice>) =>
    !!one && one.vendorId === other.vendorId && one.productId === other.productId
  return {
    choose(device) {
      chosen = device
    },
    isGranted({ deviceType, origin, device }) {
      if (deviceType !== 'hid' || !isOwnPage(origin) || !isTelephone(device)) return false
      const kept = remembered()
      // The setting has taken over: what is forgotten there must not be granted from here.
      if (kept && chosen && isSame(chosen, kept)) chosen = undefined
      return [chosen, kept].some((one) => isSame(one, device))
    },
  }
}
