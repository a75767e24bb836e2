/** Executions over the time of a run, in as many lanes as ran at once; each leads to its step. */
import { counted } from '../../../base/text.ts';
import { duration } from '../../../base/time.ts';
import { readableName, stageOf } from '../../../model/case.ts';
import type { Span } from '../../common/api.ts';
import { inLanes } from '../../common/lanes.ts';
import { hashOf } from '../../common/route.ts';
import { el, svg } from '../dom.ts';
import { quiet } from './bits.ts';

const width = 1000;
const laneHeight = 18;
/** Shorter ones would not be seen; of very many the longest are drawn. */
const thinnest = 0.6;
const mostDrawn = 1500;
const hues = 7;

export function timeline(spans: readonly Span[], total: number): HTMLElement {
  const longest = [...spans].sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, mostDrawn);
  const { spans: placed, lanes } = inLanes(longest, total / 2000);
  const stages = [...new Set(spans.map(({ step }) => stageOf(step)))];
  const scale = width / Math.max(1, total);
  const drawing = svg('svg', {
    class: 'timeline',
    viewBox: `0 0 ${width} ${lanes * laneHeight}`,
    preserveAspectRatio: 'none',
    role: 'group',
    'aria-label': `${counted(spans.length, 'execution')} over ${duration(total)}`,
  });
  drawing.style.setProperty('height', `${lanes * laneHeight}px`);
  for (const { step, from, to, lane } of placed) {
    const rect = svg('rect', {
      x: from * scale,
      y: lane * laneHeight + 1,
      width: Math.max(thinnest, (to - from) * scale),
      height: laneHeight - 2,
      class: `hue${stages.indexOf(stageOf(step)) % hues}`,
    });
    const told = `${readableName(step)}: ${duration(to - from)}, from ${duration(from)}`;
    drawing.append(
      svg(
        'a',
        { href: hashOf('step', step), 'aria-label': told, tabindex: '-1' },
        svg('title', {}, told),
        rect,
      ),
    );
  }
  const slowest = longest
    .slice(0, 5)
    .map(({ step, from, to }) => `${readableName(step)} ${duration(to - from)}`);
  return el(
    'div',
    {},
    drawing,
    el(
      'div',
      { class: 'axis', 'aria-hidden': 'true' },
      ['0', duration(total / 2), duration(total)].map((text) => el('span', {}, text)),
    ),
    quiet(`The longest: ${slowest.join(', ')}.`),
  );
}
