// The groupcall of an agent: it has no legs of its own, but a child groupcall for each extension (contract C.4).
import { NIL } from '../store/resources.ts'
import type { World } from '../world.ts'
import { createGroup, type Group, type GroupWish, hangUpGroup, type Target, tellGroup } from './group.ts'
import { toGroupcall } from './group-rows.ts'

export function createNestedGroup(world: World, wish: GroupWish, perChild: Target[][]): Group {
  const { store } = world
  const parent = store.groupcalls.add({ ...toGroupcall(world, wish, []), groupcall_count: perChild.length })
  tellGroup(world, parent, 'groupcall_created')
  const master = {
    id: parent.id,
    onAnswered(child: { id: string }) {
      if (parent.answer_groupcall_id !== NIL) return
      store.groupcalls.change(parent, { answer_groupcall_id: child.id })
      tellGroup(world, parent, 'groupcall_progressing')
      for (const { groupcall } of children) if (groupcall.id !== child.id) void hangUpGroup(world, groupcall)
    },
    onOver() {
      const left = children.filter(({ groupcall }) => groupcall.status !== 'hangup').length
      store.groupcalls.change(parent, { groupcall_count: left })
      if (left > 0) return
      store.groupcalls.change(parent, { status: 'hangup' })
      tellGroup(world, parent, 'groupcall_hangup')
    },
  }
  const children = perChild.map((targets) => createGroup(world, { ...wish, targets, master }))
  parent.groupcall_ids = children.map(({ groupcall }) => groupcall.id)
  return {
    groupcall: parent,
    calls: children.flatMap(({ calls }) => calls),
    begin() {
      for (const child of children) child.begin()
    },
  }
}
