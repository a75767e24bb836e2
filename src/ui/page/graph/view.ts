/** The drawing on the screen: keeps its size and colours, its view and what is picked, and draws when something changed. */
import { type Camera, type Size, between, fit, fitBox, pan, toDrawing, zoomAt } from '../../common/camera.ts';
import { el } from '../dom.ts';
import { hands } from './hands.ts';
import { paint } from './paint.ts';
import { type Palette, paletteOf } from './palette.ts';
import type { Pick, Scene } from './scene.ts';

interface Told {
  /** Something was picked, or nothing any more. */
  readonly picked: (pick: Pick | undefined) => void;
  /** A step or stage is to be opened. */
  readonly opened: (pick: Pick) => void;
  readonly hovered: (pick: Pick | undefined, at: { readonly x: number; readonly y: number }) => void;
}

const flight = 260;

export class GraphView {
  readonly canvas: HTMLCanvasElement;
  readonly #told: Told;
  readonly #observer: ResizeObserver;
  readonly #ends = new AbortController();
  #scene: Scene;
  #palette: Palette | undefined;
  #screen: Size = { width: 0, height: 0 };
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #chosen: Pick | undefined;
  #hovered: Pick | undefined;
  #matches: ReadonlySet<number> | undefined;
  #frame = 0;
  #flying = 0;
  /** What to show once the size is known. */
  #wanted: Pick | 'all' | undefined = 'all';

  constructor(scene: Scene, told: Told) {
    this.#scene = scene;
    this.#told = told;
    this.canvas = el('canvas', {
      tabindex: '0',
      role: 'application',
      'aria-label':
        'Graph of the steps. Arrow keys walk from step to step, up to what it needs and down to what needs it; Enter opens it; plus and minus zoom; 0 shows all.',
    });
    hands(this.canvas, {
      camera: () => this.#camera,
      move: (camera) => this.#look(camera),
      hover: (at) => this.#hover(at),
      press: (x, y, twice) => this.#press(x, y, twice),
      key: (event) => this.#key(event),
    });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this.canvas);
    const { signal } = this.#ends;
    const repaint = () => {
      this.#palette = undefined;
      this.draw();
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint, { signal });
    document.addEventListener('scheme', repaint, { signal });
  }

  end(): void {
    this.#observer.disconnect();
    this.#ends.abort();
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#flying);
  }

  get scene(): Scene {
    return this.#scene;
  }

  /** Another plan: what is picked stays picked by its name. */
  set scene(scene: Scene) {
    const name = this.#chosen && this.#scene.nameOf(this.#chosen);
    this.#scene = scene;
    this.#hovered = undefined;
    this.#matches = undefined;
    this.#chosen = name === undefined ? undefined : scene.named(name);
    this.draw();
  }

  choose(pick: Pick | undefined, bring: boolean): void {
    this.#chosen = pick;
    this.#told.picked(pick);
    if (bring && pick !== undefined) this.show(pick);
    this.draw();
  }

  set matches(matches: ReadonlySet<number> | undefined) {
    this.#matches = matches;
    this.draw();
  }

  /** Flies to a step or stage, or to the whole. */
  show(what: Pick | 'all'): void {
    if (this.#screen.width === 0) this.#wanted = what;
    else this.#fly(this.#cameraOn(what));
  }

  zoom(factor: number): void {
    this.#fly(zoomAt(this.#camera, factor, this.#screen.width / 2, this.#screen.height / 2));
  }

  draw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #cameraOn(what: Pick | 'all'): Camera {
    const { size } = this.#scene.plan;
    if (what === 'all') return fit(size, this.#screen, 64);
    return fitBox(this.#scene.boxOf(what), this.#screen, 80, what.type === 'step' ? 1.7 : 1.8);
  }

  #look(camera: Camera): void {
    cancelAnimationFrame(this.#flying);
    this.#camera = camera;
    this.draw();
  }

  #fly(to: Camera): void {
    cancelAnimationFrame(this.#flying);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return this.#look(to);
    const from = this.#camera;
    const began = performance.now();
    const turn = (now: number) => {
      const t = Math.min(1, (now - began) / flight);
      this.#camera = between(from, to, t * t * (3 - 2 * t), this.#screen);
      this.draw();
      if (t < 1) this.#flying = requestAnimationFrame(turn);
    };
    this.#flying = requestAnimationFrame(turn);
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    const before = this.#screen;
    this.#screen = { width, height };
    this.canvas.width = Math.round(width * devicePixelRatio);
    this.canvas.height = Math.round(height * devicePixelRatio);
    if (this.#wanted !== undefined) this.#camera = this.#cameraOn(this.#wanted);
    else this.#camera = pan(this.#camera, (width - before.width) / 2, (height - before.height) / 2);
    this.#wanted = undefined;
    this.#paint();
  }

  #paint(): void {
    this.#frame = 0;
    const paper = this.canvas.getContext('2d', { alpha: false });
    if (paper === null || this.#screen.width === 0) return;
    this.#palette ??= paletteOf(this.canvas);
    paper.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paint(paper, this.#scene, {
      camera: this.#camera,
      screen: this.#screen,
      palette: this.#palette,
      chosen: this.#chosen,
      hovered: this.#hovered,
      strong: this.#chosen && this.#scene.lineageOf(this.#chosen),
      matches: this.#matches,
    });
  }

  #pickAt(x: number, y: number): Pick | undefined {
    const at = toDrawing(this.#camera, x, y);
    return this.#scene.under(at.x, at.y);
  }

  #hover(at: { readonly x: number; readonly y: number } | undefined): void {
    const pick = at && this.#pickAt(at.x, at.y);
    this.canvas.style.setProperty('cursor', pick === undefined ? 'grab' : 'pointer');
    this.#told.hovered(pick, at ?? { x: 0, y: 0 });
    if (pick?.type === this.#hovered?.type && pick?.index === this.#hovered?.index) return;
    this.#hovered = pick;
    this.draw();
  }

  #press(x: number, y: number, twice: boolean): void {
    const pick = this.#pickAt(x, y);
    if (twice) {
      if (pick === undefined) this.zoom(1.8);
      else if (pick.type === 'stage') this.show(pick);
      else this.#told.opened(pick);
    } else this.choose(pick, false);
  }

  #key(event: KeyboardEvent): boolean {
    const { key } = event;
    const chosen = this.#chosen;
    if (key === '+' || key === '=') this.zoom(1.5);
    else if (key === '-') this.zoom(1 / 1.5);
    else if (key === '0') this.show('all');
    else if (key === 'Escape') this.choose(undefined, false);
    else if (key === 'Enter' && chosen !== undefined) this.#told.opened(chosen);
    else if (key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown')
      this.#step(key, chosen);
    else return false;
    return true;
  }

  #step(key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown', chosen: Pick | undefined): void {
    const first = chosen?.type === 'stage' ? this.#scene.members[chosen.index]?.[0] : 0;
    const index = chosen?.type === 'step' ? this.#scene.beside(chosen.index, key) : first;
    if (index !== undefined && this.#scene.plan.steps.length > 0) this.choose({ type: 'step', index }, true);
  }
}
