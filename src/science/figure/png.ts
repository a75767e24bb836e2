/** Renders SVG as PNG by resvg compiled to WebAssembly, without fonts, files or network. */
import { Resvg, initWasm } from '@resvg/resvg-wasm';

let ready: Promise<void> | undefined;

/**
 * The PNG of an SVG that needs no fonts, such as `toSvg` writes, at `zoom` pixels a point (default 2). `module` is the
 * content of `@resvg/resvg-wasm/index_bg.wasm`; the first call loads it, later ones use what is loaded. The package
 * makes a FinalizationRegistry when it is loaded, so that a stage which imports this declares the effect `native`.
 */
export async function toPng(svg: string, module: Uint8Array<ArrayBuffer>, zoom = 2): Promise<Uint8Array> {
  ready ??= initWasm(module);
  await ready;
  const resvg = new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom } });
  const image = resvg.render();
  const png = image.asPng();
  image.free();
  resvg.free();
  return png;
}
