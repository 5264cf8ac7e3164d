// First script of the gallery: zod is told not to compile before any module that makes a schema is evaluated.
import '../strict-zod.ts'

void import('./main.tsx')
