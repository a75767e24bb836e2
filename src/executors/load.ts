/** Loads bundles into a worker under names without a path, and refuses what a bundle may not import. */
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { allowsModule } from '../model/effect.ts';
import type { StageCall } from '../model/stage-runtime.ts';
import { bundleScheme } from './place.ts';
import type { WorkerSetup } from './protocol.ts';
import { ImpureError } from './purity.ts';

export type Execute = (call: StageCall) => Promise<Record<string, Uint8Array>>;

/**
 * Hooks into module loading, and gives the function that loads the bundle of a digest from its path, once: a second
 * request for the digest gives the same module. It throws what the bundle's top level throws.
 */
export function bundleLoader(setup: WorkerSetup): (digest: string, path: string) => Promise<Execute> {
  const paths = new Map<string, string>();
  const parentURL = setup.root === undefined ? undefined : pathToFileURL(`${setup.root}/`).href;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (!context.parentURL?.startsWith(bundleScheme)) {
        return paths.has(specifier)
          ? { url: specifier, format: 'module', shortCircuit: true }
          : next(specifier, context);
      }
      if (!mayImport(setup.effects, specifier)) throw new ImpureError(`import of ${specifier}`);
      return next(specifier, { ...context, parentURL });
    },
    load: (url, context, next) => {
      const path = paths.get(url);
      return path === undefined
        ? next(url, context)
        : { format: 'module', source: readFileSync(path), shortCircuit: true };
    },
  });
  if (setup.effects.includes('native')) provideRequire(parentURL);
  // The loader itself remembers modules, but asking it costs as much as a tiny step.
  const loaded = new Map<string, Promise<Execute>>();
  return (digest, path) => {
    const known = loaded.get(digest);
    if (known !== undefined) return known;
    paths.set(`${bundleScheme}${digest}`, path);
    const loading = loadBundle(digest);
    loaded.set(digest, loading);
    return loading;
  };
}

async function loadBundle(digest: string): Promise<Execute> {
  const module = (await import(`${bundleScheme}${digest}`)) as { execute?: unknown };
  if (typeof module.execute !== 'function') throw new Error('the bundle exports no function "execute"');
  return module.execute as Execute;
}

function mayImport(effects: readonly string[], specifier: string): boolean {
  return isBuiltin(specifier) ? allowsModule(effects, specifier) : effects.includes('native');
}

/** Packages in CommonJS that are left out of a bundle are required by it. */
function provideRequire(parentURL: string | undefined): void {
  const require = createRequire(parentURL ?? import.meta.url);
  Object.defineProperty(globalThis, 'require', { value: require, configurable: true, writable: true });
}
