// Which texts a source file says: first arguments of `say` and `phrase`, `text` of `<Sentence>`, and the error table.
import { type Node, parseSync, Visitor } from 'oxc-parser'

const callees = new Set(['say', 'phrase'])
const errorFields = new Set(['say', 'why', 'remedy'])

/** Each text as it stands in the code, which is its id in the catalogues. */
export function textsIn(file: string, code: string): string[] {
  const found = new Set<string>()
  const add = (node: Node | null | undefined) => {
    for (const text of literals(node)) found.add(text)
  }
  const isErrorTable = /common[\\/]kit[\\/]errors[\\/]/.test(file)
  new Visitor({
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type === 'Identifier' && callees.has(callee.name)) add(first)
    },
    JSXOpeningElement({ name, attributes }) {
      if (name.type !== 'JSXIdentifier' || name.name !== 'Sentence') return
      for (const one of attributes) {
        if (one.type === 'JSXAttribute' && one.name.name === 'text') add(one.value)
      }
    },
    Property({ key, value }) {
      if (isErrorTable && key.type === 'Identifier' && errorFields.has(key.name)) add(value)
    },
  }).visit(parseSync(file, code).program)
  return [...found]
}

/** A text may be chosen between several; one that is put together cannot be translated and is none. */
function literals(node: Node | null | undefined): string[] {
  if (!node) return []
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : []
    case 'TemplateLiteral': {
      const [only, ...more] = node.quasis
      return only && more.length === 0 ? [only.value.cooked ?? only.value.raw] : []
    }
    case 'ConditionalExpression':
      return [...literals(node.consequent), ...literals(node.alternate)]
    case 'JSXExpressionContainer':
      return literals(node.expression)
    default:
      return []
  }
}
