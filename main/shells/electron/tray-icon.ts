// The tray icon as pixels: the program's icon with a mark for each state. Pure, so that every mark has a test.
import type { DeskFace } from '../../../common/model/ringing.ts'
import type { Phrase } from '../../../common/words/placeholders.ts'
import { phrase, say } from '../../../common/words/say.ts'

/** Blue, green, red, alpha: as Electron hands bitmaps out and takes them. */
type Colour = readonly [blue: number, green: number, red: number]

type Shape = 'disc' | 'ring' | 'bar' | 'cross'

const marks: Record<DeskFace['registration'], { colour: Colour; shape: Shape }> = {
  registered: { colour: [89, 164, 48], shape: 'disc' },
  trying: { colour: [32, 160, 245], shape: 'ring' },
  offline: { colour: [140, 134, 128], shape: 'ring' },
  refused: { colour: [70, 61, 229], shape: 'cross' },
}
const white: Colour = [255, 255, 255]
const red: Colour = [70, 61, 229]

type Seen = Pick<DeskFace, 'registration' | 'doNotDisturb' | 'missed'>

/**
 * Draws onto a square bitmap of `size` pixels: registration at the bottom right, by colour and by shape; a red dot at the
 * top right for missed calls; grey without registration; a bar across the mark while calls must not disturb.
 */
export function drawTrayIcon(bitmap: Buffer, size: number, seen: Seen): Buffer {
  const out = Buffer.from(bitmap)
  const mark = seen.doNotDisturb ? { colour: red, shape: 'bar' as const } : marks[seen.registration]
  const radius = size * 0.22
  const centre = size - radius - 1
  if (seen.registration === 'offline') for (let at = 0; at < out.length; at += 4) fade(out, at)
  const each = (draw: (at: number, x: number, y: number) => void) => {
    for (let at = 0; at < size * size; at++) draw(at * 4, at % size, Math.floor(at / size))
  }
  each((at, x, y) => {
    const [dx, dy] = [x - centre, y - centre]
    const far = Math.hypot(dx, dy)
    if (far <= radius + 1.5) paint(out, at, far <= radius ? toInside(mark, { far, dx, dy, radius }) : white)
  })
  if (seen.missed === 0) return out
  each((at, x, y) => {
    const far = Math.hypot(x - centre - 1, y - radius)
    if (far <= radius) paint(out, at, far > radius - 1.5 ? white : red)
  })
  return out
}

interface Place {
  far: number
  dx: number
  dy: number
  radius: number
}

function toInside({ shape, colour }: { shape: Shape; colour: Colour }, place: Place): Colour {
  const { far, dx, dy, radius } = place
  if (shape === 'ring') return far < radius * 0.5 ? white : colour
  if (shape === 'bar' && Math.abs(dy) < radius * 0.25 && Math.abs(dx) < radius * 0.65) return white
  const onDiagonal = Math.abs(Math.abs(dx) - Math.abs(dy)) < radius * 0.3
  if (shape === 'cross' && onDiagonal && far < radius * 0.8) return white
  return colour
}

function paint(out: Buffer, at: number, [blue, green, redPart]: Colour): void {
  out[at] = blue
  out[at + 1] = green
  out[at + 2] = redPart
  out[at + 3] = 255
}

/** To grey, half as strong. */
function fade(out: Buffer, at: number): void {
  const grey = Math.round(((out[at] ?? 0) + (out[at + 1] ?? 0) + (out[at + 2] ?? 0)) / 3)
  out.fill(grey, at, at + 3)
}

const states: Record<Seen['registration'], Phrase> = {
  registered: phrase('reachable'),
  trying: phrase('connecting'),
  offline: phrase('not registered'),
  refused: phrase('registration refused'),
}

/** What stands beside the icon in words. */
export function toTrayText({ registration, doNotDisturb, missed }: Seen): string {
  const state = say(states[registration])
  const parts = [doNotDisturb ? say('do not disturb ({state})', { state }) : state]
  if (missed > 0) parts.push(say('{n, plural, one {# missed call} other {# missed calls}}', { n: missed }))
  return `VoIPBIN Companion: ${parts.join(say(', '))}`
}
