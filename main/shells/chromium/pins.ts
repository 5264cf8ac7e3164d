// Pins of the Chromium shell: start flags of the browser, so a new pin needs a new browser.
import type { Pin } from '../../../common/model/settings.ts'

/**
 * The public keys of all pins, once each, in a fixed order. The flag knows no hosts: whoever holds the key of one
 * pinned server could pass for another one. Electron's verification is by host.
 */
export function toPinnedKeys(pins: readonly Pin[], more: readonly string[] = []): string[] {
  return [...new Set([...more, ...pins.map((pin) => pin.sha256)])].sort()
}
