/** Security keys: the server speaks JSON with base64url in it, browsers speak bytes. */
type Json = Record<string, unknown>

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))

export function base64url(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

interface Listed {
  id: string
  type: 'public-key'
}
const listed = (keys: Listed[] | undefined) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }))

export const keysPossible = () => typeof window.PublicKeyCredential === 'function'

function told(credential: PublicKeyCredential, response: Record<string, ArrayBuffer | null>): Json {
  const parts = Object.entries(response).flatMap(([name, value]) => (value ? [[name, base64url(value)]] : []))
  return {
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(parts),
    clientExtensionResults: {},
  }
}

interface Creation {
  publicKey: Json & { challenge: string; user: { id: string; name: string; displayName: string }; excludeCredentials?: Listed[] }
}

/** Have a key make a credential; null when the person thinks better of it. */
export async function createCredential({ publicKey }: Creation): Promise<Json | null> {
  const options = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: listed(publicKey.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions
  const made = (await navigator.credentials.create({ publicKey: options }).catch(() => null)) as PublicKeyCredential | null
  const response = made?.response as AuthenticatorAttestationResponse | undefined
  return made && response ? told(made, { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject }) : null
}

interface Request {
  publicKey: Json & { challenge: string; allowCredentials?: Listed[] }
}

/** Have a key sign that it is there; null when there is none, or the person thinks better of it. */
export async function askCredential({ publicKey }: Request): Promise<Json | null> {
  const options = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    allowCredentials: listed(publicKey.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions
  const found = (await navigator.credentials.get({ publicKey: options }).catch(() => null)) as PublicKeyCredential | null
  const response = found?.response as AuthenticatorAssertionResponse | undefined
  if (!found || !response) return null
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return told(found, { clientDataJSON, authenticatorData, signature, userHandle })
}

export type CreationOptions = Creation
export type RequestOptions = Request
