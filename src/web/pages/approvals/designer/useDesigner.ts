import { useMemo, useState } from 'react'
import { useDescription } from '@/api/queries'
import type { InputProps } from '@/kit/field/overlays'
import { usePhone } from '@/shared/useMedia'
import type { Design, Trial } from './design'
import { addBranch, blank, type Drawing, type Edge, insert, isDrawing, move, remove, removeBranch } from './drawing'
import { useFaults, useVocabulary } from './useFlow'
import { useHistory } from './useHistory'
import { useNames } from './useNames'
import { kindName } from './words'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** A flow being drawn: what it says, what is chosen on it, and everything that can be done to it. */
export function useDesigner({ field, value, context, onChange }: Pick<InputProps, 'field' | 'value' | 'context' | 'onChange'>) {
  const phone = usePhone()
  const resource = text(context?.('resource'))
  const drawing = useMemo(() => (isDrawing(value) ? value : blank(kindName)), [value])
  const history = useHistory(drawing, onChange)
  const names = useNames(drawing)
  const { data: description } = useDescription(resource)
  const verb = text(context?.('verb'))
  const { names: formulaNames, editable, hideable } = useVocabulary(resource, verb)
  const faults = useFaults({ resource, verb, condition: text(context?.('condition')), drawing })
  const [selected, select] = useState<string | null>(null)
  const [held, hold] = useState<string | null>(null)
  const [target, setTarget] = useState<string | null>(null)
  const [trial, setTrial] = useState<Trial | null>(null)
  const readonly = !!field.readonly || phone
  const change = (next: Drawing) => {
    if (readonly) return
    setTrial(null)
    history.change(next)
  }
  const moveTo = (node: string, edge: Edge) => {
    hold(null)
    change(move(drawing, node, edge))
  }
  const design: Design = {
    drawing,
    readonly,
    selected,
    held,
    target,
    faults,
    trial,
    names,
    formulaNames,
    editable,
    hideable,
    fieldLabel: (name) => description?.fields[name]?.label ?? name,
    select,
    insert: (edge, kind) => {
      const made = insert(drawing, edge, kind, kindName)
      change(made.drawing)
      select(made.id)
    },
    setDown: (edge) => held && moveTo(held, edge),
    branch: (split) => change(addBranch(drawing, split, kindName)),
    cut: (edge) => change(removeBranch(drawing, edge)),
  }
  const removeNode = (node: string) => {
    select(null)
    change(remove(drawing, node))
  }
  const take = (node: string | null) => {
    select(null)
    hold(node)
  }
  return { ...history, design, description, resource, name: text(context?.('name')), change, moveTo, removeNode, take, setTarget, setTrial }
}
