/** Shapes that the pages share: what the API answers, as far as they show it. */

export interface ShownFound {
  readonly issuer: string
  readonly number: string
  readonly kind: string
  readonly status: string
  readonly stop: boolean
  readonly declaredAt: string
  readonly owner: string
  readonly ours: boolean
  readonly record: string
}

export interface ShownQuestion {
  readonly id: string
  readonly role: 'finder' | 'owner'
  readonly other: string
  readonly number: string
  readonly issuer: string
  readonly kind: string
  readonly state: 'asked' | 'more-information' | 'answered' | 'closed'
  readonly askedAt: string
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly outcome: string | null
  readonly note: string | null
  readonly answeredAt: string | null
  readonly late: boolean
  readonly done: string | null
}

export interface ShownFile {
  readonly id: string
  readonly name: string
  readonly state: 'handed-in' | 'running' | 'stopped' | 'failed' | 'done'
  readonly rows: number
  readonly done: number
  readonly declared: number
  readonly unchanged: number
  readonly refused: Readonly<Record<string, number>>
  readonly problem: string | null
  readonly createdAt: string
}
