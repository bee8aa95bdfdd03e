export { type ToolRequest, toRequest } from './tool-schema';
export { type Tool, type ToolMode, toolsFor } from './tools';
