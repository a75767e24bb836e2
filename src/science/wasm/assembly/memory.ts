/** Doubles in linear memory: addresses, loads, stores. */

/** The address of the i-th double from `base`. */
@inline
export function at(base: usize, i: i32): usize {
  return base + (<usize>i << 3);
}

@inline
export function get(base: usize, i: i32): f64 {
  return load<f64>(at(base, i));
}

@inline
export function set(base: usize, i: i32, value: f64): void {
  store<f64>(at(base, i), value);
}

/** Where memory is free. */
export function heap(): usize {
  return __heap_base;
}
