import { type FormEvent, useState } from 'react'
import { post, problemOf } from '@/api/http'

/** What ties one input to its form. */
export interface Bound {
  name: string
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

/** A small form: values, the server's complaints at their fields, one submission at a time. */
export function useForm<V extends Record<string, string>, A>(initial: V, url: string, done: (answer: A) => void) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const set = (name: keyof V & string, value: string) => {
    setValues((before) => ({ ...before, [name]: value }))
    setErrors(({ [name]: _gone, ...rest }) => rest)
  }
  const field = (name: keyof V & string): Bound => ({
    name,
    value: values[name] ?? '',
    error: errors[name],
    onChange: (value) => set(name, value),
  })
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (busy) return
    setBusy(true)
    setProblem('')
    try {
      done(await post<A>(url, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))))
    } catch (error) {
      const refusal = problemOf(error)
      const at = Object.fromEntries((refusal.errors ?? []).map((one) => [one.path, one.detail]))
      setErrors(at)
      if (!Object.keys(at).some((name) => name in values)) setProblem(refusal.detail || refusal.title)
      form.querySelector<HTMLElement>(`[name="${CSS.escape(Object.keys(at)[0] ?? '')}"]`)?.focus()
    } finally {
      setBusy(false)
    }
  }
  return { values, set, field, problem, busy, submit }
}

export type SmallForm = Pick<ReturnType<typeof useForm>, 'problem' | 'busy' | 'submit'>
