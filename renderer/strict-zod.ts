// First import of every page: zod must not try to compile code, because the content security policy forbids it.
import { config } from 'zod'

config({ jitless: true })
