/** How much of the page may still be filled: a report stays small whatever the pipeline made. */

export interface Budget {
  /** Takes so many bytes where they are left; false, and nothing taken, where they are not. */
  readonly take: (bytes: number) => boolean;
}

export function budgetOf(bytes: number): Budget {
  let left = bytes;
  return {
    take: (wanted) => {
      if (wanted > left) return false;
      left -= wanted;
      return true;
    },
  };
}

/** Together with the style and the script under 3 MB. */
export const budgets = { figures: 1_400_000, tables: 700_000, steps: 700_000 } as const;
