/**
 * The small shapes that pipeline.yaml is built of.
 *
 * The text of an `error` is what was expected, as in `"retries" is 1.5, expected <error>`.
 */
import { z } from 'zod';

const nameRule = 'a letter, then letters, digits, "_" or "-"';

/** Names of stages, roles, variables, params, profiles and claims. Words that every JavaScript object has are none. */
export const name = z
  .string({ error: `a name: ${nameRule}` })
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, { error: nameRule })
  .refine((word) => !(word in {}), { error: 'a word that JavaScript has no use for itself' });

const environmentName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'a letter or "_", then letters, digits or "_"' });

/** Text that is not empty. */
export function text(error: string): z.ZodString {
  return z.string({ error }).min(1, { error });
}

/** A map whose fields are named by the user; `what` continues `a map from `. */
export function named<T extends z.ZodType>(value: T, what: string): z.ZodRecord<typeof name, T> {
  return z.record(name, value, { error: `a map from ${what}` });
}

/** Environment variables. */
export const environmentVariables = z.record(environmentName, z.string({ error: 'text' }), {
  error: 'a map from names of variables to text',
});

/** A list of the arguments of a command. */
export function argv(error: string): z.ZodArray<z.ZodString> {
  return z.array(z.string({ error: 'text, as every argument is' }), { error }).min(1, { error });
}

/** A number above 0. */
export function positive(error: string): z.ZodNumber {
  return z.number({ error }).positive({ error });
}

/** A whole number from 0 to `most`. */
export function whole(most: number): z.ZodInt {
  const error = most < 1e6 ? `a whole number from 0 to ${most}` : 'a whole number from 0';
  return z.int({ error }).min(0, { error }).max(most, { error });
}

export const yesNo = z.boolean({ error: 'true or false' });

/** The field may be left out. */
export function optional<T extends z.ZodType>(schema: T, description: string): z.ZodOptional<T> {
  return schema.optional().meta({ description });
}
