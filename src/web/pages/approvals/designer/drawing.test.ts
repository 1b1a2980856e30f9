import { describe, expect, it } from 'vitest'
import { addBranch, asked, blank, type Drawing, insert, leaving, meeting, move, nodeOf, reach, remove, removeBranch } from './drawing'
import { layout } from './layout'

const name = (kind: string) => kind
const [START, END] = ['start', 'end']
const only = (drawing: Drawing) => drawing.edges[0] as { from: string; to: string }

/** start → step → condition (step | otherwise) → join → end */
function branched() {
  const one = insert(blank(name), { from: START, to: END }, 'approve', name)
  const split = insert(one.drawing, { from: one.id, to: END }, 'condition', name)
  return { drawing: split.drawing, step: one.id, split: split.id }
}

const sound = (drawing: Drawing) => {
  expect(reach(drawing, START).size).toBe(drawing.nodes.length)
  for (const node of drawing.nodes) expect(reach(drawing, node.id).has(END)).toBe(true)
  expect(new Set(drawing.edges.map((edge) => `${edge.from}>${edge.to}`)).size).toBe(drawing.edges.length)
}

describe('a drawing', () => {
  it('takes a node on an edge, with somebody to ask', () => {
    const { drawing, id } = insert(blank(name), { from: START, to: END }, 'approve', name)
    expect(nodeOf(drawing, id)?.who).toEqual([{ source: 'superior', level: 1 }])
    expect(drawing.edges).toEqual([
      { from: START, to: id },
      { from: id, to: END },
    ])
  })
  it('opens branches that meet again, one of them taken otherwise', () => {
    const { drawing, split } = branched()
    const ways = leaving(drawing, split)
    expect(ways.map((edge) => edge.when)).toEqual(['', undefined])
    expect(nodeOf(drawing, meeting(drawing, split) ?? '')?.kind).toBe('join')
    sound(drawing)
  })
  it('keeps what an edge asks when something is put on it', () => {
    const { drawing, split } = branched()
    const [first] = leaving(drawing, split) as [{ from: string; to: string }]
    const next = insert(asked(drawing, first, 'total > 100'), first, 'copy', name).drawing
    expect(leaving(next, split)[0]?.when).toBe('total > 100')
    sound(next)
  })
  it('adds branches before the one taken otherwise, and takes them away again', () => {
    const { drawing, split } = branched()
    const more = addBranch(drawing, split, name)
    expect(leaving(more, split).map((edge) => edge.when)).toEqual(['', '', undefined])
    sound(more)
    const less = removeBranch(more, leaving(more, split)[0] as { from: string; to: string })
    expect(leaving(less, split)).toHaveLength(2)
    sound(less)
  })
  it('is a choice no more with a single branch left', () => {
    const { drawing, split, step } = branched()
    const left = removeBranch(drawing, leaving(drawing, split)[1] as { from: string; to: string })
    expect(left.nodes.map((node) => node.kind)).toEqual(['start', 'end', 'approve', 'approve'])
    expect(nodeOf(left, split)).toBeUndefined()
    expect(leaving(left, step)).toHaveLength(1)
    sound(left)
  })
  it('loses a split with its branches at once', () => {
    const { drawing, split, step } = branched()
    const left = remove(drawing, split)
    expect(leaving(left, step)).toEqual([{ from: step, to: END }])
    sound(left)
  })
  it('drops a branch with its last node, and asks no more for it', () => {
    const { drawing, split } = branched()
    const three = addBranch(drawing, split, name)
    const left = remove(three, leaving(three, split)[0]?.to ?? '')
    expect(leaving(left, split).map((edge) => edge.when)).toEqual(['', undefined])
    sound(left)
  })
  it('moves a node into a branch, not beside itself, and never a split', () => {
    const { drawing, split, step } = branched()
    const inner = leaving(drawing, split)[0] as { from: string; to: string }
    const moved = move(drawing, step, inner)
    expect(leaving(moved, split)[0]).toEqual({ from: split, to: step, when: '' })
    sound(moved)
    expect(move(drawing, step, { from: START, to: step })).toBe(drawing)
    expect(move(drawing, split, only(drawing))).toBe(drawing)
  })
})

describe('its layout', () => {
  it('puts branches side by side without overlap, and every node below what leads to it', () => {
    const { drawing, split } = branched()
    const wide = insert(
      addBranch(drawing, split, name),
      leaving(drawing, split)[0] as { from: string; to: string },
      'parallel',
      name,
    ).drawing
    const { boxes, ways } = layout(wide)
    expect(boxes.size).toBe(wide.nodes.length)
    expect(ways).toHaveLength(wide.edges.length)
    const all = [...boxes.values()]
    for (const [at, one] of all.entries())
      for (const other of all.slice(at + 1))
        expect(
          one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y,
        ).toBe(true)
    for (const { from, to } of wide.edges) expect(boxes.get(to)?.y).toBeGreaterThan(boxes.get(from)?.y ?? 0)
  })
})
