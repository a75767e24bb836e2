/** The view onto a drawing: which point of it lies in the upper left corner, and how large it is drawn. Pure. */

export interface Camera {
  readonly x: number;
  readonly y: number;
  /** Pixels for a unit of the drawing. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const scales = { least: 0.02, most: 8 } as const;

/** The whole of a drawing in the middle of a screen, not larger than `largest`. */
export function fit(drawing: Size, screen: Size, margin = 32, largest = 1.4): Camera {
  return fitBox({ x: 0, y: 0, ...drawing }, screen, margin, largest);
}

/** A part of the drawing in the middle of the screen. */
export function fitBox(
  box: Size & { readonly x: number; readonly y: number },
  screen: Size,
  margin = 32,
  largest = 1.4,
): Camera {
  const across = (screen.width - 2 * margin) / Math.max(1, box.width);
  const down = (screen.height - 2 * margin) / Math.max(1, box.height);
  const scale = Math.min(largest, Math.max(scales.least, Math.min(across, down)));
  return {
    scale,
    x: box.x + box.width / 2 - screen.width / 2 / scale,
    y: box.y + box.height / 2 - screen.height / 2 / scale,
  };
}

/** Larger or smaller by `factor`, with the point under (`px`, `py`) on the screen staying where it is. */
export function zoomAt(camera: Camera, factor: number, px: number, py: number): Camera {
  const scale = Math.min(scales.most, Math.max(scales.least, camera.scale * factor));
  return {
    scale,
    x: camera.x + px / camera.scale - px / scale,
    y: camera.y + py / camera.scale - py / scale,
  };
}

/** Moved with the hand by so many pixels. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** The point of the drawing at a point of the screen. */
export function toDrawing(
  camera: Camera,
  px: number,
  py: number,
): { readonly x: number; readonly y: number } {
  return { x: camera.x + px / camera.scale, y: camera.y + py / camera.scale };
}

/** Between two views, `t` from 0 to 1: scales by equal factors, places so that the middle moves evenly. */
export function between(from: Camera, to: Camera, t: number, screen: Size): Camera {
  const scale = from.scale * (to.scale / from.scale) ** t;
  const middle = (camera: Camera) => toDrawing(camera, screen.width / 2, screen.height / 2);
  const [a, b] = [middle(from), middle(to)];
  return {
    scale,
    x: a.x + (b.x - a.x) * t - screen.width / 2 / scale,
    y: a.y + (b.y - a.y) * t - screen.height / 2 / scale,
  };
}
