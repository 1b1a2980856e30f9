import { expect, it } from 'vitest'
import type { ActionMeta, Field } from '@/api/types'
import { type Approval, asking, holders, ordered, places, type Step } from './model'

const step = (name: string, state: Step['state'], people: [string, string][] = []): Step => ({
  node: name,
  name,
  kind: 'approve',
  state,
  mode: 'all',
  since: null,
  due: null,
  late: false,
  tasks: people.map(([label, state], id) => ({
    id,
    who: { id, label },
    instead_of: null,
    state,
    decision: '',
    decision_label: '',
    color: 'default',
    comment: '',
    signature: null,
    at: null,
    changes: [],
  })),
})
const approval = (steps: Step[]) => ({ steps }) as unknown as Approval

it('is with those who have not answered yet', () => {
  const held = approval([
    step('one', 'done', [['A', 'approved']]),
    step('two', 'now', [
      ['B', 'approved'],
      ['C', 'active'],
      ['D', 'waiting'],
    ]),
  ])
  expect(holders(held)).toBe('C')
})
it('goes back to what was places, and by rescue to any step where people decide', () => {
  const story = {
    returns: [{ id: 'start', label: 'Start' }],
    drawing: {
      nodes: [
        { id: 'start', kind: 'start', name: 'Start' },
        { id: 'a', kind: 'approve', name: 'Boss' },
        { id: 'b', kind: 'handle', name: '' },
      ],
    },
  }
  expect(places('return', story)).toEqual([{ value: 'start', label: 'Start' }])
  expect(places('jump', story)).toEqual([
    { value: 'a', label: 'Boss' },
    { value: 'b', label: 'b' },
  ])
})
it('asks for a signature only where the flow wants one, and offers places by name', () => {
  const params: Field[] = [
    { name: 'comment', label: '', type: 'text' },
    { name: 'signature', label: '', type: 'text' },
    { name: 'chosen', label: '', type: 'refs' },
    { name: 'node', label: '', type: 'text' },
  ]
  expect(asking(params, { signature: false }).map(({ name }) => name)).toEqual(['comment', 'node'])
  const full = asking(params, { signature: true, choose: true, places: [{ value: 'a', label: 'A' }] })
  expect(full.find(({ name }) => name === 'signature')?.required).toBe(true)
  expect(full.at(-1)).toMatchObject({ type: 'choice', options: [{ value: 'a', label: 'A' }] })
})
it('puts the dangerous last', () => {
  const action = (verb: string, style: ActionMeta['style']) => ({ verb, style }) as ActionMeta
  const actions = { refuse: action('refuse', 'danger'), urge: action('urge', 'default'), agree: action('agree', 'primary') }
  expect(ordered(actions, ['refuse', 'urge', 'agree', 'unknown']).map(({ verb }) => verb)).toEqual(['agree', 'urge', 'refuse'])
})
