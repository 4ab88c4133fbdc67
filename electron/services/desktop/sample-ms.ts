/** Between two looks at the same work: an icon needs no more, and each look costs the work something. */
export const sampleMs = 1_000;
