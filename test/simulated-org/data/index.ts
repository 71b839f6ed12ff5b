export { createDataset } from './dataset.ts';
export type { DatasetInput } from './dataset.ts';
export { createPopulation } from './population/population.ts';
export type { Population, PopulationInput } from './population/population.ts';
