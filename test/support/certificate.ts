// A certificate made on the spot by the system's openssl, as self-hosted installs make theirs (contract A.2).
import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface TestCertificate {
  key: string
  cert: string
  /** SHA-256 of the public key, base64. */
  sha256: string
}

/** Self-signed; with a CN only neither the chain nor the name can be checked. `altName`: `IP:127.0.0.1`. */
export function createCertificate(commonName: string, altName?: string): TestCertificate {
  const dir = mkdtempSync(path.join(tmpdir(), 'companion-cert-'))
  try {
    const [keyFile, certFile] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')]
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const files = ['-keyout', keyFile, '-out', certFile, '-days', '2', '-subj', `/CN=${commonName}`]
    const names = altName === undefined ? [] : ['-addext', `subjectAltName=${altName}`]
    execFileSync('openssl', [...request, ...files, ...names], { stdio: 'ignore' })
    const cert = readFileSync(certFile, 'utf8')
    const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })
    const sha256 = createHash('sha256').update(spki).digest('base64')
    return { key: readFileSync(keyFile, 'utf8'), cert, sha256 }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
