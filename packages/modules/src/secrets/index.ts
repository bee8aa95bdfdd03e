export { createVault, encryptionKeyPattern, maskSecret, SecretUnreadable, type Vault } from './vault';
