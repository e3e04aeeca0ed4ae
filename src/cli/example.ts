import type { Input, OperationCommand } from '#cli/catalogue'
import type { Form } from '#cli/inputs'

/** A command line that could be given: every positional and every flag that is asked for, with a likely value. */
export function exampleOf({ words, inputs, purpose, body }: OperationCommand): string {
  const needed = inputs.filter((it) => it.required && it.preset === null)
  const positionals = needed.filter((it) => it.positional).map((it) => likely(it))
  const flags = needed.filter((it) => !it.positional).map((it) => `--${it.flag} ${likely(it)}`)
  const whole = body === 'whole' ? ['--body request.json'] : []
  const why = purpose ? ['--purpose counter-terrorism --reference CASE-7'] : []
  return [words, ...positionals, ...flags, ...whole, ...why].join(' ')
}

function likely({ name, form, flag }: Input): string {
  const prefix = form.kind === 'text' ? /^\^([a-z]{3})_/.exec(form.pattern ?? '')?.[1] : undefined
  if (prefix !== undefined) return `${prefix}_0198…`
  if (name === 'reason') return '"Asked for by the prosecutor"'
  if (['member', 'to', 'owner', 'members', 'recipients', 'recipient'].includes(name)) return 'ke'
  return likelyOf(form, flag)
}

function likelyOf(form: Form, flag: string): string {
  switch (form.kind) {
    case 'choice':
      return form.choices[0] ?? flag
    case 'number':
      return '1'
    case 'switch':
      return 'true'
    case 'instant':
      return '2027-01-31'
    case 'list':
      return likelyOf(form.item, flag)
    case 'json':
      return `${flag}.json`
    default:
      return `"${flag.replaceAll('-', ' ')}"`
  }
}
