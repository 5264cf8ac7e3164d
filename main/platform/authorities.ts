// Who may sign for a server: Node's own roots, those of this system, and those of a file of one's own.
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import tls from 'node:tls'
import { AppError } from '../../common/kit/errors.ts'

const readCertificates = (tls as Partial<Pick<typeof tls, 'getCACertificates'>>).getCACertificates

/** What Node believes by itself. */
const ownRoots = (): readonly string[] => readCertificates?.('default') ?? tls.rootCertificates

let systemRoots: string[] | undefined

/**
 * Node's own roots and those of this system: a company's, or mkcert's of a sandbox (contract A.2). Read once and only
 * when needed, it takes a while. Nothing on a Node that cannot read them (before 22.15).
 */
export function readSystemRoots(more: readonly string[] = []): string[] | undefined {
  if (!readCertificates) return undefined
  systemRoots ??= [...readCertificates('default'), ...readCertificates('system')]
  return [...systemRoots, ...more]
}

/** Beside Node's own; nothing where there are none, so that Node keeps its prepared list. */
export const withOwnRoots = (more: readonly string[]): string[] | undefined =>
  more.length === 0 ? undefined : [...ownRoots(), ...more]

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** The certificates of a PEM file. Throws `network.caFile` when there is none to read. */
export function readAuthorities(file: string): string[] {
  if (file === '') return []
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new AppError('network.caFile', { detail: `${file}: ${toReason(cause)}`, cause })
  }
  const found = text.match(certificate) ?? []
  if (found.length === 0) throw new AppError('network.caFile', { detail: `${file}: no certificate in it` })
  for (const pem of found) checkReadable(file, pem)
  return found
}

function checkReadable(file: string, pem: string): void {
  try {
    new X509Certificate(pem)
  } catch (cause) {
    throw new AppError('network.caFile', { detail: `${file}: a certificate that cannot be read`, cause })
  }
}

const toReason = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
