export { goYaml } from './go-yaml.ts';
