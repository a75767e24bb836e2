/** Hands on the drawing: drag and pinch move it, the wheel and keys zoom, a press picks. */
import { type Camera, pan, zoomAt } from '../../common/camera.ts';

interface Held {
  readonly camera: () => Camera;
  readonly move: (camera: Camera) => void;
  /** The pointer is here, without a button; undefined once it has left. */
  readonly hover: (at: { readonly x: number; readonly y: number } | undefined) => void;
  /** Pressed and let go in one place; `twice` for the second of two. */
  readonly press: (x: number, y: number, twice: boolean) => void;
  /** True where the key meant something. */
  readonly key: (event: KeyboardEvent) => boolean;
}

/** Pixels that a hand may tremble in a press. */
const tremble = 4;

interface Finger {
  x: number;
  y: number;
}

export function hands(canvas: HTMLCanvasElement, held: Held): void {
  const fingers = new Map<number, Finger>();
  let travelled = 0;

  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (fingers.size === 0) travelled = 0;
    fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
  });
  canvas.addEventListener('pointermove', (event) => {
    const finger = fingers.get(event.pointerId);
    if (finger === undefined) return held.hover({ x: event.offsetX, y: event.offsetY });
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    const [dx, dy] = [event.offsetX - finger.x, event.offsetY - finger.y];
    travelled += Math.abs(dx) + Math.abs(dy);
    if (other === undefined) {
      if (travelled > tremble) held.move(pan(held.camera(), dx, dy));
    } else held.move(pinched(held.camera(), finger, other, event.offsetX, event.offsetY));
    [finger.x, finger.y] = [event.offsetX, event.offsetY];
  });
  const release = (event: PointerEvent) => {
    const was = fingers.delete(event.pointerId);
    if (was && fingers.size === 0 && travelled <= tremble && event.type === 'pointerup')
      held.press(event.offsetX, event.offsetY, false);
  };
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('pointerleave', () => held.hover(undefined));
  canvas.addEventListener('dblclick', (event) => held.press(event.offsetX, event.offsetY, true));
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const step = Math.max(-60, Math.min(60, event.deltaY * lines));
      held.move(
        zoomAt(held.camera(), Math.exp(-step / (event.ctrlKey ? 60 : 260)), event.offsetX, event.offsetY),
      );
    },
    { passive: false },
  );
  canvas.addEventListener('keydown', (event) => {
    if (!event.altKey && !event.ctrlKey && !event.metaKey && held.key(event)) event.preventDefault();
  });
}

/** Two fingers: the drawing keeps under both. */
function pinched(camera: Camera, finger: Finger, other: Finger, x: number, y: number): Camera {
  const before = Math.hypot(finger.x - other.x, finger.y - other.y);
  const after = Math.hypot(x - other.x, y - other.y);
  const middle = { x: (x + other.x) / 2, y: (y + other.y) / 2 };
  const moved = pan(camera, (x - finger.x) / 2, (y - finger.y) / 2);
  return zoomAt(moved, before > 0 ? after / before : 1, middle.x, middle.y);
}
