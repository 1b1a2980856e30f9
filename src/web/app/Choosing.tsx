import { lazy, Suspense, useEffect, useState } from 'react'
import { answersChoices, type Chosen, type Question } from '@/api/choosing'

const ChoosePeople = lazy(() => import('@/kit/approval/ChoosePeople'))
const CheckFirst = lazy(() => import('@/kit/approval/CheckFirst'))

type Asked = Question & { answer: (chosen: Chosen | null) => void }

/** Puts to the person at the screen what an approval or a work standard wants to know first, whatever screen they are at. */
export function Choosing() {
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => answersChoices((question) => new Promise((answer) => setAsked({ ...question, answer }))), [])
  if (!asked) return null
  const done = (chosen: Chosen | null) => {
    setAsked(null)
    asked.answer(chosen)
  }
  return (
    <Suspense>
      {asked.places && <ChoosePeople places={asked.places} about={asked.about} onDone={done} />}
      {asked.checklist && <CheckFirst checklist={asked.checklist} about={asked.about} onDone={(yes) => done(yes ? {} : null)} />}
    </Suspense>
  )
}
