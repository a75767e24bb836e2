/**
 * A zod for test projects of which a stage's run bundle keeps nothing, as it keeps nothing of the real one: only,
 * the bundler has not the real one's hundred files to read for every stage of every plan. Declarations are evaluated
 * with the real one all the same.
 */
export const lightZod: Readonly<Record<string, string>> = {
  'node_modules/zod/package.json':
    '{ "name": "zod", "type": "module", "main": "zod.js", "sideEffects": false }\n',
  'node_modules/zod/zod.js': 'export const z = undefined;\n',
};

/** Whether some of these files import zod. */
export const usesZod = (files: Readonly<Record<string, string>>): boolean =>
  Object.values(files).some((text) => text.includes("from 'zod'"));
