/** The least score of what a row of a file is said to meet, 0 to 1. */
export const leastScore = 0.5
