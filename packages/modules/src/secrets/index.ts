export {
  createVault,
  encryptionKeyPattern,
  maskSecret,
  maxOldKeys,
  SecretUnreadable,
  type Vault,
} from './vault';
