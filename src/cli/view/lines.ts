/** Says an event in one line, for logs and for what stays above the live view; undefined for what is not worth a line. */
import { counted, listed } from '../../base/text.ts';
import { duration } from '../../base/time.ts';
import { effectOf } from '../../executors/purity-list.ts';
import { effects } from '../../model/effect.ts';
import type { RunEvent } from '../../model/event.ts';
import type { Reason } from '../../model/plan.ts';
import { type Style, plainStyle } from './style.ts';

/** How much is said: `quiet` only what is wrong, `normal` what is executed, `verbose` hits and reasons too. */
export type Detail = 'quiet' | 'normal' | 'verbose';

/** The line of an event at this detail. */
export function eventLine(event: RunEvent, detail: Detail, style: Style = plainStyle): string | undefined {
  const wrong = problemLine(event, style);
  if (wrong !== undefined || detail === 'quiet') return wrong;
  switch (event.type) {
    case 'started':
      return detail === 'verbose'
        ? `${style.accent('▸')} ${event.step}  ${style.dim(reasonText(event.reasons))}`
        : undefined;
    case 'executed':
      return `${style.good('✓')} ${event.step}  ${style.dim(`${duration(event.cost.wall)}${event.cutoff ? '  same bytes as before' : ''}`)}`;
    case 'hit':
      return detail === 'verbose' ? style.dim(`= ${event.step}`) : undefined;
    case 'shared':
      return style.dim(
        `… ${event.step} is being executed by another run (${event.owner}); waiting for its result`,
      );
    case 'expanded':
      return style.dim(`+ ${event.stage}: ${counted(event.steps.length, 'step')} from its items`);
    case 'published':
      return detail === 'verbose' && event.change !== 'same'
        ? style.dim(`→ ${event.path} ${event.change}`)
        : undefined;
    default:
      return undefined;
  }
}

/** Why a step executes, shortly. */
export function reasonText(reasons: readonly Reason[]): string {
  return listed(
    reasons.map(({ type, detail }) =>
      type === 'new' || type === 'forced' || type === 'lost' ? type : detail,
    ),
    3,
  );
}

type Failed = Extract<RunEvent, { type: 'failed' }>;

/** `impure: Math.log at …` is behind `failed (impure)` without its first word. */
function withoutEnding({ ending, message }: Failed): string {
  return message.startsWith(`${ending}: `) ? message.slice(ending.length + 2) : message;
}

/** What can be done about a failure. */
function failureHints({ ending, message, attempt, logs }: Failed): string[] {
  const effect = ending === 'impure' ? effectOf(/^impure: (\S+)/.exec(message)?.[1] ?? '') : undefined;
  const declared = `if that is meant, declare it: \`effects: [${effect}]\` in pipeline.yaml (${effect}: ${effect && effects[effect]})`;
  return [
    ...(effect === undefined ? [] : [declared]),
    ...(logs === undefined ? [] : [`what it printed: colophon show --logs ${attempt}`]),
  ];
}

function problemLine(event: RunEvent, style: Style): string | undefined {
  switch (event.type) {
    case 'failed':
      return [
        `${style.bad('✗')} ${style.strong(event.step)} failed (${event.ending}): ${withoutEnding(event)}`,
        ...failureHints(event).map((hint) => `  ${style.dim(hint)}`),
      ].join('\n');
    case 'retried':
      return `${style.warn('↻')} ${event.step} (${event.ending}): ${event.message}; again in ${duration(event.delay)}`;
    case 'conflict':
      return `${style.bad('≠')} ${event.message}`;
    case 'warning':
      return `${style.warn('!')} ${event.step === undefined ? '' : `${event.step}: `}${event.message}`;
    case 'edited':
      return `${style.warn('!')} ${event.message}`;
    case 'lock':
      return event.status === 'irreproducible' ? `${style.bad('≠')} ${event.message}` : undefined;
    default:
      return undefined;
  }
}
