/** A program or a browser before a node: it keeps its cookie, and sends a token when it has one. */
export function client(url: string, token?: string) {
  let cookie: string | undefined
  let setCookie: string | null = null

  // biome-ignore lint/suspicious/noExplicitAny: replies of every operation
  type Answer = { status: number; body: any; text: string }
  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === undefined ? {} : { cookie }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        'user-agent': 'test browser',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    setCookie = response.headers.get('set-cookie')
    if (setCookie !== null) cookie = setCookie.split(';')[0]
    const text = await response.text()
    return { status: response.status, body: JSON.parse(text), text }
  }

  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown) => call('POST', path, body),
    put: (path: string, body: unknown) => call('PUT', path, body),
    delete: (path: string) => call('DELETE', path),
    signIn: (username: string, password: string, newPassword?: string) =>
      call('POST', '/sign-in', { username, password, newPassword }),
    /** The `set-cookie` header of the last answer. */
    setCookie: () => setCookie,
    cookie: () => cookie,
    sendCookie: (other: string | undefined) => {
      cookie = other
    },
  }
}
