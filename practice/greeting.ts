// What a person reads when practice is ready: where it is, what opens it, what to try first.
import type { Practice } from './practice.ts'

export function greeting({ address, customerId, logins, number }: Practice): string {
  const { apiUrl, accessKey, controlToken } = address
  return `The practice platform runs. It speaks as ${address.dialect}; its state is gone when it ends (Ctrl-C).

  REST and events   ${apiUrl}/v1.0     events: ${apiUrl.replace('http', 'ws')}/v1.0/ws
  SIP edge          ${address.edgeUrl}
  base domain       ${address.baseDomain}
  customer          ${customerId}
  access key        ${accessKey}
  sign in as        ${Object.values(logins).join(', ')} (password = name)
  number            ${number}
  voice             ${address.voice}
  recogniser        ${address.recogniser}

Try it:

  curl '${apiUrl}/v1.0/customer?accesskey=${accessKey}'

  curl '${apiUrl}/v1.0/extensions?accesskey=${accessKey}' -H 'Content-Type: application/json' \\
    -d '{"name":"desk1","detail":"My phone","extension":"desk1","password":"choose-one"}'

Make something fail, to see what a phone does then (GET lists the strings):

  curl ${apiUrl}/practice/strings -H 'Authorization: Bearer ${controlToken}' \\
    -H 'Content-Type: application/json' -d '{"pull":"eventSockets"}'
`
}
