import type { Id, Problem } from './types'

/** A step of an approval at which whoever asks for it says who decides. */
export interface Place {
  node: string
  label: string
}

export type Chosen = Record<string, Id[]>
type Ask = (places: Place[]) => Promise<Chosen | null>

let ask: Ask | null = null

/** Who puts the question to the person at the screen; gives back how to stop. */
export function answersChoices(answer: Ask): () => void {
  ask = answer
  return () => {
    ask = null
  }
}

/** The people for a call that was refused for want of them; null when that is not what was wrong, or nobody was named. */
export const chosenFor = async ({ code, choose }: Problem): Promise<Chosen | null> =>
  code === 'choose_people' && ask && choose?.length ? ask(choose) : null
