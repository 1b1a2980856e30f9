import type { RefValue } from '@/api/types'
import { language } from '@/shared/i18n'

/** A text of a selection table: quotes are bilingual, so tables are too. */
export type Both = { zh: string; en: string } | string
export type Choice = string | number | Record<string, number>
export type Choices = Record<string, Choice>

export interface OptionValue {
  code: string
  name: Both
  most: number
}

export interface Option {
  name: string
  label: Both
  kind: 'single' | 'multi' | 'quantity' | 'number' | 'text' | 'file' | 'derived'
  group: Both
  unit: string
  required: boolean
  default: string
  values: OptionValue[]
  least: string
  most: string
  step: string
}

export interface Starter {
  id?: number
  name: Both
  standard: string
  choices: Choices
}

export interface Outline {
  id: number
  name: string
  edition: number
  options: Option[]
  questions: { name: string; label: Both; unit: string }[]
  presets: Starter[]
  templates: Starter[]
  prefix: string
}

export interface Told {
  rule: string
  sentence: Both
  /** What a rule that puts a value somewhere comes to. */
  detail?: string
}

export type Ranges = [low: string, high: string][]

/** What a number may be beside the other choices; of several, how many of one value (`grips.WG`). */
export interface Limit {
  ranges: Ranges
  rules: Told[]
  wrong: { rule: string | null; sentence: Both; nearest: string[]; change: Choices | null; later: boolean } | null
}

export interface Disabled extends Told {
  change: Choices | null
  /** There was no time to look for the change: it is asked for. */
  later: boolean
}

export interface Amount {
  option: string
  value: string | null
  quantity: string
  amount: string
}

export interface Answer {
  valid: boolean
  state: 'editing' | 'valid' | 'invalid'
  code: string
  spec: { zh: string; en: string }
  values: Record<string, Choice | null>
  hidden: string[]
  missing: string[]
  broken: Told[]
  warnings: Told[]
  reviews: Told[]
  problems: { option: string; detail: string }[]
  disabled: Record<string, Record<string, Disabled>>
  limits: Record<string, Limit>
  price: { lines: Amount[]; steps: { name: string; label: Both; amount: string }[]; list: string }
  cost?: { lines: Amount[]; total: string }
  bom: { item: string; name: Both; quantity: string; operation: number }[]
  routing: { seq: number; name: Both; centre: string; hours: string }[]
  lead_days: number
  weight: string
  /** As packed; null while the table does not say what its crates weigh. */
  gross: string | null
  crates: { name: Both; length: number; width: number; height: number; quantity: number }[]
  documents: string[]
}

export const say = (text: Both | undefined): string =>
  typeof text === 'string' ? text : text ? (language() === 'en' ? text.en : text.zh) || text.zh : ''

/** Options under their headings, in the order of the table; what follows from others is told in the summary. */
export function groupsOf(options: Option[], hidden: string[]): { title: string; options: Option[] }[] {
  const groups: { title: string; options: Option[] }[] = []
  for (const option of options) {
    if (option.kind === 'derived' || hidden.includes(option.name)) continue
    const title = say(option.group)
    const group = groups.find((one) => one.title === title)
    if (group) group.options.push(option)
    else groups.push({ title, options: [option] })
  }
  return groups
}

export const several = (choice: Choice | null | undefined): Record<string, number> =>
  typeof choice === 'object' && choice !== null ? choice : {}

/** A click on a value: it is chosen, or no more; of several, one is added or taken away. */
export function clicked(choices: Choices, option: Option, code: string): Choices {
  const { [option.name]: was, ...rest } = choices
  if (option.kind !== 'multi') return was === code ? rest : { ...rest, [option.name]: code }
  const { [code]: count, ...others } = several(was)
  const now = count ? others : { ...others, [code]: 1 }
  return Object.keys(now).length ? { ...rest, [option.name]: now } : rest
}

export function counted(choices: Choices, option: Option, code: string, count: number): Choices {
  return { ...choices, [option.name]: { ...several(choices[option.name]), [code]: count } }
}

export function entered(choices: Choices, option: Option, value: string | null): Choices {
  const { [option.name]: _was, ...rest } = choices
  return value ? { ...rest, [option.name]: value } : rest
}

/** What was chosen anew since some choices. */
export function chosenSince(before: Choices, now: Choices): Choices {
  return Object.fromEntries(Object.entries(now).filter(([name, choice]) => choice !== before[name]))
}

/** Another number in its place; of several, how many of one value. */
export function numbered(choices: Choices, option: Option, number: string, code?: string): Choices {
  return code ? counted(choices, option, code, Number(number)) : entered(choices, option, number)
}

/** A file as it is chosen: `12 drawing.pdf`. */
export const fileOf = (shown: string): RefValue | null => {
  const [, id, label] = /^(\d+)(?: (.*))?$/.exec(shown) ?? []
  return id ? { id: Number(id), label: label || id } : null
}

/** A disabled value taken together with the smallest change that allows it. */
export function madePossible(choices: Choices, option: Option, code: string, change: Choices): Choices {
  const changed = { ...choices, ...change }
  if (option.kind !== 'multi') return { ...changed, [option.name]: code }
  return { ...changed, [option.name]: { [code]: 1, ...several(changed[option.name]) } }
}

export function valueSaid(option: Option | undefined, choice: Choice | null | undefined): string {
  if (choice === null || choice === undefined || choice === '') return '—'
  const named = (code: string) => say(option?.values.find((one) => one.code === code)?.name) || code
  if (typeof choice === 'object')
    return (
      Object.entries(choice)
        .map(([code, count]) => (count > 1 ? `${named(code)} × ${count}` : named(code)))
        .join(' + ') || '—'
    )
  const told = named(String(choice))
  return option?.unit && told === String(choice) ? `${told} ${option.unit}` : told
}

/** `机架 → 门式落地，加高 → 300 mm` */
export const changeSaid = (options: Option[], change: Choices): string =>
  Object.entries(change)
    .map(([name, choice]) => {
      const option = options.find((one) => one.name === name)
      return `${say(option?.label) || name} → ${valueSaid(option, choice)}`
    })
    .join(language() === 'en' ? ', ' : '，')
