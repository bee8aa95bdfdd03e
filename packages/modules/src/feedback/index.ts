export { submitFeedback } from './submit-feedback';
