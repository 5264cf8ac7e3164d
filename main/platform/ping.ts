// Whether a VoIPBIN answers at an address: it says "pong" to everybody (contract A.1).
import { z } from 'zod'
import { createHttp, type HttpOptions } from './http.ts'

const Pong = z.object({ message: z.literal('pong') })

/** False for anything else that answers, and for nothing at all. */
export async function isVoipbin(
  options: Omit<HttpOptions, 'credential'>,
  timeoutMs = 5_000,
): Promise<boolean> {
  const http = createHttp({ ...options, credential: undefined })
  try {
    await http.request({ method: 'GET', path: '/ping', timeoutMs }, Pong)
    return true
  } catch {
    return false
  } finally {
    http.close()
  }
}
