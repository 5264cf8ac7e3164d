// Pins in Electron: by host, by public key.
import { describe, expect, it } from 'vitest'
import { toPublicKeyHash, verify } from '../../../main/shells/electron/certificates.ts'

/** Self-signed for `edge.test`; its key was thrown away. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUC+M2l7IhH3Xbjn3GFvKzTSP7yPcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJZWRnZS50ZXN0MCAXDTI2MTEyMDEzMTYxOVoYDzIxMjYxMDI3
MTMxNjE5WjAUMRIwEAYDVQQDDAllZGdlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATfLxWX17kB4vq9ThzdjfuKFGYUYxzMkQ2cJkw18D9ylAMdDMPHw01l
c+YXTW4TBFT/52qbPUjD1EAZShEXiiuLo1MwUTAdBgNVHQ4EFgQUcVfOiBpPJC42
GZIsPk01mCJPfgkwHwYDVR0jBBgwFoAUcVfOiBpPJC42GZIsPk01mCJPfgkwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiADEeuq2GDl+hcQPs8IPCbr
kD2R9HrPxs5lTsMpiI23rwIhAOLEir+CUzwv0GtYnV6jXXMsRXG7zYBRfXhbi0Qc
zRR2
-----END CERTIFICATE-----`
const key = 'JySWtyodvuOVvdmWxqBnaB1s7JMIVMWr1kKQ+HabO38='

describe('pinned certificates', () => {
  it('hashes the public key as openssl does', () => {
    expect(toPublicKeyHash(certificate)).toBe(key)
  })

  it('trusts the pinned key for its host, whatever its case', () => {
    expect(verify([{ host: 'Edge.test', sha256: key }], 'edge.TEST', certificate)).toBe(0)
  })

  it('leaves other hosts to the system, also with the same key', () => {
    expect(verify([{ host: 'edge.test', sha256: key }], 'other.test', certificate)).toBe(-3)
  })

  it('leaves another key to the system', () => {
    expect(verify([{ host: 'edge.test', sha256: `${'A'.repeat(43)}=` }], 'edge.test', certificate)).toBe(-3)
  })

  it('leaves what is no certificate to the system', () => {
    expect(verify([{ host: 'edge.test', sha256: key }], 'edge.test', 'nonsense')).toBe(-3)
  })
})
