/** How a stage's computation reads: the file, or the command line with its roles. */
import type { ArgumentPart, Computation } from '../../model/pipeline.ts';

export function computationText(computation: Computation): string {
  return computation.type === 'typescript'
    ? computation.file
    : computation.argv.map((argument) => argument.map(partText).join('')).join(' ');
}

function partText(part: ArgumentPart): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'dep':
    case 'out':
      return `\${${part.type}s.${part.role}}`;
    case 'param':
      return `\${params.${part.name}}`;
    case 'variable':
      return `\${${part.name}}`;
  }
}
