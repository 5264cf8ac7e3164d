// Asks a server one question and prints the answer or the code of the error: for tests that need a process of their own.
import { z } from 'zod'
import { toAppError } from '../../common/kit/errors.ts'
import { createHttp } from '../../main/platform/http.ts'

const http = createHttp({ apiUrl: process.argv[2] ?? '', credential: undefined, pins: [], trace: () => {} })
const answer = await http
  .request({ method: 'GET', path: '/customer' }, z.unknown())
  .catch((thrown: unknown) => toAppError(thrown).code)
console.log(JSON.stringify(answer))
http.close()
