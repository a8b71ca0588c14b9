export { daprComponents } from './components.ts';
