export { compileSchema, type JudgeValue, type Violation } from './compile-schema';
