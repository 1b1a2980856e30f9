import { lazy, Suspense, useEffect, useState } from 'react'
import { answersChoices, type Chosen, type Place } from '@/api/choosing'

const ChoosePeople = lazy(() => import('@/kit/approval/ChoosePeople'))

interface Question {
  places: Place[]
  answer: (chosen: Chosen | null) => void
}

/** Puts to the person at the screen what an approval wants to know before it begins, whatever screen they are at. */
export function Choosing() {
  const [question, setQuestion] = useState<Question | null>(null)
  useEffect(() => answersChoices((places) => new Promise((answer) => setQuestion({ places, answer }))), [])
  if (!question) return null
  const done = (chosen: Chosen | null) => {
    setQuestion(null)
    question.answer(chosen)
  }
  return (
    <Suspense>
      <ChoosePeople places={question.places} onDone={done} />
    </Suspense>
  )
}
