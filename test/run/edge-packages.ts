// The programs that the tests on the real SIP edge need: found, installed where that is allowed, or named.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isInstalled, mayInstall } from '../../main/cli/system-packages.ts'

interface EdgePackage {
  debian: string
  isThere(): boolean
}

const program = (debian: string, command: string): EdgePackage => ({
  debian,
  isThere: () => isInstalled(command) || existsSync(path.join('/usr/sbin', command)),
})

/** Kamailio's modules lie in a folder that is named after the machine: /usr/lib/x86_64-linux-gnu/kamailio/modules. */
const kamailioModule = (debian: string, file: string): EdgePackage => ({
  debian,
  isThere: () =>
    existsSync('/usr/lib') &&
    readdirSync('/usr/lib').some((name) => existsSync(path.join('/usr/lib', name, 'kamailio/modules', file))),
})

const packages: EdgePackage[] = [
  program('kamailio', 'kamailio'),
  kamailioModule('kamailio-websocket-modules', 'websocket.so'),
  kamailioModule('kamailio-tls-modules', 'tls.so'),
  program('rtpengine-daemon', 'rtpengine'),
  program('openssl', 'openssl'),
  program('util-linux', 'setpriv'),
  program('baresip-core', 'baresip'),
  program('sip-tester', 'sipp'),
  // Speech: made and recognised without a network.
  program('flite', 'flite'),
  program('sox', 'sox'),
  program('pocketsphinx', 'pocketsphinx_continuous'),
  { debian: 'pocketsphinx-en-us', isThere: () => existsSync('/usr/share/pocketsphinx/model/en-us') },
]

/** Debian packages that are still missing after an attempt to install them; empty when the edge can run. */
export function ensureEdgePackages(): string[] {
  const missing = () => packages.filter((one) => !one.isThere()).map((one) => one.debian)
  const names = missing()
  if (names.length > 0 && mayInstall()) install(names)
  return missing()
}

function install(names: string[]): void {
  console.log(`Installing ${names.join(', ')} with apt-get …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  withoutServices(() => {
    spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
    const args = ['install', '-y', '-qq', '--no-install-recommends', ...names]
    const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' })
    if (status !== 0) console.error(stderr ?? 'apt-get cannot be started')
  })
}

/** Debian starts the service of what it installs unless this file says no (invoke-rc.d(8): 101, forbidden). */
const policy = '/usr/sbin/policy-rc.d'

function withoutServices(run: () => void): void {
  // Somebody else's policy stays as it is: containers have one that says the same.
  const ours = !existsSync(policy)
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    run()
  } finally {
    if (ours) rmSync(policy, { force: true })
  }
}
