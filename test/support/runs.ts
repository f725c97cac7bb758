/*
 * How often what has to hold for any input is tried. Every run of the suite tries a few, from another seed each time;
 * `RUNS=10000 npx vitest run …` tries as many as it says, and `SEED=…` tries again what a failure named.
 */
export const runs = (few: number) => Number(process.env.RUNS ?? few);
export const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
