import type { Id, Problem, Values } from './types'

/** A step of an approval at which whoever asks for it says who decides. */
export interface Place {
  node: string
  label: string
}

/** What is to be checked before an action: by a work standard, or because of what is known, which is then told as `text`. */
export interface Checklist {
  kind: string
  title: string
  items: string[]
  text?: string
}

/** What is put to the person at the screen before a call goes on; `about` names its documents when there are several. */
export interface Question {
  places?: Place[]
  checklist?: Checklist
  about: string[]
}

export type Chosen = Record<string, Id[]>
/** The people named; empty where items were to be checked and all are. */
type Ask = (question: Question) => Promise<Chosen | null>

let ask: Ask | null = null

/** Who puts the question to the person at the screen; gives back how to stop. */
export function answersChoices(answer: Ask): () => void {
  ask = answer
  return () => {
    ask = null
  }
}

/** What a refused call is to be sent again with: the people who decide, the items that were checked; null when nothing helps, or nobody answered. */
export async function answered({ code, choose, checklist }: Partial<Problem>, about: string[] = []): Promise<Values | null> {
  if (code === 'choose_people' && choose?.length) {
    const chosen = await ask?.({ places: choose, about })
    return chosen ? { _chosen: chosen } : null
  }
  if (checklist) {
    const checked = await ask?.({ checklist, about })
    return checked ? { _checked: { [checklist.kind]: checklist.items } } : null
  }
  return null
}

/** A call with one more answer; items of several actions stand beside each other. */
export const answering = (body: Values, more: Values): Values => ({
  ...body,
  ...more,
  ...(more._checked ? { _checked: { ...(body._checked as Values | undefined), ...(more._checked as Values) } } : {}),
})
