import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { useForm } from '@/kit/form/useForm'
import { askCredential, keysPossible, type RequestOptions } from '@/shared/webauthn'
import { Field } from './Field'
import { Form } from './Form'
import { Complaint, Frame } from './Frame'
import type { Entry } from './model'

const URL = '/api/v1/login/second/'

/** After the password: the code of an app, a recovery code, or a security key. */
export function Second({ onDone }: { onDone: (entry: Entry) => void }) {
  const { t } = useTranslation()
  const [types, setTypes] = useState<string[]>([])
  const [problem, setProblem] = useState('')
  const form = useForm({ code: '' }, URL, onDone)
  useEffect(() => {
    get<{ types: string[] }>(URL).then(
      (answer) => setTypes(answer.types),
      (error: unknown) => setProblem(problemOf(error).detail),
    )
  }, [])
  const askKey = async () => {
    try {
      setProblem('')
      const { options } = await post<{ options: RequestOptions }>(`${URL}key/`)
      const credential = await askCredential(options)
      if (credential) onDone(await post<Entry>(URL, { credential }))
      else setProblem(t('factor.noKey'))
    } catch (error) {
      setProblem(problemOf(error).detail)
    }
  }
  const keyOnly = types.length > 0 && !types.includes('totp')
  return (
    <Frame title={t('second.title')} text={t(keyOnly ? 'second.keyText' : 'second.text')} foot={<a href="/login">{t('second.again')}</a>}>
      <Form form={form} go={t('second.go')}>
        <Complaint text={problem} />
        <Field {...form.field('code')} label={t('second.code')} autoComplete="one-time-code" hint={t('second.hint')} autoFocus />
      </Form>
      {types.includes('webauthn') && keysPossible() && (
        <Button block size="large" className="door__other" data-testid="use-key" onClick={() => void askKey()}>
          {t('second.key')}
        </Button>
      )}
    </Frame>
  )
}
